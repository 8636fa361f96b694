"""ICEWS' table of 20 columns for scripts that read no other: dyads, with CAMEO root codes in place of PLOVER types.

It loses the modes, the contexts, who vouches for the event, its condition and all offsets, and it has events told as
having happened only (see ``polecat``). The intensity is CAMEO's Goldstein score, not PLOVER's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import BinaryIO

from propos.export import codes
from propos.export.article import Party
from propos.export.codes import Cameo
from propos.export.contract import Options
from propos.export.event_data import Happening, cell, happenings, several, unique
from propos.store.entry import Entry

COLUMNS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City"),
    *("District", "Province", "Country", "Latitude", "Longitude"),
)
NULL = ""
Dyad = tuple[Party | None, Party | None]


class Icews:
    """One row a dyad; the ids of events count from 1 in each file, those of stories too."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG002 - the contract
        """Write all entries; the number of rows."""
        stream.write(_line(COLUMNS))
        stories: dict[str, int] = {}
        written = 0
        for happening in happenings(entries):
            story = stories.setdefault(happening.story, len(stories) + 1)
            for cells in _rows(happening, story):
                written += 1
                stream.write(_line((str(written), *cells)))
        return written


def dyads(actors: tuple[Party, ...], recipients: tuple[Party, ...], *, symmetric: bool) -> Iterator[Dyad]:
    """Who does it to whom, pair by pair: both ways, and among the actors too, where it goes both ways."""
    if symmetric and len(actors) + len(recipients) > 1:
        yield from permutations(_different((*actors, *recipients)), 2)
    else:
        yield from product(actors or (None,), recipients or (None,))


def _different(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple({party.actor.id: party for party in parties}.values())


def _rows(item: Happening, story: int) -> Iterator[tuple[str, ...]]:
    category = codes.cameo_of(item.event.type, item.event.mode)
    if category is None or not item.told:
        return
    actors, recipients = item.article.parties(item.event.actors), item.article.parties(item.event.recipients)
    for source, target in dyads(actors, recipients, symmetric=category.symmetric):
        yield _row(item, category, source, target, story)


def _row(item: Happening, category: Cameo, source: Party | None, target: Party | None, story: int) -> tuple[str, ...]:
    happened = (category.text, category.code, f"{category.goldstein:.1f}")
    # Propos neither counts sentences nor places events on a map.
    rest = (str(story), None, item.article.record.source.outlet, *(None,) * 6)
    return tuple(cell(value, NULL) for value in (item.date, *_who(source), *happened, *_who(target), *rest))


def _who(party: Party | None) -> tuple[str | None, str | None, str | None]:
    if party is None:
        return None, None, None
    state, sector = codes.states().get(party.country or ""), codes.sectors().get(party.sector or "")
    return party.name, several(unique([sector.icews if sector else None]), ","), state.name if state else None


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()
