"""Events: matched by their trigger, then compared by type, parties, factuality, condition and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from propos.evaluate.figures import Figures
from propos.evaluate.layers.actors import ActorAlignment
from propos.evaluate.matching import Alignment, match
from propos.evaluate.spans import Chars, TextChars, overlap, touch
from propos.model import Actor, Event, Record

# Of two triggers equally alike, the one of the same type wins.
SAME_TYPE_BONUS = 0.01


class Signature(NamedTuple):
    """What an event is matched by."""

    trigger: Chars
    type: str


class Dyad(NamedTuple):
    """What a user of event data counts: the type, and the sides of those who act and those who are acted on."""

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def align(gold: Record, system: Record, chars: TextChars) -> Alignment[Event]:
    """Match events whose triggers share at least half of the shorter one, whatever their types."""
    matches = match(signatures(gold, chars), signatures(system, chars), similarity, 0.5)
    return Alignment(gold.events, system.events, matches)


def signatures(record: Record, chars: TextChars) -> list[Signature]:
    """One signature an event, in the record's order."""
    return [Signature(chars.one(item.trigger), item.type) for item in record.events]


def similarity(left: Signature, right: Signature) -> float:
    """Touching of the triggers, with a little more where the type is the same."""
    return touch(left.trigger, right.trigger) + (SAME_TYPE_BONUS if left.type == right.type else 0)


def figures(gold: Record, system: Record, actors: ActorAlignment, chars: TextChars) -> Figures:
    """Triggers, types, dyads, and the fields of events whose trigger and type are right."""
    result = Figures()
    aligned = align(gold, system, chars)
    typed = [(expected, found) for expected, found in aligned.pairs() if expected.type == found.type]
    result.count("event triggers", len(aligned.matches), len(system.events), len(gold.events))
    result.count("events (trigger + type)", len(typed), len(system.events), len(gold.events))
    for kind in _types(gold.events) | _types(system.events):
        hits = sum(expected.type == kind for expected, _ in typed)
        result.count(f"type {kind}", hits, _count(system.events, kind), _count(gold.events, kind))
    wanted, got = dyads(gold), dyads(system)
    result.count("document dyads (type, actor side, recipient side)", len(wanted & got), len(got), len(wanted))
    for expected, found in typed:
        _fields(expected, found, actors, chars, result)
    return result


def dyads(record: Record) -> set[Dyad]:
    """The record's distinct dyads; a party without a country counts by its kind."""
    actors = {actor.id: actor for actor in record.actors}
    return {Dyad(item.type, _sides(item.actors, actors), _sides(item.recipients, actors)) for item in record.events}


def parties_in_gold(ids: Iterable[str], actors: ActorAlignment) -> set[str]:
    """System actors' ids as gold ids; an actor that matches nobody stays apart (``?a7``)."""
    return {actors.to_gold.get(actor, f"?{actor}") for actor in ids}


def date_agrees(expected: Event, found: Event) -> bool:
    """The found date is the expected one or finer (``2014-03`` for ``2014``)."""
    return (found.date or "").startswith(expected.date or "")


def _types(events: Iterable[Event]) -> set[str]:
    return {event.type for event in events}


def _count(events: Iterable[Event], kind: str) -> int:
    return sum(event.type == kind for event in events)


def _sides(ids: Iterable[str], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    return tuple(sorted({_side(actors.get(party)) for party in ids}))


def _side(actor: Actor | None) -> str:
    return (actor.country or actor.kind) if actor else "?"


def _fields(expected: Event, found: Event, actors: ActorAlignment, chars: TextChars, result: Figures) -> None:
    for label, wanted_ids, got_ids in (
        ("event actors", expected.actors, found.actors),
        ("event recipients", expected.recipients, found.recipients),
    ):
        parties, system = set(wanted_ids), parties_in_gold(got_ids, actors)
        result.count(label, len(parties & system), len(system), len(parties))
    result.check("factuality", expected.factuality == found.factuality)
    wanted, got = chars.one(expected.condition), chars.one(found.condition)
    if wanted or got:
        result.count("condition", int(overlap(wanted, got) >= 0.5), int(bool(got)), int(bool(wanted)))
    if expected.date:
        result.check("event date", date_agrees(expected, found))
