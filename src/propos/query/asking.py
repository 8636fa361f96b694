"""What is asked: filters, a second party, how to count, themes; the same for every question."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sqlalchemy import Connection, select

from propos import errors
from propos.query.filters import Filters
from propos.query.scope import Scope, actors_named
from propos.query.themes import NONE, Themes, kept
from propos.store.tables import actors

By = Literal["actor", "side", "sector", "gender", "outlet", "week", "month"]


@dataclass(frozen=True)
class Asked:
    """``other`` and ``other_side``: the second party of a dialogue, a name or a country. ``by``: how to count."""

    connection: Connection
    filters: Filters = field(default_factory=Filters)
    other: str | None = None
    other_side: str | None = None
    by: By | None = None
    themes: Themes = NONE

    @cached_property
    def matters(self) -> Themes:
        """The themes that are asked with, or else those that the dossier keeps."""
        return self.themes if self.themes.terms else kept(self.connection)

    @property
    def scope(self) -> Scope:
        """The filters in this dossier; raises ``actor-unknown``."""
        return Scope.of(self.connection, self.filters)

    def party(self, question: str) -> frozenset[int]:
        """The ids of the actors that the filters name; raises ``question-needs`` where they name none."""
        return self._party(self.filters.actor, self.filters.side, question, "an actor or a side", "--actor or --side")

    def second(self, question: str) -> frozenset[int]:
        """The ids of the second party; raises ``question-needs`` where there is none."""
        return self._party(self.other, self.other_side, question, "a second party", "--with or --with-side")

    def _party(self, name: str | None, side: str | None, question: str, what: str, option: str) -> frozenset[int]:
        if name is None and side is None:
            raise errors.QUESTION_NEEDS(name=question, what=what, option=option)
        found: frozenset[int] | None = None if name is None else actors_named(self.connection, name)
        if side is not None:
            there = frozenset(self.connection.execute(select(actors.c.id).where(actors.c.country == side)).scalars())
            found = there if found is None else found & there
        return found or frozenset()

    def counted(self, question: str, allowed: tuple[By, ...]) -> By:
        """By what to count, the first by default; raises ``question-by``."""
        by = self.by or allowed[0]
        if by not in allowed:
            raise errors.QUESTION_BY(name=question, got=by, allowed=", ".join(allowed))
        return by
