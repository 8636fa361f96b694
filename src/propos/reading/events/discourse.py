"""Parties that stand elsewhere in the text: with an earlier mention of the event, in what is said, at the main verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from propos.lang.events import EventLexicon
from propos.model import Span
from propos.reading.events.naming import Named
from propos.reading.events.parties import Parties
from propos.reading.syntax import NOMINAL, VERBAL, case_of, own_subject, subject
from propos.reading.times.tense import path

# What is asked or blamed is done by whom it is asked of.
_ASKING = frozenset({"REQUEST", "ACCUSE"})
# Acts of words that are spoken to whom they are aimed at.
_ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
_DEMANDING = frozenset({"REQUEST"})
_STRIKING = frozenset({"ASSAULT"})
# Acts of words that are aimed at somebody.
_AIMED = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Discourse:
    """Completes the events of one text."""

    parties: Parties
    lexicon: EventLexicon

    def completed(self, named: Sequence[Named]) -> list[Named]:
        """The events in text order, with the parties that the text gives elsewhere."""
        told = [self._told(item) for item in sorted(named, key=lambda item: item.trigger)]
        told = self._controlled(told)
        for key in (_word, _kind):
            told = list(self._remembered(told, key))
            told = list(self._remembered(told[::-1], key))[::-1]
        return told

    def _controlled(self, named: Sequence[Named]) -> list[Named]:
        """*accuse Bakou d'avoir tué*, *réclame des sanctions de l'Union*: who is blamed or asked acts in what is governed."""
        at = {item.site.token: item for item in named}
        return [self._obeyed(item, at) for item in named]

    def _obeyed(self, item: Named, at: Mapping[int, Named]) -> Named:
        parsed = self.parties.parsed
        for above in list(path(parsed, item.site.token))[1:4]:
            governor = at.get(above)
            if governor is None:
                continue
            infinitive = item.site.group is not None and item.site.group.shape == "infinitive"
            warned = self._warned(item, governor)
            acting = warned or (self._acting(governor, infinitive=infinitive) if infinitive or not item.actors else ())
            struck = item.recipients or self._threatened(governor, item)
            return self._with(item, acting, struck) if acting and acting != item.recipients else item
        return item

    def _warned(self, item: Named, governor: Named) -> tuple[str, ...]:
        """*met en garde Lomé contre un blocus*: who is warned against a deed, or blamed for one, does it."""
        reached = governor.site.arguments
        deed = any(item.site.token in tokens for tokens in reached.marked.values()) and item.site.group is None
        own = item.site.arguments.subject >= 0 or set(item.actors) - set(governor.actors)
        directed = governor.site.group is not None and governor.predicate.type in _ADDRESSED
        spoken = directed and "object" in governor.predicate.frame.recipient
        return governor.recipients if deed and spoken and not own and not set(governor.recipients) & set(item.recipients) else ()

    def _acting(self, governor: Named, *, infinitive: bool) -> tuple[str, ...]:
        """Who does what a verb governs: whoever is asked or blamed, but whoever threatens himself."""
        if governor.site.group is None:
            return ()
        if governor.predicate.type == "THREATEN":
            return governor.actors
        return governor.recipients if governor.predicate.type in (_ASKING if infinitive else _DEMANDING) else ()

    def _threatened(self, governor: Named, item: Named) -> tuple[str, ...]:
        """Whoever is threatened with a noun will be struck by it (*menace Lima de sanctions*)."""
        grammar = self.parties.pack.grammar
        threat = governor.predicate.type == "THREATEN" and item.site.group is None
        behind = item.site.token > governor.site.token and case_of(self.parties.parsed, item.site.token, grammar) == grammar.genitive
        return governor.recipients if threat and behind else ()

    def _told(self, item: Named) -> Named:
        if not item.actors and item.site.group is None:
            item = self._with(item, self._announcing(item), item.recipients)
        if len(item.actors) < 2 and item.site.group is None and self._together(item):
            return self._with(item, (*item.actors, *self._main_subject(item)), item.recipients)
        if not item.recipients and item.predicate.type in _AIMED:
            return self._with(item, item.actors, self._spoken_to(item) or self._spoken_of(item))
        if not item.recipients and item.predicate.type in _STRIKING:
            return self._with(item, item.actors, self._struck(item))
        return item

    def _announcing(self, item: Named) -> tuple[str, ...]:
        """Who announces his own deed, where it is the first noun of what is said (*a annoncé lundi des sanctions*)."""
        statement = self.parties.carriers.holding(item.trigger)
        if statement is None or statement.form != "nominal" or statement.cue is None or not statement.speaker_actor:
            return ()
        parsed, support = self.parties.parsed, self.lexicon.support
        first = parsed.token_at(statement.content[0].start)
        cue = range(parsed.token_at(statement.cue.start), parsed.token_at(statement.cue.end - 1) + 1)
        words = [parsed.word[token] for token in cue if not parsed.dep[token].startswith("aux")]
        verbs = [form.lemma for word in words for form in self.lexicon.forms.get(word, ()) if form.pos == "verb"]
        own = any(found.role == "actor" and not found.mark for lemma in verbs for found in support.get(lemma, ()))
        heads = not any(parsed.pos[token] in NOMINAL for token in range(first, item.site.token))
        return (statement.speaker_actor,) if own and heads else ()

    def _spoken_to(self, item: Named) -> tuple[str, ...]:
        """Whom a demand or a threat is addressed to."""
        statement = self.parties.carriers.cued(item.trigger)
        spans = statement.addressees if statement is not None and item.predicate.type in _ADDRESSED else ()
        return tuple(dict.fromkeys(name for span in spans for name in self._actors_in(span)))[:1]

    def _struck(self, item: Named) -> tuple[str, ...]:
        """The country in which force is used, where it is not that of those who use it (*les raids en Syrie*)."""
        marked = item.site.arguments.marked.items()
        sources = self.parties.pack.source_openers
        held = [token for mark, tokens in marked if mark.split()[0] not in sources for token in tokens]
        places = [name for token in held for name in self.parties.place(token)]
        return tuple(name for name in dict.fromkeys(places) if name not in item.actors)[:1] if item.actors else ()

    def _together(self, item: Named) -> bool:
        return bool(item.predicate.frame.partner) or item.predicate.frame.genitive == "partner"

    def _main_subject(self, item: Named) -> tuple[str, ...]:
        """*Lors d'un entretien avec X, Y a …*, *Y est en contact avec X*: whoever acts in the sentence was there."""
        parsed = self.parties.parsed
        own = own_subject(parsed, item.site.token)
        if own is not None:
            return self.parties.at(own)
        for above in path(parsed, item.site.token):
            if parsed.pos[above] in VERBAL:
                found = subject(parsed, above, self.parties.pack.grammar)
                return self.parties.at(found.token) if found is not None else ()
        return ()

    def _spoken_of(self, item: Named) -> tuple[str, ...]:
        """The first other actor in what is said."""
        statement = self.parties.carriers.cued(item.trigger)
        for span in statement.content if statement is not None else ():
            found = next((name for name in self._actors_in(span, done_to=False) if name not in item.actors), None)
            if found is not None:
                return (found,)
        return ()

    def _actors_in(self, span: Span, *, done_to: bool = True) -> Iterator[str]:
        """The actors in a stretch; without those to whom something is done (*contre X*) where these are not wanted."""
        parsed = self.parties.parsed
        first = parsed.token_at(span.start)
        for token in range(first, min(parsed.token_at(span.end - 1) + 1, len(parsed))):
            name = self.parties.cast.actor_at(token)
            if name is not None and (done_to or not self.parties.undergoes(token)):
                yield name

    def _remembered(self, named: Sequence[Named], key: Callable[[Named], str]) -> Iterator[Named]:
        """*les sanctions* after *les sanctions américaines contre la Syrie*: an act told again keeps its parties."""
        known: dict[str, Named] = {}
        for item in named:
            full, before = item, known.get(key(item))
            loosely = key is _kind
            if before is not None and not (item.actors and item.recipients) and self._told_again(item, loosely=loosely):
                recipients = item.recipients or (() if loosely else before.recipients)
                full = self._with(item, item.actors or before.actors, recipients)
            if full.actors:
                known[key(item)] = full
            yield full

    def _told_again(self, item: Named, *, loosely: bool) -> bool:
        """Whether an event may be one told before; ``loosely``: in other words (*l'attaque* after *un attentat*)."""
        if self._verbal(item):
            return False
        if not loosely:
            return True
        parsed, token = self.parties.parsed, item.site.token
        dets = [c for c in parsed.children[token] if parsed.dep[c] == "det" and c < token]
        return item.site.group is None and any(parsed.features[c].get("Definite") == "Def" for c in dets)

    def _verbal(self, item: Named) -> bool:
        return self.lexicon.ontology.types[item.predicate.type].verbal and item.site.group is not None

    def _with(self, item: Named, actors: Sequence[str], recipients: Sequence[str]) -> Named:
        acting = tuple(dict.fromkeys(actors))
        return replace(item, actors=acting, recipients=tuple(name for name in recipients if name not in acting))


def _word(item: Named) -> str:
    return item.predicate.head


def _kind(item: Named) -> str:
    return item.predicate.type
