"""Tar archives, as a stream: names and bytes of their files, in the order in which they stand.

Read by hand because the standard library takes headers of any length into memory. Links and devices are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from propos import errors
from propos.ingest.bounds import Stream

BLOCK = 512
LONGEST_HEADER = 65_536
"""Bytes of a long name or of a list of attributes."""
_FILES = {b"0", b"\x00", b"7"}
_LONG_NAME, _ATTRIBUTES = b"L", b"x"


def starts(head: bytes) -> bool:
    """Whether ``head`` is a tar's, of the kinds written since 1988."""
    return head[257:262] == b"ustar" and _sum_holds(head[:BLOCK])


class Entry:
    """A file in the archive: its name, and its bytes for as long as the next entry has not been asked for."""

    def __init__(self, stream: Stream, name: str, size: int, archive: str) -> None:
        self.name = name
        self._stream, self._left, self._archive = stream, size, archive
        self._padding = -size % BLOCK

    def read(self, size: int = BLOCK, /) -> bytes:
        """At most ``size`` bytes; raises ``archive-damaged`` where the archive ends too early."""
        data = self._stream.read(min(size, self._left)) if self._left and size else b""
        if self._left and size and not data:
            raise errors.ARCHIVE_DAMAGED(name=f"{self._archive}!{self.name}", reason="it ends too early")
        self._left -= len(data)
        return data

    def seekable(self) -> bool:
        """Never: it is read once."""
        return False

    def skip(self) -> None:
        """Go to the end of the entry."""
        while self.read(65_536):
            pass
        _exactly(self._stream, self._padding)


def entries(stream: Stream, archive: str) -> Iterator[Entry]:
    """The files; raises ``archive-damaged``."""
    name: str | None = None
    while header := _header(stream, archive):
        flag = header[156:157]
        size = _number(header[124:136], archive)
        if flag in {_LONG_NAME, _ATTRIBUTES}:
            name = _name_of(flag, _body(stream, size, archive)) or name
            continue
        entry = Entry(stream, name or _plain_name(header), size, archive)
        if flag in _FILES:
            yield entry
        entry.skip()
        name = None


def _header(stream: Stream, archive: str) -> bytes | None:
    """The next header, ``None`` at the end."""
    header = _exactly(stream, BLOCK)
    if not header.strip(b"\x00"):
        return None
    if len(header) < BLOCK or not _sum_holds(header):
        raise errors.ARCHIVE_DAMAGED(name=archive, reason="a member's header is broken")
    return header


def _sum_holds(header: bytes) -> bool:
    written = header[148:156].strip(b" \x00")
    return _octal(written) == sum(header[:148]) + 256 + sum(header[156:])


def _octal(digits: bytes) -> int:
    try:
        return int(digits or b"0", 8)
    except ValueError:
        return -1


def _number(field: bytes, archive: str) -> int:
    """A size: octal digits, or binary where the first bit is set."""
    size = int.from_bytes(field[1:], "big") if field[0] == 0x80 else _octal(field.strip(b" \x00"))
    if size < 0:
        raise errors.ARCHIVE_DAMAGED(name=archive, reason="a member's size is not a number")
    return size


def _body(stream: Stream, size: int, archive: str) -> bytes:
    if size > LONGEST_HEADER:
        raise errors.ARCHIVE_DAMAGED(name=archive, reason="a member's name is too long")
    data = _exactly(stream, size)
    _exactly(stream, -size % BLOCK)
    return data


def _name_of(flag: bytes, body: bytes) -> str | None:
    if flag == _LONG_NAME:
        return _text(body.split(b"\x00")[0])
    for line in body.split(b"\n"):
        _, _, pair = line.partition(b" ")
        key, _, value = pair.partition(b"=")
        if key == b"path":
            return _text(value)
    return None


def _plain_name(header: bytes) -> str:
    name, prefix = header[:100].split(b"\x00")[0], header[345:500].split(b"\x00")[0]
    # GNU's tar keeps times where POSIX keeps the start of long names.
    return _text(prefix + b"/" + name if prefix and header[257:263] == b"ustar\x00" else name)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _exactly(stream: Stream, size: int) -> bytes:
    """``size`` bytes, fewer at the end."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
