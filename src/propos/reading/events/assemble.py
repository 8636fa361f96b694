"""Events from their sites: parties, who vouches, folding, condition, date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from propos.lang.actors import ActorLexicon
from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.model import Event, Evidence, Factuality, Span, Statement, TimeExpression
from propos.reading import condition_marks, conditions
from propos.reading.actors.cast import Cast
from propos.reading.events import contexts
from propos.reading.events.carriers import Carriers
from propos.reading.events.dates import Story, Told
from propos.reading.events.discourse import Discourse
from propos.reading.events.factuality import Doubt, Judge, keys
from propos.reading.events.linked import Linked
from propos.reading.events.naming import Named, Namer, is_consequence
from propos.reading.events.parties import Parties
from propos.reading.events.performed import Performer
from propos.reading.events.sites import Site
from propos.reading.parse import Parsed
from propos.reading.times import by_sentence, date_of, sentence_of


@dataclass(frozen=True, slots=True)
class Languages:
    """The three lexicons of one language that events need."""

    pack: Pack
    actors: ActorLexicon
    events: EventLexicon


def find(
    parsed: Parsed, sites: Sequence[Site], cast: Cast, statements: Sequence[Statement],
    expressions: Sequence[TimeExpression], languages: Languages,
) -> tuple[Event, ...]:  # fmt: skip
    """The events of a text, with ids ``e1``, ``e2``, … in the order of their triggers."""
    carriers = Carriers(statements)
    parties = Parties(parsed, cast, carriers, languages.actors, languages.pack, languages.events)
    namer = Namer(parsed, parties, languages.events, languages.pack)
    named = [found for site in sites if (found := namer.named(site)) is not None]
    performer = Performer(parsed, parties, languages.events, languages.pack)
    hung = condition_marks.find(parsed, languages.events, languages.pack)
    named = _replaced(named, list(performer.announced(named, hung)))
    named += performer.acts()
    named += performer.blamed(named)
    linked = Linked(parties, languages.events)
    full = linked.joined(Discourse(parties, languages.events).completed(linked.asked(list(_apart(named)))))
    types = {item.site.token: item.predicate.type for item in full}
    told = frozenset(key for item in full if _outlet(item, carriers) for key in keys(item))
    judge = Judge(parsed, languages.events, languages.pack, hung, types, told)
    blocks = (parsed.block_of[item.site.token] for item in full)
    about = contexts.find(parsed, blocks, languages.events, languages.pack)
    builder = _Builder(parsed, languages.events, carriers, judge, by_sentence(expressions, parsed), parties.sides, about)
    story = Story(parsed, statements, builder.expressions.keys())
    return tuple(_numbered(tuple(story.dated([Told(builder.event(item), item) for item in full]))))


def _outlet(item: Named, carriers: Carriers) -> bool:
    """Whether the outlet tells an event in its own voice."""
    return carriers.cued(item.trigger) is None and carriers.holding(item.trigger) is None


def _uttered(named: Named, factuality: Factuality) -> bool:
    """Whether a threat is made by saying it (*Lima en répondra*, *Oslo prendra des mesures*, *ne restera pas sans rien faire*)."""
    if is_consequence(named.predicate):
        return factuality != "denied"
    threat = named.predicate.type == "THREATEN" and named.predicate.part == "verb"
    return threat and (factuality == "planned" or factuality == "denied" and named.predicate.frame.negated == "THREATEN")


def _replaced(named: Sequence[Named], acts: Sequence[Named]) -> list[Named]:
    """The events, with what a speaker threatens or refuses in the place of what the verb alone would name."""
    taken = {offset for act in acts for offset in range(*act.trigger)}
    return [item for item in named if taken.isdisjoint(range(*item.trigger))] + list(acts)


def _apart(named: Sequence[Named]) -> Iterator[Named]:
    """Events whose triggers do not overlap: the longer trigger, then the earlier one stays."""
    taken: set[int] = set()  # offsets: a look-up a character, however many events there are
    for item in sorted(named, key=lambda item: (item.trigger.start - item.trigger.end, item.trigger.start)):
        if taken.isdisjoint(range(*item.trigger)):
            taken.update(range(*item.trigger))
            yield item


def _numbered(events: Sequence[Event]) -> Iterator[Event]:
    return (replace(event, id=f"e{number}") for number, event in enumerate(events, start=1))


@dataclass(frozen=True, slots=True)
class _Builder:
    parsed: Parsed
    lexicon: EventLexicon
    carriers: Carriers
    judge: Judge
    expressions: Mapping[int, list[TimeExpression]]
    sides: Mapping[str, str | None]
    about: Mapping[int, Mapping[str, Span]]

    def event(self, named: Named) -> Event:
        cued = self.carriers.cued(named.trigger)
        holder = cued or self.carriers.holding(named.trigger)
        performed = named.site.group is None and named.predicate.part == "verb"
        doubt = None if performed else self.judge.doubt(named, holder, cued=cued is not None)
        factuality = self._factuality(named, holder, doubt, cued=cued is not None)
        kind = self._folded(named, factuality, holder)
        condition = conditions.governing(self.judge.conditions, named.site.token, self.parsed)
        # A threat or a refusal was made, whatever becomes of what it is about.
        factuality = "asserted" if kind in {"THREATEN", "REJECT"} and kind != named.predicate.type else factuality
        factuality = "asserted" if cued is None and holder is not None and _uttered(named, factuality) else factuality
        type_ = self.lexicon.ontology.types[kind]
        mode = named.predicate.frame.mode or None
        mode = mode if kind == named.predicate.type else None
        return Event(
            id="", type=kind, trigger=named.trigger, actors=named.actors, recipients=named.recipients,
            factuality=factuality, holder=holder.id if holder else None,
            condition=condition.span if condition else None, condition_kind=condition.kind if condition else None,
            date=self._date(named.trigger), mode=mode, quad=type_.quad,
            intensity=type_.score(mode), contexts=self._contexts(named, mode), evidence=tuple(self._evidence(named, doubt, kind)),
        )  # fmt: skip

    def _date(self, trigger: Span) -> str | None:
        here = self.expressions.get(sentence_of(trigger, self.parsed))
        return date_of(here, trigger, self.parsed) if here else None

    def _factuality(self, named: Named, holder: Statement | None, doubt: Doubt | None, *, cued: bool) -> Factuality:
        if doubt is not None:
            return doubt.makes
        if self.lexicon.ontology.types[named.predicate.type].verbal or holder is None or cued:
            return "asserted"
        noun = named.predicate.part == "noun"
        return "asserted" if noun and (holder.form == "nominal" or self.judge.known(named.site.token)) else "claimed"

    def _folded(self, named: Named, factuality: Factuality, holder: Statement | None) -> str:
        """PLOVER's folding: what announcing an act makes of it; a promise to strike is a threat.

        Announced talks or help are AGREE, an announced withdrawal is CONCEDE (PLOVER manual, auxiliary modes); force
        that a speaker announces for his own side is THREATEN.
        """
        type_ = self.lexicon.ontology.types[named.predicate.type]
        if factuality == "denied" and named.predicate.frame.negated:
            return named.predicate.frame.negated
        verb = named.site.group is not None
        if verb and type_.threatened and factuality == "planned" and holder is not None and self._own(named, holder):
            return type_.threatened
        ahead = factuality == "planned" or factuality == "hypothetical" and type_.name == "CONSULT"
        return type_.future if ahead and type_.future else self._promised(named) or type_.name

    def _own(self, named: Named, holder: Statement) -> bool:
        """Whether the speaker announces an act of his own or of his side."""
        sides = {self.sides.get(actor) for actor in named.actors} - {None}
        return holder.speaker_actor in named.actors or self.sides.get(holder.speaker_actor or "") in sides

    def _promised(self, named: Named) -> str:
        """What a promise or readiness is by what it is about: *prêt à frapper* threatens, *promet de se retirer* concedes."""
        if named.predicate.type != "AGREE":
            return ""
        for token in named.site.arguments.infinitives.values():
            about = self.lexicon.ontology.types.get(self.judge.types.get(token, ""))
            if about is not None and (about.threatened or about.future == "CONCEDE" or about.name == "CONCEDE"):
                return about.threatened or "CONCEDE"
        return ""

    def _contexts(self, named: Named, mode: str | None) -> tuple[str, ...]:
        """The contexts of the event's paragraph, and the one that its mode brings with it."""
        here = {*self.about[self.parsed.block_of[named.site.token]], contexts.OF_MODES.get(mode or "", "")}
        return tuple(name for name in self.lexicon.ontology.contexts if name in here)

    def _evidence(self, named: Named, doubt: Doubt | None, kind: str) -> Iterator[Evidence]:
        yield Evidence(named.predicate.id, (named.trigger,))
        if named.lent is not None:
            yield Evidence("event.support", (self.parsed.span(named.lent.token, named.lent.token),))
        if doubt is not None:
            yield doubt.cue
        if kind != named.predicate.type:
            yield Evidence(f"event.folded.{named.predicate.type}.{kind}", (named.trigger,))
        for name, span in self.about[self.parsed.block_of[named.site.token]].items():
            yield Evidence(f"context.{name}", (span,))
