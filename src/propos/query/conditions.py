"""Open conditions: conditional threats and promises, how often they are repeated, and what later reports may bear on them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from sqlalchemy import Connection, select

from propos.lang import ontology
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.happenings import BATCH, Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.scope import Scope
from propos.query.stories import Story, stories
from propos.query.wordings import Wordings, words
from propos.store.corrections import folded
from propos.store.entry import DossierActor
from propos.store.marks import OPEN, marks_of
from propos.store.tables import articles, events

ALIKE = 0.4
"""Cosine of the wordings of two conditions above which they are one condition, said again."""
FEWEST = 2
"""Words that a later report shares with a condition, or with its consequence, before it is listed."""
MOST = 3
LOOKED_AT = 25
"""Later articles that are looked at for one condition."""
Sort = Literal["threat", "promise"]
_FORCE = 3
_SAID = {"THREATEN", "AGREE", "CONCEDE"}
"""The saying is the threat or the promise."""
_DONE = {"SUPPORT", "AID", "COOPERATE", "RETREAT", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"}
"""What can be threatened or promised: not yet done."""
_AHEAD = {"planned", "hypothetical"}


@dataclass(frozen=True, slots=True)
class Bearing:
    """A later report that may bear on a condition: nobody says that it does."""

    type: str
    factuality: str
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


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
    later = _later(asked.connection, groups)
    rows = [
        replace(_row(group, known), later=bearing)
        for group, bearing in zip(groups, later, strict=True)
    ]
    marked = (replace(row, status=status, note=note) for row in rows for status, note in [marks.get(row.key, (OPEN, ""))])
    return Answer(Conditional, tuple(sorted(marked, key=lambda row: (row.first or "~", row.key))))


def _is_conditional(event: Happening) -> bool:
    """Whether somebody threatens or promises something on a condition that says something (*le cas échéant* does not)."""
    ahead = event.type in _SAID or (event.type in _DONE and event.factuality in _AHEAD)
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


def _later(connection: Connection, groups: list[list[Story]]) -> list[tuple[Bearing, ...]]:
    """For each condition the events of later articles that share its longest words; all are fetched together."""
    named = [_telling(group[0].first) for group in groups]
    near = [_articles(connection, group, words_) for group, words_ in zip(groups, named, strict=True)]
    everywhere = sorted({article for some in near for article in some})
    told = _told_in(connection, everywhere)
    return [
        tuple(
            Bearing(event.type, event.factuality, event.passage)
            for article in some
            for event in told.get(article, ())
            if words_ <= set(words(event.sentence_words))
        )[:MOST]
        for some, words_ in zip(near, named, strict=True)
    ]


def _telling(event: Happening) -> set[str]:
    found = sorted(set(words(event.condition_words or "")), key=lambda word: (-len(word), word))
    return set(found[:FEWEST])


def _articles(connection: Connection, group: list[Story], named: set[str]) -> list[int]:
    """Later articles that have the words, the earliest first; not those that tell the condition."""
    told = {copy.article for story in group for copy in story.copies}
    filters = Filters(start=group[0].first.published, query=" ".join(sorted(named)))
    scope = Scope.of(connection, filters)
    asked = select(articles.c.id).where(*scope.articles, articles.c.id.not_in(told))
    return list(connection.execute(asked.order_by(articles.c.published, articles.c.id).limit(LOOKED_AT)).scalars())


def _told_in(connection: Connection, ids: list[int]) -> dict[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    for start in range(0, len(ids), BATCH):
        some = articles.c.id.in_(ids[start : start + BATCH])
        for event in happenings(connection, Scope(Filters(), None, (some,))):
            found[event.article].append(event)
    return found


def _row(group: list[Story], known: Mapping[int, DossierActor]) -> Conditional:
    first = group[0].first
    published = [copy.published for story in group for copy in story.copies if copy.published]

    def names(ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(known[id_].name for id_ in ids if id_ in known)

    return Conditional(
        _key(first, known), _sort(first), names(first.actors), names(first.recipients), first.type,
        first.condition_words or "", min(published, default=None), max(published, default=None), len(group),
        tuple(dict.fromkeys(outlet for story in group for outlet in story.outlets)), OPEN, "",
        tuple(dict.fromkeys(story.first.condition_words or "" for story in group)), first.passage, (),
    )  # fmt: skip
