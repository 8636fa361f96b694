"""What a question gives: typed rows, and the same as dictionaries or as tables of pandas and Polars."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Generic, TypeAlias, TypeVar

from propos import errors
from propos.serialise import encode

Row = TypeVar("Row")
Parts: TypeAlias = Mapping[str, type]
"""Field -> the type of the row that stands there; a row type has it as ``PARTS``."""
Cell: TypeAlias = str | int | float | bool | None
MANY = "; "
"""Between the values of a cell that has several."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """The rows of an answer in their order; ``kind`` is their type, so that an empty answer has columns, too.

    ``since``: where the dossier was too large for the question, the day of publication from which on it was answered.
    """

    kind: type[Row]
    rows: tuple[Row, ...]
    since: str | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def first(self, count: int | None) -> Answer[Row]:
        """The first rows; all of them for ``None``."""
        return Answer(self.kind, self.rows[:count], self.since)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Rows as plain JSON values; what has parts (a passage) is a dictionary, too."""
        return [encode(row) for row in self.rows]

    def columns(self) -> tuple[str, ...]:
        """The names of the cells of ``flat``: parts have the name of the whole before theirs (``passage.words``)."""
        return tuple(_names(self.kind))

    def flat(self) -> Iterator[tuple[Cell, ...]]:
        """Rows as cells; several values are joined by ``"; "``, of several passages the first is shown."""
        return (tuple(_cells(self.kind, row)) for row in self.rows)

    def to_pandas(self) -> Any:  # noqa: ANN401 (the package may be missing)
        """A ``pandas.DataFrame`` of the flat rows; raises ``answer-package``."""
        return _package("pandas").DataFrame(list(self.flat()), columns=list(self.columns()))

    def to_polars(self) -> Any:  # noqa: ANN401 (the package may be missing)
        """A ``polars.DataFrame`` of the flat rows; raises ``answer-package``."""
        return _package("polars").DataFrame(list(self.flat()), schema=list(self.columns()), orient="row")


def _package(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise errors.ANSWER_PACKAGE(package=name) from error


def _names(kind: type, before: str = "") -> Iterator[str]:
    for name, part in _fields(kind):
        if part is None:
            yield before + name
        else:
            yield from _names(part, f"{before}{name}.")


def _cells(kind: type, value: object) -> Iterator[Cell]:
    for name, part in _fields(kind):
        held = getattr(value, name, None)
        if part is None:
            yield _cell(held)
        else:
            shown = next(iter(held), None) if isinstance(held, tuple) else held
            yield from _cells(part, shown)


def _fields(kind: type) -> Sequence[tuple[str, type | None]]:
    """The fields of a row with the type of their parts, where they are rows themselves."""
    parts: Parts = getattr(kind, "PARTS", {})
    return [(field.name, parts.get(field.name)) for field in dataclasses.fields(kind)]


def _cell(value: object) -> Cell:
    if isinstance(value, tuple):
        return MANY.join(str(item) for item in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
