"""Articles into the dossier: each in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, CursorResult, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from propos.errors import InputError
from propos.model import Document, Record
from propos.store import connecting, editions, failing, ledger, rows
from propos.store.editions import Retired
from propos.store.faults import translated
from propos.store.filling import fill
from propos.store.opening import Store
from propos.store.tables import articles, readings

# Made once: SQLAlchemy keeps what it has compiled by the statement.
_ARTICLE, _READING = insert(articles), insert(readings)
_OF_ARTICLE = readings.c.article == bindparam("of")
NONE = Retired()
_RETIRE = update(readings).where(_OF_ARTICLE, readings.c.current)
_REPLACE = delete(readings).where(_OF_ARTICLE, readings.c.pipeline == bindparam("by"))
_SHOW = update(articles).where(articles.c.id == bindparam("of")).values(reading=bindparam("shown"))
_REVIVE = update(readings).where(_OF_ARTICLE, readings.c.pipeline == bindparam("by"))


@dataclass(frozen=True, slots=True)
class Added:
    """An article that is in now, and how many editions of its item stopped being current by it."""

    article: int
    retired: Retired = NONE


class Writer:
    """Writes articles over one connection, one transaction each; use it in a ``with`` statement.

    Every method raises :class:`propos.errors.StoreError`; what was written before stays.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        with translated(store.name):
            self._connection = store.engine.connect()
            self._failed = failing.places(self._connection)
            self._connection.rollback()

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys whose articles are in."""
        with translated(self.store.name), self._connection.begin():
            return ledger.known(self._connection, set(keys))

    def add(self, document: Document, record: Record) -> Added | None:
        """Take an article in; ``None`` where somebody else took it in meanwhile."""
        key = ledger.key_of(document)
        try:
            with self._transaction() as connection:
                return _add(connection, document, record, key, clear=bool(self._failed))
        except IntegrityError:
            if self.known([key]):
                return None
            raise

    def read_again(self, article: int, record: Record) -> None:
        """Keep a new reading of an article as the current one; those of other pipelines stay beside it."""
        with self._transaction() as connection:
            connection.execute(_REPLACE, {"of": article, "by": ledger.pipeline_of(record.propos)})
            connection.execute(_RETIRE.values(current=False), {"of": article})
            _keep_reading(connection, article, record, _now())

    def revive(self, article: int, pipeline: str) -> bool:
        """Make a reading that is here already the current one; ``False`` where there is none by this pipeline."""
        with self._transaction() as connection:
            asked = select(readings.c.id).where(_OF_ARTICLE, readings.c.pipeline == bindparam("by"))
            shown = connection.execute(asked, {"of": article, "by": pipeline}).scalar()
            if shown is None:
                return False
            connection.execute(_RETIRE.values(current=False), {"of": article})
            connection.execute(_REVIVE.values(current=True), {"of": article, "by": pipeline})
            connection.execute(_SHOW, {"of": article, "shown": shown})
            return True

    def note_failure(self, error: InputError) -> None:
        """Keep why an article could not be taken in."""
        with self._transaction() as connection:
            failing.note(connection, error, _now())
        self._failed.add(failing.place_of(error))

    def clear_failures(self, documents: Iterable[Document]) -> None:
        """Forget the failures of articles that turned out to be in."""
        mended = list(documents)
        if self._failed and mended:
            with self._transaction() as connection:
                failing.clear(connection, mended)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self.store.name), connecting.writing(self._connection):
            yield self._connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()


def _add(connection: Connection, document: Document, record: Record, key: str, *, clear: bool) -> Added:
    now = _now()
    row = rows.article(document, key, now)
    if row["guid"] is not None:
        editions.lock(connection, row["guid"])
    article = _id(connection.execute(_ARTICLE, row | {"status": "current"}))
    _keep_reading(connection, article, record, now)
    if clear:
        failing.clear(connection, [document])
    return Added(article, editions.settle(connection, row["guid"]) if row["guid"] is not None else NONE)


def _keep_reading(connection: Connection, article: int, record: Record, now: str) -> None:
    row = {
        "article": article,
        "pipeline": ledger.pipeline_of(record.propos),
        "current": True,
        "record": rows.to_json(record),
        "read_at": now,
    }
    reading = _id(connection.execute(_READING, row))
    connection.execute(_SHOW, {"of": article, "shown": reading})
    fill(connection, record, reading)


def _id(done: CursorResult[Any]) -> int:
    """The number that a new row was given."""
    key: Sequence[Any] = done.inserted_primary_key or ()
    return int(key[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
