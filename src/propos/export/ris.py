"""RIS, for Zotero, EndNote and Mendeley: one reference of type NEWS for each article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from propos.export.characters import one_line, web_address
from propos.export.contract import Options
from propos.export.days import days
from propos.export.parties import parties, speaker
from propos.export.wording import event_line
from propos.export.words import words_of
from propos.store.entry import Entry


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write the references as the entries come; their number."""
    import rispy

    count = 0
    for count, entry in enumerate(entries, start=1):  # noqa: B007 (the count is the answer)
        text = rispy.dumps([reference(entry)], implementation=_plain_writer())
        stream.write(f"{text}\n".encode())
    return count


def reference(entry: Entry) -> dict[str, str | list[str]]:
    """The fields of an article under the names that rispy gives them; those that are unknown are left out."""
    record = entry.record
    published = days(record.published)
    url = web_address(record.source.url)
    fields: dict[str, str | list[str]] = {
        "type_of_reference": "NEWS",
        "primary_title": _line(record.title or record.id),
        "secondary_title": _line(record.source.outlet),
        "authors": [_line(record.source.author)] if _line(record.source.author) else [],
        "date": _date(record.published) if published else "",
        "year": str(published.start.year) if published else "",
        "urls": [url] if url else [],
        "language": _line(record.language),
        "section": _line(record.source.section),
        "accession_number": _line(record.source.external[0]) if record.source.external else "",
        "keywords": list(dict.fromkeys(_line(words_of(entry).event_type(event.type)) for event in entry.events)),
        "notes": [_note(entry)],
    }
    return {name: value for name, value in fields.items() if value}


def _date(published: str | None) -> str:
    """``YYYY/MM/DD/``: RIS wants all four parts, and leaves empty what is unknown."""
    year, month, day = [*(published or "").split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/"


def _note(entry: Entry) -> str:
    known, words = parties(entry), words_of(entry)
    speakers = dict.fromkeys(one_line(speaker(entry, statement, known)) for statement in entry.statements)
    told = [words.counted.format(statements=len(entry.statements), events=len(entry.events))]
    if named := ", ".join(filter(None, speakers)):
        told.append(words.speak.format(names=named))
    told += [f"{event_line(event, known, words)}." for event in entry.events]
    return _line(" ".join(told))


def _line(text: str | None) -> str:
    return one_line(text or "")


def _plain_writer() -> type:
    """The library's writer without the numbers that it puts before each reference: they are no part of RIS."""
    import rispy.writer

    class Writer(rispy.writer.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:  # noqa: ARG002 (rispy asks for it)
            return ""

    return Writer
