"""A record as a piece of HTML for notebooks: the article with statements and events marked, then the list of them.

Everything that comes from the text is escaped. Nested contents lie in nested elements, each with its own underline, so
that overlapping statements stay readable; no script, no outside style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from propos.model import Record, Segment, Span
from propos.view import events, marks, rows
from propos.view.marks import Mark, Run

STYLE = """
.propos{font:15px/1.6 system-ui,sans-serif;max-width:46em;--direct:#2e7d32;--mixed:#b26a00;--indirect:#0277bd}
.propos p{margin:.2em 0;white-space:pre-line}.propos p.title{font-weight:700;font-size:1.15em}
.propos p.heading{font-weight:600}.propos .dateline,.propos .byline{opacity:.65}
.propos mark{background:none;color:inherit;border-bottom:2px solid;padding-bottom:var(--gap)}
.propos .direct{border-color:var(--direct)}.propos .mixed{border-color:var(--mixed)}
.propos .indirect{border-color:var(--indirect)}
.propos .cue{font-style:italic;opacity:.8}.propos .speaker{font-weight:650}
.propos .trigger{text-decoration:underline dotted;text-underline-offset:.15em}
.propos sup{font-size:.65em;opacity:.7;margin-right:.2em}
.propos table{border-collapse:collapse;font-size:.9em;margin-top:.8em}
.propos th,.propos td{text-align:left;vertical-align:top;padding:.2em .8em .2em 0;border-bottom:1px solid #8884}
.propos tr.event td:first-child{padding-left:1em}.propos tr.event{opacity:.85}
.propos .note{opacity:.75;font-size:.9em}
"""


def html(record: Record) -> str:
    """The record as an HTML fragment that carries its own style."""
    parts = [f"<style>{STYLE}</style>", '<div class="propos" lang="' + escape(record.language) + '">']
    parts.extend(_paragraphs(record))
    parts.append(_listing(record))
    parts.extend(f'<p class="note">{escape(item.message)} [{escape(item.code)}]</p>' for item in record.diagnostics)
    parts.append("</div>")
    return "\n".join(parts)


def _paragraphs(record: Record) -> Iterator[str]:
    every, triggers = marks.of_record(record), marks.triggers(record)
    names = {actor.id: actor.name for actor in record.actors}
    told = {row.id: events.summary(row) for row in events.of_record(record)}
    for span in _blocks(record.text):
        pieces = [_run(run, record.text, names, told) for run in marks.cut(span, every, triggers)]
        yield f'<p class="{_kind(span, record.segments)}">{"".join(pieces)}</p>'


def _blocks(text: str) -> Iterator[Span]:
    """The lines that hold something."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _kind(span: Span, segments: tuple[Segment, ...]) -> str:
    return next((part.kind for part in segments if part.span.covers(span)), "body")


def _run(run: Run, text: str, names: Mapping[str, str], told: Mapping[str, str]) -> str:
    """One run inside as many elements as marks cover it, the widest outermost; ``told``: the events in words, by id."""
    inner = escape(run.span.of(text))
    for trigger in run.triggers:
        inner = f'<span class="trigger" title="{escape(told[trigger.event.id])}">{inner}</span>'
    inner += "".join(f"<sup>{escape(event.id)}</sup>" for event in run.told)
    contents = [mark for mark in run.marks if mark.part == "content"]
    for mark in (mark for mark in run.marks if mark.part != "content"):
        inner = f'<span class="{mark.part}">{inner}</span>'
    for depth, mark in enumerate(reversed(contents)):
        label = f"<sup>{escape(mark.statement.id)}</sup>" if mark in run.opens else ""
        inner = f'<mark class="{escape(mark.statement.mode)}" style="--gap:{depth * 3}px" title="{_hint(mark, text, names)}">{label}{inner}</mark>'
    return inner


def _hint(mark: Mark, text: str, names: Mapping[str, str]) -> str:
    who = rows.speaker(mark.statement, text, names)
    return escape(f"{mark.statement.id}: {who} ({mark.statement.mode}, {mark.statement.form})")


def _listing(record: Record) -> str:
    told = events.by_holder(record)
    parts = []
    if record.statements:
        body = "".join(_row(row) + _events(told.get(row.id, ())) for row in rows.of_record(record))
        parts.append(_table(("", "speaker → addressee", "mode", "content", "relay"), body))
    else:
        parts.append('<p class="note">No statement found.</p>')
    if "" in told:
        parts.append('<p class="note">Told outside the statements:</p>')
        parts.append(_table(("", "actor → recipient", "event", "words", ""), _events(told[""])))
    return "\n".join(parts)


def _table(names: Iterable[str], body: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _events(told: Iterable[events.Row]) -> str:
    """One table row an event, in the columns of the statements."""
    cells = ((row.id, row.parties, row.type, " · ".join((f"“{row.words}”", *row.details)), "") for row in told)
    return "".join('<tr class="event">' + "".join(f"<td>{escape(cell)}</td>" for cell in each) + "</tr>" for each in cells)


def _row(row: rows.Row) -> str:
    who = row.speaker + (f" → {row.addressee}" if row.addressee else "")
    how = ", ".join([row.mode, row.form, row.kind] + (["unconfirmed"] if row.unconfirmed else []))
    relay = ", ".join(part for part in (f"via {row.relay}" if row.relay else "", row.medium) if part)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in (row.id, who, how, row.content, relay)) + "</tr>"
