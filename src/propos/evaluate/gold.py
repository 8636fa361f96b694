"""Loads gold: a folder of JSON annotations, of marked-up dispatches, or a JSON Lines file of records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from propos.errors import FILE_MISSING, FILE_UNREADABLE, GOLD_EMPTY, JSON_INVALID, ProposError
from propos.evaluate import markup
from propos.model import Record
from propos.serialise import from_dict, from_json

# Where an annotated article came from. Annotators note it; it is no part of what is scored.
ORIGIN_KEYS = ("outlet", "origin", "licence")
PATTERN = f"*{markup.SUFFIX}"


def load_gold(path: Path) -> tuple[Record, ...]:
    """All gold under ``path``, sorted by file name.

    ``path`` is a folder of ``*.json`` (gold format: a record without the parts that only a reader fills in) and of
    ``*.propos.txt`` (marked-up dispatches), or a JSON Lines file of records. Raises ``RecordError`` where there is
    nothing to load or a file has another shape, ``InputError`` for a path that cannot be opened.
    """
    if path.is_file():
        return tuple(read_records(path))
    if not path.is_dir():
        raise FILE_MISSING(name=path)
    files = (*path.glob("*.json"), *path.glob(PATTERN))
    records = tuple(_load_json(file) if file.suffix == ".json" else markup.load(file) for file in sorted(files))
    if not records:
        raise GOLD_EMPTY(name=path)
    return records


def read_records(path: Path) -> Iterator[Record]:
    """The records of a JSON Lines file, one by one; empty lines are skipped. Errors as for ``load_gold``."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from_json(line, name=f"{path.name}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error


def gold_record(data: object, name: str = "The gold") -> Record:
    """A record from one JSON annotation; fields that annotators do not fill in take their defaults."""
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key not in ORIGIN_KEYS}
    return from_dict(data, complete=False, name=name)


def _load_json(file: Path) -> Record:
    try:
        return gold_record(json.loads(file.read_text(encoding="utf-8")), file.name)
    except json.JSONDecodeError as error:
        raise JSON_INVALID(name=file.name, reason=error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> ProposError:
    if isinstance(error, FileNotFoundError):
        return FILE_MISSING(name=file)
    return FILE_UNREADABLE(name=file, reason=error)
