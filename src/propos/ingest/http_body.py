"""The body of an HTTP answer as a crawl kept it: taken out of chunks, unpacked, never beyond a limit."""

from __future__ import annotations

import zlib

from propos import errors

_ANY_ZLIB = 47
"""zlib and gzip alike, by their header."""
_RAW = -15


def decoded(data: bytes, transfer: str, content: str, name: str, limit: int) -> bytes:
    """The bytes of the page; raises ``warc-damaged`` and ``input-too-large``.

    A crawler that unpacked the body but kept the headers is believed in what it did, not in what it says.
    """
    if "chunked" in transfer.lower():
        data = _without_chunks(data)
    coding = content.strip().lower()
    if coding in {"gzip", "x-gzip"} and data.startswith(b"\x1f\x8b"):
        return _inflated(data, _ANY_ZLIB, name, limit)
    if coding == "deflate" and data[:1] == b"\x78":
        return _inflated(data, _ANY_ZLIB, name, limit)
    if coding == "deflate" and not data.lstrip().startswith(b"<"):
        return _inflated(data, _RAW, name, limit)
    if coding not in {"", "identity", "gzip", "x-gzip", "deflate"} and not data.lstrip().startswith(b"<"):
        raise errors.WARC_DAMAGED(name=name, reason=f"its page is packed by {coding[:20]}, which is not read")
    return data


def _without_chunks(data: bytes) -> bytes:
    """The chunks' contents; ``data`` itself where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    while (end := data.find(b"\r\n", at, at + 200)) >= 0:
        try:
            size = int(data[at:end].split(b";")[0].strip(), 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts) or data


def _inflated(data: bytes, bits: int, name: str, limit: int) -> bytes:
    unpacker = zlib.decompressobj(bits)
    try:
        page = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise errors.WARC_DAMAGED(name=name, reason=f"its page cannot be unpacked ({error})") from error
    if len(page) > limit:
        raise errors.INPUT_TOO_LARGE(name=name, limit=limit)
    if not unpacker.eof:
        raise errors.WARC_DAMAGED(name=name, reason="its packed page ends too early")
    return page
