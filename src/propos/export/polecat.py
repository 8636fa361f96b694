"""POLECAT's table of 40 columns, and beside it what POLECAT has no column for.

``events.polecat.tsv``: events told as having happened, by the outlet or by one source. ``events.untold.tsv``: the same
columns for all others. ``events.ext.tsv``: the sidecar, a row for each event of both, by Event ID. ``README.txt``.
No column is appended to the 40: the field's readers stop at one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from propos.export import codes, sidecar
from propos.export.article import Article, Party, nearest
from propos.export.contract import Options
from propos.export.event_data import Happening, cell, happenings, several, unique
from propos.model import Event
from propos.store.entry import Entry
from propos.version import VERSION

NULL = "None"
JOINT = "; "
TOLD, UNTOLD, SIDECAR, ABOUT = "events.polecat.tsv", "events.untold.tsv", "events.ext.tsv", "README.txt"
Value = Callable[[Happening], str | float | None]


def _actors(happening: Happening) -> tuple[Party, ...]:
    return happening.article.parties(happening.event.actors)


def _recipients(happening: Happening) -> tuple[Party, ...]:
    return happening.article.parties(happening.event.recipients)


def _each(parties: tuple[Party, ...], value: Callable[[Party], str | None]) -> str | None:
    """One value for each of them, so that the lists of a row can be read side by side; null where nobody has any."""
    values = [value(party) for party in parties]
    return several((item or NULL for item in values), JOINT) if any(values) else None


def _title(party: Party) -> str | None:
    return several(unique(role.title for role in party.actor.roles), " / ")


def _raw(article: Article, event: Event) -> Callable[[Party], str | None]:
    def nearest_mention(party: Party) -> str | None:
        mention = nearest(party.actor.mentions, event.trigger)
        return article.line(mention) if mention is not None else None

    return nearest_mention


def _party_columns(who: str, find: Callable[[Happening], tuple[Party, ...]]) -> dict[str, Value]:
    return {
        f"{who} Name": lambda item: _each(find(item), lambda party: party.name),
        f"{who} Country": lambda item: _each(find(item), codes.country),
        f"{who} COW": lambda item: _each(find(item), codes.cow),
        f"Primary {who} Sector": lambda item: next(iter(unique(map(codes.sector, find(item)))), None),
        f"{who} Sectors": lambda item: several(unique(map(codes.sector, find(item))), JOINT),
        f"{who} Title": lambda item: _each(find(item), _title),
        f"{who} Name Raw": lambda item: _each(find(item), _raw(item.article, item.event)),
        f"Wikipedia {who} ID": lambda _: None,
    }


def _cast(*kinds: str) -> Value:
    """Everybody of some kinds in the article."""
    return lambda item: several(
        unique(actor.name for actor in item.article.record.actors if actor.kind in kinds), JOINT
    )


# Propos does not place events on a map.
_PLACE = (
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    "Feature Type",
)

COLUMNS: Mapping[str, Value] = MappingProxyType(
    {
        "Event ID": lambda item: item.id,
        "Event Date": lambda item: item.date,
        "Event Type": lambda item: item.event.type,
        "Event Mode": lambda item: item.event.mode,
        "Intensity": lambda item: item.event.intensity,
        "Quad Code": lambda item: codes.QUADS.get(item.event.quad or 0),
        "Contexts": lambda item: several(item.event.contexts, JOINT),
        **_party_columns("Actor", _actors),
        **_party_columns("Recipient", _recipients),
        **dict.fromkeys(_PLACE, lambda _: None),
        "Source": lambda item: item.article.record.source.outlet,
        "Publication Date": lambda item: item.article.record.published,
        "Story People": _cast("person"),
        "Story Organizations": _cast("organisation", "igo", "group"),
        "Story Locations": _cast("state"),
        "Language": lambda item: item.article.record.language,
        "Version": lambda item: f"propos-{item.article.record.propos.version or VERSION}",
    }
)
"""POLECAT's columns, in its order and spelling."""


class Polecat:
    """The folder; see the module."""

    def write(self, entries: Iterable[Entry], folder: Path, options: Options) -> int:  # noqa: ARG002 - the contract
        """Write all entries; the number of events in both tables."""
        counts = {True: 0, False: 0}
        with ExitStack() as files:
            tables = {told: files.enter_context(_new(folder / name)) for told, name in ((True, TOLD), (False, UNTOLD))}
            beside = files.enter_context(_new(folder / SIDECAR))
            for table in tables.values():
                _line(table, COLUMNS)
            _line(beside, sidecar.COLUMNS)
            for happening in happenings(entries):
                counts[happening.told] += 1
                _line(tables[happening.told], (cell(value(happening), NULL) for value in COLUMNS.values()))
                _line(beside, (cell(value(happening), NULL) for value in sidecar.COLUMNS.values()))
        (folder / ABOUT).write_text(README.format(told=counts[True], untold=counts[False]), encoding="utf-8")
        return sum(counts.values())


def _new(file: Path) -> TextIO:
    return file.open("w", encoding="utf-8", newline="\n")


def _line(stream: TextIO, cells: Iterable[str]) -> None:
    stream.write("\t".join(cells) + "\n")


README = """Events in the layout of POLECAT (PLOVER 2.0), written by Propos.

events.polecat.tsv   {told} events that the outlet tells as having happened (asserted) or that one source claims (claimed,
                     one level of attribution)
events.untold.tsv    {untold} other events, in the same 40 columns: denied, hypothetical, planned, or relayed through
                     more than one mouth. They did not happen as far as the article says: do not add them to the others
events.ext.tsv       a row for each event of both files, by Event ID: factuality, speakers, condition, offsets, copies

UTF-8, tab-separated, no quoting, "None" for what is unknown, "; " between values. Offsets count Unicode code points
of the record's text, from 0, the end excluded. An event is a report in one article: count Canonical = yes for events
told once in a group of copies.
"""
