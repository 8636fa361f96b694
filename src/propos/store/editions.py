"""Which edition of a wire's item holds: the newest, unless the desk took the item back.

An item may make several articles: the first has its identifier, the others are its parts (``item#2``, ``item#3``). Each
has its own editions; a withdrawal of the item takes its parts with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, Text, bindparam, func, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from propos.store.tables import articles

_GUID = bindparam("item", type_=Text)
_KILL = bindparam("kill", type_=BigInteger)
_OF_ITEM: ColumnElement[bool] = articles.c.guid == _GUID

_PART = re.compile(r"(.+)#[0-9]+", re.DOTALL)
_WHOLE = bindparam("whole", type_=Text)
_LAST_KILL = select(func.max(articles.c.version)).where(
    articles.c.guid.in_([_GUID, _WHOLE]), articles.c.edition == "withdrawn"
)
_BEGINS = bindparam("begins", type_=Text)
_PARTS = select(articles.c.guid).distinct().where(func.substr(articles.c.guid, 1, func.length(_BEGINS)) == _BEGINS)
# Of two editions with one number the one that was published later holds, then the one that came in later.
_NEWEST = (
    select(articles.c.id)
    .where(_OF_ITEM)
    .order_by(articles.c.version.desc(), func.coalesce(articles.c.issued, articles.c.published, "").desc())
    .order_by(articles.c.id.desc())
    .limit(1)
)
_WITHDRAW = update(articles).where(_OF_ITEM, articles.c.version <= _KILL, articles.c.status != "withdrawn")
_SUPERSEDE = update(articles).where(_OF_ITEM, articles.c.id != bindparam("newest"), articles.c.status == "current")
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:item, 0))")


@dataclass(frozen=True, slots=True)
class Retired:
    """How many articles stopped being current, late arrivals among them."""

    superseded: int = 0
    withdrawn: int = 0


def lock(connection: Connection, guid: str) -> None:
    """Let no other process take in an edition of the item before this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time
        connection.execute(_LOCK, {"item": whole(guid)})


def settle(connection: Connection, guid: str) -> Retired:
    """Give every edition of the item its status; what came in last may be any of them.

    A withdrawal takes all versions up to its own with it, those of the item's parts too; a later version is a new
    beginning.
    """
    item = {"item": guid}
    kill = connection.execute(_LAST_KILL, item | {"whole": whole(guid)}).scalar()
    withdrawn = 0
    if kill is not None:
        for each in (guid, *_parts(connection, guid)):
            gone = connection.execute(_WITHDRAW.values(status="withdrawn"), {"item": each, "kill": kill})
            withdrawn += gone.rowcount
    newest = connection.execute(_NEWEST, item).scalar()
    older = connection.execute(_SUPERSEDE.values(status="superseded"), item | {"newest": newest})
    return Retired(older.rowcount, withdrawn)


def whole(guid: str) -> str:
    """The item that a part belongs to; any other identifier is its own."""
    match = _PART.fullmatch(guid)
    return match[1] if match else guid


def _parts(connection: Connection, guid: str) -> list[str]:
    """The identifiers of the item's parts; a part has none."""
    found = connection.execute(_PARTS, {"begins": f"{guid}#"}).scalars()
    return sorted(part for part in found if whole(part) == guid)
