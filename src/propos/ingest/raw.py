"""An input before it is read: its name and its bytes, never more of them than a limit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from propos import errors

HEAD = 65_536
"""Bytes read first, enough to tell the format."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An open input. ``name`` is what messages call it; ``file`` is its path, ``None`` for standard input and strings.

    ``head`` holds the first bytes; ``rest`` gives those after them, once.
    """

    name: str
    file: str | None
    head: bytes
    rest: BinaryIO

    @classmethod
    def open(cls, stream: BinaryIO, name: str, file: str | None = None) -> Raw:
        """Take the head from ``stream``; the caller closes it."""
        return cls(name, file, _read(stream, HEAD), stream)

    @classmethod
    def of_bytes(cls, data: bytes, name: str) -> Raw:
        """An input that is in memory already."""
        return cls.open(io.BytesIO(data), name)

    def all(self, limit: int) -> bytes:
        """All bytes; raises ``input-too-large`` beyond ``limit``, after reading one byte more than that."""
        data = self.head + _read(self.rest, max(0, limit + 1 - len(self.head)))
        if len(data) > limit:
            raise errors.INPUT_TOO_LARGE(name=self.name, limit=limit)
        return data

    def lines(self, limit: int) -> Iterator[bytes]:
        """The lines without their newline, streamed; raises ``input-too-large`` for a line beyond ``limit`` bytes."""
        pending, chunk = b"", self.head
        while chunk:
            *whole, pending = (pending + chunk).split(b"\n")
            yield from whole
            if len(pending) > limit:
                raise errors.INPUT_TOO_LARGE(name=f"a line of {self.name}", limit=limit)
            chunk = _read(self.rest, HEAD)
        if pending:
            yield pending


def _read(stream: BinaryIO, size: int) -> bytes:
    """``size`` bytes, fewer only at the end; pipes give less than asked at a time."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
