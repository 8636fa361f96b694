"""How much an archive may unpack to: a bound that grows with what was given, so that no small file costs much work.

Text shrinks to a tenth, markup to a thirtieth; deflate reaches a thousandth with runs of one byte only.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from zipfile import BadZipFile

from propos import errors


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits in bytes, once unpacked.

    A member may unpack to ``ratio`` times its packed size, and any member to ``free``; an outermost archive with all
    that is in it to ``ratio`` times its own size, and any to ``free_total``; never beyond ``member`` and ``total``.
    ``directory`` bounds the list of a zip's members. Archives stand in archives up to ``depth``, the outermost counted.
    """

    ratio: int = 100
    free: int = 1 << 20
    free_total: int = 64 << 20
    member: int = 16 << 30
    total: int = 64 << 30
    directory: int = 16 << 20
    depth: int = 2


BOUNDS = Bounds()
_STEP = 1 << 18
"""Bytes taken at a time, so that a bound is never passed by much."""


class Stream(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes, none at the end."""
        ...


class Budget:
    """What an outermost archive and all within it may still unpack to; only its own packed bytes add to it."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        self.bounds = bounds
        self.packed = 0
        self.unpacked = 0

    @property
    def allowed(self) -> int:
        """Bytes in all."""
        return min(self.bounds.total, self.bounds.free_total + self.bounds.ratio * self.packed)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be unpacked."""
        return self.unpacked > self.allowed


class Metered:
    """A member's unpacked bytes, counted. Whatever breaks below comes out as an :class:`propos.errors.InputError`."""

    def __init__(self, source: Stream, name: str, budget: Budget, packed: Callable[[], int]) -> None:
        self._source, self._name, self._budget, self._packed = source, name, budget, packed
        self._given = 0

    def read(self, size: int = 65_536, /) -> bytes:
        """At most ``size`` bytes; raises ``archive-damaged`` and ``archive-too-large``."""
        try:
            data = self._source.read(min(size, _STEP))
        except (OSError, EOFError, zlib.error, BadZipFile, RuntimeError, ValueError) as error:
            raise damaged(self._name, error) from error
        self._given += len(data)
        self._budget.unpacked += len(data)
        bounds = self._budget.bounds
        self._check(self._given, min(bounds.member, max(bounds.free, bounds.ratio * self._packed())))
        self._check(self._budget.unpacked, self._budget.allowed)
        return data

    def seekable(self) -> bool:
        """Never: it is read once."""
        return False

    def _check(self, given: int, allowed: int) -> None:
        if given > allowed:
            raise errors.ARCHIVE_TOO_LARGE(name=self._name, got=f"{given} bytes or more", allowed=f"{allowed} bytes")


def damaged(name: str, error: Exception) -> errors.ProposError:
    """The error to raise for what a library says of a broken archive."""
    return errors.ARCHIVE_DAMAGED(name=name, reason=str(error)[:200].rstrip(".") or type(error).__name__)
