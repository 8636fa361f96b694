"""Parquet: a flat table with its types, for DuckDB, pandas, polars and Arrow. Needs the extra ``propos[parquet]``."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from propos.errors import EXPORT_EXTRA_MISSING
from propos.export.contract import Options
from propos.export.flat import Cell, Kind, Table
from propos.export.tables import TABLES
from propos.store.entry import Entry

TYPES: Mapping[Kind, str] = MappingProxyType(
    {"text": "VARCHAR", "texts": "VARCHAR[]", "integer": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN"}
)
# Rows go through a file of JSON Lines: DuckDB takes them from there in bulk, with the types that it is told.
_COPY = "COPY (SELECT * FROM read_json('{rows}', format='newline_delimited', columns={{{columns}}}, maximum_object_size={longest})) TO '{file}' (FORMAT parquet)"


class Parquet:
    """One table: ``options.part``. Lists are lists, missing values are null."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:
        """Write all entries; the number of rows. Raises ``export-extra-missing``."""
        table = TABLES[options.part]
        try:
            import duckdb
        except ImportError as error:
            raise EXPORT_EXTRA_MISSING(form="parquet", package="duckdb", extra="parquet") from error
        with tempfile.TemporaryDirectory(prefix="propos-") as folder:
            rows, file = Path(folder) / "rows.jsonl", Path(folder) / "table.parquet"
            written, longest = _spill(table, entries, rows)
            # One thread keeps the rows in order and the bytes the same; nothing is fetched from anywhere.
            still: dict[str, str | bool | int | float | list[str]] = {
                "threads": 1,
                "autoinstall_known_extensions": False,
            }
            with duckdb.connect(config=still) as connection:
                connection.execute(_statement(table, rows, file, longest))
            with file.open("rb") as made:
                shutil.copyfileobj(made, stream)
        return written


def _spill(table: Table, entries: Iterable[Entry], rows: Path) -> tuple[int, int]:
    """Write the rows as JSON Lines; how many they are, and the bytes of the longest."""
    names = [column.name for column in table.columns]
    written, longest = 0, 1
    with rows.open("wb") as stream:
        for row in table.rows(entries):
            line = json.dumps(dict(zip(names, map(_storable, row), strict=True)), ensure_ascii=False).encode() + b"\n"
            stream.write(line)
            written, longest = written + 1, max(longest, len(line))
    return written, longest


def _storable(cell: Cell) -> Cell:
    """The cell without NUL, which DuckDB's text cannot hold."""
    if isinstance(cell, str):
        return cell.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return tuple(item.replace("\0", "\N{REPLACEMENT CHARACTER}") for item in cell) if isinstance(cell, tuple) else cell


def _statement(table: Table, rows: Path, file: Path, longest: int) -> str:
    columns = ", ".join(f"{_quoted(column.name)}: {_quoted(TYPES[column.kind])}" for column in table.columns)
    paths = {name: str(path).replace("'", "''") for name, path in (("rows", rows), ("file", file))}
    return _COPY.format(columns=columns, longest=max(longest + 1, 1 << 20), **paths)


def _quoted(name: str) -> str:
    return f"'{name}'"
