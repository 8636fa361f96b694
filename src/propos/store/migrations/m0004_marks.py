"""Version 4: readers say what became of a condition; persons have a gender where their first name tells."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from propos.store.facts import UNIFIED, set_fact
from propos.store.tables import condition_marks


def apply(connection: Connection) -> None:
    """Make the table and the column; who is who is worked out anew with the next article."""
    condition_marks.create(connection, checkfirst=True)
    if "gender" not in {column["name"] for column in inspect(connection).get_columns("actors")}:
        connection.execute(text("ALTER TABLE actors ADD COLUMN gender TEXT"))
        set_fact(connection, UNIFIED, None)
