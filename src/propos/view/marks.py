"""A record's spans as marks, and a text cut into runs that carry the same marks: spans may overlap, runs never do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from propos.model import Record, Span, Statement

Part = Literal["content", "cue", "speaker", "addressee", "medium", "via"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that plays a ``part`` in a statement."""

    span: Span
    part: Part
    statement: Statement


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the marks that cover it; ``opens`` begin with it, ``closes`` end with it.

    Marks stand widest first, so that nested ones can be nested again.
    """

    span: Span
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def of_record(record: Record) -> tuple[Mark, ...]:
    """The marks of all statements, in text order, the wider first."""
    marks = [mark for statement in record.statements for mark in of_statement(statement)]
    return tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)))


def of_statement(statement: Statement) -> Iterator[Mark]:
    """The marks of one statement."""
    for span in statement.content:
        yield Mark(span, "content", statement)
    if statement.cue is not None:
        yield Mark(statement.cue, "cue", statement)
    if statement.speaker is not None:
        yield Mark(statement.speaker, "speaker", statement)
    for span in statement.addressees:
        yield Mark(span, "addressee", statement)
    if statement.medium is not None:
        yield Mark(statement.medium, "medium", statement)
    if isinstance(statement.via, Span):
        yield Mark(statement.via, "via", statement)


def cut(within: Span, marks: Iterable[Mark]) -> Iterator[Run]:
    """The runs of ``within``, in order; they cover it wholly. Marks are clipped to it."""
    inside = [mark for mark in marks if mark.span.overlaps(within)]
    edges = {within.start, within.end}
    for mark in inside:
        edges |= {max(mark.span.start, within.start), min(mark.span.end, within.end)}
    borders = sorted(edges)
    waiting = sorted(inside, key=lambda mark: (mark.span.start, -mark.span.end))
    active: list[Mark] = []
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.span.end > start]
        while waiting and waiting[0].span.start <= start:
            active.append(waiting.pop(0))
        yield Run(
            Span(start, end),
            tuple(active),
            tuple(mark for mark in active if max(mark.span.start, within.start) == start),
            tuple(mark for mark in reversed(active) if min(mark.span.end, within.end) == end),
        )
