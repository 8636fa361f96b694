"""The words in an article that a row of an answer rests on, with their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from propos.model import Span
from propos.store.sentences import sentence
from propos.store.tables import articles

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """``words`` stand from ``start`` to ``end`` (half-open, code points) in the article with this key."""

    article: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """A span in an article of the dossier, not yet looked up."""

    article: int
    key: str
    outlet: str | None
    published: str | None
    span: Span
    sentence: bool = True
    """Whether the whole sentence around the span is wanted."""


def passages(connection: Connection, places: Iterable[Place]) -> dict[Place, Passage]:
    """Look up the words of some places."""
    wanted = list(dict.fromkeys(places))
    texts = _texts(connection, sorted({place.article for place in wanted}))
    return {place: _passage(place, texts[place.article]) for place in wanted}


def _texts(connection: Connection, ids: list[int]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), _BATCH):
        asked = select(articles.c.id, articles.c.text).where(articles.c.id.in_(ids[start : start + _BATCH]))
        found |= {row.id: row.text for row in connection.execute(asked)}
    return found


def _passage(place: Place, text: str) -> Passage:
    span = sentence(text, place.span) if place.sentence else place.span
    return Passage(place.key, place.outlet, place.published, span.start, span.end, span.of(text))
