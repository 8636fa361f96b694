"""What a reader says of a condition: open, met, not met or lapsed, with a note."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import Connection, delete, insert, select

from propos.store.tables import condition_marks

Status = Literal["open", "met", "not met", "lapsed"]
STATUSES: tuple[Status, ...] = get_args(Status)
OPEN: Status = "open"


def mark(connection: Connection, key: str, status: Status, note: str = "") -> None:
    """Keep a reader's status of a condition in place of the one before."""
    connection.execute(delete(condition_marks).where(condition_marks.c.key == key))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(condition_marks).values(key=key, status=status, note=note, marked=now))


def marks_of(connection: Connection) -> dict[str, tuple[str, str]]:
    """Key of a condition -> its status and note."""
    return {row.key: (row.status, row.note) for row in connection.execute(select(condition_marks))}
