"""RTF to lines, in one pass: code pages, fonts' character sets, Unicode escapes; tables, pictures and headers left out.

Not striprtf: it writes addresses of links into the text, keeps no place in the file, and stops at odd numbers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from propos.ingest.line import Line

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_HIDDEN_WORDS = (
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
    "footnote fldinst themedata colorschememapping datastore latentstyles listtable listoverridetable rsidtbl "
    "generator xe tc bkmkstart bkmkend nonshppict shpinst filetbl revtbl xmlnstbl annotation txe rxe private"
)
_HIDDEN = frozenset(_HIDDEN_WORDS.split())
_LINE_ENDS = frozenset({"par", "line", "sect", "page", "row", "cell", "nestcell", "nestrow"})
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
_ESCAPES = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_DEEPEST = 10_000
"""Braces inside each other; deeper ones are only counted."""


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    hidden: bool = False
    in_fonts: bool = False
    font: int | None = None
    after_unicode: int = 1


@dataclass(slots=True)
class _Scan:
    """The state of one pass; ``to_skip`` counts the stand-ins that still follow a Unicode escape, ``too_deep`` braces."""

    code_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    too_deep: int = 0

    def flush(self) -> None:
        r"""Decode the bytes that were written as ``\'e9``: in some scripts two make a character."""
        if self.raw:
            encoding = self.code_page if self.group.font is None else self.fonts.get(self.group.font, self.code_page)
            self.words.append(self.raw.decode(encoding, "replace"))
            self.raw.clear()

    def write(self, text: str) -> None:
        """Add text, unless it is hidden or stands in for a Unicode character."""
        self.flush()
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        if not self.group.hidden:
            self.words.append(text[skipped:])

    def taken(self) -> str:
        """The line so far; halves of a character that were escaped apart are put together."""
        self.flush()
        text = "".join(self.words)
        self.words.clear()
        if not text.isascii():
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.replace("\0", "").strip()


def lines(data: bytes) -> Iterator[Line]:
    """The paragraphs and table cells, in order, blank ones kept."""
    source = data.decode("latin-1")
    scan, start, at = _Scan(), 0, 0
    while (match := _TOKEN.match(source, at)) is not None:
        at = match.end()
        if match["word"] == "bin":
            at += max(0, int(match["number"] or 0))  # so many bytes of anything
        elif match["word"] in _LINE_ENDS or match["sign"] in {"\n", "\r"}:
            if not scan.group.hidden:
                scan.to_skip = 0
                yield Line(scan.taken(), data[start:at])
                start = at
        else:
            _step(scan, match)
    yield Line(scan.taken(), data[start:])


def _step(scan: _Scan, match: re.Match[str]) -> None:
    if match["word"]:
        _word(scan, match["word"], int(match["number"]) if match["number"] else None)
    elif match["hex"]:
        _byte(scan, int(match["hex"], 16))
    elif match["sign"] == "*":
        scan.group.hidden = True
    elif match["sign"]:
        scan.write(_ESCAPES.get(match["sign"], ""))
    elif match["brace"]:
        _brace(scan, opens=match["brace"] == "{")
    elif match["text"]:
        scan.write(match["text"])


def _byte(scan: _Scan, value: int) -> None:
    if scan.to_skip:
        scan.to_skip -= 1
    elif not scan.group.hidden:
        scan.raw.append(value)


def _brace(scan: _Scan, *, opens: bool) -> None:
    scan.flush()
    scan.to_skip = 0
    if opens and len(scan.outer) >= _DEEPEST:
        scan.too_deep += 1
    elif opens:
        scan.outer.append(scan.group)
        scan.group = replace(scan.group)
    elif scan.too_deep:
        scan.too_deep -= 1
    elif scan.outer:
        scan.group = scan.outer.pop()


def _word(scan: _Scan, word: str, number: int | None) -> None:
    scan.flush()
    if word == "u" and number is not None:
        scan.write(chr(number % 0x10000))
        scan.to_skip = scan.group.after_unicode
    elif word in _SIGNS:
        scan.write(_SIGNS[word])
    elif word in _HIDDEN:
        scan.group.hidden = True
        scan.group.in_fonts = scan.group.in_fonts or word == "fonttbl"
    elif number is not None:
        _set(scan, word, number)


def _set(scan: _Scan, word: str, number: int) -> None:
    if word == "uc":
        scan.group.after_unicode = min(max(number, 0), 10)
    elif word == "f":
        scan.group.font = number
    elif word == "fcharset" and scan.group.in_fonts and scan.group.font is not None and number in _CHARSETS:
        scan.fonts[scan.group.font] = _CHARSETS[number]
    elif word == "ansicpg":
        try:
            scan.code_page = codecs.lookup(f"cp{number}").name
        except LookupError:
            scan.code_page = "cp1252"
