"""The entries of a dossier that filters keep, in order of publication, a batch in memory at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Connection, Row, Select, exists, func, or_
from sqlalchemy.sql.elements import ColumnElement

from propos import errors, serialise
from propos.model import Event, Record, Statement
from propos.query.filters import Filters
from propos.store import search
from propos.store.copies import moment
from propos.store.corrections import folded
from propos.store.entry import CopyGroup, DossierActor, Entry
from propos.store.tables import actor_names, actors, articles, cast, copy_groups, events, readings

BATCH = 100
_SHOWN = 5
_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles filters keep, how many groups those are (an article without copies is one), and what they hold."""

    articles: int
    groups: int
    statements: int
    events: int


def select(connection: Connection, filters: Filters, *, retired: bool = False) -> Iterator[Entry]:
    """The entries that the filters keep, by date of publication, then by time, then by id; undated ones last.

    Superseded and withdrawn articles only with ``retired``. Where an actor, a side, a type or a factuality is asked
    for, an article of which no statement or event is left is not among them. Raises ``actor-unknown``.
    """
    keep = _Keep.of(connection, filters)
    wanted = _articles(connection, filters, keep.actors, retired=retired)
    # ``yield_per``: PostgreSQL keeps the result on its side, so that a dossier of any size streams.
    result = connection.execute(wanted, execution_options={"yield_per": BATCH})
    for rows in result.partitions():
        groups, casts = _groups(connection, rows), _casts(connection, rows)
        for row in rows:
            entry = keep.entry(row, casts.get(row.reading, {}), groups.get(row.copy_group))
            if entry is not None:
                yield entry


def count(connection: Connection, filters: Filters, *, retired: bool = False) -> Counts:
    """Count what the filters keep; raises ``actor-unknown``."""
    groups: set[tuple[str, int]] = set()
    number = statements = happened = 0
    for entry in select(connection, filters, retired=retired):
        number += 1
        statements += len(entry.statements)
        happened += len(entry.events)
        groups.add(("group", entry.group.id) if entry.group is not None else ("article", entry.article))
    return Counts(number, len(groups), statements, happened)


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
        known = (
            connection.execute(sql.select(actor_names.c.folded).distinct().order_by(actor_names.c.folded))
            .scalars()
            .all()
        )
        near = get_close_matches(wanted, known, _SHOWN, 0.5)
        raise errors.ACTOR_UNKNOWN(got=name or "''", near=", ".join(near) or "none")
    return ids


def _bearing(connection: Connection, last_name: str) -> frozenset[int]:
    """The persons whose name ends in these words; nobody where there are none."""
    if not last_name:
        return frozenset()
    ends = actor_names.c.folded.endswith(f" {last_name}", autoescape=True)
    joined = sql.select(actors.c.id).join(actor_names, actor_names.c.actor == actors.c.id)
    return frozenset(connection.execute(joined.where(actors.c.kind == "person", ends)).scalars())


@dataclass(frozen=True, slots=True)
class _Keep:
    """Which statements and events of a record are kept; ``actors`` are ids of the dossier, ``None`` for all."""

    filters: Filters
    actors: frozenset[int] | None

    @classmethod
    def of(cls, connection: Connection, filters: Filters) -> _Keep:
        return cls(filters, None if filters.actor is None else actors_named(connection, filters.actor))

    @property
    def narrow(self) -> bool:
        asked = self.filters
        return bool(self.actors is not None or asked.side or asked.types or asked.factuality)

    def entry(self, row: _Row, known: dict[str, DossierActor], group: CopyGroup | None) -> Entry | None:
        record = serialise.from_dict(json.loads(row.record), name=row.name)
        mine = None if group is None else CopyGroup(group.id, row.canonical == row.id, group.size, group.outlets)
        statements, happened = record.statements, record.events
        if self.narrow:
            statements, happened = self._chosen(record, known)
            if not statements and not happened:
                return None
        return Entry(row.id, row.key, record, statements, happened, row.status, mine, known)

    def _chosen(
        self, record: Record, known: dict[str, DossierActor]
    ) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
        are = self._are(record, known)
        asked = [event for event in record.events if self._is_asked(event)]
        happened = tuple(
            event for event in asked if all(any(map(is_, (*event.actors, *event.recipients))) for is_ in are)
        )
        spoken = [item for item in record.statements if all(is_(item.speaker_actor or "") for is_ in are)]
        if self.filters.types or self.filters.factuality:
            spoken = [item for item in spoken if any(_carries(item, event) for event in asked)]
        return tuple(spoken), happened

    def _are(self, record: Record, known: dict[str, DossierActor]) -> list[Callable[[str], bool]]:
        """What is asked of an actor of the record, by id."""
        asked: list[Callable[[str], bool]] = []
        if self.actors is not None:
            mine = {item for item, actor in known.items() if actor.id in self.actors}
            asked.append(mine.__contains__)
        if self.filters.side:
            there = {actor.id for actor in record.actors if actor.country == self.filters.side}
            asked.append(there.__contains__)
        return asked

    def _is_asked(self, event: Event) -> bool:
        types, factuality = self.filters.types, self.filters.factuality
        return (not types or event.type in types) and (not factuality or event.factuality in factuality)


