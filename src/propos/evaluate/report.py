"""A single HTML page with every mistake beside its article: for whoever mends the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template

from propos.evaluate.mistakes import KINDS, LAYERS, Mistake, find_mistakes
from propos.evaluate.score import by_id, evaluate, unread
from propos.model import Record, Span

PAGE = "errors_page.html"


@dataclass(frozen=True, slots=True)
class _Document:
    """One article and its mistakes; ``number`` makes ids on the page that no document id can break."""

    number: int
    gold: Record
    mistakes: tuple[Mistake, ...]

    def card(self, at: int) -> str:
        return f"m{self.number}-{at}"


def errors_page(gold: Sequence[Record], system: Sequence[Record], title: str = "Mistakes against gold") -> str:
    """The page as HTML, complete in one file, without any request to elsewhere.

    Documents pair as in ``evaluate``; those without a record are all misses. Raises ``EvaluationError`` likewise.
    """
    figures = evaluate(gold, system)
    documents = _documents(gold, by_id(system, "the records"))
    mistakes = [mistake for document in documents for mistake in document.mistakes]
    page = Template(files("propos.evaluate").joinpath(PAGE).read_text(encoding="utf-8"))
    return page.substitute(
        title=escape(title),
        counts=_counts(mistakes),
        figures=escape(figures.table()),
        index=_index(documents),
        layers=_options(LAYERS),
        kinds=_options(KINDS),
        groups=_options(sorted({mistake.group for mistake in mistakes})),
        documents="\n".join(_section(document) for document in documents),
    )


def _documents(gold: Sequence[Record], found: dict[str, Record]) -> list[_Document]:
    return [
        _Document(number, record, find_mistakes(record, found.get(record.id) or unread(record)))
        for number, record in enumerate(gold)
    ]


def _counts(mistakes: Iterable[Mistake]) -> str:
    counted = Counter((mistake.layer, mistake.kind) for mistake in mistakes)
    head = "".join(f"<th scope=col>{kind}</th>" for kind in KINDS)
    rows = "".join(
        f"<tr><th scope=row>{layer}</th>" + "".join(f"<td>{counted[layer, kind]}</td>" for kind in KINDS) + "</tr>"
        for layer in LAYERS
    )
    return f"<table><tr><td></td>{head}</tr>{rows}</table>"


def _index(documents: Iterable[_Document]) -> str:
    worst_first = sorted(documents, key=lambda document: (-len(document.mistakes), document.number))
    return "".join(
        f'<li><a href="#d{document.number}">{escape(document.gold.id)}</a> {len(document.mistakes)}</li>'
        for document in worst_first
    )


def _options(values: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in values)


def _section(document: _Document) -> str:
    record = document.gold
    heading = " · ".join(part for part in (record.id, record.published, record.title) if part)
    cards = "".join(_card(document.card(at), mistake) for at, mistake in enumerate(document.mistakes))
    return (
        f'<section id="d{document.number}"><h2>{escape(heading)}</h2><div class="sides">'
        f'<div class="text" lang="{escape(record.language)}">{"".join(_marked(document))}</div><div>{cards}</div>'
        "</div></section>"
    )


def _card(name: str, mistake: Mistake) -> str:
    return (
        f'<article class="card {mistake.kind.replace(" ", "-")}" id="{name}" tabindex="0" data-layer="{mistake.layer}"'
        f' data-kind="{mistake.kind}" data-group="{escape(mistake.group)}">'
        f'<p class="what">{mistake.kind} · {mistake.layer} · {escape(mistake.group)}</p>'
        f"<p>{escape(mistake.words)}</p>{_pair(mistake) if mistake.paired else _lone(mistake)}{_rule(mistake)}</article>"
    )


def _pair(mistake: Mistake) -> str:
    rows = "".join(
        f"<tr><th scope=row>{field.name}</th>{_cell('gold', field.expected)}{_cell('system', field.got)}</tr>"
        for field in mistake.fields
    )
    return f"<table><tr><td></td><th scope=col>gold</th><th scope=col>record</th></tr>{rows}</table>"


def _lone(mistake: Mistake) -> str:
    side = "gold" if mistake.kind == "miss" else "system"
    facts = ((field.name, field.expected or field.got or "") for field in mistake.fields)
    told = (
        f'{name}: <span class="{side}">{escape(value)}</span>' for name, value in facts if value not in _said(mistake)
    )
    return f'<p class="what">{" · ".join(told)}</p>'


def _rule(mistake: Mistake) -> str:
    """The rule that read the record's item, as `propos explain` names it."""
    return f'<p class="what">read by {escape(mistake.rule)}</p>' if mistake.rule else ""


def _said(mistake: Mistake) -> tuple[str, str]:
    """What the card's head says already."""
    return mistake.words, mistake.group


def _cell(side: str, value: str | None) -> str:
    return f'<td class="{side}">{escape(value) if value else "—"}</td>'


def _marked(document: _Document) -> Iterator[str]:
    """The text in stretches with the same marks: nested and overlapping spans need no nested elements."""
    text = document.gold.text
    spans = list(_spans(document))
    edges = sorted({0, len(text), *(edge for span, _ in spans for edge in span)})
    for start, end in pairwise(edges):
        here = [of for span, of in spans if span.start <= start and end <= span.end]
        words = escape(text[start:end])
        yield f'<mark data-of="{" ".join(here)}">{words}</mark>' if here else words


def _spans(document: _Document) -> Iterator[tuple[Span, str]]:
    """Each span with its card's id, prefixed: ``g`` only in gold, ``s`` only in the record, ``b`` in both."""
    for at, mistake in enumerate(document.mistakes):
        yield from ((span, ("b" if mistake.paired else "g") + document.card(at)) for span in mistake.gold)
        yield from ((span, ("b" if mistake.paired else "s") + document.card(at)) for span in mistake.system)
