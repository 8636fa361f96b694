"""One place where the text names, describes or points to an actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from propos.lang.actors import Gender, Number
from propos.model import ActorKind, Span

MentionSort = Literal["name", "title", "description", "demonym", "metonym", "acronym", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention: tokens ``first`` to ``last`` (both included), its ``head`` token, and what the words alone say.

    ``key``: identity given by the lexicon (ISO code of a state, usual name of an organisation).
    ``name``: folded words of a proper name; ``shown``: that name as written, or the usual name.
    ``office``: the post or the noun (*foreign minister*, *manifestant*), ``noun`` the folded words of that title as
    written; ``body``: key of what the post belongs to, where that is no state. ``described``: folded words that narrow a description down (adjectives, complements).
    ``fresh``: opened by an indefinite article, so probably somebody new; ``owned``: by a possessive; ``shown_at``: by a
    demonstrative; ``former``: of an office held before. ``weak``: only a capital says that it is a name. ``silent``: it stands for an actor without being a
    mention (a document that speaks for its author). ``pointer``: a pronoun that is no mention either.
    """

    first: int
    last: int
    head: int
    span: Span
    sort: MentionSort
    kind: ActorKind
    gender: Gender = ""
    number: Number = "sing"
    country: str | None = None
    sector: str = "UNK"
    key: str = ""
    name: tuple[str, ...] = ()
    shown: str = ""
    office: str = ""
    noun: str = ""
    body: str = ""
    described: frozenset[str] = frozenset()
    role: Span | None = None
    fresh: bool = False
    owned: bool = False
    shown_at: bool = False
    former: bool = False
    speaker: bool = False
    subject: bool = False
    weak: bool = False
    silent: bool = False
    pointer: bool = False

    @property
    def post(self) -> str:
        """The office, kept apart where it is held no more: *l'ex-Premier ministre* is not the Premier ministre."""
        return f"ex {self.office}" if self.former and self.office else self.office

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.last - self.first + 1
