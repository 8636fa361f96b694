"""One article of a dossier, as questions and exports see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from propos.model import ActorKind, Event, Record, Statement

Status = Literal["current", "superseded", "withdrawn"]


@dataclass(frozen=True, slots=True)
class DossierActor:
    """Somebody over the whole dossier; ``key`` stays the same from one reading to the next."""

    id: int
    key: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """The near-duplicates of an article, itself among them: ``outlets`` in the order of their dates."""

    id: int
    canonical: bool
    size: int
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with its current record.

    ``statements`` and ``events`` are those of the record that the filters keep, all of them where there are none.
    ``actors``: id in the record -> actor of the dossier.
    """

    article: int
    key: str
    record: Record
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    status: Status = "current"
    group: CopyGroup | None = None
    actors: Mapping[str, DossierActor] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record, article: int = 0, key: str = "") -> Entry:
        """The entry of a record that stands in no dossier."""
        return cls(article, key, record, record.statements, record.events)
