"""Statements and events in a line or two, for people who read a calendar, a timeline or a bibliography."""

from __future__ import annotations

from collections.abc import Mapping

from propos.export.characters import one_line
from propos.export.parties import Party, names, speaker
from propos.export.words import words_of
from propos.lang.export_words import ExportWords
from propos.model import Event, Span, Statement
from propos.store.entry import Entry

LONGEST = 300


def event_line(event: Event, known: Mapping[str, Party], words: ExportWords) -> str:
    """``Menace (démenti) : Norvège → Russie``."""
    told = words.factuality[event.factuality]
    what = words.event_type(event.type).capitalize() + (f" ({told})" if told else "")
    sides = [side for side in (names(event.actors, known), names(event.recipients, known)) if side]
    return one_line(f"{what} : {' → '.join(sides)}" if sides else what)


def statement_line(entry: Entry, statement: Statement, known: Mapping[str, Party]) -> str:
    """Who speaks; that the source is unknown where nobody is named."""
    return one_line(speaker(entry, statement, known)) or words_of(entry).unknown_source


def content(entry: Entry, statement: Statement) -> str:
    """The words conveyed, cut where they are very long."""
    return shortened(" […] ".join(span.of(entry.record.text) for span in statement.content))


def passage(entry: Entry, span: Span) -> str:
    """The paragraph around a span, cut to what stands near it where it is very long."""
    text = entry.record.text
    start = text.rfind("\n\n", 0, span.start)
    start = start + 2 if start >= 0 else 0
    end = text.find("\n\n", span.end)
    end = end if end >= 0 else len(text)
    cut = slice(max(start, span.start - LONGEST // 2), min(end, span.end + LONGEST // 2))
    before, after = "…" if cut.start > start else "", "…" if cut.stop < end else ""
    return f"{before}{one_line(text[cut])}{after}"


def reference(entry: Entry) -> str:
    """Outlet, date and title of the article, as far as they are known."""
    record = entry.record
    return one_line(", ".join(part for part in (record.source.outlet, record.published, record.title) if part))


def shortened(text: str) -> str:
    """The text on one line, with an ellipsis where it goes on."""
    line = one_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
