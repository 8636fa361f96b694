"""Where the lexicon's verbs, nouns and adjectives stand in the text, and in which mood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from propos.lang.loader import Entry, Pack
from propos.lang.morphology import Form
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL, before_adverbs, past_adverbs

Shape = Literal["finite", "gerund", "infinitive", "participle"]
# *a, dans un communiqué diffusé mardi, fait part*: how far an auxiliary may stand from its participle, in tokens.
WIDEST_GROUP = 14
# *a de nouveau mis en garde*: small words between auxiliary and participle.
NARROW_GAP = 5
# *mettre une nouvelle fois Ankara en garde*: how far the tail of a phrase may stand from its verb.
WIDEST_PHRASE = 7


Tail = tuple[frozenset[str], ...]


class Phrase(Protocol):
    """What a verb's entry asks of the words around it."""

    @property
    def tail(self) -> Tail:
        """The words that follow, each with its allowed forms."""

    @property
    def reflexive(self) -> bool:
        """Whether the verb has its reflexive pronoun."""

    @property
    def clitics(self) -> frozenset[str]:
        """Pronouns that must lean on the verb."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries, clitics and negation: tokens ``first`` to ``last``, both included.

    ``shape``: ``participle`` is a past participle without auxiliary, ``gerund`` any present participle.
    ``hearsay``: a conditional that marks the report itself as uncertain. ``inverted``: token of the inverted clitic, or -1.
    """

    token: int
    first: int
    last: int
    shape: Shape
    passive: bool = False
    negated: bool = False
    reflexive: bool = False
    past: bool = False
    hearsay: bool = False
    inverted: int = -1
    addressee: int = -1
    object_clitic: int = -1
    clitics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """A place where an entry of the lexicon stands. ``last`` includes the entry's tail (*en garde*)."""

    entry: Entry
    group: VerbGroup
    first: int
    last: int

    @property
    def token(self) -> int:
        """The head word."""
        return self.group.token


def find_verbs(parsed: Parsed, pack: Pack) -> Iterator[Cue]:
    """Every verb of the lexicon, in text order, with the entry that fits best."""
    word = parsed.word
    for token in range(len(parsed)):
        readings = pack.forms.get(word[token])
        if readings is None:
            continue
        reading = verb_reading(parsed, token, readings, pack)
        if reading is None or reading.lemma not in pack.verbs:
            continue
        entries = pack.verbs[reading.lemma]
        if reading.lemma in pack.grammar.auxiliaries:
            entries = _phrases_at(parsed, token, reading.lemma, pack)
            if not entries:
                continue
        group = verb_group(parsed, token, reading, pack)
        ahead = word[token + 1 : token + WIDEST_GROUP]
        nearby = {*ahead, *map(pack.grammar.plain, ahead)}
        for entry in entries:
            if entry.tail and entry.tail[0].isdisjoint(nearby):
                continue
            cue = _fit(parsed, entry, group, pack)
            if cue is not None:
                yield cue
                if not entry.tail:
                    break


def _phrases_at(parsed: Parsed, token: int, auxiliary: str, pack: Pack) -> tuple[Entry, ...]:
    """*avoir hâte*, *être d'avis*: an auxiliary is a cue only with the tail of its phrase behind it, adverbs aside."""
    after = past_adverbs(parsed, token + 1, len(parsed))
    if after == len(parsed) or parsed.word[after] not in pack.tails[auxiliary]:
        return ()  # seen at a glance for nearly every auxiliary
    return tuple(entry for entry in pack.verbs[auxiliary] if entry.tail and stands(parsed, entry.tail, after, pack))


def _fit(parsed: Parsed, entry: Entry, group: VerbGroup, pack: Pack) -> Cue | None:
    last = reach(parsed, entry, group, pack)
    return Cue(entry, group, group.first, last) if last >= 0 else None


def reach(parsed: Parsed, phrase: Phrase, group: VerbGroup, pack: Pack) -> int:
    """The last token of a verb's phrase where it stands around the group, or -1 where it does not."""
    reflexive = group.reflexive or group.shape == "participle" and _shares_reflexive(parsed, group.token, pack)
    if phrase.reflexive != reflexive or not phrase.clitics <= group.clitics:
        return -1
    last = max(group.last, group.token)
    return _tail(parsed, phrase.tail, last, pack) if phrase.tail else last


