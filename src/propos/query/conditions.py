"""Open conditions: conditional threats and promises, how often they are repeated, and what later reports may bear on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from propos.lang import ontology
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.bearings import Bearing, bearings
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.stories import Story, stories
from propos.query.wordings import Wordings, words
from propos.store.corrections import folded
from propos.store.entry import DossierActor
from propos.store.marks import OPEN, marks_of
from propos.store.tables import events

ALIKE = 0.4
"""Cosine of the wordings of two conditions above which they are one condition, said again."""
FEWEST = 2
"""Telling words of a condition."""
Sort = Literal["threat", "promise"]
_FORCE = 3
_SAID = {"THREATEN", "AGREE", "CONCEDE"}
"""The saying is the threat or the promise."""
_DONE = {"SUPPORT", "AID", "COOPERATE", "RETREAT", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"}
"""What can be threatened or promised: not yet done."""
_AHEAD = {"planned", "hypothetical"}


@dataclass(frozen=True, slots=True)
class Conditional:
    """What somebody says they will do on a condition.

    ``key`` names it for good, as long as the first wording stays; ``status`` and ``note`` are a reader's
    (``propos mark``). ``said`` counts stories (copies once), ``wordings`` are all conditions as they were worded.
    """

    key: str
    sort: Sort
    who: tuple[str, ...]
    whom: tuple[str, ...]
    type: str
    condition: str
    first: str | None
    last: str | None
    said: int
    outlets: tuple[str, ...]
    status: str
    note: str
    wordings: tuple[str, ...]
    passage: Passage
    later: tuple[Bearing, ...]

    PARTS: ClassVar[Parts] = {"passage": Passage, "later": Bearing}


def conditions(asked: Asked) -> Answer[Conditional]:
    """The conditional threats and promises, by the day on which they were first made."""
    told = [
        story
        for story in stories(happenings(asked.connection, asked.scope, events.c.condition.is_not(None)))
        if _is_conditional(story.first)
    ]
    known = cast_of(asked.connection, parties_of(story.first for story in told))
    groups = _groups(told, known)
    marks = marks_of(asked.connection)
    later = bearings(asked.connection, groups)
    rows = [
        replace(_row(group, known), later=bearing)
        for group, bearing in zip(groups, later, strict=True)
    ]
    marked = (replace(row, status=status, note=note) for row in rows for status, note in [marks.get(row.key, (OPEN, ""))])
    return Answer(Conditional, tuple(sorted(marked, key=lambda row: (row.first or "~", row.key))))


def _is_conditional(event: Happening) -> bool:
    """Whether somebody threatens or promises something on a condition that says something (*le cas échéant* does not)."""
    ahead = (event.type in _SAID and event.factuality != "hypothetical") or (event.type in _DONE and event.factuality in _AHEAD)
    told = len(set(words(event.condition_words or ""))) >= FEWEST
    return bool(event.actors) and event.factuality != "denied" and ahead and told


def _groups(told: list[Story], known: Mapping[int, DossierActor]) -> list[list[Story]]:
    """Each condition with its repetitions: the same side, a threat or a promise, and like words."""
    wordings = Wordings.of(story.first.condition_words or "" for story in told)
    groups: list[list[int]] = []
    by_side: dict[tuple[str, Sort], list[list[int]]] = {}
    for at, story in enumerate(told):
        homes = by_side.setdefault((_side(story.first, known), _sort(story.first)), [])
        home = next((group for group in homes if wordings.likeness(group[0], at) >= ALIKE), None)
        if home is None:
            home = []
            homes.append(home)
            groups.append(home)
        home.append(at)
    return [[told[at] for at in group] for group in groups]


def _side(event: Happening, known: Mapping[int, DossierActor]) -> str:
    who = known.get(event.actors[0])
    return str(event.actors[0]) if who is None else who.country or who.key


def _sort(event: Happening) -> Sort:
    return "threat" if ontology.load().types[event.type].quad >= _FORCE else "promise"


def _key(event: Happening, known: Mapping[int, DossierActor]) -> str:
    told = f"{_side(event, known)}/{_sort(event)}/{folded(event.condition_words or '')}"
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def _row(group: list[Story], known: Mapping[int, DossierActor]) -> Conditional:
    first = group[0].first
    published = [copy.published for story in group for copy in story.copies if copy.published]

    def names(ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(known[id_].name for id_ in ids if id_ in known)

    return Conditional(
        _key(first, known), _sort(first), names(first.actors), names(first.recipients), first.type,
        first.condition_words or "", min(published, default=None), max(published, default=None),
        len({story.first.story for story in group}),
        tuple(dict.fromkeys(outlet for story in group for outlet in story.outlets)), OPEN, "",
        tuple(dict.fromkeys(story.first.condition_words or "" for story in group)), first.passage, (),
    )  # fmt: skip
