"""Every field of an entry that stands in the text, one by one, for annotation formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from propos.export.parties import Party, parties
from propos.model import Actor, Event, Span, Statement
from propos.store.entry import Entry

Layer = Literal["statement", "event", "actor", "time"]


@dataclass(frozen=True, slots=True)
class Field:
    """A span and what it is: ``role`` of the ``owner``; ``told`` is what Propos says of it beyond that."""

    layer: Layer
    owner: str
    role: str
    number: int
    span: Span
    told: tuple[str, ...] = ()


def fields(entry: Entry) -> Iterator[Field]:
    """Statements, events, mentions of those who take part in them, expressions of time; no empty spans."""
    return (field for field in _all(entry) if 0 <= field.span.start < field.span.end <= len(entry.record.text))


def _all(entry: Entry) -> Iterator[Field]:
    for statement in entry.statements:
        yield from _of_statement(statement)
    for event in entry.events:
        yield from _of_event(event)
    known, present = parties(entry), taking_part(entry)
    for actor in entry.record.actors:
        if actor.id in present:
            yield from _of_actor(actor, known[actor.id])
    for number, time in enumerate(entry.record.times, start=1):
        yield Field("time", f"t{number}", "time", 1, time.span, (time.value,))


def taking_part(entry: Entry) -> set[str]:
    """Ids of the actors of the statements and events that were kept."""
    speakers = {statement.speaker_actor for statement in entry.statements if statement.speaker_actor}
    return speakers.union(*((*event.actors, *event.recipients) for event in entry.events))


def _of_statement(statement: Statement) -> Iterator[Field]:
    how = (statement.kind, statement.mode, statement.form, *(["unconfirmed"] if statement.unconfirmed else []))
    roles: tuple[tuple[str, Iterable[Span | None], tuple[str, ...]], ...] = (
        ("cue", (statement.cue,), how),
        ("speaker", (statement.speaker,), ()),
        ("content", statement.content, how),
        ("addressee", statement.addressees, ()),
        ("via", (statement.via if isinstance(statement.via, Span) else None,), ()),
        ("medium", (statement.medium,), ()),
    )
    for role, spans, told in roles:
        for number, span in enumerate(spans, start=1):
            if span is not None:
                yield Field("statement", statement.id, role, number, span, told)


def _of_event(event: Event) -> Iterator[Field]:
    what = (event.type, event.factuality, *([event.mode] if event.mode else []), *event.contexts)
    yield Field("event", event.id, "trigger", 1, event.trigger, what)
    if event.condition is not None:
        told = (event.condition_kind,) if event.condition_kind else ()
        yield Field("event", event.id, "condition", 1, event.condition, told)


def _of_actor(actor: Actor, party: Party) -> Iterator[Field]:
    told = (party.name, *(value for value in (party.country, party.sector) if value))
    for number, span in enumerate(actor.mentions, start=1):
        yield Field("actor", actor.id, "mention", number, span, told)
