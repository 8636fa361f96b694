"""Articles that have words and phrases, the best first, with the places where they have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sql
from sqlalchemy import Connection

from propos.model import Span
from propos.query.filters import Filters
from propos.query.scope import Scope
from propos.store import search
from propos.store.hits import hits
from propos.store.tables import articles

AROUND = 80
"""Characters before and after a hit that a snippet shows at most."""


@dataclass(frozen=True, slots=True)
class Find:
    """An article that was found.

    ``published`` is an ISO date, month or year. ``hits`` are places in the article's text; none where only its title
    has the words. ``snippet`` is the text around the first of them on one line, or else its beginning.
    """

    key: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    snippet: str
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Finds:
    """The best articles, and how many there are in all."""

    best: tuple[Find, ...]
    total: int


def find(connection: Connection, words: str, filters: Filters, limit: int) -> Finds:
    """The ``limit`` best articles with these words that the filters keep; ``filters.query`` gives way to ``words``.

    Superseded and withdrawn articles are left out. Raises ``actor-unknown``.
    """
    scope = Scope.of(connection, replace(filters, query=words))
    asked = sql.select(articles.c.id).where(*scope.articles, *scope.readings())
    kept = set(connection.execute(asked).scalars())
    ranked = [article for article in search.search(connection, words) if article in kept]
    return Finds(tuple(_found(connection, ranked[:limit], search.parse(words))), len(ranked))


def snippet(text: str, places: Sequence[Span]) -> str:
    """The text around the first place on one line, cut between words, with ``…`` where it goes on."""
    first = places[0] if places else Span(0, 0)
    start, end = max(0, first.start - AROUND), min(len(text), first.end + AROUND)
    if start > 0:
        space = text.find(" ", start, first.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", first.end, end)
        end = space if space >= 0 else end
    line = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{line}{'…' if end < len(text) else ''}"


def _found(connection: Connection, ids: Sequence[int], terms: Sequence[search.Term]) -> list[Find]:
    columns = (
        articles.c.id, articles.c.key, articles.c.published, articles.c.outlet, articles.c.title, articles.c.url,
        articles.c.language, articles.c.text,
    )  # fmt: skip
    out: dict[int, Find] = {}
    for begin in range(0, len(ids), search.BATCH):  # databases bound the values of one question
        some = list(ids[begin : begin + search.BATCH])
        for row in connection.execute(sql.select(*columns).where(articles.c.id.in_(some))):
            places = tuple(hits(row.text, terms, row.language))
            told = snippet(row.text, places)
            out[row.id] = Find(row.key, row.published, row.outlet, row.title, row.url, told, places)
    return [out[article] for article in ids]
