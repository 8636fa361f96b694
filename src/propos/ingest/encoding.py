"""Bytes to text: UTF-8, UTF-16 with and without a byte-order mark, Windows-1252; anything binary is refused.

What stands in the text stays: no-break spaces, soft hyphens, typographic apostrophes. Only a byte-order mark goes.
"""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import NamedTuple

from propos import errors
from propos.model import Diagnostic

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16: its little-endian mark starts with the other's."""

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, or a Word or OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)

PROBE = 65_536
"""Bytes looked at to tell text from binary."""
MOST_GUESSED = 8192
"""Bytes that a detector of encodings looks at."""


class Decoded(NamedTuple):
    """Text, the encoding it was in, and what was odd about it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Decode ``data``; raises ``input-binary``. ``name`` is how messages call the input."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _lossy(data[len(bom) :], encoding)
    _refuse_signatures(data, name)
    wide = _wide_encoding(data[:PROBE])
    if wide:
        return _lossy(data, wide)
    _refuse_control_bytes(data[:PROBE], name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _single_byte(data)


def _refuse_signatures(data: bytes, name: str) -> None:
    for signature, looks_like in SIGNATURES:
        if data.startswith(signature):
            raise errors.INPUT_BINARY(name=name, looks_like=looks_like)


def _refuse_control_bytes(probe: bytes, name: str) -> None:
    """NUL is never text; other control bytes are tolerated up to one in fifty, as old wire files have some."""
    control = sum(probe.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b")
    if 0 in probe or control * 50 > len(probe):
        raise errors.INPUT_BINARY(name=name, looks_like="binary data")


def _wide_encoding(probe: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script nearly every second byte is NUL, always on the same side."""
    half = len(probe) // 2
    if half < 2:
        return None
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _lossy(data: bytes, encoding: str) -> Decoded:
    """Decode in a known encoding; broken sequences become U+FFFD and are reported."""
    text = data.decode(encoding, errors="replace")
    count = text.count("\ufffd")
    if not count:
        return Decoded(text, encoding)
    message = f"{count} places are not valid {encoding} and were replaced by U+FFFD."
    return Decoded(text, encoding, (Diagnostic("encoding-damaged", message),))


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes: at least ten good letters beyond ASCII for each bad one."""
    decoded = _lossy(data, "utf-8")
    bad = decoded.text.count("\ufffd")
    good = sum(character > "\x7f" for character in decoded.text) - bad
    return decoded if good >= 10 * bad else None


def _single_byte(data: bytes) -> Decoded:
    """Windows-1252 as French newsrooms wrote it; where the result is not French, the best guess of a detector."""
    decoded = _lossy(data, "cp1252")
    beyond = [character for character in decoded.text if character > "\x7f"]
    if sum(not _is_french(character) for character in beyond) * 10 <= len(beyond):
        return decoded
    encoding = _guessed(data[:MOST_GUESSED])
    guess = Diagnostic("encoding-guessed", f"The encoding is not declared and unusual; read as {encoding}.")
    decoded = _lossy(data, encoding)
    return decoded._replace(diagnostics=(*decoded.diagnostics, guess))


@lru_cache(maxsize=1024)
def _guessed(probe: bytes) -> str:
    """What a detector takes the bytes for; it is slow, and a file's rows repeat themselves."""
    from charset_normalizer import from_bytes

    best = from_bytes(probe).best()
    return best.encoding if best is not None else "cp1252"


def _is_french(character: str) -> bool:
    return character in "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»“”‘’–—…€°\u00a0\u00ad·²³½"
