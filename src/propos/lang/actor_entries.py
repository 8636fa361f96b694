"""The entries of the actor lexicon and the index that finds them in a text.

Matching works on *atoms*: words without accents, in lower case, cut at spaces, hyphens and after apostrophes, so that
``Etats-Unis``, ``États Unis`` and the parser's own way of cutting words all meet the same entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from propos.lang.folding import atoms, cut
from propos.model import ActorKind

T = TypeVar("T")
Gender = Literal["m", "f", ""]
Number = Literal["sing", "plur", ""]
Sort = Literal["state", "capital", "seat", "organisation", "region", "epithet"]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name of the lexicon.

    ``key`` tells actors apart: an ISO 3166-1 alpha-3 code for a state, its capital and its seats of power;
    the usual name for an organisation. ``shown`` is that usual name; ``form`` the way in which this entry is written;
    ``bare``: it stands without an article (*Israël*, *Moscou*). ``valid``: first and last day of use, as ISO dates, empty
    for always; only the user's own file is so precise.
    """

    key: str
    shown: str
    form: str
    sort: Sort
    kind: ActorKind
    country: str | None
    sector: str
    gender: Gender
    number: Number
    bare: bool = False
    valid: tuple[str, str] = ("", "")

    def holds_on(self, day: str | None) -> bool:
        """Whether the entry is in use on a day (ISO date); an unknown day excludes nothing."""
        first, last = self.valid
        return not day or first <= day and (not last or day <= last)

    def fits(self, written: str) -> bool:
        """Whether the capitals of ``written`` are those of the entry (*un*, *US* and *us* differ).

        Where more words of the entry have one, the first may go without (*le conseil de l'Europe*).
        """
        if self.form.isupper() and len(self.form) <= 4:
            return written.isupper() or len(self.form) > 3 and written[0].isupper()
        first, *rest = zip(cut(self.form), cut(written), strict=False)
        named = any(entry[0].isupper() for entry, _ in rest)
        return all(word[0].isupper() or entry[0].islower() for entry, word in (rest if named else (first, *rest)))


@dataclass(frozen=True, slots=True)
class Title:
    """One form of a title or of a noun for people and bodies (*ministre*, *manifestants*, *armée*).

    ``office`` is shared by titles that mean the same post; otherwise it is the title's lemma.
    """

    lemma: str
    office: str
    kind: ActorKind
    sector: str
    country: str | None
    gender: Gender
    number: Number

    @property
    def person(self) -> bool:
        """Whether it is said of people."""
        return self.kind == "person"


@dataclass(frozen=True, slots=True)
class Civility:
    """A word before a surname (*M.*, *Mme*, *général*). ``bare``: it carries no title of its own."""

    form: str
    gender: Gender
    number: Number
    sector: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Demonym:
    """A demonym of a state: *russe*, *Russes*."""

    country: str
    gender: Gender
    number: Number


class Index(Generic[T]):
    """Phrases by their first atom; the longest phrase is found first."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], T]]) -> None:
        grouped: dict[str, dict[tuple[str, ...], list[T]]] = defaultdict(dict)
        for words, item in entries:
            if words:
                grouped[words[0]].setdefault(words[1:], []).append(item)
        self._rows = {
            first: tuple(
                (rest, tuple(items)) for rest, items in sorted(group.items(), key=lambda pair: (-len(pair[0]), pair[0]))
            )
            for first, group in grouped.items()
        }

    def matches(self, words: Sequence[str], at: int) -> Iterator[tuple[int, tuple[T, ...]]]:
        """Number of atoms and entries of every phrase that stands at ``at``, the longest first."""
        rows = self._rows.get(words[at], ())
        second = words[at + 1] if rows and at + 1 < len(words) else ""
        for rest, items in rows:
            if not rest or rest[0] == second and tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                yield 1 + len(rest), items

    @property
    def openers(self) -> frozenset[str]:
        """The first atoms of all phrases."""
        return frozenset(self._rows)

    def get(self, phrase: str) -> tuple[T, ...]:
        """The entries written exactly so."""
        words = atoms(phrase)
        for length, items in self.matches(words, 0) if words else ():
            if length == len(words):
                return items
        return ()
