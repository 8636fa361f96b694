"""One pass over the tokens: what the actor lexicon says of each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from propos.lang.actors import ActorLexicon, Civility, Demonym, Name, Title
from propos.lang.folding import atoms, fold
from propos.reading.parse import Parsed

_QUOTES = frozenset('«»“”„‹›"')
_CLOSED = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "ADV", "AUX", "PUNCT", "NUM"})


@dataclass
class Scan:
    """The lexicon laid over a parse; every list has one entry a token.

    ``names``, ``titles`` and ``nations`` give, for the token at which an entry begins, its last token and the entry.
    """

    parsed: Parsed
    lexicon: ActorLexicon
    word: list[str] = field(default_factory=list)
    upper: list[bool] = field(default_factory=list)
    names: dict[int, tuple[int, tuple[Name, ...]]] = field(default_factory=dict)
    titles: dict[int, tuple[int, Title]] = field(default_factory=dict)
    nations: dict[int, tuple[int, tuple[Demonym, ...]]] = field(default_factory=dict)
    civilities: dict[int, Civility] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text, starts = self.parsed.text, self.parsed.start
        self.word = [fold(word) for word in self.parsed.word]
        self.upper = [text[start].isupper() for start in starts]
        self._look_up()
        self._settle_nations()

    def may_begin(self, token: int) -> bool:
        """Whether a mention can begin with the noun or name at a token: all other tokens are passed over."""
        word = self.word[token]
        return (
            self.upper[token]
            or word in self.lexicon.openers
            or "-" in word
            or word in self.lexicon.words.generic_people
        )

    def __len__(self) -> int:
        return len(self.word)

    def _look_up(self) -> None:
        """Every entry of the lexicon, the longest at each token."""
        pieces: list[str] = []
        ends: dict[int, int] = {}
        begins: list[int] = []
        for token, word in enumerate(self.word):
            begins.append(len(pieces))
            pieces.extend(atoms(word) if "-" in word else (word,))
            ends[len(pieces)] = token
        openers = self.lexicon.openers
        for token, at in enumerate(begins):
            if self.word[token] in openers or "-" in self.word[token]:
                after = begins[token + 1] if token + 1 < len(begins) else len(pieces)
                if at < after:
                    self._at(token, at, after, pieces, ends)

    def _at(self, token: int, at: int, after: int, pieces: list[str], ends: dict[int, int]) -> None:
        lexicon, day = self.lexicon, self.parsed.document.published
        for length, names in lexicon.names.matches(pieces, at):
            last = ends.get(at + length)
            if last is None or self.parsed.word[last].endswith("-"):
                continue
            written = self.parsed.phrase(token, last)
            fitting = tuple(name for name in names if name.fits(written) and name.holds_on(day))
            if fitting:
                self.names[token] = (last, fitting)
                break
        for start in (at, at + 1) if after - at > 1 and pieces[at] in lexicon.words.before_nouns else (at,):
            for length, titles in lexicon.titles.matches(pieces, start):
                last = ends.get(start + length)
                if last is not None:
                    self.titles[token] = (last, titles[0])
                    break
            if token in self.titles:
                break
        self._nation(token)
        civility = lexicon.civilities.get(self.word[token])
        if civility is not None:
            self.civilities[token] = civility

    def _nation(self, token: int) -> None:
        """A demonym, also one that the parser cuts at its hyphen (*sri-lankais*)."""
        demonyms, word = self.lexicon.demonyms, self.word
        found = demonyms.get(word[token])
        if found is not None:
            self.nations[token] = token, found
        elif token + 2 < len(word) and word[token + 1] == "-":
            found = demonyms.get(f"{word[token]}-{word[token + 2]}")
            if found is not None:
                self.nations[token] = token + 2, found

    def city(self, token: int) -> int:
        """Last token of the city or region that begins at a token; -1 where none does."""
        window = [atom for word in self.word[token : token + 4] for atom in atoms(word)]
        length = next((length for length, _ in self.lexicon.places.matches(window, 0)), 0) if window else 0
        last = token - 1
        while length > 0:
            last += 1
            length -= len(atoms(self.word[last]))
        return last if last >= token else -1

    def _settle_nations(self) -> None:
        """A demonym of several states (*congolais*) is that of the one that the text names; else of the first."""
        shared = [token for token, (_, found) in self.nations.items() if len({d.country for d in found}) > 1]
        if shared:
            named = Counter(name.key for _, (name, *_) in self.names.values() if name.kind == "state")
            for token in shared:
                last, found = self.nations[token]
                self.nations[token] = last, tuple(sorted(found, key=lambda d: -named[d.country]))

    def country(self, token: int) -> str | None:
        """The state of the demonym that begins at a token, or ``None``."""
        found = self.nations.get(token)
        return found[1][0].country if found else None

    def opens(self, token: int) -> bool:
        """Whether a capital says nothing here: the first word of a sentence or of a quotation."""
        parsed = self.parsed
        if parsed.sentences[parsed.sentence[token]][0] == token:
            return True
        return parsed.word[token - 1] in {":", "-", "--", "–", "—", "•", "."} or self.quote_before(token)

    def quote_before(self, token: int) -> bool:
        """Whether a quotation mark stands between this token and the one before."""
        if token == 0:
            return False
        parsed = self.parsed
        between = parsed.text[parsed.end[token - 1] : parsed.start[token]]
        return any(char in _QUOTES for char in between)

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two tokens stand in one sentence; false for indices outside the text."""
        size = len(self.word)
        return 0 <= one < size and 0 <= other < size and self.parsed.sentence[one] == self.parsed.sentence[other]

    def is_name_word(self, token: int) -> bool:
        """Whether a token looks like a word of a proper name."""
        if not self.upper[token] or self.word[token] in self.lexicon.words.not_names:
            return False
        if self.word[token] in self.lexicon.words.locative_prepositions:
            return False
        if not self.opens(token):
            return self.parsed.pos[token] not in {"ADP", "CCONJ", "SCONJ"} or self._capital_particle(token)
        if self._commands(token):
            return False
        if self.word[token] in self.lexicon.given or self.parsed.pos[token] == "PROPN":
            return True
        following = token + 1
        return (
            self.parsed.pos[token] not in _CLOSED
            and not (self._given(following) if following < len(self.word) else False)
            and self.same_sentence(token, following)
            and self.upper[following]
            and not self.quote_before(following)
            and self.parsed.pos[following] == "PROPN"
        )

    def _commands(self, token: int) -> bool:
        """*Disons-le*: an imperative with its object, whatever the tagger takes it for."""
        hyphen, clitic = token + 1, token + 2
        joined = self.same_sentence(token, clitic) and self.word[hyphen] == "-"
        return joined and not self.upper[clitic] and self.word[clitic] in self.lexicon.words.definite_articles

    def _capital_particle(self, token: int) -> bool:
        """*El* Pueblo, *De* Vries: inside a sentence a particle with a capital belongs to the name behind it."""
        following = token + 1
        joined = self.word[token] in self.lexicon.words.name_particles and self.same_sentence(token, following)
        return joined and self.upper[following]

    def name_end(self, token: int) -> int:
        """Last token of the proper name that begins at ``token``, or -1."""
        if not self.is_name_word(token) or token in self.titles and not self._given(token):
            return -1
        last, at = token, token + 1
        while self.same_sentence(token, at) and not self.quote_before(at) and at - token < 9:
            reach = self._next_word(token, last, at)
            if reach < 0:
                break
            last, at = reach, reach + 1
        return last

    def _given(self, token: int) -> bool:
        return self.word[token] in self.lexicon.given

    def _next_word(self, first: int, last: int, at: int) -> int:
        """The last token of the name's next word, with the particles before it; -1 where the name has ended."""
        parsed, words = self.parsed, self.lexicon.words
        if self.upper[at] and parsed.word[at][0].isalpha():
            return -1 if self._breaks(at) or self._place_before(first, last, at) else at
        if parsed.word[at] == "-" and parsed.end[at - 1] == parsed.start[at] and at + 1 < len(self.word):
            return at + 1 if parsed.end[at] == parsed.start[at + 1] and parsed.word[at + 1][0].isalpha() else -1
        if self.word[at] not in words.name_particles:
            return -1
        if self.word[at] in words.complement_prepositions | words.articles and (last > first or not self._given(first)):
            return -1
        reach = at + 1
        while (
            self.same_sentence(first, reach)
            and (self.word[reach] in words.name_particles or parsed.word[reach] == "-")
            and reach - at < 4
        ):
            reach += 1
        if not self.same_sentence(first, reach) or not self.upper[reach] or self._breaks(reach):
            return -1
        return reach

    def _place_before(self, first: int, last: int, at: int) -> bool:
        """Whether a listed place ends here and a person's name begins (*la Bretagne Yann Kerdoncuf*)."""
        found = self.names.get(first)
        return (
            found is not None
            and found[0] == last
            and found[1][0].sort == "region"
            and self._given(at)
            and not self._given(first)
        )

    def _breaks(self, at: int) -> bool:
        """Whether a capitalised word opens something else: a title, a civility, a state."""
        # *Paul Berger* is no shepherd: behind a given name a capital is a surname.
        if at in self.civilities or at in self.titles and not (self._given(at) or self._given(at - 1)):
            return True
        found = self.names.get(at)
        if found is None or self._given(at):
            return False
        # *Jean Lima* is a person: nobody writes a capital right behind another name.
        surname = (
            found[1][0].sort == "capital" and at - 1 not in self.names and self.word[at - 1] not in self.lexicon.openers
        )
        return found[1][0].kind in {"state", "igo"} and not surname
