"""Changes of position: where an actor moves from one act to its opposite on what looks like the same matter.

They are proposed, never asserted: a reader decides, with both sentences in view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening
from propos.query.passages import Passage
from propos.query.positions import Position, taken
from propos.query.wordings import Wordings

NAME = "changes"
OPPOSITES = {
    "REJECT": {"AGREE", "CONCEDE", "SUPPORT"},
    "AGREE": {"REJECT"},
    "CONCEDE": {"REJECT"},
    "SUPPORT": {"REJECT", "ACCUSE"},
    "ACCUSE": {"SUPPORT"},
    "THREATEN": {"AGREE", "CONCEDE", "SUPPORT"},
    "REQUEST": {"REJECT"},
}
"""Type -> the types that take it back."""
_TOWARDS = {"SUPPORT", "ACCUSE", "THREATEN"}
"""Types that say nothing without knowing towards whom."""
_SURE = {"asserted", "claimed"}
ALIKE = 0.12
"""Cosine below which two sentences are not about the same matter."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """``score`` is how much the two sentences share (0 to 1); what moved is either the type or the factuality."""

    actor: str
    before_type: str
    after_type: str
    before_factuality: str
    after_factuality: str
    score: float
    before: Passage
    after: Passage

    PARTS: ClassVar[Parts] = {"before": Passage, "after": Passage}


def changes(asked: Asked) -> Answer[Change]:
    """Pairs of positions that contradict each other, the likest first; raises ``actor-unknown``, ``question-needs``."""
    by_actor: dict[str, list[tuple[Happening, Position]]] = defaultdict(list)
    for event, position in taken(asked, NAME):
        by_actor[position.actor].append((event, position))
    found = [change for rows in by_actor.values() for change in _of(rows)]
    found.sort(key=lambda change: (-change.score, change.after.published or "", change.actor))
    return Answer(Change, tuple(_one_each(found))[:MOST])


def _of(rows: Sequence[tuple[Happening, Position]]) -> Iterator[Change]:
    """The changes of one actor."""
    wordings = Wordings.of(position.passage.words for _, position in rows)
    for one, before in enumerate(rows):
        for other in wordings.near(one):
            if _opposed(before, rows[other]):
                score = round(wordings.likeness(one, other), 3)
                if score >= ALIKE:
                    yield _change(before[1], rows[other][1], score)


def _change(before: Position, after: Position, score: float) -> Change:
    kinds = (before.type, after.type, before.factuality, after.factuality)
    return Change(before.actor, *kinds, score, before.passage, after.passage)


def _opposed(one: tuple[Happening, Position], other: tuple[Happening, Position]) -> bool:
    (first, before), (second, after) = one, other
    if (before.published or "") >= (after.published or "") or not _one_matter(first, second):
        return False
    turned = after.type in OPPOSITES.get(before.type, ()) and {before.factuality, after.factuality} <= _SURE
    admitted = before.type == after.type and before.factuality == "denied" and after.factuality in _SURE
    return turned or admitted


def _one_matter(first: Happening, second: Happening) -> bool:
    """Towards the same party, where both have one: who supports one and accuses another has not changed."""
    towards = set(first.recipients), set(second.recipients)
    if all(towards):
        return bool(towards[0] & towards[1])
    return not {first.type, second.type} & _TOWARDS


def _one_each(found: list[Change]) -> Iterator[Change]:
    """Of the same two types between the same two articles the first only."""
    seen: set[tuple[str, ...]] = set()
    for change in found:
        kinds = (change.actor, change.before_type, change.after_type)
        pairs = {(*kinds, change.before.article, change.after.article), (*kinds, change.before.words, change.after.words)}
        if not pairs & seen:
            yield change
        seen |= pairs
