"""Factiva RTF: the lines of "full article", or the codes of "full article plus indexing", one article after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from propos import errors
from propos.ingest import bundle, factiva_coded, factiva_header, lines
from propos.ingest.article import Article
from propos.ingest.bundle import Piece
from propos.ingest.line import Line
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "factiva-rtf"


@dataclass(frozen=True, slots=True)
class _Lines(Piece):
    """An article's lines, blank ones left out."""

    texts: tuple[str, ...] = ()


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of an export, in order; raises ``no-articles``."""
    found = lines.of_file(raw.all(settings.max_bytes), raw.name, settings.max_bytes)
    yield from bundle.documents(NAME, raw, settings, _pieces(found), _article)


def _pieces(found: Sequence[Line]) -> Iterator[_Lines]:
    """The articles; what follows the last one (the summary of the search) is none, unless it has an article's header."""
    pending: list[Line] = []
    for line in found:
        pending.append(line)
        if factiva_coded.is_last(line.text):
            yield _piece(pending, closed=True)
            pending = []
    if any(factiva_header.is_length(line.text) for line in pending):
        yield _piece(pending, closed=False)


def _piece(found: Sequence[Line], *, closed: bool) -> _Lines:
    return _Lines(lines.joined(found), closed, tuple(line.text for line in found if line.text))


def _article(piece: _Lines, name: str) -> Article:
    cells = _cells(piece.texts)
    if "HD" in cells and "PD" in cells:
        return factiva_coded.article(cells, name, None, ())
    header = factiva_header.parse(piece.texts)
    if header is None:
        raise errors.ARTICLE_UNREADABLE(name=name, reason="it has no header: no line gives its length")
    return factiva_coded.of_lines(piece.texts, header, name, None, ())


def _cells(texts: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The lines behind each code that stands alone on a line."""
    cells: dict[str, list[str]] = {}
    current: list[str] | None = None
    for text in texts:
        if text in factiva_coded.CODES and text not in cells:
            current = cells[text] = []
        elif current is not None:
            current.append(text)
    return cells
