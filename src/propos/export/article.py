"""An entry as every table sees it: who stands behind an id, what a span says, through whose mouth an event came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from propos.model import Actor, Event, Record, Span, Statement
from propos.store.entry import DossierActor, Entry

GAP = " […] "
"""Stands between the pieces of a content that is not in one piece."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event or behind a statement: ``actor`` as the article has it, ``known`` as the dossier does."""

    actor: Actor
    known: DossierActor | None = None

    @property
    def name(self) -> str:
        """The name over the whole dossier; else the article's."""
        return clean(self.known.name if self.known is not None else self.actor.name)

    @property
    def key(self) -> str | None:
        """What names the actor over the whole dossier."""
        return clean(self.known.key) if self.known is not None else None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3."""
        return (self.known.country if self.known is not None else None) or self.actor.country

    @property
    def sector(self) -> str | None:
        """The record's code of a sector."""
        return (self.known.sector if self.known is not None else None) or self.actor.sector


class Article:
    """One entry; looks its parts up once."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    @property
    def record(self) -> Record:
        """The article's record, whole."""
        return self.entry.record

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements of the record by id, also those that the filters leave out: events may hang on them."""
        return {statement.id: statement for statement in self.record.statements}

    @cached_property
    def carried(self) -> dict[str, tuple[Event, ...]]:
        """The entry's events by the statement that carries them."""
        found: dict[str, list[Event]] = {}
        for event in self.entry.events:
            found.setdefault(event.holder or "", []).append(event)
        return {holder: tuple(events) for holder, events in found.items()}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each event in the record, from 1: the same whatever the filters keep."""
        return {event.id: place for place, event in enumerate(self.record.events, 1)}

    def party(self, actor: str | None) -> Party | None:
        """Who stands behind an actor's id; ``None`` where the record does not say."""
        found = self._actors.get(actor or "")
        return Party(found, self.entry.actors.get(found.id)) if found is not None else None

    def parties(self, actors: Iterable[str]) -> tuple[Party, ...]:
        """Those behind the ids, in their order; ids that the record does not know are left out."""
        return tuple(party for party in map(self.party, actors) if party is not None)

    def words(self, span: Span | None) -> str | None:
        """The characters of the text that a span covers, as they stand."""
        return clean(span.of(self.record.text)) if span is not None else None

    def line(self, span: Span) -> str:
        """What a span covers, on one line."""
        return " ".join((self.words(span) or "").split())

    def content(self, statement: Statement) -> str:
        """What a statement conveys."""
        return GAP.join(self.words(span) or "" for span in statement.content)

    def chain(self, event: Event) -> tuple[Statement, ...]:
        """The statements that an event came through, the innermost first."""
        return tuple(self._relays(event.holder))

    def depth(self, event: Event) -> int:
        """Through how many mouths an event came: 0 where the outlet says it itself."""
        chain = self.chain(event)
        return len(chain) + bool(chain and isinstance(chain[-1].via, Span))

    def speaker(self, statement: Statement) -> str | None:
        """Who speaks: the actor's name, else the words used."""
        party = self.party(statement.speaker_actor)
        return party.name if party is not None else self.words(statement.speaker)

    def _relays(self, statement: str | Span | None) -> Iterator[Statement]:
        seen: set[str] = set()
        while isinstance(statement, str) and statement in self.statements and statement not in seen:
            seen.add(statement)
            yield self.statements[statement]
            statement = self.statements[statement].via


def clean(text: str) -> str:
    """The text without halves of surrogate pairs, which no UTF-8 file can hold; as long as before."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def nearest(spans: Iterable[Span], to: Span) -> Span | None:
    """The span that stands closest; of two as close, the first."""
    return min(spans, key=lambda span: max(span.start - to.end, to.start - span.end, 0), default=None)
