"""TimelineJS: a slide for each event and statement that has a date, its own or else the article's.

TimelineJS takes texts for HTML: what comes from articles is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, BinaryIO

from propos.export.characters import storable, web_address
from propos.export.contract import Options
from propos.export.days import Days, days
from propos.export.parties import parties, stable_id
from propos.export.wording import content, event_line, passage, reference, statement_line
from propos.export.words import date_of, words_of
from propos.store.entry import Entry


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write one timeline as the entries come; the number of slides."""
    count = 0
    stream.write(b'{"events":[\n')
    for entry in entries:
        for slide in slides(entry):
            line = storable(json.dumps(slide, ensure_ascii=False, separators=(",", ":"))).encode()
            stream.write((b",\n" if count else b"") + line)
            count += 1
    stream.write(b"\n]}\n")
    return count


def slides(entry: Entry) -> Iterator[dict[str, Any]]:
    """The slides of an article; without any date there is no place for it on a timeline."""
    known, words = parties(entry), words_of(entry)
    for event in entry.events:
        if dates := _dates(entry, event.date):
            text = _text(entry, event_line(event, known, words), passage(entry, event.trigger))
            yield _slide(entry, event.id, dates, text, words.event_type(event.type).capitalize())
    for statement in entry.statements:
        if dates := _dates(entry, statement.date):
            text = _text(entry, statement_line(entry, statement, known), content(entry, statement))
            yield _slide(entry, statement.id, dates, text, words.statements)


def _slide(entry: Entry, id_: str, dates: dict[str, Any], text: dict[str, str], group: str) -> dict[str, Any]:
    """The documented fields of a slide; ``unique_id`` becomes the id of an HTML element."""
    unique = f"propos-{stable_id(entry, id_)}"
    return dates | {"text": text, "group": escape(group), "unique_id": unique, "autolink": False}


def _dates(entry: Entry, value: str | None) -> dict[str, Any]:
    """When it was, as vague as it is known; where only the day of the report is known, it says so."""
    words = words_of(entry)
    if own := days(value):
        return _shown(own, date_of(own, words))
    if published := days(entry.record.published):
        return _shown(published, words.reported.format(date=date_of(published, words)))
    return {}


def _shown(when: Days, words: str) -> dict[str, Any]:
    start: dict[str, Any] = {"year": when.start.year}
    if when.precision != "year":
        start["month"] = when.start.month
    if when.precision == "day":
        start["day"] = when.start.day
    return {"start_date": start | {"display_date": words}}


def _text(entry: Entry, headline: str, words: str) -> dict[str, str]:
    cited = escape(reference(entry))
    if url := web_address(entry.record.source.url):
        cited = f'<a href="{escape(url)}">{cited or escape(url)}</a>'
    return {"headline": escape(headline), "text": f"<p>{escape(words)}</p><p>{cited}</p>"}
