"""A row (a JSON object, a line of a table) to an article: which of its keys holds the text, the title, the date."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from propos import errors
from propos.ingest.article import Article, issue_time
from propos.lang.folding import fold
from propos.settings import COLUMN_FIELDS, Columns

LONGEST_NAME = 60
"""Characters of a column's name that is compared with those known: of those the longest has twenty."""

_WORD = re.compile(r"[^\W_]+")


def parse_object(text: str, name: str) -> Mapping[str, object]:
    """The JSON object written in ``text``; raises ``json-invalid`` and ``json-not-object``."""
    value = parse(text, name)
    if not isinstance(value, dict):
        raise errors.JSON_NOT_OBJECT(name=name, got=kind_of(value))
    return value


def parse(text: str, name: str) -> object:
    """The JSON value written in ``text``; raises ``json-invalid``."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        # Of JSON in one line the name says which line of the file it is.
        line = f"line {error.lineno}, " if "\n" in text else ""
        reason = f"{error.msg} at {line}column {error.colno}"
        raise errors.JSON_INVALID(name=name, reason=reason) from error
    except (RecursionError, ValueError) as error:
        raise errors.JSON_INVALID(name=name, reason="it is nested too deeply, or a number in it is too long") from error
    return value


def kind_of(value: object) -> str:
    """How a message calls a JSON value."""
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def to_article(row: Mapping[str, object], columns: Columns, name: str) -> Article:
    """The article in ``row``; raises ``column-missing`` and ``column-not-text``."""
    holders = holders_of(row, columns)
    found = {field: _value(row, field, holders[field], name) for field in COLUMN_FIELDS}
    text = found.pop("text")
    if text is None:
        raise _missing(row, "text", name)
    return Article(
        text=text,
        title=found["title"],
        published=found["published"],
        id=found["id"],
        language=found["language"],
        url=found["url"],
        outlet=found["outlet"],
        author=found["author"],
        section=found["section"],
        issued=issue_time(found["published"]),
    )


def holders_of(row: Mapping[str, object], columns: Columns) -> dict[str, str | None]:
    """The row's column for each field: the mapped one, or one with a name that is used for it."""
    named = _named(row)
    mapped: dict[str, str | None] = {field: getattr(columns, field) for field in COLUMN_FIELDS}
    return {field: _guess(row, field, named) if column is None else column for field, column in mapped.items()}


def _value(row: Mapping[str, object], field: str, column: str | None, name: str) -> str | None:
    if column is None:
        return None
    if column not in row:
        raise _missing(row, field, name)
    value = row[column]
    if isinstance(value, str):
        return _without_surrogates(value) or None
    if field == "text":
        raise errors.COLUMN_NOT_TEXT(name=name, column=column, got=kind_of(value))
    # Identifiers are often numbers; anything else in a lesser field is as good as absent.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _missing(row: Mapping[str, object], field: str, name: str) -> errors.ProposError:
    return errors.COLUMN_MISSING(name=name, field=field, columns=", ".join(sorted(row)[:20]) or "none")


def _without_surrogates(value: str) -> str:
    """JSON may escape half a character (a lone surrogate), which no output encoding can write: U+FFFD stands for it."""
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _named(row: Mapping[str, object]) -> dict[str, str]:
    """The row's columns by their names without case, accents and signs."""
    named: dict[str, str] = {}
    for written in row:
        named.setdefault(written.lower(), written)
    for written in row:
        if len(written) <= LONGEST_NAME:
            named.setdefault(_folded(written), written)
    return named


def _guess(row: Mapping[str, object], field: str, named: Mapping[str, str]) -> str | None:
    """The row's column for a field, by the names in ``columns.toml``."""
    for alias in _aliases()[field]:
        column = named.get(alias)
        if column is not None and (field != "text" or isinstance(row[column], str)):
            return column
    return None


@lru_cache(maxsize=1024)
def _folded(column: str) -> str:
    """``Date de publication`` as ``date_de_publication``: without accents and signs."""
    return "_".join(_WORD.findall(fold(column)))


@cache
def _aliases() -> dict[str, list[str]]:
    data = tomllib.loads((resources.files("propos.ingest") / "columns.toml").read_text(encoding="utf-8"))
    return {field: data[field] for field in COLUMN_FIELDS}
