"""Statements or events as a plain table, one line each: for a wide terminal, ``less`` and ``grep``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from propos.model import Record
from propos.view import events, rows

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table. ``columns``: names and widths of all cells but the ``last``, which is not cut."""

    columns: Mapping[str, int]
    last: str
    cells: Callable[[Record], Iterator[Cells]]

    def header(self) -> str:
        """The names of the columns."""
        return self._line((*self.columns, self.last))

    def lines(self, record: Record) -> Iterator[str]:
        """One line an item of the record."""
        return map(self._line, self.cells(record))

    def _line(self, cells: Cells) -> str:
        fitted = [_fit(cell, width) for cell, width in zip(cells, self.columns.values(), strict=False)]
        return "  ".join([*fitted, cells[-1]]).rstrip()


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)


def _statements(record: Record) -> Iterator[Cells]:
    for row in rows.of_record(record):
        relay = row.relay or row.medium
        yield (record.id, row.id, row.speaker, row.addressee, row.mode, row.form, relay, row.content)


def _events(record: Record) -> Iterator[Cells]:
    for row in events.of_record(record):
        date = row.date.removeprefix("on ")
        who = (row.actors, row.recipients, row.factuality, row.source, date)
        yield (record.id, row.id, row.type, *who, row.words, row.condition)


STATEMENTS = Table(
    {"document": 14, "id": 5, "speaker": 30, "addressee": 22, "mode": 8, "form": 13, "relay": 18}, "content", _statements
)
EVENTS = Table(
    {
        "document": 14, "id": 5, "type": 20, "actors": 24, "recipients": 24, "factuality": 12, "source": 20, "date": 10,
        "words": 24,
    },
    "condition",
    _events,
)  # fmt: skip
TABLES: Mapping[str, Table] = MappingProxyType({"table": STATEMENTS, "events": EVENTS})
"""The tables by the name of their format."""
