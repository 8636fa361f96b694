"""Chains: who relays whom, and how much rests on sources without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Row, and_, case, func

from propos.lang import anonymous
from propos.model import Span
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.passages import Passage, Place, passages
from propos.query.selection import in_order
from propos.store.tables import actors, articles, statements

NAME = "sources"
_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Relay:
    """``relay`` passes on what ``source`` said; ``relay`` is a speaker or a medium, ``source`` a speaker.

    ``passage``: the first of these statements, in its sentence.
    """

    relay: str
    source: str
    anonymous: bool
    statements: int
    articles: int
    outlets: int
    first: str | None
    last: str | None
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


@dataclass(frozen=True, slots=True)
class Reliance:
    """How much an outlet, or what is said of a side, rests on named, unnamed and no sources; ``share`` of the unnamed.

    ``most``: the sources relied on most, the first five.
    """

    who: str
    statements: int
    named: int
    anonymous: int
    unknown: int
    share: float
    most: tuple[str, ...]


def chains(asked: Asked) -> Answer[Relay]:
    """Who relays whom, the most frequent first."""
    relayed: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in _relayed(asked):
        if row.relay != row.source:
            relayed[row.relay, row.source].append(row)
    places = {pair: _place(rows[0]) for pair, rows in relayed.items()}
    found = passages(asked.connection, places.values())
    relays = [_relay(*pair, rows, found[places[pair]]) for pair, rows in relayed.items()]
    return Answer(Relay, tuple(sorted(relays, key=lambda row: (-row.statements, row.relay, row.source))))


def _relayed(asked: Asked) -> Iterable[_Row]:
    """Every statement that somebody passes on, with the two names, in the order of the articles."""
    scope = asked.scope
    said, over = statements, statements.alias("over")
    source, relay = actors.alias("source"), actors.alias("relay")
    # ``via`` names the statement that passes this one on, or has the words of a medium.
    through = func.coalesce(relay.c.name, over.c.speaker, case((over.c.id.is_(None), said.c.via)))
    who = func.coalesce(source.c.name, said.c.speaker)
    joined = (
        said.join(articles, articles.c.reading == said.c.reading)
        .outerjoin(over, and_(over.c.reading == said.c.reading, over.c.id == said.c.via))
        .outerjoin(source, source.c.id == said.c.actor)
        .outerjoin(relay, relay.c.id == over.c.actor)
    )
    columns = (
        through.label("relay"), who.label("source"), articles.c.id, articles.c.key, articles.c.outlet,
        articles.c.published, said.c.content_start, said.c.content_end,
    )  # fmt: skip
    kept = (*scope.articles, *scope.statements(), said.c.via.is_not(None), through.is_not(None), who.is_not(None))
    return asked.connection.execute(sql.select(*columns).select_from(joined).where(*kept).order_by(*in_order()))


def _place(row: _Row) -> Place:
    return Place(row.id, row.key, row.outlet, row.published, Span(row.content_start, row.content_end))


def _relay(relay: str, source: str, rows: list[_Row], passage: Passage) -> Relay:
    days = [row.published for row in rows if row.published]
    return Relay(
        relay, source, anonymous.is_anonymous(source), len(rows), len({row.id for row in rows}),
        len({row.outlet for row in rows}), min(days, default=None), max(days, default=None), passage,
    )  # fmt: skip


def sources(asked: Asked) -> Answer[Reliance]:
    """How much rests on sources without a name, by outlet or by the speaker's side; raises ``question-by``."""
    by = asked.counted(NAME, ("outlet", "side"))
    scope = asked.scope
    group: Any = articles.c.outlet if by == "outlet" else actors.c.country
    joined = statements.join(articles, articles.c.reading == statements.c.reading)
    joined = joined.outerjoin(actors, actors.c.id == statements.c.actor)
    unnamed = case((actors.c.id.is_(None), statements.c.speaker))
    wanted = (
        sql.select(func.coalesce(group, "").label("who"), actors.c.name, unnamed.label("words"), func.count().label("n"))
        .select_from(joined)
        .where(*scope.articles, *scope.statements())
        .group_by(group, actors.c.id, actors.c.name, unnamed)
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for row in asked.connection.execute(wanted):
        name = row.name or row.words or ""
        sort = "anonymous" if anonymous.is_anonymous(name) else "named" if row.name else "unknown"
        counts[row.who][sort] += row.n
        if name:
            named[row.who][name] += row.n
    rows = [_reliance(who, counts[who], named[who]) for who in counts]
    return Answer(Reliance, tuple(sorted(rows, key=lambda row: (-row.statements, row.who))))


def _reliance(who: str, counted: Counter[str], names: Counter[str]) -> Reliance:
    total, hidden = counted.total(), counted["anonymous"]
    most = sorted(names, key=lambda name: (-names[name], name))[:5]
    return Reliance(who, total, counted["named"], hidden, counted["unknown"], round(hidden / total, 3), tuple(most))
