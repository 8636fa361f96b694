"""iCalendar: what articles announce for a day that has not passed when the last of them came out.

The name ends in an underscore because the library that writes the format is called ``icalendar``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import BinaryIO

import icalendar

from propos.export.characters import web_address
from propos.export.contract import Options
from propos.export.days import Days, day_after, days
from propos.export.parties import parties, stable_id
from propos.export.wording import event_line, passage, reference
from propos.export.words import date_of, words_of
from propos.model import Event
from propos.store.entry import Entry
from propos.version import VERSION

# Where no article has a date, the stamp that every item must have.
_NO_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Announced:
    """A calendar item in words and days."""

    uid: str
    when: Days
    told: date | None
    summary: str
    description: str
    url: str | None
    category: str


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write a calendar of all-day items; their number."""
    kept = coming(entries)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Propos//{VERSION}//FR")
    calendar.add("version", "2.0")
    for item in kept:
        calendar.add_component(_component(item))
    stream.write(calendar.to_ical())
    return len(kept)


def coming(entries: Iterable[Entry]) -> list[Announced]:
    """Announced events that lay ahead when their article came out, in the order of their days."""
    found = [
        item
        for entry in entries
        for event in entry.events
        if (item := _announced(entry, event, days(entry.record.published)))
    ]
    return sorted(found, key=lambda item: (item.when, item.uid))


def _announced(entry: Entry, event: Event, published: Days | None) -> Announced | None:
    """The item of a planned event that has a date; of a vague date the summary says how vague it is."""
    when = days(event.date)
    if event.factuality != "planned" or when is None or (published and when.end < published.start):
        return None
    words = words_of(entry)
    vague = "" if when.precision == "day" else f" — {date_of(when, words)}"
    return Announced(
        f"{stable_id(entry, event.id)}@propos",
        when,
        published.start if published else None,
        event_line(event, parties(entry), words) + vague,
        f"{passage(entry, event.trigger)}\n{reference(entry)}",
        web_address(entry.record.source.url),
        words.event_type(event.type),
    )


def _component(item: Announced) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", item.uid)
    component.add("dtstamp", datetime.combine(item.told or _NO_DAY, time(), UTC))
    component.add("dtstart", item.when.start)
    component.add("dtend", day_after(item.when.end))
    component.add("summary", item.summary)
    component.add("description", item.description)
    component.add("categories", [item.category])
    component.add("status", "TENTATIVE")
    component.add("transp", "TRANSPARENT")
    if item.url:
        component.add("url", item.url)
    return component
