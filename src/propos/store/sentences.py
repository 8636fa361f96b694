"""The sentence around a word, by its signs alone: what a row of the tables shows of the text."""

from __future__ import annotations

import re

from propos.model import Span

LONGEST = 400
"""Characters of a sentence that are kept; of a longer one those around its event."""
# The point after a single capital letter is that of an initial.
_END = re.compile(r"(?<!\b[A-Z]\.)(?<=[.!?…»”])[\s\u00a0\u202f]+(?=[«“\"A-ZÀ-ÖØ-Þ–—-])|\n+")


def sentence(text: str, around: Span) -> Span:
    """The sentence around a span; at most ``LONGEST`` characters beside it, the span among them."""
    low, high = max(0, around.start - LONGEST), min(len(text), around.end + LONGEST)
    ends = (match.end() for match in _END.finditer(text, low, around.start + 1) if match.end() <= around.start)
    start = max(ends, default=low)
    after = _END.search(text, around.end, high)
    end = after.start() if after else high
    if end - start > LONGEST + len(around):
        start, end = max(start, around.start - LONGEST // 2), min(end, around.end + LONGEST // 2)
    while start < around.start and text[start].isspace():
        start += 1
    while end > around.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
