"""An input before it is read: its name and its bytes, never more of them than a limit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from propos import errors
from propos.ingest.bounds import Budget

HEAD = 65_536
"""Bytes read first, enough to tell the format."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An open input. ``name`` is what messages call it; ``file`` is its path, ``None`` for standard input and strings.

    ``head`` holds the first bytes; ``rest`` gives those after them, once. ``depth`` counts the archives around it, which
    share ``budget``.
    """

    name: str
    file: str | None
    head: bytes
    rest: BinaryIO
    depth: int = 0
    budget: Budget | None = None

    @classmethod
    def open(
        cls, stream: BinaryIO, name: str, file: str | None = None, depth: int = 0, budget: Budget | None = None
    ) -> Raw:
        """Take the head from ``stream``; the caller closes it."""
        return cls(name, file, _read(stream, HEAD), stream, depth, budget)

    @classmethod
    def of_bytes(cls, data: bytes, name: str, file: str | None = None) -> Raw:
        """An input that is in memory already."""
        return cls.open(io.BytesIO(data), name, file)

    def all(self, limit: int) -> bytes:
        """All bytes; raises ``input-too-large`` beyond ``limit``, after reading one byte more than that."""
        data = self.head + _read(self.rest, max(0, limit + 1 - len(self.head)))
        if len(data) > limit:
            raise errors.INPUT_TOO_LARGE(name=self.name, limit=limit)
        return data

    def lines(self, limit: int) -> Iterator[bytes]:
        """The lines without their newline, streamed; raises ``input-too-large`` for a line beyond ``limit`` bytes."""
        return lines_of(self.chunks(), limit, self.name)

    def chunks(self) -> Iterator[bytes]:
        """All bytes in pieces of at most 64 KiB, once."""
        chunk = self.head
        while chunk:
            yield chunk
            chunk = _read(self.rest, HEAD)


def lines_of(chunks: Iterable[bytes], limit: int, name: str, end: bytes = b"\n") -> Iterator[bytes]:
    """The lines in ``chunks`` without their ``end``; raises ``input-too-large`` for a line beyond ``limit`` bytes."""
    pending: list[bytes] = []
    size = 0
    for chunk in chunks:
        first, *others = chunk.split(end)
        pending.append(first)
        size += len(first)
        for line in others:
            _within(size, limit, name)
            yield b"".join(pending)
            pending, size = [line], len(line)
        _within(size, limit, name)
    if size:
        yield b"".join(pending)


def _within(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise errors.INPUT_TOO_LARGE(name=f"a line of {name}", limit=limit)


def _read(stream: BinaryIO, size: int) -> bytes:
    """``size`` bytes, fewer only at the end; pipes give less than asked at a time."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