def _carries(statement: Statement, event: Event) -> bool:
    """Whether the event hangs on the statement, or its word stands in what is said."""
    return event.holder == statement.id or any(span.covers(event.trigger) for span in statement.content)


def _articles(
    connection: Connection, filters: Filters, named: frozenset[int] | None, *, retired: bool
) -> Select[*tuple[Any, ...]]:
    """Everything that may be kept: the database leaves out what it can tell, the record decides the rest."""
    joined = articles.join(readings, readings.c.article == articles.c.id).outerjoin(
        copy_groups, copy_groups.c.id == articles.c.copy_group
    )
    columns = (
        articles.c.id, articles.c.key, articles.c.name, articles.c.status, articles.c.copy_group,
        copy_groups.c.canonical, readings.c.id.label("reading"), readings.c.record,
    )  # fmt: skip
    conditions = [readings.c.current.is_(True), *_dated(filters), *_mentioned(filters, named)]
    if not retired:
        conditions.append(articles.c.status == "current")
    if filters.unit == "group":
        conditions.append(or_(articles.c.copy_group.is_(None), copy_groups.c.canonical == articles.c.id))
    if filters.outlet is not None:
        conditions.append(articles.c.outlet.in_(_outlets(connection, filters.outlet)))
    if filters.query is not None:
        conditions.append(articles.c.id.in_(search.matching(connection, filters.query)))
    order = (
        articles.c.published.is_(None), articles.c.published, articles.c.issued.is_(None), articles.c.issued, articles.c.id
    )  # fmt: skip
    return sql.select(*columns).select_from(joined).where(*conditions).order_by(*order)


def _dated(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """A month or a year is in a period that has a day of it."""
    exact = func.length(articles.c.published)
    if filters.start is not None:
        yield articles.c.published >= func.substr(filters.start, 1, exact)
        yield articles.c.published >= filters.start[:4]  # what an index can use
    if filters.end is not None:
        yield articles.c.published <= func.substr(filters.end, 1, exact)
        yield articles.c.published <= filters.end


def _mentioned(filters: Filters, named: frozenset[int] | None) -> Iterator[ColumnElement[bool]]:
    of_reading = cast.c.reading == readings.c.id
    if named is not None:
        yield exists().where(of_reading, cast.c.actor.in_(named))
    if filters.side:
        yield exists().where(of_reading, cast.c.country == filters.side)
    if filters.types or filters.factuality:
        asked: list[ColumnElement[bool]] = [events.c.reading == readings.c.id]
        if filters.types:
            asked.append(events.c.type.in_(filters.types))
        if filters.factuality:
            asked.append(events.c.factuality.in_(filters.factuality))
        yield exists().where(*asked)


def _outlets(connection: Connection, name: str) -> list[str]:
    """The outlets of this name as articles write them, accents and case aside."""
    written = connection.execute(
        sql.select(articles.c.outlet).where(articles.c.outlet.is_not(None)).distinct()
    ).scalars()
    return [outlet for outlet in written if folded(outlet) == folded(name)]


def _casts(connection: Connection, rows: Sequence[_Row]) -> dict[int, dict[str, DossierActor]]:
    columns = (
        cast.c.reading, cast.c.id.label("member"), actors.c.id, actors.c.key, actors.c.name, actors.c.kind,
        actors.c.country, actors.c.sector,
    )  # fmt: skip
    wanted = sql.select(*columns).join_from(cast, actors, actors.c.id == cast.c.actor)
    found: dict[int, dict[str, DossierActor]] = defaultdict(dict)
    for row in connection.execute(wanted.where(cast.c.reading.in_([row.reading for row in rows]))):
        actor = DossierActor(row.id, row.key, row.name, row.kind, row.country, row.sector)
        found[row.reading][row.member] = actor
    return found


def _groups(connection: Connection, rows: Sequence[_Row]) -> dict[int, CopyGroup]:
    """The groups of copies by id, with their outlets; which article is canonical, each entry says."""
    ids = sorted({row.copy_group for row in rows if row.copy_group is not None})
    columns = (articles.c.copy_group, articles.c.outlet, articles.c.published, articles.c.issued, articles.c.key)
    members: dict[int, list[_Row]] = defaultdict(list)
    for row in connection.execute(sql.select(*columns).where(articles.c.copy_group.in_(ids))):
        members[row.copy_group].append(row)
    return {group: _group(group, found) for group, found in members.items()}


def _group(group: int, members: Sequence[_Row]) -> CopyGroup:
    ordered = sorted(members, key=lambda row: (moment(row.published, row.issued), row.key))
    outlets = tuple(dict.fromkeys(row.outlet for row in ordered if row.outlet))
    return CopyGroup(group, canonical=False, size=len(members), outlets=outlets)
