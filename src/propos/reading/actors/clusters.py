"""Mentions gathered for one actor, with what they say together."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field

from propos.lang.actors import Gender, Name, Number
from propos.model import ActorKind
from propos.reading.actors.mention import Mention

_BODIES = frozenset({"organisation", "igo", "state"})


@dataclass(eq=False)
class Cluster:
    """An actor in the making; mentions are added as they are recognised."""

    mentions: list[Mention] = field(default_factory=list)
    kind: ActorKind = "person"
    gender: Gender = ""
    number: Number = ""
    country: str | None = None
    sector: str = "UNK"
    key: str = ""
    name: tuple[str, ...] = ()
    shown: str = ""
    bodies: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    fixed: str = ""

    def add(self, mention: Mention) -> None:
        """Take a mention and what it says; earlier facts are kept where they differ."""
        if not self.mentions:
            self.kind, self.number, self.key = mention.kind, mention.number, mention.key
        self.mentions.append(mention)
        insort(self.places, mention.first)
        if mention.silent and len(self.mentions) > 1:
            return
        self.gender = self.gender or mention.gender
        self.key = self.key or mention.key
        self.country = self.country or mention.country
        if self.sector in {"UNK", "CVL", "BUS"} and mention.sector != "UNK" and mention.sort != "pronoun":
            self.sector = mention.sector
        if len(mention.name) > len(self.name) or not self.shown and mention.shown:
            self.name, self.shown = mention.name, mention.shown
        if mention.sort != "pronoun":
            self._describe(mention)

    def _describe(self, mention: Mention) -> None:
        if mention.office:
            self.offices.add(mention.post)
            self.nouns.add(mention.noun)
        if mention.body:
            self.bodies.add(mention.body)
        self.described |= mention.described

    def told(self, known: Name) -> None:
        """Take what the user's own file says, over what the text suggests."""
        self.country, self.fixed = known.country or self.country, known.sector

    def agrees(self, mention: Mention) -> bool:
        """Whether gender, number and country do not conflict; bodies change gender with the noun used (*forces*, *armée*)."""
        if self.kind in _BODIES and mention.kind in _BODIES:
            return not (self.country and mention.country and self.country != mention.country)
        return (
            not (self.gender and mention.gender and self.gender != mention.gender)
            and not (self.number and mention.number and self.number != mention.number)
            and not (self.country and mention.country and self.country != mention.country)
        )

    def gap(self, token: int) -> tuple[bool, int]:
        """How far the nearest mention is, in tokens; one before the token counts as nearer than any after."""
        at = bisect_right(self.places, token)
        return (False, token - self.places[at - 1]) if at else (True, self.places[0] - token)

    def empty(self) -> None:
        """Forget the mentions: they belong to another actor now."""
        self.mentions.clear()
        self.places.clear()
