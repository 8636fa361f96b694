"""Later reports that may bear on a condition, or on what hangs on it: candidates, nobody says that they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Literal, get_args

from sqlalchemy import Connection

from propos.lang.folding import fold
from propos.model import Span
from propos.query.answers import Parts
from propos.query.filters import Filters
from propos.query.happenings import BATCH, Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.recent import recent
from propos.query.scope import Scope
from propos.query.stories import Story
from propos.query.wordings import words
from propos.store.entry import DossierActor
from propos.store.tables import articles, events

MOST = 3
"""Candidates for the condition, and as many for the consequence."""
FEWEST = 2
LONG = 7
"""Letters of the words by which a condition without an event of its own is found again."""
STEM = 4
_WORDS_ONLY = ("REQUEST", "THREATEN", "ACCUSE", "SUPPORT")
"""Who asks, threatens, blames or praises does not yet do anything."""
_WORD = re.compile(r"\w{3,}")
_AHEAD = {"planned", "hypothetical"}
_OF_STATE = {"GOV", "MIL"}
On = Literal["condition", "consequence"]


@dataclass(frozen=True, slots=True)
class Bearing:
    """A later report; ``on``: the condition itself, or what is threatened or promised."""

    on: On
    type: str
    factuality: str
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


@dataclass(frozen=True, slots=True)
class _Act:
    """What is looked for: somebody of ``sides`` (anybody, where it is empty) does what these words say."""

    on: On
    sides: frozenset[str]
    kind: tuple[str, str | None] | None
    words: frozenset[str]

    def met(self, event: Happening, sides: frozenset[str], told: _Told, *, near: bool) -> bool:
        """By the same side in the same way, or in a sentence that has all the words; ``near``: it has their beginnings."""
        if self.sides and not self.sides & sides:
            return False
        if self.kind == (event.type, event.mode) and event.mode and self.words & told.of(event.words):
            return True
        return near and len(self.words) >= FEWEST and self.words <= told.of(event.sentence_words)


class _Told:
    """The telling words of sentences, each taken apart once."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def of(self, sentence: str) -> frozenset[str]:
        found = self._known.get(sentence)
        if found is None:
            found = self._known[sentence] = frozenset(words(sentence))
        return found


def bearings(connection: Connection, groups: Sequence[Sequence[Story]]) -> list[tuple[Bearing, ...]]:
    """For each condition, told by these stories, what later articles report, by their day; copies once."""
    ids = sorted({copy.article for group in groups for story in group for copy in story.copies})
    around = _in_articles(connection, ids)
    reports = _later(connection, {(story.first.reading, story.first.sentence) for group in groups for story in group})
    known = cast_of(connection, parties_of([*reports, *(event for some in around.values() for event in some)]))
    later = _Later.of(reports, known)
    return [tuple(later.meeting(group, list(_acts(group, around, known)))) for group in groups]