def _shares_reflexive(parsed: Parsed, token: int, pack: Pack) -> bool:
    """*s'est réjoui de A et félicité de B*: a coordinated participle shares the pronoun with the auxiliary."""
    head = parsed.head[token]
    return parsed.dep[token] == "conj" and any(
        parsed.word[c] in pack.grammar.reflexives for c in parsed.children[head] if c < head
    )


def _tail(parsed: Parsed, tail: Tail, after: int, pack: Pack) -> int:
    """The last token of the phrase's tail after the verb, or -1. The tail's words stand together."""
    stop = min(len(parsed) - len(tail) + 1, after + 2 + WIDEST_PHRASE)
    for at in range(after + 1, stop):
        if stands(parsed, tail, at, pack):
            return at + len(tail) - 1
        if parsed.word[at] in ".;:" or parsed.word[at] in pack.grammar.complementisers:
            return -1
        if at > after + 1 and parsed.pos[at] in VERBAL and parsed.features[at].get("VerbForm") == "Fin":
            return -1
    return -1


def stands(parsed: Parsed, tail: Tail, at: int, pack: Pack) -> bool:
    """Whether the words of a tail stand at a token, one behind the other."""
    if at + len(tail) > len(parsed):
        return False
    return all(_is_variant(parsed.word[at + offset], words, pack) for offset, words in enumerate(tail))


def _is_variant(word: str, variants: frozenset[str], pack: Pack) -> bool:
    return word in variants or pack.grammar.plain(word) in variants


def verb_reading(parsed: Parsed, token: int, readings: tuple[Form, ...], pack: Pack) -> Form | None:
    """The reading of a written form that fits the tag; a verb's form tagged as a noun or adjective needs outer signs."""
    verbs = [form for form in readings if form.pos == "verb"]
    if not verbs:
        return None
    if _is_other(parsed, token) or parsed.pos[token] not in VERBAL and not (
        _looks_verbal(parsed, token, verbs, pack) or _stands_as_verb(parsed, token, verbs)
    ):
        return None
    if _opens_frame(parsed, token) and any(form.mood == "ind" for form in verbs):
        return next(form for form in verbs if form.mood == "ind")
    return _by_tag(parsed, token, verbs)


def _is_other(parsed: Parsed, token: int) -> bool:
    """Tagged as a word that no verb's form is mistaken for, or a noun under its own determiner."""
    pos = parsed.pos[token]
    if token and parsed.dep[token - 1] == "det" and parsed.head[token - 1] == token and parsed.dep[token] not in {"amod", "acl"}:
        return True
    if pos == "PROPN" and parsed.text[parsed.start[token]].islower():
        return False
    return pos in {"PROPN", "DET", "ADP", "PRON", "SCONJ", "CCONJ", "NUM", "PUNCT"}


def _by_tag(parsed: Parsed, token: int, verbs: list[Form]) -> Form:
    """The reading whose mood is the tag's; before an inverted clitic a finite one."""
    wanted = parsed.features[token].get("VerbForm")
    tense = parsed.features[token].get("Tense")
    if token + 1 < len(parsed) and parsed.word[token + 1].startswith("-") and len(parsed.word[token + 1]) > 1:
        wanted = "Fin"
    for form in verbs:
        if wanted == "Inf" and form.mood == "inf" or wanted == "Part" and form.mood == "part":
            if wanted == "Inf" or (tense == "Pres") == (form.tense == "pres"):
                return form
        if wanted == "Fin" and form.mood in {"ind", "cnd", "sub", "imp"}:
            return form
    return verbs[0]


def _opens_frame(parsed: Parsed, token: int) -> bool:
    """Right behind a quotation and its comma, before a noun phrase: a finite verb, whatever the tags (*"…", écrit l'agence*)."""
    if token == 0 or token + 1 >= len(parsed) or parsed.quoted[token] >= 0:
        return False
    behind = parsed.quoted[token - 1] >= 0 or parsed.word[token - 1] == "," and token > 1 and parsed.quoted[token - 2] >= 0
    return behind and parsed.pos[token + 1] in {"DET", "PROPN", "ADP", "ADV"}


