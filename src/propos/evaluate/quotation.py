"""How much of a statement's content stands inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from propos.model import Mode, Span

OPENING, CLOSING, EITHER = "«“„", "»”", '"'
# One stray word outside the marks, such as an article, leaves a quotation direct; longer words do not.
STRAY_LETTERS = 3


def mode_of(text: str, content: Sequence[Span]) -> Mode:
    """``direct`` where all of the content is quoted (one stray article apart), ``indirect`` where nothing is."""
    quoted = quoted_offsets(text)
    words = [
        range(span.start + word.start(), span.start + word.end())
        for span in content
        for word in re.finditer(r"\w+", span.of(text))
    ]
    outside = [word for word in words if word[0] not in quoted]
    if len(outside) == len(words):
        return "indirect"
    stray = len(outside) <= 1 and all(len(word) <= STRAY_LETTERS for word in outside)
    return "direct" if stray else "mixed"


def quoted_offsets(text: str) -> frozenset[int]:
    """Offsets between quotation marks; a mark that is not closed quotes to the end of its paragraph."""
    offsets: list[int] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        offsets += _quoted_in(text, paragraph.start(), paragraph.end())
    return frozenset(offsets)


def _quoted_in(text: str, start: int, end: int) -> list[int]:
    offsets: list[int] = []
    depth, straight = 0, False
    for at in range(start, end):
        char = text[at]
        if char in EITHER:
            straight = not straight
        elif char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth or straight:
            offsets.append(at)
    return offsets
