"""Exchanges: everything between two actors or sides, both ways, and how hard it is over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from sqlalchemy import exists
from sqlalchemy.sql.elements import ColumnElement

from propos.model import Factuality
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.scope import Scope
from propos.query.stories import stories
from propos.store.tables import events, parties

NAME = "exchanges"
CURVE = "intensity"
_SMOOTH = (0.25, 0.5, 0.25)
"""Weights of the period before, the period itself and the one after (a binomial filter)."""
_HAPPENED = {"asserted", "claimed"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one side does to the other, or both do together; ``intensity`` is PLOVER's score, -10 to +10."""

    day: str
    sender: tuple[str, ...]
    direction: str
    receiver: tuple[str, ...]
    type: str
    mode: str | None
    intensity: float | None
    factuality: Factuality
    outlets: tuple[str, ...]
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


@dataclass(frozen=True, slots=True)
class Period:
    """A week or month: the mean intensity of what happened, one for all copies, and of how many events it is made.

    ``smoothed``: with the periods before and after, each by its number of events. ``passages``: of the hardest and of the
    mildest of them.
    """

    period: str
    events: int
    there: int
    back: int
    intensity: float
    smoothed: float
    passages: tuple[Passage, ...]

    PARTS: ClassVar[Parts] = {"passages": Passage}


def exchanges(asked: Asked) -> Answer[Exchange]:
    """What passes between the filters' party and the second one, in the order of days, what has none last.

    Raises ``actor-unknown``, ``question-needs``.
    """
    mine, theirs = asked.party(NAME), asked.second(NAME)
    told = stories(_between(asked, mine, theirs))
    known = cast_of(asked.connection, parties_of(story.first for story in told))

    def names(ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(known[id_].name for id_ in ids if id_ in known)

    rows = [
        Exchange(
            event.day, names(event.actors), _arrow(event, mine, theirs), names(event.recipients), event.type, event.mode,
            event.intensity, event.factuality, story.outlets, event.passage,
        )
        for story in told
        for event in (story.first,)
    ]  # fmt: skip
    return Answer(Exchange, tuple(sorted(rows, key=lambda row: (not row.day, row.day))))


def intensity(asked: Asked) -> Answer[Period]:
    """The curve of the same exchanges, by week or month; raises as ``exchanges``.

    A period without any is told of beside one that has some.
    """
    mine, theirs = asked.party(CURVE), asked.second(CURVE)
    by = asked.counted(CURVE, ("week", "month"))
    periods: dict[str, list[Happening]] = defaultdict(list)
    for event in (story.first for story in stories(_between(asked, mine, theirs))):
        if event.factuality in _HAPPENED and event.intensity is not None and len(event.day) >= _LENGTH[by]:
            periods[_period(event.day, by)].append(event)
    names = _all_between(sorted(periods), by)
    means = [_mean(periods.get(name, ())) for name in names]
    counts = [len(periods.get(name, ())) for name in names]
    return Answer(Period, tuple(
        Period(
            name, counts[at], sum(bool(mine & set(event.actors)) for event in periods.get(name, ())),
            sum(bool(theirs & set(event.actors)) for event in periods.get(name, ())), round(means[at], 2),
            round(_smoothed(means, counts, at), 2), _extremes(periods.get(name, ())),
        )
        for at, name in enumerate(names)
        if any(counts[max(at - 1, 0) : at + 2])
    ))  # fmt: skip


_LENGTH = {"week": 10, "month": 7}


def _between(asked: Asked, mine: frozenset[int], theirs: frozenset[int]) -> list[Happening]:
    # Whoever is a party of it: the filters' own actor and side say who one of the two is, and are looked at here.
    scope = Scope.of(asked.connection, replace(asked.filters, actor=None, side=None, unit="article"))
    told = happenings(asked.connection, scope, _party(mine), _party(theirs))
    return [event for event in told if _arrow(event, mine, theirs)]


def _party(ids: frozenset[int]) -> ColumnElement[bool]:
    one = parties.alias()
    return exists().where(one.c.reading == events.c.reading, one.c.event == events.c.id, one.c.actor.in_(sorted(ids)))


def _arrow(event: Happening, mine: frozenset[int], theirs: frozenset[int]) -> str:
    """``→`` from the first party to the second, ``←`` back, ``↔`` both together; nothing where it is neither."""
    acting, receiving = set(event.actors), set(event.recipients)
    if acting & mine and acting & theirs:
        return "↔"
    if acting & mine and receiving & theirs:
        return "→"
    return "←" if acting & theirs and receiving & mine else ""


def _period(day: str, by: str) -> str:
    if by == "month":
        return day[:7]
    year, week, _ = date.fromisoformat(day[:10]).isocalendar()
    return f"{year}-W{week:02}"


def _all_between(names: Sequence[str], by: str) -> list[str]:
    """The periods from the first to the last, empty ones too."""
    if not names:
        return []
    found, day = [names[0]], _first_day(names[0], by)
    while found[-1] < names[-1]:
        day += timedelta(days=1)
        name = _period(day.isoformat(), by)
        if name != found[-1]:
            found.append(name)
    return found


def _first_day(name: str, by: str) -> date:
    if by == "month":
        return date.fromisoformat(f"{name}-01")
    return date.fromisocalendar(int(name[:4]), int(name[6:]), 1)


def _mean(told: Sequence[Happening]) -> float:
    scores = [event.intensity for event in told if event.intensity is not None]
    return sum(scores) / len(scores) if scores else 0.0


def _extremes(told: Sequence[Happening]) -> tuple[Passage, ...]:
    ordered = sorted(told, key=lambda event: event.intensity or 0.0)
    return tuple(dict.fromkeys(event.passage for event in (*ordered[:1], *ordered[-1:])))


def _smoothed(means: Sequence[float], counts: Sequence[int], at: int) -> float:
    near = [(at + step, weight) for step, weight in zip((-1, 0, 1), _SMOOTH, strict=True) if 0 <= at + step < len(means)]
    total = sum(weight * counts[place] for place, weight in near)
    return sum(weight * counts[place] * means[place] for place, weight in near) / total if total else 0.0
