"""Why a statement was read, and why other rules did not read it: what ``propos explain`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from propos import errors
from propos.model import Record, Span, Statement

Outcome = Literal["decided", "supported", "rejected"]


@dataclass(frozen=True, slots=True)
class Note:
    """Why one part of a statement is as it is.

    ``topic``: ``entry``, ``cue``, ``speaker``, ``content``, ``form``, ``mode`` or ``kind``; ``code`` is stable,
    ``text`` says the same in words.
    """

    topic: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule made of the place: it ``decided``, ``supported`` another's decision, or was ``rejected``.

    ``code`` names the reason of a rejection (docs/explain.md lists them); ``notes`` tell how a statement was decided.
    """

    rule: str
    outcome: Outcome
    reason: str
    spans: tuple[Span, ...] = ()
    code: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdicts on one place. ``sentence`` is the passage looked at; ``statements`` those that were read there."""

    text: str
    sentence: Span | None
    statements: tuple[Statement, ...]
    verdicts: tuple[Verdict, ...]


def from_record(record: Record, at: int | str) -> Explanation:
    """What the record's own evidence says about a statement's id or an offset; raises ``place-invalid``."""
    found = statements_at(record, at)
    verdicts = [
        Verdict(evidence.rule, "decided" if number == 0 else "supported", f"read {statement.id}", evidence.cues)
        for statement in found
        for number, evidence in enumerate(statement.evidence)
    ]
    return Explanation(record.text, _passage(record.text, found, at), found, tuple(verdicts))


def statements_at(record: Record, at: int | str) -> tuple[Statement, ...]:
    """The statement with the id ``at``, or those whose spans cover the offset ``at``; raises ``place-invalid``."""
    if isinstance(at, str):
        found = tuple(statement for statement in record.statements if statement.id == at)
        if found:
            return found
        raise _no_place(record, at)
    if not 0 <= at < len(record.text):
        raise _no_place(record, at)
    return tuple(item for item in record.statements if any(span.start <= at < span.end for span in spans_of(item)))


def spans_of(statement: Statement) -> tuple[Span, ...]:
    """The places of a statement: its content, cue, speaker and addressees."""
    single = (statement.cue, statement.speaker, statement.medium)
    return (*statement.content, *(span for span in single if span is not None), *statement.addressees)


def _passage(text: str, statements: tuple[Statement, ...], at: int | str) -> Span | None:
    """From the first to the last span of the statements, widened to whole lines."""
    spans = [span for statement in statements for span in spans_of(statement)]
    if not spans and isinstance(at, str):
        return None
    first = min((span.start for span in spans), default=at if isinstance(at, int) else 0)
    last = max((span.end for span in spans), default=first)
    end = text.find("\n", last)
    return Span(text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end)


def _no_place(record: Record, at: int | str) -> errors.ProposError:
    ids = [statement.id for statement in record.statements]
    listed = f"{ids[0]} to {ids[-1]}" if len(ids) > 1 else "".join(ids) or "there is none"
    return errors.PLACE_INVALID(got=at, ids=listed, last=max(0, len(record.text) - 1))