def _in_articles(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    for start in range(0, len(ids), BATCH):
        some = articles.c.id.in_(ids[start : start + BATCH])
        for event in happenings(connection, Scope(Filters(), None, (some,))):
            found[event.article].append(event)
    return found


def _later(connection: Connection, conditional: AbstractSet[tuple[int, Span]]) -> list[Happening]:
    """What is reported, whether done, planned or denied; not in the sentences that make a condition themselves."""
    scope, _ = recent(connection, Scope.of(connection, Filters()))
    done = (events.c.factuality != "hypothetical", events.c.type.not_in(_WORDS_ONLY), articles.c.published.is_not(None))
    return [event for event in happenings(connection, scope, *done) if (event.reading, event.sentence) not in conditional]


def _sides(event: Happening, known: Mapping[int, DossierActor]) -> frozenset[str]:
    return frozenset(_side(known[id_]) for id_ in event.actors if id_ in known)


def _side(actor: DossierActor) -> str:
    """The country of those who act for it; a firm or a crowd acts for itself."""
    acts_for_it = actor.kind == "state" or actor.sector in _OF_STATE
    return actor.country if acts_for_it and actor.country else actor.key


def _acts(group: Sequence[Story], around: Mapping[int, list[Happening]], known: Mapping[int, DossierActor]) -> Iterator[_Act]:
    for told in (story.first for story in group):
        within = [event for event in around[told.article] if _inside(event, told)]
        for event in within:
            if sides := _sides(event, known):
                yield _act("condition", event, sides)
        if not within:
            long = sorted({word for word in words(told.condition_words or "") if len(word) >= LONG}, key=lambda w: (-len(w), w))
            yield _Act("condition", frozenset(), None, frozenset(long[:FEWEST]))
        mine = _sides(told, known)
        for event in around[told.article]:
            ahead = event.factuality in _AHEAD and event.said is not None and event.speaker == told.speaker
            if event.event == told.event or (ahead and event not in within and mine & _sides(event, known)):
                yield _act("consequence", event, mine)


def _act(on: On, event: Happening, sides: frozenset[str]) -> _Act:
    return _Act(on, sides, (event.type, event.mode), frozenset(words(event.words)))


def _inside(event: Happening, told: Happening) -> bool:
    span = told.condition
    return span is not None and event.reading == told.reading and span.start <= event.trigger.start < span.end


@dataclass(frozen=True, slots=True)
class _Later:
    """Reports by their day, and which of them are of a side."""

    events: Sequence[Happening]
    sides: Sequence[frozenset[str]]
    days: Sequence[str]
    places: Mapping[str, Sequence[int]]
    stems: Mapping[str, AbstractSet[int]]
    told: _Told

    @classmethod
    def of(cls, reports: Sequence[Happening], known: Mapping[int, DossierActor]) -> _Later:
        sides = [_sides(event, known) for event in reports]
        places: dict[str, list[int]] = defaultdict(list)
        for at, some in enumerate(sides):
            for side in some:
                places[side].append(at)
        stems = _stems(event.sentence_words for event in reports)
        return cls(reports, sides, [event.published or "" for event in reports], places, stems, _Told())

    def meeting(self, group: Sequence[Story], acts: Sequence[_Act]) -> Iterator[Bearing]:
        """What meets one of the acts, told when the condition was and later, elsewhere."""
        first = bisect_left(self.days, group[0].first.published or "")
        seen = {story.first.story for story in group}
        for on in get_args(On):
            mine = [act for act in acts if act.on == on]
            found = (self.events[at] for at in self._near(mine, first) if any(self._meets(act, at) for act in mine))
            for event in islice(_once(found, seen), MOST):
                yield Bearing(on, event.type, event.factuality, event.passage)

    def _near(self, acts: Sequence[_Act], first: int) -> Iterable[int]:
        of_sides = {at for act in acts for side in act.sides for at in self.places.get(side, ())}
        of_words = [self.stems.get(word[:STEM], frozenset()) for act in acts if not act.sides for word in act.words]
        return sorted(at for at in of_sides.union(*of_words) if at >= first)

    def _meets(self, act: _Act, at: int) -> bool:
        near = all(at in self.stems.get(word[:STEM], frozenset()) for word in act.words)
        return act.met(self.events[at], self.sides[at], self.told, near=near)


def _stems(sentences: Iterable[str]) -> Mapping[str, AbstractSet[int]]:
    """In which sentences words begin so; each word is folded once."""
    found: dict[str, set[int]] = defaultdict(set)
    homes: dict[str, set[int]] = {}
    for at, sentence in enumerate(sentences):
        for word in _WORD.findall(sentence):
            home = homes.get(word)
            if home is None:
                home = homes[word] = found[fold(word)[:STEM]]
            home.add(at)
    return found


def _once(found: Iterable[Happening], seen: AbstractSet[str]) -> Iterator[Happening]:
    """The first of each story, and none of those that are seen already."""
    known = set(seen)
    for event in found:
        if event.story not in known:
            known.add(event.story)
            yield event
