"""What is in a dossier, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Join, Select, Table, func, select

from propos.store.tables import articles, dossier, events, failures, readings, statements

_CURRENT = (articles.c.status == "current", readings.c.current)


LATEST = 5
"""So many failures are named."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article is not in, and when that was seen (ISO 8601)."""

    file: str
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a dossier.

    ``groups`` counts the copies of one dispatch once. Statements and events are those of the current readings of
    current articles. ``first`` and ``last`` are the dates of publication between which they lie, ``readings`` counts
    older ones too.
    """

    schema: str
    created: str
    articles: dict[str, int]
    groups: int
    outlets: dict[str, int]
    first: str | None
    last: str | None
    readings: int
    pipelines: dict[str, int]
    statements: int
    events: dict[str, int]
    failures: dict[str, int]
    failed: tuple[Failure, ...]
    """The latest failures."""


def count(connection: Connection) -> Counts:
    """The figures; each of ``articles``, ``outlets``, ``events``, ``failures`` by name, the most frequent first."""
    facts = {row.key: row.value for row in connection.execute(select(dossier.c.key, dossier.c.value))}
    current = articles.c.status == "current"
    dates = connection.execute(select(func.min(articles.c.published), func.max(articles.c.published)).where(current))
    first, last = dates.one()
    return Counts(
        schema=facts.get("schema", ""),
        created=facts.get("created", ""),
        articles=_by(connection, select(articles.c.status, func.count()).group_by(articles.c.status)),
        groups=_groups(connection),
        outlets=_by(connection, select(articles.c.outlet, func.count()).where(current).group_by(articles.c.outlet)),
        first=first,
        last=last,
        readings=_number(connection, select(func.count()).select_from(readings)),
        pipelines=_by(
            connection, select(readings.c.pipeline, func.count()).where(readings.c.current).group_by(readings.c.pipeline)
        ),
        statements=_number(connection, select(func.count()).select_from(_read(statements)).where(*_CURRENT)),
        events=_by(
            connection,
            select(events.c.type, func.count()).select_from(_read(events)).where(*_CURRENT).group_by(events.c.type),
        ),
        failures=_by(connection, select(failures.c.code, func.count()).group_by(failures.c.code)),
        failed=_latest(connection),
    )


def _latest(connection: Connection) -> tuple[Failure, ...]:
    asked = select(failures.c.file, failures.c.reason, failures.c.seen)
    newest = asked.order_by(failures.c.seen.desc(), failures.c.id.desc()).limit(LATEST)
    return tuple(Failure(row.file, row.reason, row.seen) for row in connection.execute(newest))


def _read(table: Table) -> Join:
    return table.join(readings, table.c.reading == readings.c.id).join(articles, readings.c.article == articles.c.id)


def _groups(connection: Connection) -> int:
    """Current articles, those of one group of copies as one."""
    current = articles.c.status == "current"
    grouped = select(func.count(articles.c.copy_group.distinct())).where(current)
    alone = select(func.count()).where(current, articles.c.copy_group.is_(None))
    return _number(connection, grouped) + _number(connection, alone)


def _number(connection: Connection, asked: Select[Any]) -> int:
    return int(connection.execute(asked).scalar_one())


def _by(connection: Connection, asked: Select[Any]) -> dict[str, int]:
    found = [(name or "", number) for name, number in connection.execute(asked)]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))
