"""How alike two articles are worded, and where they differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from rensa import RMinHash

from propos.lang.lemmas import words
from propos.model import Span

Op = Literal["replace", "delete", "insert"]
SHINGLE = 3
"""Words side by side that are compared as one."""
NUMBERS, ROWS = 192, 3
"""MinHashes of an article, and how many of them make a band: two articles that share a third of their shingles meet in
one of the 64 bands nine times out of ten, two that share a hundredth (unrelated news) once in ten thousand."""
SEED = 1
ALIKE = 0.6
"""Share of the shorter article's shingles that the other has too. Measured on invented copies (``tests/test_copies.py``):
cut, with another title, with sentences added or quotations translated they share 0.85 and more; a sequel that takes up
sentences of the day before 0.3."""
SHORTEST = 0.3
"""Of the longer one's shingles: a flash of one sentence is no copy of the story that came of it."""
MOST_WORDS = 4000
MOST_CHANGES = 400
_LEFT_OUT = frozenset({"title", "dateline", "byline"})
_WORD = re.compile(r"\S+")

Shingles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What a copy has in place of the canonical article's words; spans of code points in each text, one may be empty."""

    op: Op
    old: Span
    new: Span


def shingles(text: str, document: str) -> Shingles:
    """The folded runs of words of an article's body; ``document`` is its JSON, which says where the body stands.

    An article with less words than a shingle has one of all its words.
    """
    body = words(" ".join(span.of(text) for span in _body(text, json.loads(document))))
    runs = range(max(len(body) - SHINGLE + 1, 1))
    return frozenset(" ".join(body[at : at + SHINGLE]) for at in runs)


def _body(text: str, document: dict[str, Any]) -> list[Span]:
    parts = document.get("segments") or []
    kept = [Span(*part["span"]) for part in parts if part["kind"] not in _LEFT_OUT]
    return kept or [Span(0, len(text))]


def digest(runs: Shingles) -> bytes:
    """The MinHash of the shingles: ``NUMBERS`` numbers of 32 bits, little end first."""
    made = RMinHash(num_perm=NUMBERS, seed=SEED)
    made.update(list(runs))
    return b"".join(number.to_bytes(4, "little") for number in made.digest())


def bands(made: bytes) -> Iterator[tuple[int, bytes]]:
    """The bands of a digest: two articles that share one may be copies."""
    width = 4 * ROWS
    for start in range(0, len(made), width):
        yield start // width, made[start : start + width]


def similarity(one: Shingles, other: Shingles) -> float:
    """The share of the shorter article's shingles that the other has too; 0 where it is too short to be a copy."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST * len(long):
        return 0.0
    return len(short & long) / len(short)


def changes(old: str, new: str) -> list[Change]:
    """Where ``new`` differs from ``old``, word by word, in text order.

    Bounded: of texts whose differing middles are longer than ``MOST_WORDS`` words, and after ``MOST_CHANGES``, the rest
    is one replacement.
    """
    before, after = _spans(old), _spans(new)
    one, two = [span.of(old) for span in before], [span.of(new) for span in after]
    head = _common(one, two)
    tail = _common(one[head:][::-1], two[head:][::-1])
    found = list(_blocks(one[head : len(one) - tail], two[head : len(two) - tail]))
    if len(found) > MOST_CHANGES:
        first, last = found[MOST_CHANGES - 1], found[-1]
        found[MOST_CHANGES - 1 :] = [("replace", first[1], last[2], first[3], last[4])]
    return [
        Change(op, _cover(before, head + i, head + j, len(old)), _cover(after, head + k, head + m, len(new)))
        for op, i, j, k, m in found
    ]


def _blocks(one: list[str], two: list[str]) -> Iterator[tuple[Op, int, int, int, int]]:
    if not one and not two:
        return
    if len(one) > MOST_WORDS or len(two) > MOST_WORDS:
        yield ("insert" if not one else "delete" if not two else "replace"), 0, len(one), 0, len(two)
        return
    for op, i, j, k, m in SequenceMatcher(None, one, two).get_opcodes():
        if op != "equal":
            yield op, i, j, k, m


def _common(one: list[str], two: list[str]) -> int:
    """How many words both begin with."""
    shorter = min(len(one), len(two))
    return next((at for at in range(shorter) if one[at] != two[at]), shorter)


def _spans(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _cover(spans: list[Span], first: int, end: int, length: int) -> Span:
    """From the start of one word to the end of another; the empty place before ``first`` where there is none."""
    if first < end:
        return Span(spans[first].start, spans[end - 1].end)
    at = spans[first].start if first < len(spans) else length
    return Span(at, at)
