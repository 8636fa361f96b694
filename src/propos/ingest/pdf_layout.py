"""From characters on a page to paragraphs: lines, reading order, what every page repeats, hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

DIVISION = "\x02"
"""What PDFium writes for a hyphen at a line's end, instead of the hyphen and the line end."""

HYPHENS = f"-\u00ad\u2010{DIVISION}"

_EDGE = 2
"""Lines at the top and at the bottom of a page that may be its header and its footer."""
_PAGE_NUMBER = re.compile(r"(?:[^\W\d]{1,6}\.?\s*)?[-–—|]?\s*\d{1,4}\s*(?:(?:/|\||[^\W\d]{1,4})\s*\d{1,4})?\s*[-–—|]?")
_SENTENCE_END = tuple('.!?…»”":;')
_BULLETS = tuple("•▪◦●■‣")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its box, in points; ``bottom`` < ``top``, as PDF counts upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of the box in points."""
        return max(self.top - self.bottom, 1.0)


def ordered(lines: Sequence[Line], depth: int = 12) -> list[Line]:
    """Lines as they are read: columns from left to right, each from top to bottom.

    The page is cut at its widest gap, across (above before below) or down (left before right), and so are its parts.
    """
    if len(lines) < 2 or not depth:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    down, column = _gap([(line.left, line.right) for line in lines])
    across, row = _gap([(line.bottom, line.top) for line in lines])
    size = median(line.height for line in lines)
    # Between columns there is more than a word's space; a gap across that is wider than it belongs to a heading.
    if down > 1.2 * size and down >= across / 3:
        return [
            *ordered([line for line in lines if line.right <= column], depth - 1),
            *ordered([line for line in lines if line.right > column], depth - 1),
        ]
    if across > 0:
        return [
            *ordered([line for line in lines if line.bottom >= row], depth - 1),
            *ordered([line for line in lines if line.bottom < row], depth - 1),
        ]
    return sorted(lines, key=lambda line: (-line.top, line.left))


def _gap(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The widest gap between the spans and its middle; the gap is 0 where there is none."""
    found, middle, reached = 0.0, 0.0, None
    for start, end in sorted(spans):
        if reached is not None and start - reached > found:
            found, middle = start - reached, (start + reached) / 2
        reached = end if reached is None else max(reached, end)
    return found, middle


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without their numbers and without headers and footers that come again; how many lines went."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = max(2, (len(pages) + 1) // 2)
    kept: list[list[Line]] = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.append([
            line for line in page
            if id(line) not in edges or not (_PAGE_NUMBER.fullmatch(line.text.strip()) or seen[_key(line)] >= often)
        ])  # fmt: skip
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _edges(page: Sequence[Line]) -> list[Line]:
    """The uppermost and lowermost lines, where the page has more than them."""
    by_height = sorted(page, key=lambda line: -line.top)
    if len(by_height) <= 2 * _EDGE:
        # A page of few lines: its number may stand at its end, the rest is text.
        return by_height[:1] + by_height[-1:] if len(by_height) > 2 else []
    return by_height[:_EDGE] + by_height[-_EDGE:]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()).lower())


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The lines of all pages joined to paragraphs."""
    lines = [line for page in pages for line in page]
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    pitch = _pitch(pages)
    out: list[str] = []
    previous: Line | None = None
    margin = 0.0  # how far right the paragraph at hand reaches, in its column
    for line in lines:
        if previous is not None and _goes_on(previous, line, pitch, margin):
            out[-1] = _join(out[-1], line.text.strip(), words)
            margin = max(margin, line.right) if line.bottom < previous.bottom else line.right
        else:
            out.append(line.text.strip())
            margin = line.right
        previous = line
    return [text.replace(DIVISION, "-") for text in out if text]


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [above.bottom - below.bottom for page in pages for above, below in pairwise(page)]
    return median([step for step in steps if step > 0] or [12.0])


def _goes_on(above: Line, line: Line, pitch: float, margin: float) -> bool:
    """Whether ``line`` belongs to the paragraph of the line before it."""
    ended = above.text.rstrip().endswith(_SENTENCE_END)
    step = above.bottom - line.bottom
    if step <= 0 or step > 6 * pitch:  # the next column or page
        return not ended and not line.text.lstrip()[:1].isupper()
    if step > 1.4 * pitch or line.text.startswith(_BULLETS) or _heads(above, line):
        return False
    indented = line.left - above.left > 0.8 * line.height
    short = above.right < max(margin, line.right) - 4 * line.height
    return not (ended and (indented or short))


def _heads(above: Line, line: Line) -> bool:
    """Whether one of two lines is a heading of the other: larger, or far shorter than what begins under it."""
    if not line.text[0].isupper():
        return False
    return abs(above.height - line.height) > 0.15 * above.height or above.right < line.right - 0.4 * (line.right - line.left)


def _join(text: str, line: str, words: Counter[str]) -> str:
    """A paragraph with one more line; a hyphen of division at its end goes."""
    if not text or text[-1] not in HYPHENS:
        return f"{text} {line}"
    before, after = re.search(r"[^\W\d_]+$", text[:-1]), re.match(r"[^\W\d_]+", line)
    if before is None or after is None or not after.group()[0].islower():
        return f"{text} {line}" if text[-2:-1].isspace() else text + line  # a dash stays one
    if _keeps_hyphen(text[: before.start()], before.group().lower(), after.group().lower(), words):
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def _keeps_hyphen(head: str, left: str, right: str, words: Counter[str]) -> bool:
    """Whether the hyphen is part of the word: as the rest of the text writes it, no list of words needed."""
    if words[left + right]:
        return False
    if words[f"{left}-{right}"] or head.endswith("-"):  # peut-être; a-t-|il
        return True
    # dit-|il: both halves are words here; gouverne-|ment: one of them is not. The halves themselves were counted once.
    return words[left] > 1 and words[right] > 1
