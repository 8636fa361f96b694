"""Positions: what an actor or a side demanded, promised, rejected, threatened, accused, supported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from propos.model import Factuality
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.scope import Scope
from propos.query.stories import Story, stories
from propos.store.entry import DossierActor
from propos.store.tables import events

TYPES = ("REQUEST", "AGREE", "CONCEDE", "REJECT", "THREATEN", "ACCUSE", "SUPPORT")
"""The PLOVER types in which somebody takes a stand."""
NAME = "positions"


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor wants, promises or refuses; one for all copies of an article.

    ``actor`` and ``recipients`` are names in the dossier; ``date``: of the act, where the text has one. ``outlets``
    print it, in ``articles`` articles; ``passage`` is the sentence in the earliest.
    """

    actor: str
    country: str | None
    type: str
    recipients: tuple[str, ...]
    themes: tuple[str, ...]
    published: str | None
    date: str | None
    factuality: Factuality
    condition: str | None
    outlets: tuple[str, ...]
    articles: int
    passage: Passage

    PARTS: ClassVar[Parts] = {"passage": Passage}


def positions(asked: Asked) -> Answer[Position]:
    """The positions of the actor or side that the filters name, in the order of their articles.

    Raises ``actor-unknown``, ``question-needs``.
    """
    return Answer(Position, tuple(position for _, position in taken(asked, NAME)))


def taken(asked: Asked, question: str) -> list[tuple[Happening, Position]]:
    """The positions with the event that each rests on."""
    mine = asked.party(question)
    told_once = stories(event for event in _verbal(asked) if mine & set(event.actors))
    known = cast_of(asked.connection, parties_of(story.first for story in told_once))
    named = asked.matters if question == NAME else asked.themes
    rows: list[tuple[Happening, Position]] = []
    for story in told_once:
        first = story.first
        passage = first.passage
        themes = named.of(passage.words)
        if named.terms and named.only and not themes:
            continue
        for who in (actor for actor in first.actors if actor in mine and actor in known):
            row = _position(story, known, passage)
            rows.append((first, replace(row, actor=known[who].name, country=known[who].country, themes=themes)))
    return rows


def _verbal(asked: Asked) -> Iterable[Happening]:
    # One for each group is what this question gives in any case; copies tell the outlets.
    scope = Scope.of(asked.connection, replace(asked.filters, unit="article"))
    return happenings(asked.connection, scope, events.c.type.in_(TYPES))


def _position(story: Story, known: Mapping[int, DossierActor], passage: Passage) -> Position:
    first = story.first
    recipients = tuple(known[id_].name for id_ in first.recipients if id_ in known)
    return Position(
        "", None, first.type, recipients, (), first.published, first.date, first.factuality, first.condition_words,
        story.outlets, story.articles, passage,
    )  # fmt: skip
