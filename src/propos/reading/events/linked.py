"""Parties that two events give each other: an act of words and what it is about, a death and the attack that it came by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from propos.lang.events import EventLexicon
from propos.reading.events.naming import Named
from propos.reading.events.parties import Parties
from propos.reading.times.tense import path

# Acts of words that are aimed at whoever did what they are about.
_ANSWERING = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
# Acts of words that somebody answers, and by which he does.
_ANSWERED = {"REQUEST": frozenset({"REJECT", "CONCEDE"}), "THREATEN": frozenset({"REJECT", "CONCEDE", "ACCUSE"})}


@dataclass(frozen=True, slots=True)
class Linked:
    """Joins the events of one text."""

    parties: Parties
    lexicon: EventLexicon

    def asked(self, named: Sequence[Named]) -> list[Named]:
        """The events, with whoever does what is demanded asked for it (*exige le retrait des troupes turques*)."""
        at = {item.site.token: item for item in named}
        for item in named:
            above = next((token for token in list(path(self.parties.parsed, item.site.token))[1:4] if token in at), -1)
            if above >= 0 and item.actors and item.site.group is None and at[above].predicate.type == "REQUEST":
                at[above] = _aimed(at[above], item.actors)
        return [at[item.site.token] for item in named]

    def joined(self, named: Sequence[Named]) -> list[Named]:
        """The events in text order, with the parties that another event has."""
        at = {item.site.token: item for item in named}
        for token, item in tuple(at.items()):
            for about in self._objects(item):
                if about in at and at[about].site.group is None:
                    self._answer(at, token, about)
            self._answer_again(at, token)
            self._come_by(at, token)
        return [at[item.site.token] for item in named]

    def _objects(self, item: Named) -> Iterator[int]:
        """The nouns that an act is about."""
        grammar = self.parties.pack.grammar
        yield item.site.arguments.object
        for mark in (grammar.genitive, grammar.dative):
            yield from item.site.arguments.marked.get(mark, ())

    def _answer(self, at: dict[int, Named], token: int, about: int) -> None:
        """*rejette les accusations de Lima*: aimed at Lima, whose accusations were aimed at whoever rejects them."""
        if at[token].predicate.type in _ANSWERING:
            at[token] = _aimed(at[token], at[about].actors)
        if at[token].predicate.type in _ANSWERED.get(at[about].predicate.type, ()):
            at[about] = _aimed(at[about], at[token].actors)

    def _answer_again(self, at: dict[int, Named], token: int) -> None:
        """*condamne cette attaque*: aimed at whoever did what was told last, of that type where the noun says which."""
        if at[token].predicate.type not in _ANSWERING or at[token].recipients:
            return
        noun = next((noun for noun in self._objects(at[token]) if noun >= 0 and self._points(noun)), -1)
        types = self._types(noun) if noun >= 0 else frozenset()
        before = (at[other] for other in reversed(at) if other < min(noun, token))
        fitting = (item for item in before if item.actors and (not types or item.predicate.type in types))
        last = next(fitting, None)
        if last is not None:
            at[token] = _aimed(at[token], last.actors)

    def _points(self, noun: int) -> bool:
        """Whether a noun has a demonstrative."""
        parsed = self.parties.parsed
        return any(
            parsed.dep[c] == "det" and parsed.features[c].get("PronType") == "Dem" for c in parsed.children[noun]
        )

    def _types(self, noun: int) -> frozenset[str]:
        """The types of event that a noun may name."""
        forms = self.lexicon.forms.get(self.parties.parsed.word[noun], ())
        lemmas = [form.lemma for form in forms if form.pos == "noun"]
        return frozenset(predicate.type for lemma in lemmas for predicate in self.lexicon.of("noun", lemma))

    def _come_by(self, at: dict[int, Named], token: int) -> None:
        """*dix soldats tués dans un raid*, *un raid a tué dix soldats*: both have the same parties."""
        arguments = at[token].site.arguments
        through = (nouns for mark, nouns in arguments.marked.items() if mark.split()[0] in self.lexicon.words.through)
        means = next((noun for nouns in ((arguments.subject,), *through) for noun in nouns if noun in at), -1)
        if means < 0 or {at[token].predicate.type, at[means].predicate.type} != {"ASSAULT"}:
            return
        for here, there in ((at[token], at[means]), (at[means], at[token])):
            at[here.site.token] = _aimed(replace(here, actors=here.actors or there.actors), there.recipients)


def _aimed(item: Named, recipients: Iterable[str]) -> Named:
    """An event, with recipients where it has none, never those who act."""
    found = item.recipients or tuple(recipients)
    return replace(item, recipients=tuple(name for name in found if name not in item.actors))
