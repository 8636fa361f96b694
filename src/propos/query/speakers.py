"""Who speaks: statements by actor, side, sector, gender, outlet or month; direct against indirect.

The gender of a person is that of the first name, where the language pack knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Row, case, func
from sqlalchemy.sql.elements import ColumnElement

from propos.query import evidence
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked, By
from propos.query.passages import Passage
from propos.store.tables import actors, articles, statements

NAME = "speakers"
_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Share:
    """How much one speaks. ``who``: a name, country, sector, gender (m, f), outlet or month.

    ``direct`` counts quoted statements, ``mixed`` those that are quoted in part. ``passages``: an early and a late one.
    """

    who: str
    country: str | None
    statements: int
    direct: int
    indirect: int
    mixed: int
    articles: int
    outlets: int
    first: str | None
    last: str | None
    passages: tuple[Passage, ...]

    PARTS: ClassVar[Parts] = {"passages": Passage}


def speakers(asked: Asked) -> Answer[Share]:
    """Who speaks most, first; months in their order. Raises ``question-by``."""
    by = asked.counted(NAME, ("actor", "side", "sector", "gender", "outlet", "month"))
    counted = _counted(asked, *_GROUPS[by])
    proof = evidence.shown(asked.connection, [(row.early, row.late) for row in counted])
    rows = [_share(row, found) for row, found in zip(counted, proof, strict=True)]
    if by == "month":
        return Answer(Share, tuple(sorted(rows, key=lambda row: row.who)))
    return Answer(Share, tuple(sorted(rows, key=lambda row: (-row.statements, row.who))))


_NOTHING = sql.null()
_GROUPS: dict[By, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
    "actor": (actors.c.name, actors.c.country),
    "side": (actors.c.country, actors.c.country),
    "sector": (actors.c.sector, _NOTHING),
    "gender": (actors.c.gender, _NOTHING),
    "outlet": (articles.c.outlet, _NOTHING),
    "month": (func.substr(articles.c.published, 1, 7), _NOTHING),
}


def _counted(asked: Asked, who: ColumnElement[Any], country: ColumnElement[Any]) -> Sequence[_Row]:
    scope = asked.scope
    modes = [func.sum(case((statements.c.mode == mode, 1), else_=0)).label(mode) for mode in ("direct", "indirect", "mixed")]
    columns = (
        who.label("who"), country.label("country"), func.count().label("statements"), *modes,
        func.count(articles.c.id.distinct()).label("articles"), func.count(articles.c.outlet.distinct()).label("outlets"),
        func.min(articles.c.published).label("first"), func.max(articles.c.published).label("last"),
        evidence.earliest().label("early"), evidence.latest().label("late"),
    )  # fmt: skip
    joined = statements.join(articles, articles.c.reading == statements.c.reading)
    joined = joined.join(actors, actors.c.id == statements.c.actor)
    wanted = sql.select(*columns).select_from(joined).where(*scope.articles, *scope.statements(), who.is_not(None))
    grouped = [who] if country is _NOTHING or country is who else [who, country]
    by_id = [actors.c.id] if who is actors.c.name else []
    return asked.connection.execute(wanted.group_by(*grouped, *by_id)).all()


def _share(row: _Row, proof: tuple[Passage, ...]) -> Share:
    return Share(
        row.who, row.country, row.statements, row.direct, row.indirect, row.mixed, row.articles, row.outlets, row.first,
        row.last, proof,
    )  # fmt: skip
