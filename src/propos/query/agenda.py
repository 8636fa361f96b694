"""Agenda: announced meetings, visits, deadlines, by their day, with who announced them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.stories import Story, stories
from propos.store.entry import DossierActor
from propos.store.tables import events


@dataclass(frozen=True, slots=True)
class Item:
    """What is to happen on ``date`` (a day, month or year), as first told in the article published on ``told``.

    ``announced_by``: who says so; empty where outlets vouch for it themselves.
    """

    date: str
    type: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    announced_by: tuple[str, ...]
    told: str | None
    outlets: tuple[str, ...]
    articles: int
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


TYPES = ("AGREE", "CONSULT", "COOPERATE", "SUPPORT", "AID", "RETREAT", "CONCEDE", "REQUEST", "PROTEST", "SANCTION", "MOBILIZE")
"""What is put in a diary: nobody announces the day of an assault."""


def agenda(asked: Asked) -> Answer[Item]:
    """What lay ahead when it was told, in the order of days; what several articles announce is one item."""
    coming = (events.c.factuality == "planned", events.c.date.is_not(None), events.c.type.in_(TYPES))
    kept = happenings(asked.connection, asked.scope, *coming)
    told = stories(event for event in kept if _ahead(event))
    known = cast_of(asked.connection, parties_of(copy for story in told for copy in story.copies))
    items: dict[tuple[object, ...], list[Story]] = defaultdict(list)
    for story in told:
        first = story.first
        items[first.date, first.type, frozenset(first.actors), frozenset(first.recipients)].append(story)
    rows = [_item(group, known) for group in items.values()]
    return Answer(Item, tuple(sorted(rows, key=lambda row: (row.date, row.told or "", row.who))))


def _ahead(event: Happening) -> bool:
    """A month or a year lies ahead until it is over."""
    if not event.published or not event.date:
        return False
    shorter = min(len(event.date), len(event.published))
    return event.date[:shorter] >= event.published[:shorter]


def _item(group: list[Story], known: Mapping[int, DossierActor]) -> Item:
    first = group[0].first
    copies = [copy for story in group for copy in story.copies]
    speakers = dict.fromkeys(
        known[copy.speaker].name if copy.speaker is not None and copy.speaker in known else copy.speaker_words or ""
        for copy in copies
        if copy.said is not None
    )
    return Item(
        first.date or "",
        first.type,
        tuple(known[id_].name for id_ in first.actors if id_ in known),
        tuple(known[id_].name for id_ in first.recipients if id_ in known),
        tuple(name for name in speakers if name),
        first.published,
        tuple(dict.fromkeys(copy.outlet for copy in copies if copy.outlet)),
        len({copy.article for copy in copies}),
        first.passage,
    )
