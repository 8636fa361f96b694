"""One for all copies: what articles of one group tell of the same type and parties is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from propos.query.happenings import Happening


@dataclass(frozen=True, slots=True)
class Story:
    """An event as the earliest article tells it, and as its copies do (itself among them)."""

    first: Happening
    copies: tuple[Happening, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who prints it, in the order of the articles."""
        return tuple(dict.fromkeys(copy.outlet for copy in self.copies if copy.outlet))

    @property
    def articles(self) -> int:
        """In how many articles it stands."""
        return len({copy.article for copy in self.copies})


def stories(told: Iterable[Happening]) -> list[Story]:
    """The events, those of copies laid together, in their order.

    The second event of one type and parties in an article is laid beside the second of its copies.
    """
    groups: dict[tuple[object, ...], list[Happening]] = defaultdict(list)
    turns: dict[tuple[int, object], int] = defaultdict(int)
    for event in told:
        what = (event.story, event.type, frozenset(event.actors), frozenset(event.recipients))
        turn = turns[event.article, what]
        turns[event.article, what] += 1
        groups[*what, turn].append(event)
    return [Story(group[0], tuple(group)) for group in groups.values()]
