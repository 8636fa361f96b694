"""What every question and export can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from propos.model import Factuality

Unit = Literal["article", "group"]


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold; an empty one keeps everything.

    ``actor``: a name, alias or key of an actor of the dossier. ``side``: an ISO 3166-1 alpha-3 country.
    ``types``: PLOVER types. ``start`` and ``end``: ISO dates of publication, both included.
    ``query``: words and "phrases" of the article, accents and case aside. ``unit``: every article, or one for each
    group of copies (the earliest). An actor or a side keeps the statements that they speak and the events that they
    are a party to; a type or a factuality keeps the events that have it and the statements that carry such an event.
    """

    actor: str | None = None
    side: str | None = None
    types: tuple[str, ...] = ()
    factuality: tuple[Factuality, ...] = ()
    start: str | None = None
    end: str | None = None
    outlet: str | None = None
    query: str | None = None
    unit: Unit = "article"
