"""Counts that add up over documents: found and missed items, and right fields among matched items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Tally:
    """Found (``hits``), invented (``extra``) and overlooked (``missed``) items."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @classmethod
    def of(cls, hits: int, system: int, gold: int) -> Tally:
        """From the hits and the lengths of the two lists."""
        return cls(hits, system - hits, gold - hits)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    @property
    def gold(self) -> int:
        """How many items the gold has."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Share of the system's items that are right, 0 … 1 (0 where there are none)."""
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold's items that were found, 0 … 1 (0 where there are none)."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 … 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``of`` matched items have a field right. ``right`` can be fractional (B-cubed)."""

    right: float = 0
    of: int = 0

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.right + other.right, self.of + other.of)

    @property
    def accuracy(self) -> float | None:
        """Share of right fields, 0 … 1, or ``None`` where nothing was matched."""
        return self.right / self.of if self.of else None


F = TypeVar("F", Tally, Rate)


@dataclass(slots=True)
class Figures:
    """Tallies and rates by their label; adding to an unknown label starts it at zero."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    rates: dict[str, Rate] = field(default_factory=dict)

    def count(self, label: str, hits: int, system: int, gold: int) -> None:
        """Add one comparison of two lists."""
        self.tallies[label] = self.tallies.get(label, Tally()) + Tally.of(hits, system, gold)

    def check(self, label: str, right: float) -> None:
        """Add one matched item with its field right (1), wrong (0) or in part."""
        self.rates[label] = self.rates.get(label, Rate()) + Rate(right, 1)

    def add(self, other: Figures) -> None:
        """Add another document's figures."""
        _add_up(self.tallies, other.tallies, Tally())
        _add_up(self.rates, other.rates, Rate())

    def to_dict(self) -> dict[str, dict[str, float | int | None]]:
        """Percentages with one decimal, by label: tallies first, then rates."""
        scores: dict[str, dict[str, float | int | None]] = {}
        for label, tally in sorted(self.tallies.items()):
            precision, recall, f1 = (_percent(share) for share in (tally.precision, tally.recall, tally.f1))
            scores[label] = {"precision": precision, "recall": recall, "f1": f1, "gold": tally.gold}
        for label, rate in sorted(self.rates.items()):
            share = rate.accuracy
            scores[label] = {"accuracy": None if share is None else _percent(share), "of": rate.of}
        return scores


def _add_up(into: dict[str, F], other: Mapping[str, F], zero: F) -> None:
    for label, value in other.items():
        into[label] = into.get(label, zero) + value


def _percent(share: float) -> float:
    return round(100 * share, 1)
