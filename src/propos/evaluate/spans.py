"""How alike two annotations are: by the characters that they share, spaces and punctuation not counted."""

from __future__ import annotations

from collections.abc import Iterable

from propos.model import Span

Chars = frozenset[int]

# A span that takes in or leaves out a quotation mark or a comma is not another span.
IGNORED = frozenset("\"«»“”'’.,;: ")


class TextChars:
    """Turns spans of one text into the set of their counting characters (code-point offsets)."""

    def __init__(self, text: str) -> None:
        self._counts = [not char.isspace() and char not in IGNORED for char in text]

    def of(self, spans: Iterable[Span | None]) -> Chars:
        """The offsets that the spans cover together, without spaces and punctuation; ``None`` covers nothing."""
        return frozenset(at for span in spans if span for at in range(span.start, span.end) if self._counts[at])

    def one(self, span: Span | None) -> Chars:
        """The same for a single span."""
        return self.of((span,))

    def agree(self, left: Span | None, right: Span | None) -> bool:
        """Both cover nothing, or they share at least half of the shorter."""
        one, other = self.one(left), self.one(right)
        return (not one and not other) or touch(one, other) >= 0.5


def overlap(left: Chars, right: Chars) -> float:
    """Intersection over union, 0 … 1; 0 where either is empty."""
    return len(left & right) / len(left | right) if left and right else 0.0


def touch(left: Chars, right: Chars) -> float:
    """Share of the shorter one that lies in the other, 0 … 1: kind to a longer or shorter phrase around one head."""
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0
