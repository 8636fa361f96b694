"""What a flat table is: named, typed columns, and the rows that an article gives. CSV, XLSX and Parquet all write these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

from propos.export.article import Article, clean
from propos.model import Span
from propos.store.entry import Entry

Kind = Literal["text", "texts", "integer", "number", "truth"]
Cell = str | tuple[str, ...] | int | float | bool | None
JOINT = "; "
"""Between the values of a ``texts`` cell where a format has no lists."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name that readers of the file see, and what its cells hold (each of them may be ``None``)."""

    name: str
    kind: Kind
    value: Callable[[Article, object], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the items of an entry that give a row each."""

    name: str
    columns: tuple[Column, ...]
    items: Callable[[Entry], Iterable[object]]

    def rows(self, entries: Iterable[Entry]) -> Iterator[tuple[Cell, ...]]:
        """One row an item, in the order of the entries and of the text."""
        for entry in entries:
            article = Article(entry)
            for item in self.items(entry):
                yield tuple(_cleaned(column.value(article, item)) for column in self.columns)


def columns_of(kind: type[T], cells: Mapping[str, tuple[Kind, Callable[[Article, T], Cell]]]) -> tuple[Column, ...]:
    """The columns of a table whose items are of one type."""

    def bound(value: Callable[[Article, T], Cell]) -> Callable[[Article, object], Cell]:
        return lambda article, item: value(article, item) if isinstance(item, kind) else None

    return tuple(Column(name, form, bound(value)) for name, (form, value) in cells.items())


def joined(cell: Cell) -> str | int | float | bool | None:
    """The cell for formats without lists: lists joined, truths and all else as they are."""
    return JOINT.join(cell) if isinstance(cell, tuple) else cell


def start(span: Span | None) -> int | None:
    """Where a span begins."""
    return span.start if span is not None else None


def end(span: Span | None) -> int | None:
    """Where a span ends, itself excluded."""
    return span.end if span is not None else None


def spans(several: Iterable[Span]) -> tuple[str, ...]:
    """Spans as ``start-end``."""
    return tuple(f"{span.start}-{span.end}" for span in several)


def _cleaned(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return clean(cell)
    return tuple(map(clean, cell)) if isinstance(cell, tuple) else cell


# What every row says about its article.
ARTICLE: Mapping[str, tuple[Kind, Callable[[Article, object], Cell]]] = MappingProxyType(
    {
        "article_id": ("text", lambda article, _: article.record.id),
        "article_number": ("integer", lambda article, _: article.entry.article or None),
        "article_key": ("text", lambda article, _: article.entry.key or None),
        "group_id": ("integer", lambda article, _: group.id if (group := article.entry.group) else None),
        "copies": ("integer", lambda article, _: group.size if (group := article.entry.group) else 1),
        "canonical": ("truth", lambda article, _: group.canonical if (group := article.entry.group) else True),
        "copy_outlets": ("texts", lambda article, _: group.outlets if (group := article.entry.group) else ()),
        "status": ("text", lambda article, _: article.entry.status),
        "outlet": ("text", lambda article, _: article.record.source.outlet),
        "author": ("text", lambda article, _: article.record.source.author),
        "section": ("text", lambda article, _: article.record.source.section),
        "published": ("text", lambda article, _: article.record.published),
        "article_title": ("text", lambda article, _: article.record.title),
        "url": ("text", lambda article, _: article.record.source.url),
        "language": ("text", lambda article, _: article.record.language),
        "file": ("text", lambda article, _: article.record.source.file),
        "sha256": ("text", lambda article, _: article.record.source.sha256 or None),
        "propos_version": ("text", lambda article, _: article.record.propos.version or None),
    }
)
