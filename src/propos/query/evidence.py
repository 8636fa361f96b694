"""Passages for rows that count: an early and a late statement of each group, packed into text so that SQL can pick them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Text, cast, func
from sqlalchemy.sql.elements import ColumnElement

from propos.model import Span
from propos.query.passages import Passage, Place, passages
from propos.store.tables import articles, statements

_BETWEEN = "\x1f"
_Shown: TypeAlias = tuple[Place, str]


def earliest() -> ColumnElement[str | None]:
    """The first statement of a group of rows, by day."""
    return func.min(_packed())


def latest() -> ColumnElement[str | None]:
    """The last one."""
    return func.max(_packed())


def _packed() -> ColumnElement[str]:
    parts: list[Any] = [
        func.coalesce(articles.c.published, ""), articles.c.key, func.coalesce(articles.c.outlet, ""),
        cast(articles.c.id, Text), cast(statements.c.content_start, Text), cast(statements.c.content_end, Text),
        statements.c.content,
    ]  # fmt: skip
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + _BETWEEN + part
    return joined  # type: ignore[no-any-return]


def shown(connection: Connection, groups: Sequence[Iterable[str | None]]) -> list[tuple[Passage, ...]]:
    """The passages of each group; what stands in several parts is shown from the first to the last."""
    found = [[_unpacked(packed) for packed in dict.fromkeys(group) if packed] for group in groups]
    parted = passages(connection, (place for group in found for place, words in group if not _whole(place, words)))
    return [tuple(parted.get(place) or _passage(place, words) for place, words in group) for group in found]


def _unpacked(packed: str) -> _Shown:
    published, key, outlet, article, start, end, words = packed.split(_BETWEEN, 6)
    span = Span(int(start), int(end))
    return Place(int(article), key, outlet or None, published or None, span, sentence=False), words


def _whole(place: Place, words: str) -> bool:
    return len(words) == place.span.end - place.span.start


def _passage(place: Place, words: str) -> Passage:
    return Passage(place.key, place.outlet, place.published, place.span.start, place.span.end, words)
