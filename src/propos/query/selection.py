"""The entries of a dossier that filters keep, in order of publication, a batch in memory at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Connection, Row, Table, func
from sqlalchemy.sql.elements import ColumnElement

from propos.query.filters import Filters
from propos.query.scope import Condition, Scope
from propos.store.copies import moment
from propos.store.decoding import to_record
from propos.store.entry import CopyGroup, DossierActor, Entry
from propos.store.tables import actors, article_actors, articles, copy_groups, events, readings, statements

BATCH = 100
_Row: TypeAlias = Row[*tuple[Any, ...]]
Ids: TypeAlias = Mapping[int, AbstractSet[str]]
"""Reading -> ids in its record."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles filters keep, how many groups those are (an article without copies is one), and what they hold."""

    articles: int
    groups: int
    statements: int
    events: int


def select(connection: Connection, filters: Filters, *, retired: bool = False) -> Iterator[Entry]:
    """The entries that the filters keep, by date of publication, then by time, then by key; undated ones last.

    Superseded and withdrawn articles only with ``retired``. Where an actor, a side, a type or a factuality is asked
    for, an article of which no statement or event is left is not among them. Raises ``actor-unknown``.
    """
    scope = Scope.of(connection, filters, retired=retired)
    columns = (
        articles.c.id, articles.c.key, articles.c.status, articles.c.copy_group, articles.c.reading,
        copy_groups.c.canonical,
    )  # fmt: skip
    wanted = (
        sql.select(*columns)
        .outerjoin_from(articles, copy_groups, copy_groups.c.id == articles.c.copy_group)
        .where(*scope.articles, *scope.readings())
        .order_by(*in_order())
    )
    # ``yield_per``: PostgreSQL keeps the result on its side, so that a dossier of any size streams.
    result = connection.execute(wanted, execution_options={"yield_per": BATCH})
    for rows in result.partitions():
        yield from _entries(connection, scope, rows)


def count(connection: Connection, filters: Filters, *, retired: bool = False) -> Counts:
    """Count what the filters keep; raises ``actor-unknown``."""
    scope = Scope.of(connection, filters, retired=retired)
    kept = (*scope.articles, *scope.readings())
    copied, number = articles.c.copy_group, func.count()
    asked = sql.select(number, number - func.count(copied) + func.count(copied.distinct()))
    found, groups = connection.execute(asked.select_from(articles).where(*kept)).one()
    return Counts(
        found,
        groups,
        _number(connection, statements, [*kept, *scope.statements()]),
        _number(connection, events, [*kept, *scope.events()]),
    )


def in_order() -> Sequence[ColumnElement[Any]]:
    """Articles by date of publication, then by time, then by key; undated ones last."""
    published, issued = articles.c.published, articles.c.issued
    return (published.is_(None), published, issued.is_(None), issued, articles.c.key)


def _number(connection: Connection, table: Table, conditions: Sequence[Condition]) -> int:
    joined = table.join(articles, articles.c.reading == table.c.reading)
    return int(connection.execute(sql.select(func.count()).select_from(joined).where(*conditions)).scalar_one())


def _entries(connection: Connection, scope: Scope, rows: Sequence[_Row]) -> Iterator[Entry]:
    numbers = [row.reading for row in rows]
    asked = sql.select(readings.c.id, readings.c.record).where(readings.c.id.in_(numbers))
    records = {row.id: row.record for row in connection.execute(asked)}
    groups, casts = _groups(connection, rows), _casts(connection, numbers)
    said = happened = None
    if scope.narrow:
        said = _ids(connection, statements, numbers, scope.statements())
        happened = _ids(connection, events, numbers, scope.events())
    for row in rows:
        record = to_record(records[row.reading], row.id)
        group = groups.get(row.copy_group)
        yield Entry(
            row.id,
            row.key,
            record,
            tuple(item for item in record.statements if said is None or item.id in said[row.reading]),
            tuple(item for item in record.events if happened is None or item.id in happened[row.reading]),
            row.status,
            None if group is None else CopyGroup(group.id, row.canonical == row.id, group.size, group.outlets),
            casts.get(row.reading, {}),
        )


def _ids(connection: Connection, table: Table, numbers: Sequence[int], conditions: Sequence[Condition]) -> Ids:
    """The ids of a record's statements or events that are kept."""
    asked = sql.select(table.c.reading, table.c.id).where(table.c.reading.in_(numbers), *conditions)
    found: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(asked):
        found[row.reading].add(row.id)
    return found


def _casts(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, DossierActor]]:
    columns = (
        article_actors.c.reading, article_actors.c.id.label("member"), actors.c.id, actors.c.key, actors.c.name,
        actors.c.kind, actors.c.country, actors.c.sector,
    )  # fmt: skip
    wanted = sql.select(*columns).join_from(article_actors, actors, actors.c.id == article_actors.c.actor)
    found: dict[int, dict[str, DossierActor]] = defaultdict(dict)
    for row in connection.execute(wanted.where(article_actors.c.reading.in_(numbers))):
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