def _stands_as_verb(parsed: Parsed, token: int, verbs: list[Form]) -> bool:
    """A present form that the tagger took for a noun (*juge, demande, note*).

    No determiner stands before it, and a quotation, a pronoun or a conjunction on one of its sides.
    """
    if not any(form.mood == "ind" for form in verbs) or token == 0 or token + 1 >= len(parsed):
        return False
    if parsed.pos[token - 1] in {"DET", "ADP", "ADJ", "NUM"}:
        return False
    opens = parsed.quoted[token] < 0 and parsed.quoted[token + 1] >= 0
    closes = parsed.quoted[token] < 0 and (
        parsed.quoted[token - 1] >= 0 or parsed.word[token - 1] == "," and token > 1 and parsed.quoted[token - 2] >= 0
    )
    if parsed.pos[token - 1] == "PROPN" and parsed.text[parsed.start[token]].islower():
        # *Maud Ferrier juge au contraire …*: a bare common noun does not follow a name.
        return parsed.pos[token + 1] in {"DET", "ADP", "ADV", "ADJ", "PRON"}
    return opens or closes or parsed.pos[token + 1] == "SCONJ" and parsed.dep[token + 1] == "mark"


def _looks_verbal(parsed: Parsed, token: int, verbs: list[Form], pack: Pack) -> bool:
    """A participle after its auxiliary, or a form before an inverted subject, whatever the tagger thought."""
    if any(form.mood == "part" for form in verbs) and token and parsed.pos[token] in {"ADJ", "NOUN", "ADV", "X", "PROPN", "PRON"}:
        previous = before_adverbs(parsed, token, 1)
        if parsed.pos[previous] == "AUX" or parsed.pos[previous] == "X" and parsed.dep[previous] == "dep" or parsed.word[previous] in pack.grammar.inverted_subjects:
            return True
        return parsed.pos[token] == "ADJ" and parsed.dep[token] in {"amod", "acl", "ROOT", "conj"}
    following = parsed.word[token + 1] if token + 1 < len(parsed) else ""
    if following.startswith("-") and following in pack.grammar.inverted_subjects | pack.grammar.inversion_links:
        return True
    return parsed.dep[token] == "ROOT" and any(parsed.dep[c] in {"nsubj", "ccomp"} for c in parsed.children[token])


def verb_group(parsed: Parsed, token: int, reading: Form, pack: Pack) -> VerbGroup:
    """The group around a verb's token: clitics, negation and auxiliaries to its left, inverted subject on either side."""
    scan = _Scan(parsed, token, pack)
    scan.leftward()
    scan.rightward()
    return scan.group(reading)


