"""A file with many articles: each becomes a document or the reason why not, and the others are read all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from propos import errors
from propos.ingest.article import Article, Origin, to_document
from propos.ingest.raw import Raw
from propos.model import Diagnostic, Document
from propos.settings import Settings

UNCLOSED = Diagnostic("article-unclosed", "The article's end is not marked: part of it may be missing.")
NO_TEXT = "it has no text"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article's own markup as it stands in the file; ``closed``: whether its end is marked."""

    markup: bytes
    closed: bool = True


AnyPiece = TypeVar("AnyPiece", bound=Piece)


def documents(
    form: str, raw: Raw, settings: Settings, pieces: Iterable[AnyPiece], article: Callable[[AnyPiece, str], Article]
) -> Iterator[Document | errors.InputError]:
    """One outcome for each piece; ``article`` reads one, and is told how messages call it.

    Raises ``no-articles`` where there is no piece.
    """
    count = 0
    for ordinal, piece in enumerate(pieces):
        count += 1
        name = f"article {ordinal + 1} of {raw.name}"
        try:
            found = article(piece, name).with_title_in_text()
            if not piece.closed:
                found = replace(found, diagnostics=(*found.diagnostics, UNCLOSED))
            yield to_document(found, Origin(form, name, raw.file, piece.markup, ordinal, alone=False), settings)
        except errors.InputError as error:
            yield error
    if not count:
        raise errors.NO_ARTICLES(name=raw.name, format=form)


def untitled(title: str | None) -> tuple[Diagnostic, ...]:
    """``title-missing`` where there is no title."""
    return () if title else (Diagnostic("title-missing", "The article has no title where the format puts one."),)


def elements(data: bytes, opening: re.Pattern[bytes], tag: bytes) -> Iterator[Piece]:
    """The elements whose start tag ``opening`` matches, each to its end tag, or to the next one where that is missing."""
    tags = re.compile(rb"<(/?)" + tag + rb"(?=[\s>/])[^<>]*>", re.IGNORECASE)
    starts = [match.start() for match in opening.finditer(data)]
    for start, limit in pairwise([*starts, len(data)]):
        end = _end(data, tags, start, limit)
        yield Piece(data[start : end or limit], closed=end is not None)


def _end(data: bytes, tags: re.Pattern[bytes], start: int, limit: int) -> int | None:
    depth = 0
    for match in tags.finditer(data, start, limit):
        if match.group().endswith(b"/>"):
            continue
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return None
