"""Statements as a plain table, one line a statement: for a wide terminal, ``less`` and ``grep``."""

from __future__ import annotations

from collections.abc import Iterator

from propos.model import Record
from propos.view import rows

WIDTHS = (14, 5, 30, 22, 8, 13, 18)
"""Columns of the first seven cells; the content comes last and is not cut."""
HEADER = ("document", "id", "speaker", "addressee", "mode", "form", "relay", "content")


def header() -> str:
    """The names of the columns."""
    return _line(HEADER)


def lines(record: Record) -> Iterator[str]:
    """One line a statement."""
    for row in rows.of_record(record):
        relay = row.relay or row.medium
        yield _line((record.id, row.id, row.speaker, row.addressee, row.mode, row.form, relay, row.content))


def _line(cells: tuple[str, ...]) -> str:
    fitted = [_fit(cell, width) for cell, width in zip(cells, WIDTHS, strict=False)]
    return "  ".join([*fitted, cells[-1]]).rstrip()


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
