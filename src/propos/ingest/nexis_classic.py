"""An article of the old nexis.com: ``3 of 20 DOCUMENTS``, paper, date, title, labels in capitals, text, ``LANGUAGE:``.

Lines are wrapped by hand at some seventy characters: those of a paragraph are joined by a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from propos import errors
from propos.ingest import printed_date
from propos.ingest.nexis_fields import Fields
from propos.ingest.nexis_words import Labelled, labelled

_START = re.compile(r"(?:\d{1,6} of \d{1,6} DOCUMENTS|Dokument \d{1,6} von \d{1,6}|Document \d{1,6} de \d{1,6})")
_HEADER = frozenset({"section", "length", "author", "headline", "lead", "dateline", "body"})


def is_start(line: str) -> bool:
    """Whether the line opens an article."""
    return len(line) < 100 and _START.fullmatch(line.strip()) is not None


def parse(lines: Sequence[str], name: str) -> Fields:
    """The fields of one article's lines after the opening one; raises ``article-unreadable`` without its length."""
    blocks = list(_blocks(lines))
    marked, begins = _labels(blocks)
    if "length" not in marked:
        raise errors.ARTICLE_UNREADABLE(name=name, reason="no line LENGTH tells where its header ends")
    free = [block for block in blocks[:begins] if _label(block) is None]
    day = next((index for index, block in enumerate(free) if printed_date.find(block)), None)
    date = printed_date.find(free[day]) if day is not None else None
    titles = free[day + 1 :] if day is not None else free[1:]
    return Fields(
        body=tuple(_body(blocks[begins:])),
        title=marked.get("headline") or (titles[0] if titles else None),
        outlet=free[0] if free and day != 0 else None,
        printed=date.value if date else None,
        language=date.language if date else None,
        time=printed_date.clock(free[day][date.span.end :]) if date and day is not None else None,
        section=marked.get("section"),
        author=marked.get("author"),
        lead=marked.get("lead"),
        dateline=marked.get("dateline"),
    )


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs, and labelled lines one by one."""
    pending: list[str] = []
    for line in lines:
        if pending and (not line or _label(line) is not None):
            yield " ".join(pending)
            pending = []
        if line:
            pending.append(line)
    if pending:
        yield " ".join(pending)


def _label(line: str) -> Labelled | None:
    """Labels are in capitals here, so that a sentence with a colon is none."""
    return labelled(line) if line.split(":", maxsplit=1)[0].isupper() else None


def _labels(blocks: Sequence[str]) -> tuple[dict[str, str], int]:
    """The labelled blocks of the header, and where the text begins: behind the labels that follow the length."""
    marked: dict[str, str] = {}
    begins = 0
    for index, block in enumerate(blocks):
        label = _label(block)
        if label is None and "length" in marked:
            break
        if label is not None and label.part in _HEADER:
            marked.setdefault(label.part, label.value)
            begins = index + 1
        if label is not None and label.part == "body":
            break
    return marked, begins


def _body(blocks: Sequence[str]) -> Iterator[str]:
    """The text up to the language, without the labels that stand in it (load date, pictures)."""
    for block in blocks:
        label = _label(block)
        if label is not None and label.part == "language":
            return
        if label is None:
            yield block
