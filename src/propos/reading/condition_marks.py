"""Where the text says *if*, *unless*, *until*, *otherwise*, *provided that*.

The extent is read off commas, quotation marks and brackets, not off the tree: where a condition ends and the main clause
begins is what the parser gets wrong most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from propos.lang.event_entries import ConditionMark
from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.reading import outlook
from propos.reading.conditions import Condition
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL, sentence_range

# A condition that no comma ends is cut here, in tokens.
LONGEST = 40
# How many tokens behind its mark a condition's noun or infinitive stands at most.
NEAR = 6
# Types of acts that commit to what hangs on a condition (*menace de frapper si …*): they hang on it themselves.
COMMITTING = frozenset({"AGREE", "CONCEDE", "THREATEN", "REJECT"})
_ABOVE = frozenset({"xcomp", "obl:arg", "acl", "ccomp", "obl:mod", "advcl", "obj", "nmod"})
_BREAKS = frozenset({";", ":"})


def find(parsed: Parsed, lexicon: EventLexicon, pack: Pack) -> tuple[Condition, ...]:
    """The conditions of a text, in order; one inside another is left out."""
    finder = _Finder(parsed, lexicon, pack)
    found: list[Condition] = []
    token = 0
    while token < len(parsed):
        condition = finder.at(token, found)
        if condition is not None:
            found.append(condition)
        token = max(token, condition.last if condition is not None and not condition.past else token) + 1
    return tuple(found)


Reader = Callable[[int, int, ConditionMark], Condition | None]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Reads the conditions of one text. ``first``: token of a condition's first word; ``mark``: of its mark's last word."""

    parsed: Parsed
    lexicon: EventLexicon
    pack: Pack

    def at(self, token: int, found: Sequence[Condition]) -> Condition | None:
        """The condition that begins at a token; ``found``: those before it."""
        entries = self._entries(self.parsed.word[token])
        if not entries:
            return None
        readers: Mapping[str, Reader] = {
            "clause": self._clause, "noun": self._noun, "bare": self._bare, "fronted": self._fronted_noun, "phrase": self._phrase,
            "subject": self._subject, "gerund": self._gerund, "whoever": self._whoever,
        }  # fmt: skip
        for entry in entries:
            mark = token + len(entry.words) - 1
            if mark + 1 <= len(self.parsed) and all(self._same(token + n, word) for n, word in enumerate(entry.words)):
                made = self._before(token, mark, entry, found) if entry.takes == "before" else readers[entry.takes](token, mark, entry)
                if made is not None:
                    return made
        return None

    def _entries(self, word: str) -> Sequence[ConditionMark]:
        """The marks that begin with a word as written or uncontracted, the longest first."""
        plain = self.pack.grammar.plain(word)
        here = self.lexicon.conditions.get(word, ())
        if plain == word:
            return here
        both = (*here, *self.lexicon.conditions.get(plain, ()))
        return list(dict.fromkeys(sorted(both, key=lambda item: -len(item.words))))

    def _same(self, token: int, word: str) -> bool:
        """Whether a word of a mark stands at a token, elided or fused with an article too."""
        here = self.parsed.word[token]
        return word in {here, self.pack.grammar.plain(here)}

    def _clause(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*si* + clause, *à moins de* + infinitive; a question (*dire si*) or a mere degree (*si vite*) is none."""
        verb = self._verb_behind(mark)
        bare = self._is_bare(entry)
        if bare and (verb < 0 or self._measures(mark) or self._compares(first) or self._asked(first)):
            return None
        if verb < 0 and (entry.kind == "until" or self.parsed.word[mark] not in self.pack.grammar.complementisers):
            return None
        condition = self._hung(first, self._end(mark, verb if verb >= 0 else mark + 1), entry)
        return None if condition is not None and condition.governor < 0 and bare else condition

    def _is_bare(self, entry: ConditionMark) -> bool:
        """Whether a mark is the conjunction of conditions itself, which has other uses."""
        return entry.kind == "if" and (len(entry.words) == 1 or entry.words[0].endswith("'"))

    def _verb_behind(self, mark: int) -> int:
        """The verb of a condition's clause; -1 where it has none.

        A single comma before the verb closes the clause: the parser took its verb for a noun.
        """
        infinitive = self.parsed.word[mark] not in self.pack.grammar.complementisers
        for verb in outlook.predicates(self.parsed, mark + 1, min(self._limit(mark), mark + LONGEST)):
            if self._is_relative(verb, mark) or not self._is_finite(verb) and not (infinitive and verb - mark <= NEAR):
                continue
            if verb > self.parsed.head[mark] > mark and self.parsed.pos[self.parsed.head[mark]] == "VERB":
                break
            return -1 if self.parsed.word[mark:verb].count(",") == 1 else verb
        return self.parsed.head[mark] if self.parsed.pos[self.parsed.head[mark]] == "VERB" and self.parsed.head[mark] > mark else -1

    def _is_relative(self, verb: int, first: int) -> bool:
        """Whether a verb is that of a relative clause that begins behind a token."""
        return any(
            self.parsed.word[c] in self.pack.grammar.relative_subjects and first < c < verb for c in self.parsed.children[verb]
        )

    def _measures(self, mark: int) -> bool:
        """*si faible que*."""
        following = mark + 1
        return following < len(self.parsed) and self.parsed.head[mark] == following and self.parsed.pos[following] in {"ADJ", "ADV"}

    def _compares(self, first: int) -> bool:
        return first > 0 and self.parsed.word[first - 1] in self.pack.grammar.manner_subordinators

    def _asked(self, first: int) -> bool:
        """*demander si*: a word that asks or knows stands before it, with no comma and no *que* between."""
        for token in range(first - 1, max(first - 1 - NEAR, -1), -1):
            if self.parsed.pos[token] == "PUNCT" or self.parsed.word[token] in self.pack.grammar.complementisers:
                return False
            if self.parsed.word[token] in self.lexicon.asking:
                return True
        return False

    def _noun(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*en cas de* + noun."""
        noun = self._noun_behind(mark)
        return None if noun < 0 else self._hung(first, self._phrase_end(first, noun), entry)

    def _bare(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*sauf nouvelle escalade*: a noun without article, before or behind what is to come."""
        noun = self._noun_behind(mark)
        if noun < 0 or any(self.parsed.dep[c] == "det" for c in self.parsed.children[noun]) or self.parsed.pos[noun] != "NOUN":
            return None
        made = self._hung(first, self._phrase_end(first, noun), entry)
        return made if made is not None and made.governor >= 0 and made.open else None

    def _fronted_noun(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*Sans accord, …*: a noun of an event, or with something that describes it, before what is to come."""
        noun = self._noun_behind(mark)
        if noun < 0 or not self._opens(first) or any(self.parsed.dep[c] == "det" for c in self.parsed.children[noun]):
            return None
        last = self._phrase_end(first, noun)
        told = any(form.pos == "noun" for form in self.lexicon.forms.get(self.parsed.word[noun], ()))
        if last + 1 >= len(self.parsed) or self.parsed.word[last + 1] != "," or last == noun and not told:
            return None
        governor = self._right(last)
        return self._made(first, last, governor, entry) if governor >= 0 and outlook.to_come(self.parsed, governor) else None

    def _noun_behind(self, mark: int) -> int:
        """The first noun behind a mark; -1 where a number (*à moins de deux jours*) or a verb comes before it."""
        for token in range(mark + 1, min(mark + 1 + NEAR, self._limit(mark) + 1)):
            if self.parsed.pos[token] in {"NOUN", "PROPN"}:
                return token
            if self.parsed.pos[token] in VERBAL and token > mark + 1:
                return token - 1  # a noun before its participle that the parser took for something else
            if self.parsed.pos[token] in {"NUM", *VERBAL, "PUNCT"}:
                return -1
        return -1

    def _phrase_end(self, first: int, noun: int) -> int:
        """The end of a noun phrase: the comma where it opens its clause, else its subtree's end."""
        end = self._end(first, noun)
        if self._opens(first) and end + 1 < len(self.parsed) and self.parsed.word[end + 1] == ",":
            return end
        last = min(end, max(noun, self.parsed.right[noun]))
        while last > noun and self.parsed.pos[last] == "PUNCT":
            last -= 1
        return last

    def _phrase(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*si nécessaire*, *jusqu'au retrait des troupes*: the words themselves, with what completes a noun."""
        last = self._phrase_end(first, mark) if self.parsed.pos[mark] == "NOUN" else mark
        return self._hung(first, last, entry)

    def _subject(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*toute attaque entraînera …*: the subject of what is to come."""
        noun = self.parsed.head[mark]
        if mark + 1 >= len(self.parsed) or noun <= mark or self.parsed.dep[mark] != "det" or self.parsed.pos[mark + 1] == "DET":
            return None
        verb = outlook.predicate(self.parsed, self.parsed.head[noun])
        if self.parsed.dep[noun] not in {"nsubj", "nsubj:pass"} or verb <= noun or not outlook.to_come(self.parsed, verb):
            return None
        last = min(max(self.parsed.right[noun], noun), min(outlook.group(self.parsed, verb)) - 1)
        while last > noun and self.parsed.pos[last] == "PUNCT" and self.parsed.word[last] != ")":
            last -= 1
        return self._made(first, last, verb, entry)

    def _gerund(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*En refusant, il s'exposerait …*: a gerund before a conditional."""
        verb = next((t for t in range(mark + 1, min(mark + 4, len(self.parsed))) if self._is_present_participle(t)), -1)
        if verb < 0 or not self._opens(first):
            return None
        last = self._end(mark, verb)
        governor = self._right(last)
        moods = {self.parsed.features[t].get("Mood") for t in outlook.group(self.parsed, governor)} if governor >= 0 else set()
        return self._made(first, last, governor, entry) if "Cnd" in moods else None

    def _is_present_participle(self, token: int) -> bool:
        features = self.parsed.features[token]
        return features.get("VerbForm") == "Part" and features.get("Tense") == "Pres"

    def _whoever(self, first: int, mark: int, entry: ConditionMark) -> Condition | None:
        """*quiconque attaquera …*: up to the main verb where it is its subject, else to the end of its clause."""
        verbs = [v for v in outlook.predicates(self.parsed, mark + 1, self._limit(mark)) if self._is_finite(v)]
        if not verbs:
            return None
        main = next((v for v in verbs[1:] if outlook.to_come(self.parsed, v) and "," not in self.parsed.word[verbs[0] : v]), -1)
        left = self._left(first)
        if main >= 0 and left < 0:
            return self._made(first, self._before_clitics(main), main, entry)
        return self._made(first, self._end(mark, verbs[0]), left, entry) if left >= 0 else None

    def _is_finite(self, verb: int) -> bool:
        return any(self.parsed.features[t].get("VerbForm") == "Fin" for t in outlook.group(self.parsed, verb))

    def _before_clitics(self, verb: int) -> int:
        """The last token before a verb with its clitics, negation and adverbs."""
        last = min(outlook.group(self.parsed, verb)) - 1
        while self.parsed.pos[last] in {"PRON", "ADV", "PUNCT"}:
            last -= 1
        return last

    def _before(self, first: int, mark: int, entry: ConditionMark, found: Sequence[Condition]) -> Condition | None:
        """*sinon*: the condition is what was to be done, in this sentence or the one before."""
        begin, _ = sentence_range(self.parsed, first)
        governor = self._right(mark)
        if governor <= mark + 1 or not self._opens(first) and self.parsed.word[first - 1] != "," and self.parsed.pos[first - 1] != "CCONJ":
            return None
        last = self._before_marks(begin, first - 1)
        if last <= begin:
            if self.parsed.sentence[first] == 0:
                return None
            begin, last = sentence_range(self.parsed, begin - 1)
            last = self._before_marks(begin, last)
        told = next((c for c in reversed(found) if begin <= c.first and c.last <= last and not c.past), None)
        span = (told.first, told.last) if told is not None else self._alternative(begin, last)
        return self._made(*span, governor, entry) if span[1] >= span[0] else None

    def _before_marks(self, begin: int, last: int) -> int:
        while last > begin and self.parsed.pos[last] in {"PUNCT", "CCONJ"}:
            last -= 1
        return last

    def _alternative(self, begin: int, last: int) -> tuple[int, int]:
        """What was to be done: the infinitive or the noun that a demand governs, else the clause (*il doit payer*)."""
        start = max((t + 1 for t in range(begin, last) if self.parsed.word[t] in _BREAKS), default=begin)
        while start < last and self.parsed.pos[start] in {"PUNCT", "CCONJ"}:
            start += 1
        verbs = list(outlook.predicates(self.parsed, start, last))
        demand = next((v for v in verbs if "REQUEST" in self._types(v) or self._obliges(v)), -1)
        if demand < 0 or self._obliges(demand):
            return start, last
        asked = next((v for v in verbs if v > demand and self.parsed.features[v].get("VerbForm") == "Inf"), -1)
        if asked >= 0:
            return asked, last
        noun = next((c for c in self.parsed.children[demand] if self.parsed.dep[c] == "obj" and c > demand), -1)
        return (self.parsed.left[noun], last) if noun >= 0 else (start, last)

    def _obliges(self, verb: int) -> bool:
        words = [self.parsed.word[t] for t in (*outlook.group(self.parsed, verb), self.parsed.head[verb])]
        return any(form.lemma in self.lexicon.words.obligations for word in words for form in self.lexicon.forms.get(word, ()))

    def _types(self, token: int) -> set[str]:
        """The types of event that a word may name."""
        forms = self.lexicon.forms.get(self.parsed.word[token], ())
        return {item.type for form in forms if form.pos in {"verb", "noun", "adjective"} for item in self.lexicon.of(form.pos, form.lemma)}

    def _limit(self, token: int) -> int:
        """The last token of the sentence, or of the quotation that a token stands in."""
        last = sentence_range(self.parsed, token)[1]
        quoted = self.parsed.quoted[token]
        while quoted >= 0 and last > token and self.parsed.quoted[last] != quoted:
            last -= 1
        return last

    def _end(self, mark: int, verb: int) -> int:
        """The last token of a condition: before the first comma, colon or dash behind its verb, outside brackets."""
        limit, depth, last = min(self._limit(mark), mark + LONGEST), 0, verb
        for token in range(verb + 1, limit + 1):
            word = self.parsed.word[token]
            depth += (word == "(") - (word == ")")
            if depth < 0 or not depth and self.parsed.pos[token] == "PUNCT" and word != ")" and not self._goes_on(token, verb):
                break
            last = token
        while last > verb and self.parsed.pos[last] == "PUNCT" and self.parsed.word[last] != ")":
            last -= 1
        return last

    def _goes_on(self, comma: int, verb: int) -> bool:
        """Whether the clause that a condition's verb governs goes on behind a comma (*s'il s'avère que, …, X attaque*)."""
        following = outlook.predicates(self.parsed, comma + 1, self._limit(comma))
        behind = next((v for v in following if not self._is_relative(v, comma)), -1)
        return behind >= 0 and self.parsed.dep[behind] == "ccomp" and self.parsed.head[behind] == verb

    def _opens(self, first: int) -> bool:
        """Whether a token opens its clause: sentence, quotation, what follows a colon or *que*."""
        begin, _ = sentence_range(self.parsed, first)
        before = first - 1
        while before >= begin and self.parsed.pos[before] in {"CCONJ", "ADV"} and self.parsed.word[before] not in self.pack.grammar.complementisers:
            before -= 1
        if before < begin or self.parsed.quoted[first] not in {-1, self.parsed.quoted[before]}:
            return True
        word = self.parsed.word[before]
        if word in self.pack.grammar.complementisers or self.parsed.pos[before] == "PUNCT" and word not in {",", ")"}:
            return True
        return word == "," and not any(True for _ in outlook.predicates(self.parsed, begin, before))

    def _hung(self, first: int, last: int, entry: ConditionMark) -> Condition | None:
        """A condition before its main clause, or else behind it; none where the main clause is told as past."""
        comma = last + 1 < len(self.parsed) and self.parsed.word[last + 1] == ","
        governor = self._right(last) if comma and self._opens(first) else -1
        if governor < 0:
            governor = self._left(first)
        if governor < 0 and comma:
            governor = self._right(last)
        return self._made(first, last, governor, entry)

    def _right(self, last: int) -> int:
        """The predicate behind a condition that hangs on it: the first one to come, else the first not past; -1 for none."""
        verbs = [v for v in outlook.predicates(self.parsed, last + 1, self._limit(min(last + 1, len(self.parsed) - 1))) if self._is_finite(v)]
        verbs = [v for v in verbs if not self._is_relative(v, last)]
        ahead = next((v for v in verbs if outlook.to_come(self.parsed, v)), -1)
        return ahead if ahead >= 0 else next((v for v in verbs if not outlook.is_done(self.parsed, v)), -1)

    def _left(self, first: int) -> int:
        """The predicate before a condition that hangs on it: the nearest that is not past, else the nearest; -1 for none."""
        begin, _ = sentence_range(self.parsed, first)
        verbs = [v for v in outlook.predicates(self.parsed, begin, first - 1) if self._reaches(v, first)]
        return next((v for v in reversed(verbs) if self._governs(v)), verbs[-1] if verbs else -1)

    def _reaches(self, verb: int, first: int) -> bool:
        """Whether a verb's clause is still open at a token: a relative one ends at its comma."""
        return not self._is_relative(verb, -1) or "," not in self.parsed.word[verb:first]

    def _governs(self, verb: int) -> bool:
        """Whether what a verb says can hang on a condition: it is not past, or it commits to something or plans it."""
        planned = self.lexicon.facts.get((self.parsed.word[verb], "verb")) in {"planned", "hypothetical"}
        return planned or self._commits(verb) or not outlook.is_done(self.parsed, verb)

    def _commits(self, token: int) -> bool:
        """Whether a word may name a commitment, and no demand."""
        types = self._types(token)
        return bool(types & COMMITTING) and "REQUEST" not in types

    def _above(self, governor: int) -> frozenset[int]:
        """Words that commit to what a governor says, with the verb of a phrase (*se dit prêt*)."""
        found: set[int] = set()
        token = governor
        for _ in range(3):
            above = self.parsed.head[token]
            if above == token or self.parsed.dep[token] not in _ABOVE or self._is_finite(token):
                break
            said = {c for c in self.parsed.children[above] if c < above and self.parsed.pos[c] in VERBAL}
            if self._obliges(above) or any(self._commits(word) for word in (above, *said)):
                found |= {above, *said}
            token = above
        return frozenset(found)

    def _made(self, first: int, last: int, governor: int, entry: ConditionMark) -> Condition:
        past = entry.takes == "before"
        above = self._above(governor) if governor >= 0 else frozenset()
        free = governor >= 0 and (self._commits(governor) or not outlook.is_done(self.parsed, governor))
        return Condition(entry.kind, first, last, governor, self.parsed.span(first, last), above, free, past)
