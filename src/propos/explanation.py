"""Why a statement or an event was read, and why other rules read none: what ``propos explain`` shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from propos import errors
from propos.model import Event, Record, Span, Statement

Outcome = Literal["decided", "supported", "rejected"]
Item = Statement | Event


@dataclass(frozen=True, slots=True)
class Note:
    """Why one part of a statement or an event is as it is.

    ``topic``: ``entry``, ``cue``, ``speaker``, ``content``, ``form``, ``mode`` or ``kind`` of a statement; ``entry``,
    ``type``, ``factuality``, ``holder`` or ``condition`` of an event. ``code`` is stable, ``text`` says the same in words.
    """

    topic: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule made of the place: it ``decided``, ``supported`` another's decision, or was ``rejected``.

    ``code`` names the reason of a rejection (docs/explain.md lists them); ``notes`` tell how an item was decided.
    """

    rule: str
    outcome: Outcome
    reason: str
    spans: tuple[Span, ...] = ()
    code: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdicts on one place of a record.

    ``sentence`` is the passage looked at; ``statements`` and ``events`` those that were read there.
    """

    record: Record
    sentence: Span | None
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    verdicts: tuple[Verdict, ...]


def from_record(record: Record, at: int | str) -> Explanation:
    """What the record's own evidence says about an id or an offset; raises ``place-invalid``."""
    statements, events = items_at(record, at)
    found: tuple[Item, ...] = (*statements, *events)
    verdicts = [
        Verdict(evidence.rule, "decided" if number == 0 else "supported", f"read {item.id}", evidence.cues)
        for item in found
        for number, evidence in enumerate(item.evidence)
    ]
    return Explanation(record, _passage(record.text, found, at), statements, events, tuple(verdicts))


def items_at(record: Record, at: int | str) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """The statement or event with the id ``at``, or those whose spans cover the offset ``at``; raises ``place-invalid``."""
    statements = tuple(item for item in record.statements if _is_at(item, at))
    events = tuple(item for item in record.events if _is_at(item, at))
    known = bool(statements or events) if isinstance(at, str) else 0 <= at < len(record.text)
    if not known:
        raise _no_place(record, at)
    return statements, events


def spans_of(item: Item) -> tuple[Span, ...]:
    """The places of a statement (content, cue, speaker, medium, addressees) or an event (trigger and condition)."""
    if isinstance(item, Event):
        return (item.trigger,) if item.condition is None else (item.trigger, item.condition)
    single = (item.cue, item.speaker, item.medium)
    return (*item.content, *(span for span in single if span is not None), *item.addressees)


def _is_at(item: Item, at: int | str) -> bool:
    return item.id == at if isinstance(at, str) else any(span.start <= at < span.end for span in spans_of(item))


def _passage(text: str, items: Iterable[Item], at: int | str) -> Span | None:
    """From the first to the last span of the items, widened to whole lines."""
    spans = [span for item in items for span in spans_of(item)]
    if not spans and isinstance(at, str):
        return None
    first = min((span.start for span in spans), default=at if isinstance(at, int) else 0)
    last = max((span.end for span in spans), default=first)
    end = text.find("\n", last)
    return Span(text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end)


def _no_place(record: Record, at: int | str) -> errors.ProposError:
    last = max(0, len(record.text) - 1)
    return errors.PLACE_INVALID(got=at, ids=_listed(record.statements), events=_listed(record.events), last=last)


def _listed(items: tuple[Item, ...]) -> str:
    """*s1 to s9*."""
    if not items:
        return "there is none"
    return f"{items[0].id} to {items[-1].id}" if len(items) > 1 else items[0].id
