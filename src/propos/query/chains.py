"""Chains: who relays whom, and how much rests on sources without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Connection, Row, and_, case, func

from propos.lang import anonymous, lemmas, loader
from propos.model import Span
from propos.query import evidence
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.passages import Passage, Place, passages
from propos.query.selection import in_order
from propos.store.corrections import folded
from propos.store.tables import actors, article_actors, articles, statements

NAME = "sources"
BATCH = 500
STATE = "GOV"
"""The sector of those who speak for a state."""
SHOWN = 3
_WHOLE = ("clause", "prepositional", "quote")
"""Forms in which a whole utterance is passed on, not a demand or a name for it."""
_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Relay:
    """``relay`` passes on what ``source`` said; ``relay`` is a speaker or a medium, ``source`` a speaker.

    ``anonymous``: one of the two has no name. ``passage``: the first of these statements, in its sentence.
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

    ``most``: the sources relied on most, the first five. ``passages``: one of each of the first sources without a name, or
    else of the others.
    """

    who: str
    statements: int
    named: int
    anonymous: int
    unknown: int
    share: float
    most: tuple[str, ...]
    passages: tuple[Passage, ...]

    PARTS: ClassVar[Parts] = {"passages": Passage}


def chains(asked: Asked) -> Answer[Relay]:
    """Who relays whom, the most frequent first."""
    relayed: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    rows = _relayed(asked)
    media = _named(asked.connection, rows)
    for row in rows:
        relay = media.get((row.reading, row.relay), row.relay) if row.in_words else row.relay
        if relay != row.source and not _own_voice(row) and not (row.in_words and _lends_voice(row.relay)):
            relayed[relay, row.source].append(row)
    places = {pair: _place(rows[0]) for pair, rows in relayed.items()}
    found = passages(asked.connection, places.values())
    relays = [_relay(*pair, rows, found[places[pair]]) for pair, rows in relayed.items()]
    return Answer(Relay, tuple(sorted(relays, key=lambda row: (-row.statements, row.relay, row.source))))


def _relayed(asked: Asked) -> Sequence[_Row]:
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
        through.label("relay"), who.label("source"), over.c.id.is_(None).label("in_words"), said.c.reading,
        relay.c.country.label("relay_country"), relay.c.kind.label("relay_kind"), relay.c.sector.label("relay_sector"),
        source.c.country.label("source_country"), source.c.kind.label("source_kind"), source.c.sector.label("source_sector"),
        articles.c.id, articles.c.key, articles.c.outlet,
        articles.c.published, said.c.content_start, said.c.content_end,
    )  # fmt: skip
    passed_on = sql.or_(over.c.id.is_(None), over.c.kind == "speech")  # who wants or rejects what was said passes nothing on
    # *selon la police, …, selon les organisateurs*: the second is no relay of the first, nor is who rejects a plan one
    beside = and_(over.c.form == "prepositional", said.c.form == "prepositional")
    passing = sql.or_(over.c.id.is_(None), and_(over.c.form.in_(_WHOLE), sql.not_(beside)))
    kept = (*scope.articles, *scope.statements(), said.c.via.is_not(None), through.is_not(None), who.is_not(None), passed_on, passing)
    asked_for = sql.select(*columns).select_from(joined).where(*kept)
    return asked.connection.execute(asked_for.order_by(*in_order(), said.c.content_start, said.c.id)).all()


def _named(connection: Connection, rows: Sequence[_Row]) -> Mapping[tuple[int, str], str]:
    """Reading and words (*cité par l'agence Interfax*) -> whom they name, where it is an actor of the article."""
    words = {(row.reading, row.relay) for row in rows if row.in_words}
    known: dict[int, list[tuple[str, str]]] = defaultdict(list)
    ids = sorted({reading for reading, _ in words})
    columns = (article_actors.c.reading, article_actors.c.name.label("written"), actors.c.name)
    joined = article_actors.join(actors, actors.c.id == article_actors.c.actor)
    for start in range(0, len(ids), BATCH):
        some = article_actors.c.reading.in_(ids[start : start + BATCH])
        for row in connection.execute(sql.select(*columns).select_from(joined).where(some)):
            known[row.reading].append((row.written, row.name))
    found = {(reading, said): _longest(said, known[reading]) for reading, said in words}
    return {place: name for place, name in found.items() if name}


def _longest(said: str, known: Sequence[tuple[str, str]]) -> str | None:
    """The name of whose words the most stand in what is said."""
    inside = [(written, name) for written, name in known if f" {folded(written)} " in f" {folded(said)} "]
    return max(inside, key=lambda pair: (len(pair[0]), pair), default=("", None))[1]


def _lends_voice(said: str, language: str = "fr") -> bool:
    """Whether a relay is only somebody's mouth (*par la voix de son porte-parole*)."""
    spoken = lemmas.words(said)
    # The last word of a phrase may be elided.
    phrases = (phrase[:-1] for phrase in loader.load(language).grammar.relay_phrases)
    return any(spoken[: len(phrase)] == list(phrase) for phrase in phrases)


def _own_voice(row: _Row) -> bool:
    """Whether one of them only speaks for the other: a state and its head, a government and its spokesman."""
    if row.relay_country is None or row.relay_country != row.source_country:
        return False
    return "state" in (row.relay_kind, row.source_kind) or row.relay_sector == row.source_sector == STATE


def _place(row: _Row) -> Place:
    return Place(row.id, row.key, row.outlet, row.published, Span(row.content_start, row.content_end))


def _relay(relay: str, source: str, rows: list[_Row], passage: Passage) -> Relay:
    days = [row.published for row in rows if row.published]
    return Relay(
        relay, source, any(map(anonymous.is_anonymous, (relay, source))), len(rows), len({row.id for row in rows}),
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
        sql.select(func.coalesce(group, "").label("who"), actors.c.name, unnamed.label("words"), func.count().label("n"), evidence.earliest().label("early"))
        .select_from(joined)
        .where(*scope.articles, *scope.statements())
        .group_by(group, actors.c.id, actors.c.name, unnamed)
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    early: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in asked.connection.execute(wanted):
        name = row.name or row.words or ""
        sort = "anonymous" if anonymous.is_anonymous(name) else "named" if row.name else "unknown"
        counts[row.who][sort] += row.n
        early[row.who].append((sort != "anonymous", row.early))
        if name:
            named[row.who][name] += row.n
    proof = evidence.shown(asked.connection, [[packed for _, packed in sorted(early[who])[:SHOWN]] for who in counts])
    rows = [_reliance(who, counts[who], named[who], found) for who, found in zip(counts, proof, strict=True)]
    return Answer(Reliance, tuple(sorted(rows, key=lambda row: (-row.statements, row.who))))


def _reliance(who: str, counted: Counter[str], names: Counter[str], proof: tuple[Passage, ...]) -> Reliance:
    total, hidden = counted.total(), counted["anonymous"]
    most = sorted(names, key=lambda name: (-names[name], name))[:5]
    return Reliance(who, total, counted["named"], hidden, counted["unknown"], round(hidden / total, 3), tuple(most), proof)
