"""The themes of a dossier: how much is said on each, by whom it is printed, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import Row, select

from propos.model import Span
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.passages import Passage, Place, passages
from propos.query.recent import recent
from propos.query.selection import in_order
from propos.store.tables import articles, statements

_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """``statements`` and ``articles`` have one of the ``terms`` in what is said; the first of each story counts.

    ``passage`` is the sentence of the statement that has the most of the terms, the earliest of equals.
    """

    theme: str
    terms: tuple[str, ...]
    statements: int
    articles: int
    outlets: int
    first: str | None
    last: str | None
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


@dataclass
class _Heard:
    rows: int = 0
    articles: set[int] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    best: tuple[int, Place] | None = None


def themes(asked: Asked) -> Answer[Topic]:
    """The themes in force, those on which most is said first; raises ``actor-unknown``."""
    scope, since = recent(asked.connection, asked.scope)
    joined = statements.join(articles, articles.c.reading == statements.c.reading)
    wanted = select(*_COLUMNS).select_from(joined).where(*scope.articles, *scope.statements())
    ordered = wanted.order_by(*in_order(), statements.c.content_start, statements.c.id)
    heard: dict[str, _Heard] = defaultdict(_Heard)
    for row in asked.connection.execute(ordered):
        for theme, count in asked.matters.counted(row.content).items():
            _hear(heard[theme], row, count)
    shown = passages(asked.connection, (item.best[1] for item in heard.values() if item.best))
    rows = [_topic(theme, asked.matters.terms[theme], item, shown[item.best[1]]) for theme, item in heard.items() if item.best]
    return Answer(Topic, tuple(sorted(rows, key=lambda row: (-row.articles, -row.statements, row.theme))), since)


_COLUMNS = (
    articles.c.id, articles.c.key, articles.c.outlet, articles.c.published, statements.c.content,
    statements.c.content_start, statements.c.content_end,
)  # fmt: skip


def _hear(item: _Heard, row: _Row, count: int) -> None:
    item.rows += 1
    item.articles.add(row.id)
    item.outlets |= {row.outlet} - {None}
    item.days |= {row.published} - {None}
    if item.best is None or count > item.best[0]:
        span = Span(row.content_start, row.content_end)
        item.best = count, Place(row.id, row.key, row.outlet, row.published, span)


def _topic(theme: str, terms: Sequence[str], item: _Heard, passage: Passage) -> Topic:
    days = sorted(item.days)
    first, last = (days[0], days[-1]) if days else (None, None)
    return Topic(theme, tuple(terms), item.rows, len(item.articles), len(item.outlets), first, last, passage)
