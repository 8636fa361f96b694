"""Parquet, through DuckDB (the extra ``parquet``): the columns that are read and no others, in small batches.

DuckDB may open this one file and nothing else: no network, no extensions, no other path.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from propos import errors
from propos.ingest import rows, tabular
from propos.ingest.raw import Raw
from propos.ingest.tabular import Found, Row
from propos.model import Document
from propos.settings import Columns, Settings

if TYPE_CHECKING:
    import duckdb

NAME = "parquet"
BATCH = 64
"""Rows fetched at a time: each may hold ``max_bytes``."""
_GLOB = frozenset("*?[]{}")
_SAFE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "1GB",
    "threads": "1",
    "temp_directory": "",
}


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of a Parquet file, one a row. Raises ``extra-missing``, ``format-damaged``, ``column-missing``."""
    try:
        import duckdb
    except ImportError as error:
        raise errors.EXTRA_MISSING(name=raw.name, form="a Parquet file", package="duckdb", extra=NAME) from error
    with _path(raw, settings) as path:
        try:
            yield from tabular.documents(_rows(_opened(path), path, raw.name, settings), NAME, raw.file, settings)
        except duckdb.Error as error:
            reason = str(error).replace(path, "the file").partition("\n")[0][:200].rstrip(". ")
            raise errors.FORMAT_DAMAGED(name=raw.name, form="Parquet", reason=reason) from error


@contextmanager
def _path(raw: Raw, settings: Settings) -> Iterator[str]:
    """Where DuckDB finds the bytes: the file itself, or a copy where there is none or its name reads as a pattern."""
    if raw.file is not None and isinstance(raw.rest, io.BufferedReader) and not _GLOB & set(str(Path(raw.file).resolve())):
        yield str(Path(raw.file).resolve())
        return
    with tempfile.TemporaryDirectory(prefix="propos-") as folder:
        path = Path(folder) / "table.parquet"
        with path.open("wb") as copy:
            copy.write(raw.head)
            if raw.file is not None and isinstance(raw.rest, io.BufferedReader):
                shutil.copyfileobj(raw.rest, copy)  # a file that is on the disk already
            else:
                copy.write(raw.all(settings.max_bytes)[len(raw.head) :])
        yield str(path)


def _opened(path: str) -> duckdb.DuckDBPyConnection:
    """A database in memory that may read ``path`` and can be talked into nothing else."""
    import duckdb

    connection = duckdb.connect(":memory:", config=dict(_SAFE))
    connection.execute(f"SET allowed_paths = [{_text(path)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _rows(connection: duckdb.DuckDBPyConnection, path: str, name: str, settings: Settings) -> Iterator[Found]:
    source = f"read_parquet({_text(path)}, binary_as_string = true)"
    kinds = {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}  # noqa: S608 (the path is quoted)
    names = _needed(kinds, settings.columns, name)
    chosen = ", ".join(_cell(column, kinds[column], settings.max_bytes) for column in names)
    size = " + ".join(f"coalesce(strlen({_name(column)}), 0)" for column in names if kinds[column] == "VARCHAR")
    result = connection.execute(f"SELECT {size or 0}, {chosen} FROM {source}")  # noqa: S608 (names are quoted)
    number = 0
    while batch := result.fetchmany(BATCH):
        for bytes_, *values in batch:
            row = Row(f"row {number + 1} of {name}", number, dict(zip(names, values, strict=True)), b"")
            yield _row(row, bytes_, settings)
            number += 1


def _row(row: Row, size: int, settings: Settings) -> Found:
    """The row with the bytes that stand for it, unless there are too many."""
    if size > settings.max_bytes:
        return tabular.broken(row.name, f"it has more than {settings.max_bytes} bytes")
    return replace(row, data=tabular.as_json(row.values))


def _needed(kinds: dict[str, str], chosen: Columns, name: str) -> list[str]:
    """The columns that hold fields; raises ``column-missing``."""
    # Only text can be the text: a number under that name must not win over the column that holds it.
    row = {column: "x" if kind == "VARCHAR" else 0 for column, kind in kinds.items()}
    rows.to_article(row, chosen, name)
    found = rows.holders_of(row, chosen).values()
    return list(dict.fromkeys(column for column in found if column is not None))


def _cell(column: str, kind: str, limit: int) -> str:
    """A column in SQL; texts that are too long stay in the file."""
    quoted = _name(column)
    if kind == "TIMESTAMP WITH TIME ZONE":  # as UTC: the zone of this machine must not show
        return f"strftime(make_timestamp(epoch_us({quoted})), '%Y-%m-%dT%H:%M:%S+00:00')"
    return f"CASE WHEN strlen({quoted}) <= {limit} THEN {quoted} END" if kind == "VARCHAR" else quoted


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
