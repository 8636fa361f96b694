"""What a record says, put into the columns of its reading's rows."""

from __future__ import annotations

from sqlalchemy import Connection, Insert, insert

from propos.model import Record
from propos.store import bulk, rows
from propos.store.tables import addressees, article_actors, events, parties, statements

# Addressees name statements, parties events: the order counts.
_PARTS: tuple[tuple[Insert, rows.ToRows], ...] = (
    (insert(statements), rows.statements),
    (insert(addressees), rows.addressees),
    (insert(events), rows.events),
    (insert(parties), rows.parties),
    (insert(article_actors), rows.article_actors),
)


def fill(connection: Connection, record: Record, reading: int) -> None:
    """Add the rows of a reading that has none."""
    for statement, to_rows in _PARTS:
        bulk.execute(connection, statement, to_rows(record, reading))
