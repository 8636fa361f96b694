"""A record's spans as marks, and a text cut into runs that carry the same marks: spans may overlap, runs never do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from propos.model import Event, Record, Span, Statement

Part = Literal["content", "cue", "speaker", "addressee", "medium", "via"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that plays a ``part`` in a statement."""

    span: Span
    part: Part
    statement: Statement


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that say an event."""

    span: Span
    event: Event


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the marks that cover it; ``opens`` begin with it, ``closes`` end with it.

    Marks stand widest first, so that nested ones can be nested again. ``triggers`` are the events' words that cover
    it, ``told`` the events whose words end with it.
    """

    span: Span
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]
    triggers: tuple[Trigger, ...] = ()
    told: tuple[Event, ...] = ()


Item = TypeVar("Item", Mark, Trigger)


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


def triggers(record: Record) -> tuple[Trigger, ...]:
    """The words of all events, in the record's order."""
    return tuple(Trigger(event.trigger, event) for event in record.events)


def cut(within: Span, marks: Iterable[Mark], triggers: Iterable[Trigger] = ()) -> Iterator[Run]:
    """The runs of ``within``, in order; they cover it wholly. Marks are clipped to it."""
    inside = [mark for mark in marks if mark.span.overlaps(within)]
    said = [trigger for trigger in triggers if trigger.span.overlaps(within)]
    edges = {within.start, within.end}
    for span in (*(mark.span for mark in inside), *(trigger.span for trigger in said)):
        edges |= {max(span.start, within.start), min(span.end, within.end)}
    borders = sorted(edges)
    for (start, end), here, told in zip(pairwise(borders), _covering(borders, inside), _covering(borders, said), strict=True):
        yield Run(
            Span(start, end),
            here,
            tuple(mark for mark in here if max(mark.span.start, within.start) == start),
            tuple(mark for mark in reversed(here) if min(mark.span.end, within.end) == end),
            told,
            tuple(trigger.event for trigger in told if min(trigger.span.end, within.end) == end),
        )


def _covering(borders: Sequence[int], items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """For each stretch between two borders the items that cover it, the widest first."""
    waiting = deque(sorted(items, key=lambda item: (item.span.start, -item.span.end)))
    active: list[Item] = []
    for start, _ in pairwise(borders):
        active = [item for item in active if item.span.end > start]
        while waiting and waiting[0].span.start <= start:
            active.append(waiting.popleft())
        yield tuple(active)
