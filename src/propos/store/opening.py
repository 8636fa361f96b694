"""A dossier is opened here: a file (SQLite) or a database named by URL (PostgreSQL)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike, fspath
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from propos.store import connecting, migrations
from propos.store.faults import translated


class Store:
    """An open dossier. Close it, or use it in a ``with`` statement.

    ``name`` is what messages call it: its path, or its URL without the password.
    """

    def __init__(self, engine: Engine, name: str, *, read_only: bool = False) -> None:
        self.engine = engine
        self.name = name
        self.read_only = read_only

    @classmethod
    def open(cls, target: str | PathLike[str], *, create: bool = True, read_only: bool = False) -> Store:
        """Open the dossier at a path or a ``postgresql+psycopg://`` URL; one of older tables is brought up to date.

        ``create``: make it where there is none. Raises :class:`propos.errors.StoreError`.
        """
        link = connecting.link(fspath(target), create=create and not read_only, read_only=read_only)
        store = cls(link.engine, link.name, read_only=read_only)
        try:
            with translated(store.name, opening=True):
                migrations.bring_up_to_date(store.engine, store.name, create=create, read_only=read_only)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to ask with; what it sees stays the same until it is left (SQLite). Raises ``StoreError``."""
        with translated(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept whole when it is left, and not at all after an error."""
        with translated(self.name), self.engine.connect() as connection, connecting.writing(connection):
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(target: str | PathLike[str], *, create: bool = True, read_only: bool = False) -> Store:
    """Open a dossier; see :meth:`Store.open`."""
    return Store.open(target, create=create, read_only=read_only)
