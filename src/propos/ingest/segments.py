"""The parts of an article: title, dateline, byline, lead, headings; the rest is body.

Cheap on purpose: one pass over the paragraphs, no model. Spans do not overlap and follow each other in text order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from propos.ingest import language
from propos.model import Segment, SegmentKind, Span

LONGEST_HEADING = 110
LONGEST_TITLE = 250
LONGEST_BYLINE = 100
"""Characters; of 2,700 agency titles the longest has 159, of 2,160 cross-heads 63."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")
_SPACE = re.compile(r"\s*+")
_REST_OF_LINE = re.compile(r"[^\S\n]*+(?=\n|\Z)")
_CROSS_HEAD = re.compile(r"[-–—] ?\S.{0,100}\S ?[-–—]")
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w'’.\- ]{1,40}(?: ?\([\w'’.\- ]{2,30}\))?)"  # MOSCOU, Kiev (Ukraine)
    r"(?:, ?(?P<day>(?:\w{2,9} )?\d{1,2}(?:er)? \w{3,9}\.?(?: \d{4})?))?"  # , 28 nov / , 1er déc. 2021
    r" ?\((?P<agency>[A-Z][\w./ \-]{1,30})\) ?[-–—] ?(?=[A-ZÀ-Þ0-9\"«“])"  # (AFP) -, and a sentence
)
_END_OF_SENTENCE = tuple('.!?…;:,»”"')


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an article before its paragraphs are looked at."""

    title: str | None
    marked: Mapping[Span, SegmentKind]
    bylines: tuple[str, ...]


def find(text: str, title: str | None, marked: tuple[Segment, ...], code: str) -> tuple[Segment, ...]:
    """The segments of ``text``, written in the language ``code``; ``marked`` are whole paragraphs that the format marks."""
    profile = language.profile(code)
    known = _Known(title, {part.span: part.kind for part in marked}, profile.bylines if profile is not None else ())
    spans = paragraphs(text)
    out: list[Segment] = []
    lead_seen = False
    for position, span in enumerate(spans):
        last = position == len(spans) - 1
        kind: SegmentKind = "title" if position == 0 and not last and _is_title(span.of(text), title) else "body"
        if kind == "body":
            kind = _kind(span, span.of(text), known, last=last)
        if kind in {"body", "lead"} and not lead_seen:
            lead_seen = True
            out.extend(_opening(text, span, alone=last))
        else:
            out.append(Segment(kind, span))
    return tuple(_joined(out))


def paragraphs(text: str) -> list[Span]:
    """The paragraphs without the white space around them: between blank lines, or lines where none is blank."""
    border = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_END
    at, spans = 0, []
    for gap in (*border.finditer(text), None):
        end = gap.start() if gap is not None else len(text)
        words = text[at:end]
        start = at + len(words) - len(words.lstrip())
        if words.strip():
            spans.append(Span(start, start + len(words.strip())))
        at = gap.end() if gap is not None else end
    return spans


def starts_with(text: str, title: str) -> bool:
    """Whether ``text`` begins with ``title`` as a line or paragraph of its own, spaces aside."""
    return _title_end(text, title) is not None


def title_of(text: str, segments: tuple[Segment, ...]) -> str | None:
    """The words of the title segment."""
    return next((" ".join(part.span.of(text).split()) for part in segments if part.kind == "title"), None)


def _title_end(text: str, title: str) -> int | None:
    at = -1
    for word in title.split():
        gap = _SPACE.match(text, max(at, 0))
        start = gap.end() if gap else 0
        if (at >= 0 and start == at) or not text.startswith(word, start):
            return None
        at = start + len(word)
    match = _REST_OF_LINE.match(text, max(at, 0))
    return match.end() if match else None


def _kind(span: Span, words: str, known: _Known, *, last: bool) -> SegmentKind:
    if span in known.marked:
        return known.marked[span]
    if _is_byline(words, known):
        return "byline"
    return "heading" if _is_heading(words, last=last) else "body"


def _is_title(words: str, title: str | None) -> bool:
    """The known title, or a first line that reads as one: a single line without a full stop."""
    if title is not None:
        return starts_with(words, title)
    return len(words) <= LONGEST_TITLE and "\n" not in words and not words.endswith(".") and not _DATELINE.match(words)


def _is_byline(words: str, known: _Known) -> bool:
    """A short line that opens as bylines do, after *par* with a name: *Par ailleurs* opens none."""
    if len(words) > LONGEST_BYLINE or "\n" in words or words.endswith(_END_OF_SENTENCE):
        return False
    opening = next((word for word in known.bylines if f"{words.lower()} ".startswith(f"{word} ")), None)
    return opening is not None and (" " in opening or words[len(opening) :].lstrip()[:1].isupper())


def _is_heading(words: str, *, last: bool) -> bool:
    if "\n" in words:
        return False
    if _CROSS_HEAD.fullmatch(words):
        return True
    if last or len(words) > LONGEST_HEADING or words.endswith(_END_OF_SENTENCE):
        return False
    # A short line that ends like no sentence; it starts like one, which list entries and signatures may not.
    return words[0].isupper() and words.count(" ") > 0


def _opening(text: str, span: Span, *, alone: bool) -> Iterator[Segment]:
    """The first paragraph: its dateline apart, the rest the lead (the body where it is the only one)."""
    match = _DATELINE.match(text, span.start, span.end)
    start = match.end() if match else span.start
    if match:
        yield Segment("dateline", Span(span.start, match.end()))
    if start < span.end:
        yield Segment("body" if alone else "lead", Span(start, span.end))


def _joined(parts: list[Segment]) -> Iterator[Segment]:
    """Neighbouring body paragraphs as one segment."""
    pending: Segment | None = None
    for part in parts:
        if pending is not None and part.kind == "body":
            pending = Segment("body", Span(pending.span.start, part.span.end))
            continue
        if pending is not None:
            yield pending
        pending = part if part.kind == "body" else None
        if pending is None:
            yield part
    if pending is not None:
        yield pending
