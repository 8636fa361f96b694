"""The latest articles: what a question that compares everything with everything looks at in a large dossier."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from propos.query.scope import Scope
from propos.store.tables import articles

MOST = 5_000
"""Articles; a question about an actor, a side, a type or a factuality looks at all of theirs."""


def recent(connection: Connection, scope: Scope) -> tuple[Scope, str | None]:
    """The scope, narrowed to the latest articles where it holds more than ``MOST``; and the day from which on."""
    if scope.narrow:
        return scope, None
    published = articles.c.published
    asked = select(published).where(*scope.articles, published.is_not(None)).order_by(published.desc())
    since = connection.execute(asked.offset(MOST).limit(1)).scalar()
    if since is None:
        return scope, None
    return replace(scope, articles=(*scope.articles, published > since)), since
