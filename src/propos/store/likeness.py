"""Which articles look alike by their fingerprints: thousands are laid beside one another at once, with NumPy.

Two articles meet where they share a band of their MinHashes, and are alike where enough of all numbers agree
(locality-sensitive hashing: Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from propos.store.wording import NUMBERS, ROWS

NEAR = 0.18
"""Share of equal numbers below which two articles are not compared word by word; copies of a third the length share a
third."""
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd numbers that turn a band into one key; bands that come out equal by chance are told apart by the other numbers."""

_Ints = npt.NDArray[np.intp]


class Likeness:
    """Fingerprints (``wording.digest``), each known by its place in the sequence; made once, asked often."""

    def __init__(self, digests: Sequence[bytes]) -> None:
        self._numbers = np.frombuffer(b"".join(digests), dtype="<u4").reshape(-1, NUMBERS)
        self._bands = [_Band(keys) for keys in self._keys()]
        self._reached = np.zeros(len(digests), dtype=bool)
        self._spent: set[tuple[int, int]] = set()
        """Runs of a band all of whose articles were reached."""

    def alike(self, one: int, others: Sequence[int]) -> list[int]:
        """Those of the others that look so much like the one that their words are compared."""
        places = np.array(others, dtype=np.intp)
        same = np.count_nonzero(self._numbers[places] == self._numbers[one], axis=1)
        found: list[int] = places[same >= NEAR * NUMBERS].tolist()
        return found

    def reach(self, start: int) -> list[int]:
        """The article, all that meet it and are alike, all that meet those, and so on; what was reached before is left out."""
        if self._reached[start]:
            return []
        self._reached[start] = True
        found = [start]
        for one in found:  # grows while it is walked
            fresh = self._fresh(one)
            self._reached[fresh] = True
            found.extend(fresh.tolist())
        return found

    def _fresh(self, one: int) -> _Ints:
        runs = [(at, *band.run(one)) for at, band in enumerate(self._bands)]
        waiting = [run for run in runs if run[2] - run[1] > 1 and (run[0], run[1]) not in self._spent]
        if not waiting:
            return np.empty(0, dtype=np.intp)
        met: _Ints = np.unique(np.concatenate([self._bands[at].order[start:end] for at, start, end in waiting]))
        met = met[~self._reached[met]]
        if not met.size:
            self._spent.update((at, start) for at, start, _ in waiting)
            return met
        return np.array(self.alike(one, met.tolist()), dtype=np.intp)

    def _keys(self) -> Sequence[npt.NDArray[np.uint64]]:
        wide = self._numbers.astype(np.uint64)
        return [
            (wide[:, start : start + ROWS] * _MIX).sum(axis=1, dtype=np.uint64) for start in range(0, NUMBERS, ROWS)
        ]


class _Band:
    """One band: the articles in the order of their keys, so that those of one key stand side by side."""

    def __init__(self, keys: npt.NDArray[np.uint64]) -> None:
        self.order = np.argsort(keys, kind="stable")
        arranged = keys[self.order]
        first = np.ones(len(keys), dtype=bool)
        first[1:] = arranged[1:] != arranged[:-1]
        starts = np.flatnonzero(first)
        ends = np.append(starts[1:], len(keys))
        self._start = np.empty(len(keys), dtype=np.int32)
        self._end = np.empty(len(keys), dtype=np.int32)
        self._start[self.order] = np.repeat(starts, ends - starts)
        self._end[self.order] = np.repeat(ends, ends - starts)

    def run(self, one: int) -> tuple[int, int]:
        """From where to where in ``order`` the articles stand that have this one's key."""
        return int(self._start[one]), int(self._end[one])
