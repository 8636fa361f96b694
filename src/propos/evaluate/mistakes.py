"""What the scores count against a record, item by item: misses, false alarms, wrong types and wrong fields.

Whether a field is right is decided as in the scores (``layers``); a content that is found but cut otherwise than at
the strictest floor is a wrong field too, and so are an event's holder and kind of condition, which no score counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from propos.evaluate.layers import actors, events, statements, times
from propos.evaluate.matching import Alignment, match
from propos.evaluate.spans import TextChars, overlap, touch
from propos.evaluate.wording import Names
from propos.model import Actor, Event, Evidence, Record, Span, Statement, TimeExpression

T = TypeVar("T")
Layer = Literal["statements", "events", "actors", "times"]
Kind = Literal["miss", "false alarm", "type", "field"]
LAYERS: tuple[Layer, ...] = ("statements", "events", "actors", "times")
KINDS: tuple[Kind, ...] = ("miss", "false alarm", "type", "field")


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field in gold and in the record, in words; ``None`` for nothing."""

    name: str
    expected: str | None
    got: str | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One miss (gold only), false alarm (record only), pair of events with different types or pair with wrong fields.

    ``group`` is a statement's form, an event's type, an actor's kind. ``fields`` are the wrong ones of a pair, or
    what a lone item says. ``gold`` and ``system`` are the spans that the item stands on, ``rule`` the one that read
    the record's.
    """

    layer: Layer
    kind: Kind
    group: str
    words: str
    fields: tuple[FieldPair, ...]
    gold: tuple[Span, ...] = ()
    system: tuple[Span, ...] = ()
    rule: str = ""

    @property
    def paired(self) -> bool:
        """Whether both sides have the item."""
        return self.kind in {"type", "field"}

    @property
    def start(self) -> int:
        """Where the item begins in the text."""
        return min((span.start for span in (*self.gold, *self.system)), default=0)


@dataclass(frozen=True, slots=True)
class _Card:
    """One item in words."""

    group: str
    words: str
    spans: tuple[Span, ...]
    facts: Mapping[str, str | None]
    rule: str = ""


def find_mistakes(gold: Record, system: Record) -> tuple[Mistake, ...]:
    """All mistakes of one document in text order. The two records have the same text."""
    sides = _Sides(gold, system)
    found = (*_statements(sides), *_events(sides), *_actors(sides), *_times(sides))
    return tuple(sorted(found, key=lambda mistake: (mistake.start, LAYERS.index(mistake.layer))))


class _Sides:
    """A gold and a system record of the same text, with what it takes to compare them."""

    def __init__(self, gold: Record, system: Record) -> None:
        self.gold = gold
        self.system = system
        self.chars = TextChars(gold.text)
        self.actors = actors.align(gold, system, self.chars)
        self.said = statements.align(gold, system, self.chars)
        self.said_in_gold = {found.id: expected.id for expected, found in self.said.pairs()}
        self.names = (Names(gold), Names(system))


def _mistakes(
    layer: Layer,
    gold: Sequence[_Card],
    system: Sequence[_Card],
    aligned: Alignment[T],
    disagree: Callable[[T, T], Iterable[str]],
) -> Iterator[Mistake]:
    """What is wrong in one layer: the cards of both sides, and the fields of a matched pair that ``disagree`` names."""
    for at in sorted(set(range(len(gold))) - {pair.gold for pair in aligned.matches}):
        card = gold[at]
        facts = tuple(FieldPair(name, value, None) for name, value in card.facts.items() if value)
        yield Mistake(layer, "miss", card.group, card.words, facts, gold=card.spans)
    for at in sorted(set(range(len(system))) - {pair.system for pair in aligned.matches}):
        card = system[at]
        facts = tuple(FieldPair(name, None, value) for name, value in card.facts.items() if value)
        yield Mistake(layer, "false alarm", card.group, card.words, facts, system=card.spans, rule=card.rule)
    for pair, items in zip(aligned.matches, aligned.pairs(), strict=True):
        expected, got = gold[pair.gold], system[pair.system]
        wrong = tuple(FieldPair(name, expected.facts[name], got.facts[name]) for name in disagree(*items))
        if wrong:
            kind: Kind = "type" if wrong[0].name == "type" else "field"
            yield Mistake(layer, kind, expected.group, expected.words, wrong, expected.spans, got.spans, got.rule)


def _statements(sides: _Sides) -> Iterator[Mistake]:
    aligned = sides.said

    def disagree(expected: Statement, found: Statement) -> Iterator[str]:
        yield from _wrong_words(expected, found, sides)
        if expected.speaker_actor and sides.actors.gold_id(found.speaker_actor) != expected.speaker_actor:
            yield "speaker_actor"
        yield from (key for key in ("mode", "form", "kind") if getattr(expected, key) != getattr(found, key))
        via = (expected.via or None, found.via or None)
        if via != (None, None) and not statements.via_agrees(*via, sides.said_in_gold, sides.chars):
            yield "via"

    gold = [_statement_card(item, sides.names[0]) for item in aligned.gold]
    system = [_statement_card(item, sides.names[1]) for item in aligned.system]
    return _mistakes("statements", gold, system, aligned, disagree)


def _wrong_words(expected: Statement, found: Statement, sides: _Sides) -> Iterator[str]:
    chars = sides.chars
    if overlap(chars.of(expected.content), chars.of(found.content)) < statements.FLOORS[-1]:
        yield "content"
    if expected.cue and not chars.agree(expected.cue, found.cue):
        yield "cue"
    if not statements.speaker_agrees(expected, found, chars):
        yield "speaker"
    wanted, got = ([chars.one(span) for span in item.addressees] for item in (expected, found))
    if not len(match(wanted, got, touch, 0.5)) == len(wanted) == len(got):
        yield "addressees"
    if not chars.agree(expected.medium, found.medium):
        yield "medium"


def _statement_card(item: Statement, names: Names) -> _Card:
    facts = {
        "content": names.words(*item.content),
        "cue": names.words(item.cue),
        "speaker": names.words(item.speaker),
        "speaker_actor": names.actors([item.speaker_actor]),
        "mode": item.mode,
        "form": item.form,
        "kind": item.kind,
        "addressees": names.words(*item.addressees),
        "via": names.via(item.via),
        "medium": names.words(item.medium),
    }
    return _Card(item.form, names.words(*item.content), item.content, facts, _rule(item.evidence))


def _events(sides: _Sides) -> Iterator[Mistake]:
    aligned = events.align(sides.gold, sides.system, sides.chars)

    def disagree(expected: Event, found: Event) -> Iterator[str]:
        if expected.type != found.type:
            return iter(("type",))
        return _wrong_event_fields(expected, found, sides)

    gold = [_event_card(item, sides.names[0]) for item in aligned.gold]
    system = [_event_card(item, sides.names[1]) for item in aligned.system]
    return _mistakes("events", gold, system, aligned, disagree)


def _wrong_event_fields(expected: Event, found: Event, sides: _Sides) -> Iterator[str]:
    if set(expected.actors) != events.parties_in_gold(found.actors, sides.actors):
        yield "actors"
    if set(expected.recipients) != events.parties_in_gold(found.recipients, sides.actors):
        yield "recipients"
    if expected.factuality != found.factuality:
        yield "factuality"
    if expected.holder != (found.holder and sides.said_in_gold.get(found.holder, f"?{found.holder}")):
        yield "holder"
    wanted, got = sides.chars.one(expected.condition), sides.chars.one(found.condition)
    if (wanted or got) and overlap(wanted, got) < 0.5:
        yield "condition"
    elif got and expected.condition_kind not in {None, found.condition_kind}:
        yield "condition_kind"
    if expected.date and not events.date_agrees(expected, found):
        yield "date"


def _event_card(item: Event, names: Names) -> _Card:
    facts = {
        "type": item.type,
        "actors": names.actors(item.actors),
        "recipients": names.actors(item.recipients),
        "factuality": item.factuality,
        "holder": names.statement(item.holder),
        "condition": names.words(item.condition),
        "condition_kind": item.condition_kind,
        "date": item.date,
    }
    return _Card(item.type, names.words(item.trigger), (item.trigger,), facts, _rule(item.evidence))


def _rule(evidence: Sequence[Evidence]) -> str:
    """The rule that decided an item."""
    return evidence[0].rule if evidence else ""


def _actors(sides: _Sides) -> Iterator[Mistake]:
    """One item a mention: found or not, and given to the right actor with the right side and kind."""
    aligned = sides.actors
    known = ({item.id: item for item in sides.gold.actors}, {item.id: item for item in sides.system.actors})

    def disagree(one: actors.Mention, other: actors.Mention) -> Iterator[str]:
        expected, found = known[0][one.actor], known[1][other.actor]
        if aligned.to_gold[found.id] != expected.id:
            yield "actor"
            return
        if expected.country and expected.country != found.country:
            yield "country"
        if expected.kind != found.kind:
            yield "kind"

    gold = [_mention_card(known[0][item.actor], item.span, sides.names[0]) for item in aligned.gold]
    system = [_mention_card(known[1][item.actor], item.span, sides.names[1]) for item in aligned.system]
    return _mistakes("actors", gold, system, aligned, disagree)


def _mention_card(actor: Actor, span: Span, names: Names) -> _Card:
    facts = {"actor": actor.name, "country": actor.country, "kind": actor.kind}
    return _Card(actor.kind, names.words(span), (span,), facts)


def _times(sides: _Sides) -> Iterator[Mistake]:
    aligned = times.align(sides.gold, sides.system, sides.chars)

    def disagree(expected: TimeExpression, found: TimeExpression) -> Iterator[str]:
        if expected.value != found.value:
            yield "value"

    gold = [_time_card(item, sides.names[0]) for item in aligned.gold]
    system = [_time_card(item, sides.names[1]) for item in aligned.system]
    return _mistakes("times", gold, system, aligned, disagree)


def _time_card(item: TimeExpression, names: Names) -> _Card:
    return _Card("time", names.words(item.span), (item.span,), {"value": item.value})
