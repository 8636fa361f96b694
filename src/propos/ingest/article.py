"""What a format reader finds in an input, and how it becomes a :class:`propos.model.Document`.

The same for all formats: publication dates, identifiers, the title's place, limits and segments.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from propos import errors
from propos.ingest import language, segments
from propos.model import Diagnostic, Document, Edition, Segment, SegmentKind, Source, Span
from propos.settings import Settings

BLANK_LINE = "\n\n"
_MONTH = re.compile(r"(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its format gives it.

    ``parts`` are those that the format marks (heading, lead, byline, dateline); ``published`` is as written; ``issued``, ``external`` and ``edition`` are
    those of :class:`propos.model.Source`.
    """

    text: str
    title: str | None = None
    published: str | None = None
    id: str | None = None
    language: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    issued: str | None = None
    external: tuple[str, ...] = ()
    edition: Edition | None = None
    parts: tuple[Segment, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def with_title_in_text(self) -> Article:
        """The title put before the text, with a blank line between, unless the text starts with it already."""
        if not self.title or segments.starts_with(self.text, self.title):
            return self
        prefix = self.title + BLANK_LINE
        shifted = tuple(Segment(part.kind, Span(part.span.start + len(prefix), part.span.end + len(prefix))) for part in self.parts)
        return replace(self, text=prefix + self.text, parts=shifted)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article stood: the reader that found it, its file, its place there, and its raw bytes."""

    reader: str
    name: str
    file: str | None
    data: bytes
    ordinal: int = 0
    alone: bool = True


def to_document(article: Article, origin: Origin, settings: Settings) -> Document:
    """The finished document; raises ``input-empty`` and ``text-too-long``."""
    check_length(article.text, origin.name, settings.max_chars)
    if not any(character.isalnum() for character in article.text):
        raise errors.INPUT_EMPTY(name=origin.name)
    digest = hashlib.sha256(origin.data).hexdigest()
    published, odd_date = _published(article, settings)
    code = (article.language or settings.language).replace("_", "-").split("-")[0].lower()
    parts = segments.find(article.text, article.title, article.parts, code)
    return Document(
        text=article.text,
        id=article.id or _default_id(origin, digest),
        title=article.title or segments.title_of(article.text, parts),
        published=published,
        language=code,
        source=_source(article, origin, digest),
        segments=parts,
        diagnostics=(*article.diagnostics, *odd_date, *language.check(article.text, settings.language)),
    )


def _source(article: Article, origin: Origin, digest: str) -> Source:
    return Source(
        origin.reader, origin.file, origin.ordinal, digest, article.url, _line(article.outlet), article.author,
        article.section, article.issued, article.external, article.edition,
    )  # fmt: skip


def _line(written: str | None) -> str | None:
    """A name that is counted and asked for: blanks around it and runs of them inside it make no other name."""
    return " ".join(written.split()) or None if written else written


def joined(blocks: Iterable[tuple[str, SegmentKind]]) -> tuple[str, tuple[Segment, ...]]:
    """Blocks of text with blank lines between, and the parts that they are, body text aside."""
    words: list[str] = []
    parts: list[Segment] = []
    at = 0
    for block, kind in blocks:
        words.append(block)
        if kind != "body":
            parts.append(Segment(kind, Span(at, at + len(block))))
        at += len(block) + len(BLANK_LINE)
    return BLANK_LINE.join(words), tuple(parts)


def check_length(text: str, name: str, limit: int) -> None:
    """Raise ``text-too-long`` where ``text`` has more than ``limit`` characters."""
    if len(text) > limit:
        raise errors.TEXT_TOO_LONG(name=name, length=len(text), limit=limit)


def _default_id(origin: Origin, digest: str) -> str:
    """The file's name without its ending, numbered where the file holds several; else the start of the digest."""
    if origin.file is None:
        return digest[:12]
    stem = PurePath(origin.file).stem
    return stem if origin.alone else f"{stem}-{origin.ordinal}"


def _published(article: Article, settings: Settings) -> tuple[str | None, tuple[Diagnostic, ...]]:
    if settings.published is not None:
        return settings.published, ()
    if not article.published:
        return None, ()
    found = iso_date(article.published)
    if found is not None:
        return found, ()
    message = f"The publication date {article.published[:40]!r} is not understood; give it with --date YYYY-MM-DD."
    return None, (Diagnostic("date-unreadable", message),)


def issue_time(when: str | None) -> str | None:
    """The full time in an ISO date with hours; ``None`` where there is none."""
    try:
        return datetime.fromisoformat(when.strip()).isoformat() if when and len(when.strip()) > len("2024-03-15") else None
    except ValueError:
        return None


def iso_date(written: str) -> str | None:
    """The ISO date in ``2024-03-15T08:00:00+01:00``, ``15/03/2024`` or ``Fri, 15 Mar 2024 08:00:00 GMT``.

    A month (``2024-03``) or a year (``2024``) stays one.
    """
    written = written.strip()
    if _MONTH.fullmatch(written):
        return written
    try:
        return date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        pass
    day, _, rest = written[:10].partition("/")
    month, _, year = rest.partition("/")
    try:
        if year:
            return date(int(year), int(month), int(day)).isoformat()
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return None
