"""Which frame of a word is meant, and who fills it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from propos.lang.events import EventFrame, EventLexicon, Filler, Predicate
from propos.lang.loader import Pack
from propos.model import Span, Statement
from propos.reading.events.arguments import Arguments, bare_behind
from propos.reading.events.parties import Parties
from propos.reading.events.sites import Fit, Site
from propos.reading.events.support import Lent, lent, predicated
from propos.reading.parse import Parsed

# How many tokens may stand between a verb and the noun that makes one event with it.
NEAR = 8
# Among how many words of what is said the object of its cue is looked for.
FIRST_WORDS = 5
# Verbal types whose verb and object are one act (*lever les sanctions*, *signer un accord*).
_OWN_OBJECT = frozenset({"CONCEDE", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Named:
    """An event with its parties, before factuality, condition and date."""

    site: Site
    predicate: Predicate
    trigger: Span
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    lent: Lent | None = None


def is_consequence(predicate: Predicate) -> bool:
    """Whether a verb says what somebody will suffer: whoever says so threatens (*Lima en répondra*)."""
    return predicate.type == "THREATEN" and predicate.part == "verb" and predicate.frame.actor == "none"


@dataclass(frozen=True, slots=True)
class Namer:
    """Decides the sites of one text."""

    parsed: Parsed
    parties: Parties
    lexicon: EventLexicon
    pack: Pack

    def named(self, site: Site) -> Named | None:
        """The event at a site, by the most exacting frame whose limits are met; ``None`` where none is.

        *cette réunion* looks back at an event told before, and is none of its own.
        """
        if site.group is None and (self._looks_back(site.token) or self._describes(site)):
            return None
        for fit in site.fits:
            if self._meets(fit, site):
                found = self._filled(fit, site)
                if found is not None:
                    return found
        return self._loosely(site)

    def _loosely(self, site: Site) -> Named | None:
        """A noun of one type only, or the cue of a statement, its limits not met but with somebody who acts."""
        least = site.fits[-1]
        if len({fit.predicate.type for fit in site.fits}) > 1 or least.predicate.head in self.lexicon.words.general:
            return None
        if site.group is not None and not self._conveys(site):
            return None
        found = self._filled(least, site)
        return found if found is not None and found.actors else None

    def _conveys(self, site: Site) -> bool:
        """Whether a verb is the cue of a statement whose content is what it does (*rejette ces accusations*)."""
        statement = self._cued(site.token)
        return statement is not None and statement.form in {"nominal", "infinitive"}

    def _cued(self, token: int) -> Statement | None:
        """The statement whose cue a token is part of."""
        return self.parties.carriers.cued(self.parsed.span(token, token))

    def _describes(self, site: Site) -> bool:
        """*un navire de guerre*, *un service d'enquête*: a bare singular behind *de* only says what kind of thing it is."""
        token, parsed = site.token, self.parsed
        if parsed.dep[token] != "nmod" or parsed.features[token].get("Number") == "Plur" or site.arguments.marked:
            return False
        grammar, mark = self.pack.grammar, parsed.word[parsed.left[token]]
        bare = grammar.plain(mark) == grammar.genitive and mark not in grammar.fused
        bare = bare and not any(parsed.dep[c] == "det" for c in parsed.children[token])
        governs = (parsed.word[parsed.head[token]], "noun") in self.lexicon.facts
        return bare and not governs and not any(self.parties.nationality(c) for c in site.arguments.adjectives)

    def _looks_back(self, noun: int) -> bool:
        return any(
            self.parsed.dep[c] == "det" and self.parsed.features[c].get("PronType") == "Dem" for c in self.parsed.children[noun]
        )

    def _meets(self, fit: Fit, site: Site) -> bool:
        frame, arguments = fit.predicate.frame, site.arguments
        if frame.complement == "clause" and arguments.clause < 0:
            return False
        if frame.complement == "infinitive" and not any(mark == frame.mark for mark in arguments.infinitives):
            return False
        marked = frame.mark and frame.complement != "infinitive"
        if marked and not arguments.marked.get(frame.mark):
            return False
        objects = arguments.marked[frame.mark] if marked else self._objects(fit, site)
        return self._fills(fit.predicate.object, objects) and self._fills(fit.predicate.subject, (arguments.subject,))

    def _objects(self, fit: Fit, site: Site) -> tuple[int, ...]:
        """What the frame's object is looked for in; of a statement's cue also the first words of what is said."""
        if fit.predicate.part != "verb":
            return site.arguments.marked.get(self.pack.grammar.genitive, ())
        statement = self._cued(site.token)
        said: tuple[int, ...] = ()
        if statement is not None and statement.form == "nominal":
            first = self.parsed.token_at(statement.content[0].start)
            said = tuple(range(first, min(first + FIRST_WORDS, len(self.parsed))))
        return (site.arguments.object, *said)

    def _fills(self, filler: Filler, tokens: Iterable[int]) -> bool:
        return not filler or any(self._is(filler, each) for token in tokens if token >= 0 for each in (token, *self._counted(token)))

    def _counted(self, token: int) -> Iterator[int]:
        """What a number or a word of measure counts (*trois des marins*, *une dizaine de marins*)."""
        measures = self.parties.lexicon.words.group_heads
        if self.parsed.pos[token] in {"NUM", "PRON"} or self.parsed.word[token] in measures:
            yield from (child for child in self.parsed.children[token] if self.parsed.dep[child] == "nmod" and child > token)

    def _is(self, filler: Filler, token: int) -> bool:
        lemmas = self.lexicon.nouns.get(self.parsed.word[token], frozenset())
        if any(lemma in filler.nouns and self._goes_on(lemma, token) for lemma in lemmas):
            return True
        return any(self.parties.kinds[name] in filler.kinds for name in self.parties.at(token))

    def _goes_on(self, lemma: str, token: int) -> bool:
        """Whether the other words of a noun's phrase follow (*état d'urgence*), in the singular or the plural."""
        rest = lemma.replace("'", "' ").split()[1:]
        words = self.parsed.word[token + 1 : token + 1 + len(rest)]
        return len(words) == len(rest) and all(word.startswith(part[:-1]) for word, part in zip(words, rest, strict=True))

    def _filled(self, fit: Fit, site: Site) -> Named | None:
        if fit.predicate.part == "noun":
            return self._noun(fit, site)
        return self._verb(fit, site)

    def _verb(self, fit: Fit, site: Site) -> Named | None:
        frame, arguments = fit.predicate.frame, site.arguments
        trigger = self._with_object(fit, arguments)
        verbal = self.lexicon.ontology.types[fit.predicate.type].verbal
        deed = not verbal and not frame.actor
        actors = self.parties.deeds(arguments.subject) if deed else self._function(frame.actor or "subject", arguments)
        speaker = self.parties.speaker(trigger) if not frame.actor else ()
        speaker = self._threatening(site) if is_consequence(fit.predicate) else speaker
        actors = actors if set(speaker) <= set(actors) else speaker
        recipients = self._functions(frame.recipient, arguments) or self._places(frame.recipient, arguments)
        recipients = recipients or self._behind_tail(fit, arguments)
        partners = self._functions(frame.partner, arguments)
        if not recipients and verbal:
            recipients = self._aimed_at(arguments)
        actors = tuple(dict.fromkeys((*actors, *partners)))
        bare = not fit.predicate.rank and not actors and not recipients
        return None if bare else self._result(fit, site, trigger, actors, recipients, None)

    def _threatening(self, site: Site) -> tuple[str, ...]:
        """Who says what another will suffer (*Lima en répondra*)."""
        holder = self.parties.carriers.holding(self.parsed.span(site.token, site.token))
        return (holder.speaker_actor,) if holder is not None and holder.speaker_actor else ()

    def _behind_tail(self, fit: Fit, arguments: Arguments) -> tuple[str, ...]:
        """The object of a phrase that the parser hung on its last noun (*mettre en garde Bakou*)."""
        if "object" not in fit.predicate.frame.recipient or arguments.object >= 0 or not fit.predicate.tail:
            return ()
        return self.parties.within(bare_behind(self.parsed, fit.last, self.pack))

    def _with_object(self, fit: Fit, arguments: Arguments) -> Span:
        """The verb's phrase; with the noun that makes it what it is (*imposer des sanctions*), for acts other than of words."""
        nouns = self.lexicon.nouns.get(self.parsed.word[arguments.object], frozenset()) if arguments.object > fit.last else frozenset()
        verbal = self.lexicon.ontology.types[fit.predicate.type].verbal and fit.predicate.type not in _OWN_OBJECT
        near = arguments.object - fit.last <= NEAR
        wide = near and not verbal and bool(fit.predicate.object.nouns & nouns)
        return self.parsed.span(fit.first, arguments.object if wide else fit.last)

    def _aimed_at(self, arguments: Arguments) -> tuple[str, ...]:
        """*exiger que Bakou libère …*, *condamner les frappes de Bakou*: who is to act, or has acted."""
        if arguments.clause >= 0:
            clause = next((c for c in self.parsed.children[arguments.clause] if self.parsed.dep[c].startswith("nsubj")), -1)
            return self.parties.at(clause)
        return self.parties.within(arguments.object) or self.parties.inside(arguments.object)

    def _noun(self, fit: Fit, site: Site) -> Named | None:
        frame, arguments = fit.predicate.frame, site.arguments
        matter = bool(frame.object) and self._fills(fit.predicate.object, self._objects(fit, site))
        role = frame.genitive or ("matter" if matter else "actor")
        owner = self.parties.within(self._owner(fit, arguments)) if role != "matter" else ()
        nations = tuple(name for token in arguments.adjectives for name in self.parties.nationality(token))
        verb = lent(self.parsed, site.token, self.lexicon, frame, self.pack)
        actors = self.parties.at(arguments.subject) or (owner if role in {"actor", "partner"} else ()) or nations
        recipients = self._functions(frame.recipient, arguments) or (owner if role == "recipient" else ())
        recipients = recipients or self._places(frame.recipient, arguments)
        if verb is not None:
            if verb.role == "actor":
                actors = actors or self.parties.within(verb.arguments.subject)
            else:
                recipients = recipients or self.parties.within(verb.arguments.subject)
            recipients = recipients or self._functions(frame.recipient, verb.arguments)
        actors, recipients = self._predicated(site, frame, actors, recipients)
        partners = self._functions((*frame.partner, *self.lexicon.words.between), arguments)
        if frame.partner and self._is_interview(arguments, verb, partners):
            return None
        actors = tuple(dict.fromkeys((*actors, *partners)))
        trigger = self._with_verb(fit, verb)
        return self._result(fit, site, trigger, actors or self.parties.speaker(trigger), recipients, verb)

    def _predicated(
        self, site: Site, frame: EventFrame, actors: tuple[str, ...], recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parties completed by a verb whose subject the noun is (*des tirs visant Bamako*, *une guerre opposant …*)."""
        for verb in predicated(self.parsed, site.token, self.lexicon, frame, self.pack):
            if verb.role == "target":
                recipients = recipients or self.parties.within(verb.arguments.object)
            else:
                actors = actors or self._functions(("object", self.pack.grammar.dative), verb.arguments)
        return actors, recipients

    def _is_interview(self, arguments: Arguments, verb: Lent | None, partners: tuple[str, ...]) -> bool:
        """*un entretien au quotidien Le Jour*, *avec l'AFP*: given to a medium, not held between parties."""
        if any(self.parties.sectors[name] == "MED" for name in partners):
            return True
        given = (arguments, *((verb.arguments,) if verb is not None else ()))
        tokens = [token for found in given for token in found.marked.get(self.pack.grammar.dative, ())]
        lemmas = {lemma for token in tokens for lemma in self.lexicon.nouns.get(self.parsed.word[token], ())}
        words = {self.parsed.word[token] for token in tokens}
        media = any(self.parties.sectors[name] == "MED" for token in tokens for name in self.parties.at(token))
        return media or bool((lemmas | words) & self.pack.media.keys())

    def _with_verb(self, fit: Fit, verb: Lent | None) -> Span:
        """The noun's phrase; with its support verb where that verb conveys it (*ont exprimé leur soutien*)."""
        trigger = self.parsed.span(fit.first, fit.last)
        if verb is None or not 0 < fit.first - verb.token <= NEAR:
            return trigger
        cued = self._cued(verb.token)
        return Span(cued.cue.start, trigger.end) if cued is not None and cued.cue is not None and cued.cue.start < trigger.start else trigger

    def _owner(self, fit: Fit, arguments: Arguments) -> int:
        """The noun's genitive that is no word of its own phrase (*coup d'État*); -1 for none."""
        behind = arguments.marked.get(self.pack.grammar.genitive, ())
        outside = (token for token in (arguments.genitive, *behind) if not fit.first < token <= fit.last)
        return next(outside, -1)

    def _function(self, name: str, arguments: Arguments) -> tuple[str, ...]:
        if name == "subject":
            return self.parties.within(arguments.subject)
        if name == "object":
            return self.parties.within(arguments.object)
        return self.parties.of_all(arguments.marked.get(name, ()))

    def _places(self, names: Iterable[str], arguments: Arguments) -> tuple[str, ...]:
        """The state where it happens, for prepositions of the recipient (*se rendre à Riyad*)."""
        tokens = (token for name in names for token in arguments.marked.get(name, ()))
        return tuple(dict.fromkeys(party for token in tokens for party in self.parties.place(token)))

    def _functions(self, names: Iterable[str], arguments: Arguments) -> tuple[str, ...]:
        return tuple(dict.fromkeys(party for name in names for party in self._function(name, arguments)))

    def _result(
        self, fit: Fit, site: Site, trigger: Span, actors: tuple[str, ...], recipients: tuple[str, ...], verb: Lent | None
    ) -> Named:  # fmt: skip
        kept = tuple(name for name in recipients if name not in actors)
        return Named(site, fit.predicate, trigger, actors, kept, verb)
