"""CSV: a flat table that spreadsheets open and R and pandas read; no cell of it can become a formula."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable
from typing import BinaryIO

from propos.errors import EXPORT_SEPARATOR
from propos.export.contract import Options
from propos.export.flat import Cell, joined
from propos.export.tables import TABLES
from propos.store.entry import Entry

SEPARATORS = {",": ",", ";": ";", "|": "|", "\t": "\t", "tab": "\t"}
# What makes a spreadsheet calculate, also behind blanks and in full width. Apostrophes before it are ours, or look so.
_FORMULA = re.compile(r"'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])")


class Csv:
    """One table: ``options.part``. Lines end in CRLF, as RFC 4180 has it."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:
        """Write all entries; the number of rows. Raises ``export-separator``."""
        table = TABLES[options.part]
        writer = csv.writer(_Encoded(stream), delimiter=separator(options.separator), lineterminator="\r\n")
        if options.bom:
            stream.write(codecs.BOM_UTF8)
        writer.writerow([column.name for column in table.columns])
        written = 0
        for row in table.rows(entries):
            writer.writerow([_written(cell) for cell in row])
            written += 1
        return written


class _Encoded:
    """Text as UTF-8 to a stream of bytes, which stays open whatever happens (an ``io.TextIOWrapper`` would close it)."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write at once."""
        return self._stream.write(text.encode("utf-8"))


def separator(asked: str) -> str:
    """The character asked for; raises ``export-separator``."""
    if asked not in SEPARATORS:
        raise EXPORT_SEPARATOR(got=repr(asked), allowed=", ".join(repr(name) for name in SEPARATORS if name != "\t"))
    return SEPARATORS[asked]


def neutralised(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would calculate."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """What stood there before :func:`neutralised`, exactly."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _written(cell: Cell) -> str | int | float:
    cell = joined(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return neutralised(cell)
    return "" if cell is None else cell
