"""Quotations as they stand in the text: pairs of marks, nesting, quotations left open.

Works on characters alone, before any parse; linear in the length of the text.
A straight mark says by its neighbours whether it opens or closes; a paragraph's end closes what is open.
A quotation that is re-opened at the head of the next paragraph goes on there (French and English habit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from propos.model import Diagnostic, Span

# Marks are typography, not vocabulary: they are the same in every language pack.
PAIRS = {"«": "»", "“": "”", "„": "“", "‹": "›"}
STRAIGHT = '"'
INNER = "+"
MARKS = frozenset('«»“”„‹›"')
# Beyond this depth a text is not nesting quotations but noise.
DEEPEST = 4
# Wrapped plain text has lines of 65 to 80 characters; a line that stops well before is a line of its own.
SHORT_LINE = 55
_STOPS = frozenset('.!?…:"»”')
# What may be a mark: an inner one stands right before or right behind a word.
MARK = re.compile(r'[«»“”„‹›"]|(?<![\w+])\+(?=[^\W\d])|(?<=[\w.!?,)…])\+(?![\w+])')


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``span`` includes the marks; ``depth`` is 0 for an outermost one.

    ``closed`` is false where the paragraph ended before the closing mark.
    """

    span: Span
    inside: Span
    depth: int
    closed: bool = True


@dataclass(slots=True)
class _Open:
    start: int
    mark: str


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs, without surrounding white space.

    Blank lines separate them; in a text without any blank line every line is a paragraph.
    """
    separator = re.compile(r"\n[^\S\n]*\n\s*") if re.search(r"\n[^\S\n]*\n", text) else re.compile(r"\n\s*")
    spans, at = [], 0
    for gap in separator.finditer(text):
        spans.append(_trim(text, at, gap.start()))
        at = gap.end()
    spans.append(_trim(text, at, len(text)))
    return [line for span in spans if span.start < span.end for line in _lines(text, span)]


def _lines(text: str, span: Span) -> list[Span]:
    """A block cut at line breaks that end a line, not those that wrap one: after a stop or a short line, before a capital."""
    lines, at = [], span.start
    for match in re.finditer(r"\n", span.of(text)):
        here = span.start + match.start()
        before, after = text[at:here].rstrip(), text[here + 1 :].lstrip()[:1]
        if before and (before[-1] in _STOPS or len(before) < SHORT_LINE) and not after.islower():
            lines.append(_trim(text, at, here))
            at = here + 1
    lines.append(_trim(text, at, span.end))
    return [line for line in lines if line.start < line.end]


def find(text: str, blocks: list[Span]) -> tuple[list[Quotation], list[Diagnostic]]:
    """All quotations of the text in the order of their beginning, and what was odd about the marks.

    ``blocks`` are the paragraphs of the text, in order.
    """
    found: list[Quotation] = []
    odd: list[Diagnostic] = []
    for block in blocks:
        for quotation in _in_block(text, block):
            found.append(quotation)
            if not quotation.closed:
                odd.append(Diagnostic("quotation-left-open", "no closing mark in this paragraph", quotation.span))
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return found, odd


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _in_block(text: str, block: Span) -> Iterator[Quotation]:
    stack: list[_Open] = []
    for match in MARK.finditer(text, block.start, block.end):
        mark, at = match.group(), match.start()
        if _is_slip(text, mark, at, stack, block):
            continue
        if _closes(text, mark, at, stack, block):
            opened = _matching(stack, mark)
            if opened is None and stack and mark != STRAIGHT:
                opened = len(stack) - 1  # families mixed by the typist: “volonté du peuple ».
            if opened is not None:
                yield _quotation(text, stack[opened].start, at + 1, opened, closed=True)
                del stack[opened:]
        elif mark not in "»”›" and len(stack) < DEEPEST and not _reopens(text, mark, at, stack):
            stack.append(_Open(at, mark))
    # A lone straight mark at the very end is a stray closing mark, not a quotation.
    if stack and block.end - stack[0].start > 2:
        yield _quotation(text, stack[0].start, block.end, 0, closed=False)


def _is_slip(text: str, mark: str, at: int, stack: list[_Open], block: Span) -> bool:
    """A straight mark that is no quotation mark: an apostrophe's place (*l"éthique*), or a closing mark never opened."""
    if mark != STRAIGHT:
        return False
    before, after = _beside(text, at, block)
    if before.isalpha() and after.isalpha():
        return True
    return not any(item.mark == mark for item in stack) and not before.isspace() and before not in "('’[-«“" and not after.isalnum()


def _beside(text: str, at: int, block: Span) -> tuple[str, str]:
    """The characters before and behind a mark; spaces at the block's edges."""
    return text[at - 1] if at > block.start else " ", text[at + 1] if at + 1 < block.end else " "


def _quotation(text: str, start: int, end: int, depth: int, *, closed: bool) -> Quotation:
    inside = _trim(text, start + 1, end - 1 if closed else end)
    return Quotation(Span(start, end), inside, depth, closed)


def _reopens(text: str, mark: str, at: int, stack: list[_Open]) -> bool:
    """A second opening mark of the same kind with nothing closed between: typing slip or re-opening after a line break."""
    return bool(stack) and stack[-1].mark == mark and mark == "«" and text[at - 1 : at] == "\n"


def _matching(stack: list[_Open], mark: str) -> int | None:
    for index in range(len(stack) - 1, -1, -1):
        opener = stack[index].mark
        if opener == mark or PAIRS.get(opener) == mark:
            return index
    return None


def _closes(text: str, mark: str, at: int, stack: list[_Open], block: Span) -> bool:
    if mark in "»”›":
        return True
    if mark in PAIRS:
        return mark == "“" and bool(stack) and stack[-1].mark == "„"
    if not any(item.mark == mark for item in stack):
        return False
    if mark == INNER:
        return at > block.start and not text[at - 1].isspace()
    return _looks_closing(text, at, block)


def _looks_closing(text: str, at: int, block: Span) -> bool:
    """A straight mark that could open: after a space or an apostrophe and before a word, while one is open, it nests."""
    before, after = _beside(text, at, block)
    opening = (before.isspace() or before in "('’[-") and (
        after.isalnum() or after in "([«+'’…" or text.startswith("...", at + 1)
    )
    return not opening
