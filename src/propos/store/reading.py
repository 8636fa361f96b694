"""Articles and records out of the dossier, as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from propos.model import Document, Record
from propos.store.decoding import to_document, to_record
from propos.store.entry import Status
from propos.store.opening import Store
from propos.store.tables import articles, readings

AT_A_TIME = 200
"""Articles fetched with one question: no transaction stays open while they are worked on."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with its current record."""

    article: int
    key: str
    status: Status
    record: Record


@dataclass(frozen=True, slots=True)
class Outdated:
    """An article whose current reading was made by another pipeline."""

    article: int
    document: Document


_STORED = (
    select(articles.c.id, articles.c.key, articles.c.status, readings.c.record)
    .join(readings, readings.c.article == articles.c.id)
    .where(readings.c.current)
    .order_by(articles.c.id)
    .limit(AT_A_TIME)
)
_OUTDATED = (
    select(articles.c.id, articles.c.document)
    .join(readings, readings.c.article == articles.c.id)
    .where(readings.c.current)
    .order_by(articles.c.id)
    .limit(AT_A_TIME)
)


def document(connection: Connection, article: int) -> Document | None:
    """The document of an article, equal to the one that was taken in."""
    found = connection.execute(select(articles.c.document).where(articles.c.id == article)).scalar()
    return None if found is None else to_document(found, article)


def record(connection: Connection, article: int) -> Record | None:
    """The current record of an article, equal to the one that was written."""
    asked = select(readings.c.record).where(readings.c.article == article, readings.c.current)
    found = connection.execute(asked).scalar()
    return None if found is None else to_record(found, article)


def records(store: Store, *, status: Status | None = "current") -> Iterator[Stored]:
    """Every article of a status (``None``: of all) with its current record, in the order they came in; streamed."""
    asked = _STORED if status is None else _STORED.where(articles.c.status == status)
    last = 0
    while page := _page(store, asked, last):
        for last, key, its_status, written in page:
            yield Stored(last, key, its_status, to_record(written, last))


def outdated(store: Store, pipeline: str) -> Iterator[Outdated]:
    """Every article whose current reading has another pipeline than ``pipeline``, in the order they came in; streamed."""
    asked = _OUTDATED.where(readings.c.pipeline != pipeline)
    last = 0
    while page := _page(store, asked, last):
        for last, written in page:
            yield Outdated(last, to_document(written, last))


def count_outdated(store: Store, pipeline: str) -> int:
    """How many articles :func:`outdated` gives."""
    asked = select(func.count()).where(readings.c.current, readings.c.pipeline != pipeline)
    with store.reading() as connection:
        return connection.execute(asked).scalar_one()


def _page(store: Store, asked: Select[Any], last: int) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(asked.where(articles.c.id > last)))