class _Scan:
    """One walk over the neighbours of a verb."""

    def __init__(self, parsed: Parsed, token: int, pack: Pack) -> None:
        self.parsed, self.token, self.pack, self.grammar = parsed, token, pack, pack.grammar
        self.first = self.last = token
        self.auxiliaries: list[int] = []
        self.inverted = self.addressee = self.object_clitic = -1
        self.reflexive = self.negated = False
        self.clitics: set[str] = set()

    def leftward(self) -> None:
        index, floor = self.token - 1, max(self._sentence_start(), self.token - WIDEST_GROUP)
        while index >= floor and self._take_left(index):
            index -= 1

    def _sentence_start(self) -> int:
        return self.parsed.sentences[self.parsed.sentence[self.token]][0]

    def _take_left(self, index: int) -> bool:
        word, parsed, grammar = self.parsed.word[index], self.parsed, self.grammar
        if word in grammar.reflexives and parsed.pos[index] in {"PRON", "X", "ADP"}:
            self.reflexive = True
        elif word in grammar.negation_openers:
            self.negated = True
        elif word in grammar.inverted_subjects and word.startswith("-"):
            self.inverted = index
        elif word in grammar.object_clitics and parsed.pos[index] == "PRON":
            self._take_object(index)
            return True  # an object is no part of the cue
        elif self._is_auxiliary(index):
            self.auxiliaries.append(index)
        else:
            return self._passes(index) or self._reaches_auxiliary(index)
        self.first = index
        return True

    def _take_object(self, index: int) -> None:
        word = self.parsed.word[index]
        self.clitics.add(word)
        # *a lui estimé*: behind the auxiliary the pronoun only stresses the subject.
        if self.auxiliaries or self.parsed.features[self.token].get("VerbForm") != "Part":
            if word in self.grammar.addressee_clitics:
                self.addressee = index
            elif word in self.grammar.direct_clitics:
                self.object_clitic = index

    def _passes(self, index: int) -> bool:
        """An adverb joins the group only if an auxiliary or a clitic follows further left."""
        parsed, word = self.parsed, self.parsed.word[index]
        if word in self.grammar.inversion_links or word in self.grammar.negation_closers or parsed.pos[index] == "ADV":
            return True
        return parsed.pos[index] == "ADP" and parsed.pos[index + 1] == "ADV"

    def _is_auxiliary(self, index: int) -> bool:
        # *a tweeté*: the tagger knows neither word
        unknown = self.parsed.pos[index] == "X" and self.parsed.dep[index] == "dep" and index + 1 == self.token
        if self.parsed.pos[index] not in VERBAL and not unknown:
            return False
        lemma = self.pack.lemma(self.parsed.word[index], "verb")
        return lemma in self.grammar.auxiliaries and (
            self.parsed.pos[index] == "AUX" or self.parsed.head[index] == self.token or index + 1 == self.first
        )

    def _reaches_auxiliary(self, index: int) -> bool:
        """Whether the auxiliary of the verb stands further left, beyond an insertion (*a, dans un tweet, fait part*)."""
        return self._bridged(index) or any(
            child < index and index - child < WIDEST_GROUP and self.parsed.dep[child].startswith("aux")
            for child in self.parsed.children[self.token]
        )

    def _bridged(self, index: int) -> bool:
        """*a de nouveau mis*, *aurait lui-même dit*: only small words up to the auxiliary, whatever the parser made of them."""
        parsed, nouns = self.parsed, 0
        if parsed.features[self.token].get("VerbForm") != "Part":
            return False
        for at in range(index, max(self._sentence_start() - 1, index - NARROW_GAP), -1):
            if self._has_auxiliary_form(at):
                # *s'est au contraire félicité*: a noun between them must follow a preposition.
                return not nouns or parsed.pos[at + 1] == "ADP"
            nouns += parsed.pos[at] == "NOUN"
            small = parsed.pos[at] in {"ADV", "ADP", "ADJ", "PRON", "DET"} or parsed.dep[at] in {"fixed", "advmod"}
            if not small and (parsed.pos[at] != "NOUN" or nouns > 1):
                return False
        return False

    def _has_auxiliary_form(self, index: int) -> bool:
        return self.parsed.pos[index] in VERBAL and self.pack.lemma(self.parsed.word[index], "verb") in self.grammar.auxiliaries

    def rightward(self) -> None:
        parsed, index = self.parsed, self.token + 1
        while index < len(parsed) and (
            parsed.word[index] in self.grammar.inversion_links or parsed.word[index] in self.grammar.inverted_subjects
        ):
            if parsed.word[index].startswith("-") and parsed.word[index] in self.grammar.inverted_subjects:
                self.inverted = self.last = index
            elif parsed.word[index] not in self.grammar.inversion_links:
                break
            index += 1
        if index < len(parsed) and parsed.word[index] in self.grammar.negation_closers and self.negated:
            self.last = index

    def group(self, reading: Form) -> VerbGroup:
        parsed = self.parsed
        finite = self.auxiliaries[-1] if self.auxiliaries else self.token
        mood = parsed.features[finite].get("Mood", "")
        shape = self._shape(reading, finite)
        passive = reading.mood == "part" and reading.lemma not in self.grammar.unaccusatives and self._is_passive()
        return VerbGroup(
            token=self.token,
            first=self.first,
            last=self.last,
            shape=shape,
            passive=passive and not self.reflexive,
            negated=self.negated,
            reflexive=self.reflexive,
            past=bool(self.auxiliaries) and not passive or parsed.features[finite].get("Tense") in {"Past", "Imp"},
            hearsay=mood == "Cnd" and bool(self.auxiliaries),
            inverted=self.inverted,
            addressee=self.addressee,
            object_clitic=self.object_clitic,
            clitics=frozenset(self.clitics),
        )

    def _shape(self, reading: Form, finite: int) -> Shape:
        if reading.mood == "part" and not self.auxiliaries:
            return "gerund" if reading.tense == "pres" else "participle"
        if reading.mood == "inf":
            return "infinitive"
        if self.auxiliaries:
            form = self.parsed.features[finite].get("VerbForm")
            return "infinitive" if form == "Inf" else "gerund" if form == "Part" else "finite"
        return "finite"

    def _is_passive(self) -> bool:
        lemmas = [self.pack.lemma(self.parsed.word[index], "verb") for index in self.auxiliaries]
        return bool(lemmas) and lemmas[0] == self.grammar.passive_auxiliary
