"""Events of a dossier with their parties, as questions compare them: fetched in two questions, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Connection, Row, and_

from propos.model import Factuality, Span
from propos.query.passages import Passage
from propos.query.scope import Condition, Scope
from propos.query.selection import in_order
from propos.store.entry import DossierActor
from propos.store.tables import actors, articles, events, parties, statements

BATCH = 500
NOWHERE = Span(0, 0)
_Sides: TypeAlias = dict[tuple[int, str], tuple[list[int], list[int]]]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in one article. ``actors`` and ``recipients`` are ids of the dossier, in text order.

    ``said``: the statement that holds it (its id in the record), ``speaker`` who makes it (an id of the dossier);
    ``speaker_words`` how the text calls them. ``story``: the same for all copies of an article. ``date``: of the event,
    ``None`` where the text has none.
    """

    article: int
    reading: int
    event: str
    key: str
    outlet: str | None
    published: str | None
    story: str
    type: str
    mode: str | None
    factuality: Factuality
    intensity: float | None
    date: str | None
    trigger: Span
    words: str
    condition: Span | None
    condition_words: str | None
    condition_kind: str | None
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    said: str | None = None
    speaker: int | None = None
    speaker_words: str | None = None
    content: Span | None = None
    sentence: Span = NOWHERE
    sentence_words: str = ""

    @property
    def day(self) -> str:
        """When it was, or else when the article came out; empty where neither is known."""
        return self.date or self.published or ""

    @property
    def passage(self) -> Passage:
        """Its sentence."""
        span = self.sentence
        return Passage(self.key, self.outlet, self.published, span.start, span.end, self.sentence_words)


def happenings(connection: Connection, scope: Scope, *conditions: Condition) -> list[Happening]:
    """The events that the filters and the conditions keep, in the order of their articles, then of the text."""
    kept = (*scope.articles, *scope.events(), *conditions)
    joined = events.join(articles, articles.c.reading == events.c.reading)
    sides = _sides(connection, joined, kept)
    with_holder = joined.outerjoin(
        statements, and_(statements.c.reading == events.c.reading, statements.c.id == events.c.holder)
    )
    asked = sql.select(*_COLUMNS).select_from(with_holder).where(*kept)
    rows = connection.execute(asked.order_by(*in_order(), events.c.trigger_start, events.c.id))
    nobody: tuple[list[int], list[int]] = ([], [])
    return [_happening(row, *sides.get((row.reading, row.event), nobody)) for row in rows]


_COLUMNS = (
    articles.c.id.label("article"), articles.c.key, articles.c.outlet, articles.c.published, articles.c.copy_group,
    events.c.reading, events.c.id.label("event"), events.c.type, events.c.mode, events.c.factuality, events.c.intensity,
    events.c.date, events.c.trigger, events.c.trigger_start, events.c.trigger_end, events.c.condition,
    events.c.condition_kind, events.c.condition_start, events.c.condition_end, events.c.holder, statements.c.actor,
    statements.c.speaker, statements.c.content_start, statements.c.content_end,
    events.c.sentence, events.c.sentence_start, events.c.sentence_end,
)  # fmt: skip


def _happening(row: Row[*tuple[Any, ...]], acting: Sequence[int], receiving: Sequence[int]) -> Happening:
    return Happening(
        row.article, row.reading, row.event, row.key, row.outlet, row.published, story_of(row.copy_group, row.article),
        row.type, row.mode, row.factuality, row.intensity, row.date, Span(row.trigger_start, row.trigger_end),
        row.trigger, _span(row.condition_start, row.condition_end), row.condition, row.condition_kind,
        tuple(dict.fromkeys(acting)), tuple(dict.fromkeys(receiving)), row.holder, row.actor, row.speaker,
        _span(row.content_start, row.content_end), Span(row.sentence_start, row.sentence_end), row.sentence,
    )  # fmt: skip


def story_of(group: int | None, article: int) -> str:
    """What an article and its copies have in common."""
    return f"article {article}" if group is None else f"group {group}"


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _sides(connection: Connection, joined: sql.Join, kept: Sequence[Condition]) -> _Sides:
    """Reading and event -> who acts, and on whom."""
    all_parties = parties.alias()
    of_event = and_(all_parties.c.reading == events.c.reading, all_parties.c.event == events.c.id)
    asked = (
        sql.select(all_parties.c.reading, all_parties.c.event, all_parties.c.role, all_parties.c.actor)
        .select_from(joined.join(all_parties, of_event))
        .where(*kept, all_parties.c.actor.is_not(None))
        .order_by(all_parties.c.reading, all_parties.c.event, all_parties.c.role, all_parties.c.place)
    )
    found: _Sides = defaultdict(lambda: ([], []))
    for reading, event, role, actor in connection.execute(asked):
        found[reading, event][role == "recipient"].append(actor)
    return found


def parties_of(told: Iterable[Happening]) -> set[int]:
    """Everybody who takes part in some events, or vouches for them."""
    found: set[int] = set()
    for event in told:
        found.update(event.actors, event.recipients, () if event.speaker is None else (event.speaker,))
    return found


def cast_of(connection: Connection, ids: Iterable[int]) -> dict[int, DossierActor]:
    """The actors of these ids."""
    wanted = sorted(set(ids))
    found: dict[int, DossierActor] = {}
    columns = (actors.c.id, actors.c.key, actors.c.name, actors.c.kind, actors.c.country, actors.c.sector)
    for start in range(0, len(wanted), BATCH):
        asked = sql.select(*columns).where(actors.c.id.in_(wanted[start : start + BATCH]))
        found |= {row.id: DossierActor(*row) for row in connection.execute(asked)}
    return found
