"""Steps from one version of the tables to the next, small and named; each file tells one.

A new dossier is made with the tables as they are now (``m0001``); an older one takes the steps that it lacks, all in
one transaction; a newer one is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, inspect

from propos import errors
from propos.store import connecting
from propos.store.migrations import m0001_tables, m0002_editions, m0003_questions, m0004_marks
from propos.store.tables import dossier, metadata

LOCK = 0x70726F706F73
"""PostgreSQL: who holds this advisory lock is making or changing the tables."""


@dataclass(frozen=True, slots=True)
class Step:
    """What makes version ``version`` of the one before it; run again over its own work, it does nothing."""

    version: int
    apply: Callable[[Connection], None]


STEPS: tuple[Step, ...] = (
    Step(1, m0001_tables.apply),
    Step(2, m0002_editions.apply),
    Step(3, m0003_questions.apply),
    Step(4, m0004_marks.apply),
)
VERSION = STEPS[-1].version


def bring_up_to_date(engine: Engine, name: str, *, create: bool, read_only: bool) -> None:
    """Make the tables, or bring them to the present version; raises :class:`propos.errors.StoreError`."""
    with engine.connect() as connection:
        version = _version(connection, name)
    if version == VERSION:
        return
    if version is not None and version > VERSION:
        raise errors.STORE_NEWER(name=name, got=version, known=VERSION)
    if version is None and (read_only or not create):
        raise errors.STORE_NOT_DOSSIER(name=name, reason="it is empty")
    if read_only:
        raise errors.STORE_OLDER(name=name, got=version, known=VERSION)
    with engine.connect() as connection, connecting.writing(connection):
        _change(connection, name)


def _change(connection: Connection, name: str) -> None:
    """Take the steps that are missing; somebody else may have taken them while this process waited."""
    connecting.alone(connection, LOCK)
    version = _version(connection, name)
    if version is None:
        m0001_tables.apply(connection)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [{"key": "schema", "value": str(VERSION)}, {"key": "created", "value": made}]
        connection.execute(dossier.insert(), rows)
        return
    for step in STEPS:
        if step.version > version:
            step.apply(connection)
    connection.execute(dossier.update().where(dossier.c.key == "schema").values(value=str(VERSION)))


def _version(connection: Connection, name: str) -> int | None:
    """The version of the tables; ``None`` where there are none. Raises ``store-not-dossier``."""
    found = set(inspect(connection).get_table_names())
    if dossier.name not in found:
        # A file belongs to one program; a database of a server may hold other tables beside ours.
        foreign = found if connection.dialect.name == "sqlite" else found & set(metadata.tables)
        if foreign:
            raise errors.STORE_NOT_DOSSIER(name=name, reason=f"it holds other tables ({', '.join(sorted(foreign)[:3])})")
        return None
    columns = {column["name"] for column in inspect(connection).get_columns(dossier.name)}
    value = None
    if columns >= {"key", "value"}:
        value = connection.execute(dossier.select().where(dossier.c.key == "schema")).scalars(1).first()
    if not isinstance(value, str) or not value.isdecimal():
        raise errors.STORE_NOT_DOSSIER(name=name, reason="its table 'dossier' names no version")
    return int(value)
