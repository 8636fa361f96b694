"""XLSX: a flat table for Excel and LibreOffice, written row by row. Text stays text: nothing in it is a formula or link."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, BinaryIO

from propos.export.contract import Options
from propos.export.flat import Cell, Table, joined
from propos.export.tables import TABLES
from propos.store.entry import Entry

LONGEST = 32_767
"""A cell holds no more UTF-16 units (a limit of the format)."""
CUT = " […cut]"
"""Ends a cell that was too long."""
ROWS = 1_048_575
"""A sheet holds no more rows below its header (a limit of the format); what is beyond goes to the next sheet."""
# The same entries give the same bytes: the moment of writing is not told.
_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Xlsx:
    """One table: ``options.part``; a sheet bears its name."""

    def __init__(self, rows: int = ROWS) -> None:
        self.rows = rows

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:
        """Write all entries; the number of rows."""
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError

        table = TABLES[options.part]
        try:
            # Rows wait in files until the book is put together; they go with their folder, whatever happens.
            with (
                tempfile.TemporaryDirectory(prefix="propos-") as waiting,
                _patient(stream) as patient,
                Workbook(patient, {"constant_memory": True, "tmpdir": waiting}) as book,
            ):
                book.use_zip64()
                book.set_properties({"created": _CREATED})
                return self._fill(book, table, iter(table.rows(entries)))
        except FileCreateError as error:
            raise OSError(str(error)) from error

    def _fill(self, book: Any, table: Table, rows: Iterator[tuple[Cell, ...]]) -> int:  # noqa: ANN401 - no types there
        bold = book.add_format({"bold": True})
        written = 0
        for number, first in enumerate(_first_of_each_sheet(rows), 1):
            sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
            _header(sheet, table, bold)
            for place, row in enumerate(chain(first, islice(rows, self.rows - len(first))), 1):
                _row(sheet, place, row)
                written += 1
        return written


class _Patient:
    """A stream that keeps its first error for later: the archive's writer, stopped half-way, would write again at its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._place = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, or after an error only count."""
        if self.error is None:
            try:
                return self._stream.write(data)
            except OSError as error:
                self.error = error
        self._place += len(data)
        return len(data)

    def flush(self) -> None:
        """Hand on what waits."""
        if self.error is None:
            try:
                self._stream.flush()
            except OSError as error:
                self.error = error

    def tell(self) -> int:
        """The place; raises ``OSError`` where the stream has none."""
        return self._place if self.error is not None else self._stream.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        if self.error is None:
            return self._stream.seek(place, whence)
        self._place = place
        return place

    def seekable(self) -> bool:
        """Whether there are places."""
        return self._stream.seekable()


@contextmanager
def _patient(stream: BinaryIO) -> Iterator[_Patient]:
    patient = _Patient(stream)
    yield patient
    if patient.error is not None:
        raise patient.error


def _first_of_each_sheet(rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[tuple[Cell, ...], ...]]:
    """The row that begins a sheet, as long as there is one; a book has a sheet even where there is none."""
    yield tuple(islice(rows, 1))
    while first := tuple(islice(rows, 1)):
        yield first


def _header(sheet: Any, table: Table, bold: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, bold)


def _row(sheet: Any, place: int, row: tuple[Cell, ...]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    for column, cell in enumerate(map(joined, row)):
        if isinstance(cell, str):
            sheet.write_string(place, column, fitted(cell))
        elif isinstance(cell, bool):
            sheet.write_boolean(place, column, cell)
        elif cell is not None:
            sheet.write_number(place, column, cell)


def fitted(cell: str) -> str:
    """The cell, cut with a mark where the format cannot hold it."""
    units = cell.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return cell
    # Half of a pair at the cut is dropped.
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
