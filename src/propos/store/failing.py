"""Articles that could not be taken in, kept until they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, delete, or_, select

from propos.errors import ProposError
from propos.model import Document
from propos.store import rows
from propos.store.tables import failures

WHOLE = -1
"""The ordinal of a file as a whole."""
_PLACE = re.compile(r"(?:\w+ (\d{1,9})|a line|the header) of (.+)", re.DOTALL)

Place = tuple[str, int]
"""File and ordinal, as the table has them."""


def place_of(error: ProposError) -> Place:
    """The file and the ordinal in what an error calls its input (``article 3 of x.html``)."""
    name = error.name or "?"
    match = _PLACE.fullmatch(name)
    if match is None:
        return rows.lookup(name), WHOLE
    return rows.lookup(match[2]), int(match[1]) - 1 if match[1] else WHOLE


def note(connection: Connection, error: ProposError, seen: str) -> None:
    """Keep why an article is not in; of one place and reason the last word counts. ``seen``: ISO 8601."""
    file, ordinal = place_of(error)
    row = {"file": file, "ordinal": ordinal, "code": error.code}
    connection.execute(delete(failures).where(*(failures.c[name] == value for name, value in row.items())))
    connection.execute(failures.insert(), row | {"reason": rows.clean(str(error)), "seen": seen})


def places(connection: Connection) -> set[Place]:
    """Every place that has a failure."""
    found = connection.execute(select(failures.c.file, failures.c.ordinal))
    return {(file, ordinal) for file, ordinal in found}


def clear(connection: Connection, documents: Iterable[Document]) -> None:
    """Forget the failures of articles that are in now, and those of their files as a whole."""
    for document in documents:
        file, ordinal = rows.lookup(document.source.file or "standard input"), document.source.ordinal
        here = or_(failures.c.ordinal == ordinal, failures.c.ordinal == WHOLE)
        connection.execute(delete(failures).where(failures.c.file == file, here))
