"""Acts that a statement performs by what it says: demands (*doit libérer*), blame, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from propos.lang.event_entries import BlameWord, EventFrame, Predicate
from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.model import Statement
from propos.reading.attribution import cues
from propos.reading.conditions import Condition, governing
from propos.reading.events import arguments
from propos.reading.events.naming import Named
from propos.reading.events.parties import Parties
from propos.reading.events.sites import Fit, Site
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL, own_subject

# The weight of the words that makes what is said blame.
ENOUGH = 4
# Conditions by which one presses another; *à condition que* offers.
_PRESSING = frozenset({"if", "unless", "until", "otherwise"})
_PARTS = {"NOUN": "noun", "ADJ": "adjective", "VERB": "verb"}


@dataclass(frozen=True, slots=True)
class Performer:
    """Finds the acts of one text's statements."""

    parsed: Parsed
    parties: Parties
    lexicon: EventLexicon
    pack: Pack

    def acts(self) -> Iterator[Named]:
        """The acts, in text order of the words that perform them."""
        for token, word in enumerate(self.parsed.word):
            readings = self.lexicon.forms.get(word, ())
            if any(form.lemma in self.lexicon.words.obligations for form in readings):
                found = self._demand(token)
                if found is not None:
                    yield found

    def blamed(self, named: Sequence[Named]) -> Iterator[Named]:
        """Statements with a neutral cue that condemn somebody's conduct; ``named``: the events found so far."""
        taken = {offset for item in named for offset in range(*item.trigger)}
        for statement in self.parties.carriers.statements:
            cue = statement.cue
            if cue is None or statement.form == "prepositional" or not statement.speaker_actor:
                continue
            if taken.isdisjoint(range(*cue)) and self._weight(statement) >= ENOUGH:
                first = self.parsed.token_at(cue.start)
                yield self._act("ACCUSE", statement, first, max(first, self.parsed.token_at(cue.end - 1)), ())

    def _weight(self, statement: Statement) -> int:
        """How much a statement's words blame, negated ones left out."""
        total = 0
        for span in statement.content:
            first = self.parsed.token_at(span.start)
            for token in range(first, min(self.parsed.token_at(span.end - 1) + 1, len(self.parsed))):
                words = self.lexicon.blame.get(self.parsed.word[token], ())
                weights = [word.weight for word, tail in words if self._reads(token, word, tail)]
                total += max(weights, default=0)
        return total

    def _reads(self, token: int, word: BlameWord, tail: tuple[frozenset[str], ...]) -> bool:
        """Whether a word of blame stands at a token, tagged as its part of speech and not negated."""
        if _PARTS.get(self.parsed.pos[token], word.part) != word.part or not cues.stands(self.parsed, tail, token + 1, self.pack):
            return False
        negators = self.pack.grammar.negation_openers
        around = (*self.parsed.children[token], *self.parsed.children[self.parsed.head[token]])
        return not any(self.parsed.word[c] in negators for c in around)

    def _demand(self, modal: int) -> Named | None:
        """*X doit faire*, said by somebody else than X."""
        reading = cues.verb_reading(self.parsed, modal, self.lexicon.forms[self.parsed.word[modal]], self.pack)
        if reading is None or reading.lemma not in self.lexicon.words.obligations or reading.mood not in {"ind", "cnd"}:
            return None
        statement = self.parties.carriers.holding(self.parsed.span(modal, modal))
        if statement is None or not statement.speaker_actor or reading.person != 3:
            return None
        verb = self._infinitive(modal)
        subject = own_subject(self.parsed, modal)
        subject = own_subject(self.parsed, verb) if subject is None and verb >= 0 else subject
        addressed = self.parties.at(subject) if subject is not None else ()
        if not addressed or statement.speaker_actor in addressed or verb < 0 or statement.form == "prepositional":
            return None
        return self._act("REQUEST", statement, modal, verb, addressed)

    def announced(self, named: Sequence[Named], conditions: tuple[Condition, ...]) -> Iterator[Named]:
        """Threats (*si ces vols se reproduisent, nous fermerons …*) and refusals (*nous ne céderons pas*)."""
        kind_at = {item.site.token: item.predicate.type for item in named}
        for token in range(len(self.parsed)):
            if self.parsed.pos[token] not in VERBAL or self.parsed.dep[token].startswith("aux") or not self._ahead(token):
                continue
            statement = self.parties.carriers.holding(self.parsed.span(token, token))
            if statement is None or not statement.speaker_actor or not self._speaks_of_itself(token, statement):
                continue
            kind = self._announces(token, kind_at, conditions)
            if kind:
                first = min((token, *(c for c in self.parsed.children[token] if self.parsed.dep[c].startswith("aux"))))
                yield self._act(kind, statement, first, token, self._warned(token, statement, conditions))

    def _announces(self, token: int, kind_at: Mapping[int, str], conditions: tuple[Condition, ...]) -> str:
        """What a speaker's own future act is: a refusal where negated, a threat where it hangs on another's conduct."""
        if any(condition.holds(token) for condition in conditions):
            return ""
        if self._negated(token):
            return "REJECT"
        kind = self.lexicon.ontology.types.get(kind_at.get(token, ""))
        friendly = kind is not None and kind.quad in {1, 2}
        condition = governing(conditions, token, self.parsed)
        return "THREATEN" if condition is not None and condition.kind in _PRESSING and not friendly else ""

    def _negated(self, verb: int) -> bool:
        words = [self.parsed.word[c] for c in self.parsed.children[verb]]
        return any(word in self.pack.grammar.negation_openers for word in words)

    def _ahead(self, verb: int) -> bool:
        """Whether a verb, or its finite auxiliary, is in the future."""
        helpers = [c for c in self.parsed.children[verb] if self.parsed.dep[c].startswith("aux")]
        return any(self.parsed.features[t].get("Tense") == "Fut" for t in (verb, *helpers))

    def _speaks_of_itself(self, verb: int, statement: Statement) -> bool:
        """Whether a verb's subject is the speaker, or a first person in his words."""
        subject = own_subject(self.parsed, verb)
        if subject is None:
            return False
        return self.parties.is_first_person(subject) or statement.speaker_actor in self.parties.at(subject)

    def _warned(self, verb: int, statement: Statement, conditions: tuple[Condition, ...]) -> tuple[str, ...]:
        """Whoever the condition speaks of, or the verb is done to."""
        condition = governing(conditions, verb, self.parsed)
        tokens = list(range(condition.first, condition.last + 1)) if condition is not None else []
        tokens += [c for c in self.parsed.children[verb] if c > verb]
        found = (name for token in tokens if (name := self.parties.cast.actor_at(token)) and name != statement.speaker_actor)
        return tuple(dict.fromkeys(found))[:1]

    def _infinitive(self, modal: int) -> int:
        """The infinitive that hangs on a modal, or of which it is the auxiliary; -1 for none."""
        for child in (*self.parsed.children[modal], self.parsed.head[modal]):
            if child > modal and self.parsed.features[child].get("VerbForm") == "Inf":
                return child
        return -1

    def _act(self, kind: str, statement: Statement, first: int, last: int, aimed: tuple[str, ...]) -> Named:
        predicate = Predicate(f"event.performed.{kind.lower()}", kind, "verb", EventFrame("", ""), "")
        site = Site(first, (Fit(predicate, first, last),), arguments.Arguments(), None)
        return Named(site, predicate, self.parsed.span(first, last), (statement.speaker_actor or "",), aimed)
