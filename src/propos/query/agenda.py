"""Agenda: announced meetings, visits, deadlines, by their day, with who announced them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import and_, func, or_, select

from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.stories import Story, stories
from propos.store.entry import DossierActor
from propos.store.tables import articles, events


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


DEADLINES = ("THREATEN",)
"""What runs out on a day when it is told with one that is still to come: an ultimatum."""
_DAY = len("2024-01-31")


def agenda(asked: Asked) -> Answer[Item]:
    """What lay ahead when it was told, in the order of days; what several articles announce is one item."""
    told = stories(sorted(_coming(asked), key=lambda event: (event.published or "", event.key, event.trigger)))
    known = cast_of(asked.connection, parties_of(copy for story in told for copy in story.copies))
    items: dict[tuple[object, ...], list[list[Story]]] = defaultdict(list)
    for story in told:
        first = story.first
        homes = items[first.date, first.type, frozenset(first.actors)]
        home = next((home for home in homes if _towards(home[0].first, first)), None)
        if home is None:
            home = []
            homes.append(home)
        home.append(story)
    rows = [_item(home, known) for homes in items.values() for home in homes]
    return Answer(Item, tuple(sorted(rows, key=lambda row: (row.date, row.told or "", row.who))))


def _towards(one: Happening, other: Happening) -> bool:
    """Whether both are towards the same, or one does not say."""
    mine, theirs = set(one.recipients), set(other.recipients)
    return mine == theirs or not mine or not theirs


def _coming(asked: Asked) -> list[Happening]:
    planned = and_(events.c.factuality == "planned", events.c.type.in_(TYPES))
    ending = and_(events.c.factuality.in_(("asserted", "claimed")), events.c.type.in_(DEADLINES))
    dated = happenings(asked.connection, asked.scope, events.c.date.is_not(None), or_(planned, ending))
    on_condition = _dated_conditions(asked)
    told = happenings(asked.connection, asked.scope, events.c.type.in_(DEADLINES), events.c.condition.is_not(None))
    due = [replace(event, date=on_condition.get((event.reading, event.event))) for event in told]
    return [event for event in (*dated, *due) if _ahead(event)]


def _dated_conditions(asked: Asked) -> dict[tuple[int, str], str]:
    """Reading and event -> the day by which its condition is to be met."""
    inner = events.alias()
    within = and_(
        inner.c.reading == events.c.reading, inner.c.trigger_start >= events.c.condition_start,
        inner.c.trigger_start < events.c.condition_end, inner.c.date.is_not(None),
    )  # fmt: skip
    joined = events.join(articles, articles.c.reading == events.c.reading).join(inner, within)
    wanted = select(events.c.reading, events.c.id, func.min(inner.c.date).label("date")).select_from(joined)
    kept = wanted.where(*asked.scope.articles, func.length(inner.c.date) == _DAY).group_by(events.c.reading, events.c.id)
    return {(row.reading, row.id): row.date for row in asked.connection.execute(kept)}


def _ahead(event: Happening) -> bool:
    """On a later day; a month or a year lies ahead until it is over, but nothing runs out in one.

    What is dated on the day itself is mostly the announcement (*a annoncé lundi son départ*).
    """
    if not event.published or not event.date:
        return False
    if min(len(event.date), len(event.published)) == _DAY:
        return event.date > event.published
    shorter = min(len(event.date), len(event.published))
    return event.type not in DEADLINES and event.date[:shorter] >= event.published[:shorter]


def _item(group: list[Story], known: Mapping[int, DossierActor]) -> Item:
    first = group[0].first
    copies = [copy for story in group for copy in story.copies]
    towards = max((story.first.recipients for story in group), key=len)
    speakers = dict.fromkeys(
        known[copy.speaker].name if copy.speaker is not None and copy.speaker in known else copy.speaker_words or ""
        for copy in copies
        if copy.said is not None
    )
    return Item(
        first.date or "",
        first.type,
        tuple(known[id_].name for id_ in first.actors if id_ in known),
        tuple(known[id_].name for id_ in towards if id_ in known),
        tuple(name for name in speakers if name),
        first.published,
        tuple(dict.fromkeys(copy.outlet for copy in copies if copy.outlet)),
        len({copy.article for copy in copies}),
        first.passage,
    )
