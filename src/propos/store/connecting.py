"""How connections are made: SQLite files with write-ahead log and foreign keys, PostgreSQL through psycopg."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exc, make_url, text

from propos import errors

WAIT = 30
"""Seconds to wait for another writer."""
_URL = re.compile(r"[a-z][a-z0-9+]*://", re.IGNORECASE)
_BEGIN = "propos_begin"


@dataclass(frozen=True, slots=True)
class Link:
    """A database that can be connected to, and what messages call it."""

    engine: Engine
    name: str


def link(target: str, *, create: bool, read_only: bool) -> Link:
    """The way to a dossier; nothing is connected yet. Raises :class:`propos.errors.StoreError`."""
    if _URL.match(target):
        return _postgres(_url(target), read_only=read_only)
    return Link(_sqlite(Path(target), create=create, read_only=read_only), target)


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """A transaction that means to write from its start, so that it waits for others instead of failing half-way."""
    with connection.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}).begin():
        yield


def alone(connection: Connection, lock: int) -> None:
    """Wait until no other process holds ``lock``, and hold it to the end of the transaction.

    A transaction of SQLite that means to write is alone by itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _url(target: str) -> URL:
    try:
        url = make_url(target)
    except (exc.ArgumentError, ValueError) as error:
        raise errors.STORE_URL_UNKNOWN(got=f"{target.partition('://')[0]}://…") from error
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise errors.STORE_URL_UNKNOWN(got=url.render_as_string(hide_password=True))
    return url.set(drivername="postgresql+psycopg")


def _postgres(url: URL, *, read_only: bool) -> Link:
    name = url.render_as_string(hide_password=True)
    if find_spec("psycopg") is None:
        raise errors.STORE_DRIVER_MISSING(name=name, package="psycopg")
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:  # psycopg's has the same methods
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{WAIT}s'")
        if read_only:
            cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return Link(engine, name)


def _sqlite(path: Path, *, create: bool, read_only: bool) -> Engine:
    if not path.exists() and not create:
        raise errors.STORE_MISSING(name=path)
    if path.is_dir():
        raise errors.STORE_NOT_DOSSIER(name=path, reason="it is a folder")
    uri = f"file:{quote(str(path.absolute()))}?mode={_mode(path, create=create, read_only=read_only)}"
    # The engine's own BEGIN is switched off (isolation_level): ours says whether the transaction means to write.
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            uri, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
        ),
        poolclass=QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine


def _mode(path: Path, *, create: bool, read_only: bool) -> str:
    if not read_only:
        return "rwc" if create else "rw"
    # SQLite writes beside the file even to read one with a write-ahead log, unless told that nobody changes it.
    logged = path.with_name(path.name + "-wal").exists()
    writable = os.access(path.absolute().parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    return "ro" if logged or writable else "ro&immutable=1"
