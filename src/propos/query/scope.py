"""Which rows of a dossier filters keep, as conditions of SQL on articles, statements and events.

Questions join ``articles`` with the rows of its current reading (``articles.reading``) and add these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

import sqlalchemy as sql
from sqlalchemy import Connection, and_, exists, func, or_
from sqlalchemy.sql.elements import ColumnElement

from propos import errors
from propos.query.filters import Filters
from propos.store import search
from propos.store.corrections import folded
from propos.store.tables import actor_names, actors, articles, copy_groups, events, parties, statements

Condition: TypeAlias = ColumnElement[bool]
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """What filters mean in one dossier. ``actors``: ids of whom ``filters.actor`` names, ``None`` where it names nobody.

    ``articles`` are conditions on articles alone: status, dates, outlet, words, copies.
    """

    filters: Filters
    actors: frozenset[int] | None
    articles: tuple[Condition, ...]

    @classmethod
    def of(cls, connection: Connection, filters: Filters, *, retired: bool = False) -> Scope:
        """Look up what the filters name; superseded and withdrawn articles only with ``retired``.

        Raises ``actor-unknown``.
        """
        named = None if filters.actor is None else actors_named(connection, filters.actor)
        return cls(filters, named, tuple(_of_articles(connection, filters, retired=retired)))

    @property
    def narrow(self) -> bool:
        """Whether some statements and events of an article may be kept and others not."""
        asked = self.filters
        return bool(self.actors is not None or asked.side or asked.types or asked.factuality)

    def statements(self) -> list[Condition]:
        """Of rows of ``statements``: who speaks, and which events they carry."""
        kept = list(self._are(statements.c.actor))
        if asked := list(self._events_asked()):
            kept.append(exists().where(events.c.reading == statements.c.reading, carries(), *asked))
        return kept

    def events(self) -> list[Condition]:
        """Of rows of ``events``: type, factuality, and who takes part."""
        party = and_(parties.c.reading == events.c.reading, parties.c.event == events.c.id)
        return [*self._events_asked(), *(exists().where(party, is_) for is_ in self._are(parties.c.actor))]

    def readings(self) -> list[Condition]:
        """Of rows of ``articles``: that some statement or event of theirs is kept, where not all are."""
        if not self.narrow:
            return []
        said = sql.select(statements.c.reading).where(*self.statements())
        happened = sql.select(events.c.reading).where(*self.events())
        return [articles.c.reading.in_(sql.union(said, happened))]

    def _are(self, actor: ColumnElement[int | None]) -> Iterator[Condition]:
        if self.actors is not None:
            yield actor.in_(sorted(self.actors))
        if self.filters.side:
            yield actor.in_(sql.select(actors.c.id).where(actors.c.country == self.filters.side))

    def _events_asked(self) -> Iterator[Condition]:
        if self.filters.types:
            yield events.c.type.in_(self.filters.types)
        if self.filters.factuality:
            yield events.c.factuality.in_(self.filters.factuality)


def carries() -> Condition:
    """Whether an event hangs on a statement: is held by it, stands in what is said, or in the word of saying itself."""
    start = events.c.trigger_start
    return or_(
        events.c.holder == statements.c.id,
        and_(start >= statements.c.content_start, start < statements.c.content_end),
        and_(start >= statements.c.cue_start, start < statements.c.cue_end),
    )


def actors_named(connection: Connection, name: str) -> frozenset[int]:
    """The ids of the actors with this name, alias or key; of a last name alone, of all persons who bear it.

    Raises ``actor-unknown``.
    """
    wanted = folded(name)
    named = sql.select(actor_names.c.actor).where(actor_names.c.folded == wanted)
    ids = frozenset(
        connection.execute(sql.select(actors.c.id).where(or_(actors.c.key == name, actors.c.id.in_(named)))).scalars()
    )
    ids = ids or _bearing(connection, wanted)
    if not ids:
        raise errors.ACTOR_UNKNOWN(got=name or "''", near=", ".join(_near(connection, wanted)) or "none")
    return ids


def _near(connection: Connection, wanted: str) -> list[str]:
    asked = sql.select(actor_names.c.folded).distinct().order_by(actor_names.c.folded)
    return get_close_matches(wanted, list(connection.execute(asked).scalars()), _SHOWN, 0.5)


def _bearing(connection: Connection, last_name: str) -> frozenset[int]:
    """The persons whose name ends in these words; nobody where there are none."""
    if not last_name:
        return frozenset()
    ends = actor_names.c.folded.endswith(f" {last_name}", autoescape=True)
    joined = sql.select(actors.c.id).join(actor_names, actor_names.c.actor == actors.c.id)
    return frozenset(connection.execute(joined.where(actors.c.kind == "person", ends)).scalars())


def _of_articles(connection: Connection, filters: Filters, *, retired: bool) -> Iterator[Condition]:
    yield articles.c.reading.is_not(None)
    yield from _dated(filters)
    if not retired:
        yield articles.c.status == "current"
    if filters.unit == "group":
        groups = copy_groups.alias()  # the question may join them too
        yield or_(articles.c.copy_group.is_(None), articles.c.id.in_(sql.select(groups.c.canonical)))
    if filters.outlet is not None:
        yield articles.c.outlet.in_(_outlets(connection, filters.outlet))
    if filters.query is not None:
        yield articles.c.id.in_(search.matching(connection, filters.query))


def _dated(filters: Filters) -> Iterator[Condition]:
    """A month or a year is in a period that has a day of it."""
    exact = func.length(articles.c.published)
    if filters.start is not None:
        yield articles.c.published >= func.substr(filters.start, 1, exact)
        yield articles.c.published >= filters.start[:4]  # what an index can use
    if filters.end is not None:
        yield articles.c.published <= func.substr(filters.end, 1, exact)
        yield articles.c.published <= filters.end


def _outlets(connection: Connection, name: str) -> list[str]:
    """The outlets of this name as articles write them, accents and case aside."""
    asked = sql.select(articles.c.outlet).where(articles.c.outlet.is_not(None)).distinct()
    return [outlet for outlet in connection.execute(asked).scalars() if folded(outlet) == folded(name)]
