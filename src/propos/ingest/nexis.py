"""Nexis: the DOCX, RTF and text files of Nexis Uni, and the text files of the old nexis.com."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from propos import errors
from propos.ingest import bundle, lines, nexis_classic, nexis_uni, nexis_words, printed_date
from propos.ingest.article import Article, joined
from propos.ingest.bundle import Piece
from propos.ingest.line import Line
from propos.ingest.nexis_fields import Fields
from propos.ingest.raw import Raw
from propos.model import Document, SegmentKind
from propos.settings import Settings

NAME = "nexis"

MARKS = re.compile(
    r"^[^\S\n]*(?:\d+ of \d+ DOCUMENTS|Dokument \d+ von \d+|Document \d+ de \d+|"
    r"(?:Load-Date|Date de chargement)\s?:.*|.{0,400}End of Document|Fin du document)[^\S\n]*$",
    re.MULTILINE,
)
_BYLINE_OPENING = re.compile(r"(?:par|by|von)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Lines(Piece):
    """An article's lines, blank ones kept; ``classic``: in the manner of nexis.com."""

    texts: tuple[str, ...] = ()
    classic: bool = False


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of an export, in order; raises ``no-articles``."""
    found = lines.of_file(raw.all(settings.max_bytes), raw.name, settings.max_bytes)
    classic = any(nexis_classic.is_start(line.text) for line in found)
    pieces = _classic_pieces(found) if classic else _uni_pieces(found)
    yield from bundle.documents(NAME, raw, settings, pieces, _article)


def _classic_pieces(found: Sequence[Line]) -> Iterator[_Lines]:
    starts = [index for index, line in enumerate(found) if nexis_classic.is_start(line.text)]
    for start, end in pairwise([*starts, len(found)]):
        part = found[start:end]
        closed = any((label := nexis_words.labelled(line.text)) and label.part == "language" for line in part)
        yield _Lines(lines.joined(part), closed, tuple(line.text for line in part[1:]), classic=True)


def _uni_pieces(found: Sequence[Line]) -> Iterator[_Lines]:
    pending: list[Line] = []
    for line in found:
        rest = nexis_words.without_end(line.text)
        pending.append(line if rest is None else line._replace(text=rest))
        if rest is not None:
            yield _piece(pending, closed=True)
            pending = []
    if any(line.text.lower() in nexis_words.words().body for line in pending):
        yield _piece(pending, closed=False)


def _piece(found: Sequence[Line], *, closed: bool) -> _Lines:
    return _Lines(lines.joined(found), closed, tuple(line.text for line in found))


def _article(piece: _Lines, name: str) -> Article:
    fields = nexis_classic.parse(piece.texts, name) if piece.classic else nexis_uni.parse(piece.texts, name)
    if not any(character.isalnum() for block in fields.body for character in block):
        raise errors.ARTICLE_UNREADABLE(name=name, reason=bundle.NO_TEXT)
    published, odd = printed_date.settle(fields.printed, None)
    text, parts = joined([*_front(fields), *((block, "body") for block in fields.body)])
    return Article(
        text=text,
        title=fields.title,
        published=published,
        language=fields.language,
        outlet=fields.outlet,
        author=_BYLINE_OPENING.sub("", fields.author, count=1) if fields.author else None,
        section=fields.section,
        issued=printed_date.issued(fields.printed, fields.time),
        parts=parts,
        diagnostics=(*odd, *bundle.untitled(fields.title)),
    )


def _front(fields: Fields) -> Iterator[tuple[str, SegmentKind]]:
    """What Nexis marks apart from the body, in the order in which papers print it."""
    if fields.author:
        yield fields.author, "byline"
    if fields.lead:
        yield fields.lead, "lead"
    if fields.dateline:
        yield fields.dateline, "dateline"
