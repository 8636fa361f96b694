"""From the tokens of arguments to actors: names and titles, pronouns, first persons, nationalities, owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from propos.lang.actors import ActorLexicon
from propos.lang.events import EventLexicon
from propos.lang.folding import atoms, fold
from propos.lang.loader import Pack
from propos.model import ActorKind, Span
from propos.reading.actors.cast import Cast
from propos.reading.events.carriers import Carriers
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, case_of

# *la base de l'aviation de l'armée syrienne*: how many nouns down an owner is looked for.
DEEPEST = 2
# As many as *les deux* says.
PAIR = 2
# The longest name of a place, in tokens.
LONGEST_PLACE = 4
_NAMED = frozenset({"flat:name", "flat:foreign", "appos"})


@dataclass(frozen=True)
class Parties:
    """Who stands at a token; ids of actors, in text order, each once."""

    parsed: Parsed
    cast: Cast
    carriers: Carriers
    lexicon: ActorLexicon
    pack: Pack
    events: EventLexicon

    @cached_property
    def states(self) -> dict[str, str]:
        """Country -> id of the state in the cast."""
        return {actor.country: actor.id for actor in self.cast.actors if actor.kind == "state" and actor.country}

    @cached_property
    def kinds(self) -> dict[str, ActorKind]:
        """Kind of each actor."""
        return {actor.id: actor.kind for actor in self.cast.actors}

    @cached_property
    def sectors(self) -> dict[str, str | None]:
        """PLOVER sector of each actor."""
        return {actor.id: actor.sector for actor in self.cast.actors}

    @cached_property
    def sides(self) -> dict[str, str | None]:
        """Country of each actor."""
        return {actor.id: actor.country for actor in self.cast.actors}

    def at(self, token: int) -> tuple[str, ...]:
        """The actors that a noun phrase names, coordinated ones included; empty where it names none."""
        if token < 0:
            return ()
        if token in self.cast.joint:
            return self.at(self.cast.joint[token])
        if self._is_pair(token):
            return self._pair(token) or _once(self._one(token))
        return _once(name for each in self._coordinated(token) for name in self._one(each))

    def within(self, token: int) -> tuple[str, ...]:
        """The actors at a token, else those who own or do the thing that it names (*l'attaque russe*)."""
        return self.at(token) or self._owners(token, DEEPEST)

    def of_all(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The actors within any of the tokens."""
        return _once(name for token in tokens for name in self.within(token))

    def nationality(self, token: int) -> tuple[str, ...]:
        """The state whose adjective stands at a token, where it is in the cast."""
        found = self.lexicon.demonyms.get(fold(self.parsed.word[token]))
        state = self.states.get(found[0].country or "") if found else None
        return (state,) if state else ()

    def is_first_person(self, token: int) -> bool:
        """Whether a word speaks of the speaker."""
        return self.parsed.word[token].lstrip("-") in self.pack.grammar.first_person

    def place(self, token: int) -> tuple[str, ...]:
        """The state in whose country, capital or city something takes place (*à Moscou*, *au Mali*), where it is in the cast."""
        words = [atom for word in self.parsed.word[token : token + LONGEST_PLACE] for atom in atoms(word)]
        if token < 0 or not words:
            return ()
        keys = [n.key for _, names in self.lexicon.names.matches(words, 0) for n in names if n.kind == "state"]
        keys += [country for _, found in self.lexicon.places.matches(words, 0) for country in found]
        return next(((self.states[key],) for key in keys if key in self.states), ())

    def _coordinated(self, token: int) -> Iterator[int]:
        """The members of a coordination: those of the tree, and names in a row that the parser tore apart."""
        yield from self._row(token, -1)
        yield token
        for child in self.parsed.children[token]:
            if self.parsed.dep[child] == "conj" and self.parsed.pos[child] in NOMINAL:
                yield from self._coordinated(child)
        yield from self._row(token, 1)

    def _row(self, token: int, step: int) -> list[int]:
        """Actors next to a token, parted only by commas, articles and a coordinating word (*A, B et C*)."""
        found: list[int] = []
        last, joined, at = self.cast.actor_at(token), False, token + step
        while last and 0 <= at < len(self.parsed) and self.parsed.sentence[at] == self.parsed.sentence[token]:
            here = self.cast.actor_at(at)
            if here is not None and here != last and self.parsed.pos[at] in NOMINAL:
                found.append(at)
                last = here
            elif here is None and self.parsed.pos[at] not in {"CCONJ", "DET"} and self.parsed.word[at] != ",":
                break
            joined = joined or self.parsed.pos[at] == "CCONJ"
            at += step
        return found if joined else []

    def _is_pair(self, token: int) -> bool:
        """*les deux pays*, *les deux camps*."""
        numbers = self.events.words.two
        return self.parsed.word[token] in self.events.sides and any(self.parsed.word[c] in numbers for c in self.parsed.children[token])

    def _pair(self, token: int) -> tuple[str, ...]:
        """The two states, or sides, named last before a pair is taken up again; empty where there are no two."""
        found: list[str] = []
        for at in range(token - 1, -1, -1):
            name = self.cast.actor_at(at)
            if name and name not in found and self.kinds[name] == "state":
                found.append(name)
                if len(found) == PAIR:
                    return tuple(reversed(found))
        return ()

    def deeds(self, token: int) -> tuple[str, ...]:
        """Who acts where a statesman says *we*: his state, where the text names it (*nous avons retiré nos soldats*)."""
        found = self.within(token)
        plural = token >= 0 and self.is_first_person(token) and self.parsed.features[token].get("Number") == "Plur"
        states = [self.states[side] for name in found if (side := self.sides[name]) in self.states] if plural else []
        return _once(states) or found

    def _one(self, token: int) -> Iterator[str]:
        if self.is_first_person(token):
            holder = self.carriers.holding(self.parsed.span(token, token))
            if holder is not None and holder.speaker_actor:
                yield holder.speaker_actor
            return
        found = self.cast.actor_at(token) or next(
            (name for c in self.parsed.children[token] if self.parsed.dep[c] in _NAMED and (name := self.cast.actor_at(c))), None
        )
        if found:
            yield found

    def _owners(self, token: int, depth: int) -> tuple[str, ...]:
        """Who owns or does what a noun names: by an adjective, behind *de* or *par*, or a possessive.

        An adjective of a state that the text names nowhere else still says that nobody else does it.
        """
        if token < 0 or depth == 0:
            return ()
        for child in self.parsed.children[token]:
            if self.parsed.dep[child] == "amod" and self.lexicon.demonyms.get(fold(self.parsed.word[child])):
                return self.nationality(child)
        for child in self.parsed.children[token]:
            found = (self.at(child) or self._owners(child, depth - 1)) if self._owns(child) else ()
            if found:
                return found
        return ()

    def inside(self, token: int) -> tuple[str, ...]:
        """Any actor in a complement of a noun but those to whom it is done (*la décision envers Lima* names nobody)."""
        for child in self.parsed.children[token] if token >= 0 else ():
            if self.parsed.dep[child] == "nmod" and not self.undergoes(child):
                found = self.within(child)
                if found:
                    return found
        return ()

    def undergoes(self, token: int) -> bool:
        """Whether a noun phrase tells to whom something is done, or where (*contre Lima*, *au Pérou*)."""
        mark = case_of(self.parsed, token, self.pack.grammar)
        return mark in self.events.words.aimed or fold(mark) in self.lexicon.words.locative_prepositions

    def _owns(self, token: int) -> bool:
        """Whether a part of a noun phrase tells whose it is."""
        relation = self.parsed.dep[token]
        if relation in {"det", "obl:agent"}:
            return True
        mark = case_of(self.parsed, token, self.pack.grammar)
        agents = self.pack.grammar.agent_markers | {self.pack.grammar.genitive, ""}
        return relation in {"nmod", "obl:mod", "obl:arg"} and mark in agents

    def speaker(self, span: Span) -> tuple[str, ...]:
        """Who says the statement whose cue is at a span: all of those for whom a pronoun stands."""
        statement = self.carriers.cued(span)
        if statement is None or not statement.speaker_actor:
            return ()
        written = self.parsed.token_at(statement.speaker.start) if statement.speaker is not None else -1
        return self.at(written) if written in self.cast.joint else (statement.speaker_actor,)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
