"""Lays two lists side by side: greedy one-to-one matching by falling similarity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Match(NamedTuple):
    """Positions in the gold and in the system list, and how alike the two items are."""

    gold: int
    system: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Alignment(Generic[T]):
    """Two lists side by side, and their matches."""

    gold: tuple[T, ...]
    system: tuple[T, ...]
    matches: tuple[Match, ...]

    def pairs(self) -> tuple[tuple[T, T], ...]:
        """Matched items, gold first, best match first."""
        return tuple((self.gold[pair.gold], self.system[pair.system]) for pair in self.matches)


def match(
    gold: Sequence[T], system: Sequence[T], similarity: Callable[[T, T], float], floor: float
) -> tuple[Match, ...]:
    """Pairs of at least ``floor`` similarity, best first; ties go to the earlier item, each item is used once."""
    pairs = [
        Match(at, by, alike)
        for at, left in enumerate(gold)
        for by, right in enumerate(system)
        if (alike := similarity(left, right)) >= floor
    ]
    pairs.sort(key=lambda pair: (-pair.similarity, pair.gold, pair.system))
    taken_gold: set[int] = set()
    taken_system: set[int] = set()
    chosen = []
    for pair in pairs:
        if pair.gold not in taken_gold and pair.system not in taken_system:
            taken_gold.add(pair.gold)
            taken_system.add(pair.system)
            chosen.append(pair)
    return tuple(chosen)
