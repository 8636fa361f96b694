"""What every reader of mentions needs: the scan, who speaks, and how a mention is put together."""

from __future__ import annotations

from dataclasses import dataclass

from propos.lang.actor_words import ActorWords
from propos.lang.actors import Gender, Number
from propos.lang.folding import atoms
from propos.model import ActorKind, Span
from propos.reading.actors.mention import Mention, MentionSort
from propos.reading.actors.scan import Scan
from propos.reading.syntax import SUBJECTS

# How many tokens back *le pays* may look for its name.
FARTHEST = 80


@dataclass(frozen=True, slots=True)
class Builder:
    """The scan and the head tokens of the sources of statements."""

    scan: Scan
    speakers: frozenset[int]

    @property
    def words(self) -> ActorWords:
        """The pack's function words."""
        return self.scan.lexicon.words

    def acts(self, token: int) -> bool:
        """Whether the token is a subject, an agent, or the source of a statement."""
        parsed = self.scan.parsed
        head = parsed.head[token] if parsed.dep[token] in {"flat:name", "conj"} else token
        return (
            parsed.dep[head] in SUBJECTS
            or parsed.dep[head] == "obl:agent"
            or token in self.speakers
            or head in self.speakers
        )

    def text(self, first: int, last: int) -> str:
        """The words as written."""
        return self.scan.parsed.phrase(first, last)

    def known_person(self, first: int, last: int) -> bool:
        """Whether the user's own file has a person of that name."""
        persons = self.scan.lexicon.persons
        return bool(persons) and atoms(self.text(first, last)) in persons

    def state_before(self, token: int) -> str:
        """The state whose name, capital or demonym stands last before a token; empty for none near."""
        for at in range(token - 1, max(token - FARTHEST, -1), -1):
            if at in self.scan.names and self.scan.names[at][1][0].kind == "state":
                return self.scan.names[at][1][0].key
            if at in self.scan.nations:
                return self.scan.nations[at][1][0].country
        return ""

    def article(self, token: int) -> int:
        """The token of the definite article before ``token``, or ``token``."""
        before = token - 1
        return (
            before
            if self.scan.same_sentence(token, before) and self.scan.word[before] in self.words.definite_articles
            else token
        )

    def before(self, token: int) -> str:
        """The folded word before a token in its sentence; empty for none."""
        return self.scan.word[token - 1] if self.scan.same_sentence(token, token - 1) else ""

    def gender(self, first: int, head: int) -> Gender:
        """The gender that the determiner at ``first`` shows."""
        opening = self.scan.word[first] if first < head else ""
        if opening in self.words.feminine_determiners:
            return "f"
        return "m" if opening in self.words.masculine_determiners else ""

    def plural_opening(self, first: int, head: int) -> bool:
        """Whether the determiner at ``first`` is a plural one."""
        return first < head and self.scan.word[first] in self.words.plural_determiners

    def make(  # noqa: PLR0913 - one parameter a field of the mention
        self, first: int, last: int, head: int, sort: MentionSort, kind: ActorKind, gender: Gender, number: Number, *,
        country: str | None = None, sector: str = "UNK", key: str = "", named: tuple[int, int] = (-1, -1), shown: str = "",
        office: str = "", body: str = "", described: frozenset[str] = frozenset(), role: Span | None = None,
        weak: bool = False, silent: bool = False, span: Span | None = None,
    ) -> Mention:  # fmt: skip
        """A mention; ``named``: first and last token of the proper name in it."""
        scan = self.scan
        name = atoms(self.text(*named)) if named[0] >= 0 else ()
        opening = scan.word[first]
        noun = " ".join(scan.word[head : scan.titles[head][0] + 1]) if head in scan.titles else scan.word[head]
        return Mention(
            first, last, head, span or scan.parsed.span(first, last), sort, kind, gender, number, country, sector, key, name,
            shown or (self.text(*named) if name else ""), office, noun if office else "", body, described, role,
            fresh=opening in self.words.indefinite_articles,
            owned=opening in self.words.possessives,
            shown_at=opening in self.words.demonstratives,
            former=any(word.split("-")[0] in self.words.former for word in scan.word[first : head + 1]),
            speaker=any(token in self.speakers for token in range(first, last + 1)),
            subject=any(scan.parsed.dep[token] in SUBJECTS for token in range(first, last + 1)),
            weak=weak, silent=silent,
        )  # fmt: skip
