"""What tables share, whatever file they stand in: a header that is checked once, and rows that become articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from propos import errors
from propos.ingest import rows
from propos.ingest.article import Article, Origin, to_document
from propos.model import Diagnostic, Document
from propos.settings import Columns, Settings


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what messages call it, its place (from 0), its values by column, its raw bytes, and what was odd about it."""

    name: str
    ordinal: int
    values: Mapping[str, object]
    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


Found = Row | errors.InputError
"""A row, or why there is none in its place."""


def broken(name: str, reason: str) -> errors.InputError:
    """The error ``row-broken``, to be given in the row's place."""
    error = errors.ROW_BROKEN(name=name, reason=reason)
    told = errors.InputError(error.code, error.message, error.hint)
    told.name = error.name
    return told


def header(names: Sequence[str]) -> list[str]:
    """Column names without spaces around them; a name that comes again is numbered (``date``, ``date.2``)."""
    out: list[str] = []
    for name in (name.strip() for name in names):
        again = 1 + sum(other == name or other.startswith(f"{name}.") for other in out) if name in out else 1
        out.append(name if again == 1 else f"{name}.{again}")
    return out


def check(columns: Sequence[str], chosen: Columns, name: str) -> None:
    """Raise ``column-missing`` where no column holds the text, or where a mapped one is not there."""
    rows.to_article(dict.fromkeys(columns, "x"), chosen, name)


def documents(found: Iterable[Found], reader: str, file: str | None, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of rows, in order."""
    for row in found:
        if isinstance(row, errors.InputError):
            yield row
            continue
        origin = Origin(reader, row.name, file, row.data, row.ordinal, alone=False)
        try:
            yield to_document(_article(row, settings), origin, settings)
        except errors.InputError as error:
            yield error


def _article(row: Row, settings: Settings) -> Article:
    plain = {column: written(value) for column, value in row.values.items()}
    try:
        article = rows.to_article(plain, settings.columns, row.name)
    except errors.InputError as error:
        if error.code in {errors.COLUMN_MISSING.code, errors.COLUMN_NOT_TEXT.code}:
            # The header has the column, so it is the cell that holds nothing.
            raise errors.INPUT_EMPTY(name=row.name) from error
        raise
    return replace(article, diagnostics=row.diagnostics).with_title_in_text()


def written(value: object) -> object:
    """A cell as JSON would hold it: dates in ISO form, text and whole numbers as they are, ``None`` as an empty text."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def as_json(values: Mapping[str, object]) -> bytes:
    """The row's values in a form that stays the same, for its digest."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
