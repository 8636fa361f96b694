"""PDF: its text page by page in reading order, lines joined to paragraphs, running headers and page numbers left out.

PDFium reads one document at a time; several threads must not share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

from propos import errors
from propos.ingest import pdf_layout
from propos.ingest.article import Article, Origin, joined, to_document
from propos.ingest.pdf_layout import Line
from propos.ingest.raw import Raw
from propos.model import Diagnostic, Document, SegmentKind
from propos.settings import Settings

NAME = "pdf"
MOST_PAGES = 500
_LOCKED = 4
"""PDFium's number for a document that asks for a password."""
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?)?")
_FILE_TITLE = re.compile(r".*\.(?:docx?|odt|rtf|indd|qxd|pdf|txt|pptx?)|(?:microsoft word|untitled|sans titre)\b.*", re.IGNORECASE)


def read(raw: Raw, settings: Settings) -> Iterator[Document]:
    """The one document of a PDF; raises ``pdf-locked``, ``pdf-without-text``, ``pdf-too-long``, ``format-damaged``."""
    data = raw.all(settings.max_bytes)
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(data)) as document:
            pages = _pages(document, raw.name, settings.max_chars)
            article = _article(pages, document.get_metadata_dict(skip_empty=True), raw.name)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _LOCKED:
            raise errors.PDF_LOCKED(name=raw.name) from error
        raise errors.FORMAT_DAMAGED(name=raw.name, form="a PDF", reason=str(error).rstrip(".")) from error
    yield to_document(article, Origin(NAME, raw.name, raw.file, data), settings)


def _pages(document: Any, name: str, most: int) -> list[list[Line]]:  # noqa: ANN401 (PDFium has no types)
    """The lines of each page in reading order; raises ``pdf-too-long`` and ``text-too-long``."""
    if len(document) > MOST_PAGES:
        raise errors.PDF_TOO_LONG(name=name, pages=len(document), limit=MOST_PAGES)
    out, length = [], 0
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            length += text.count_chars()
            if length > 2 * most:  # running headers and divided words may go yet
                raise errors.TEXT_TOO_LONG(name=name, length=length, limit=most)
            out.append(pdf_layout.ordered(list(_lines(text))))
    return out


def _lines(page: Any) -> Iterator[Line]:  # noqa: ANN401 (the same)
    """The lines of a page as PDFium finds them, cut where a wide space shows another column."""
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for letter, box in _characters(page):
        apart = bool(boxes) and letter.strip() != "" and box[0] - boxes[-1][2] > 2.5 * (box[3] - box[1] + 1)
        if letter in "\r\n" or apart:
            yield from _line(letters, boxes)
            letters, boxes = [], []
        if letter not in "\r\n":
            letters.append(letter)
            if letter.strip() and box[2] > box[0]:
                boxes.append(box)
        if letter == pdf_layout.DIVISION:  # no line end follows it
            yield from _line(letters, boxes)
            letters, boxes = [], []
    yield from _line(letters, boxes)


def _characters(page: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:  # noqa: ANN401 (the same)
    from pypdfium2 import PdfiumError, raw

    for at in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, at)
        if code == 0xFFFE:
            code = ord(pdf_layout.DIVISION)
        # Halves of characters and what is none at all cannot be written down.
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        try:
            box = page.get_charbox(at, loose=True)
        except PdfiumError:
            box = (0.0, 0.0, 0.0, 0.0)
        yield letter, box


def _line(letters: list[str], boxes: list[tuple[float, float, float, float]]) -> Iterator[Line]:
    text = "".join(letter for letter in letters if letter >= " " or letter in {"\t", pdf_layout.DIVISION}).strip(" \t")
    if text and boxes:
        left, bottom, right, top = zip(*boxes, strict=True)
        yield Line(text, min(left), min(bottom), max(right), max(top))


def _article(pages: list[list[Line]], metadata: dict[str, str], name: str) -> Article:
    """The article of the pages; raises ``pdf-without-text``."""
    kept, dropped = pdf_layout.without_furniture(pages)
    blocks: list[tuple[str, SegmentKind]] = [(words, "body") for words in pdf_layout.paragraphs(kept)]
    if not any(letter.isalnum() for words, _ in blocks for letter in words):
        raise errors.PDF_WITHOUT_TEXT(name=name)
    text, parts = joined(blocks)
    message = f"{dropped} lines that are page numbers or stand on many pages were left out."
    issued = issue_time(metadata.get("CreationDate", ""))
    article = Article(
        text=text,
        title=_title(metadata.get("Title", "")),
        published=issued,
        author=" ".join(metadata.get("Author", "").split()) or None,
        issued=issued if issued is not None and len(issued) > len("2024-03-15") else None,
        parts=parts,
        diagnostics=(Diagnostic("pdf-lines-dropped", message),) if dropped else (),
    )
    # Where the title stands on the page, under a line with the ministry's name for example, it is not put there twice.
    shown = article.title is not None and " ".join(article.title.lower().split()) in " ".join(text[:2_000].lower().split())
    return article if shown else article.with_title_in_text()


def _title(written: str) -> str | None:
    """The title that the document was given, not the name of the file that it was made from."""
    title = " ".join(written.split())
    return title if title and not _FILE_TITLE.fullmatch(title) else None


def issue_time(written: str) -> str | None:
    """ISO 8601 for ``D:20240315083000+01'00'``; ``None`` where it is no date."""
    match = _DATE.match(written.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, universal, zone, rest = match.groups()
    iso = f"{year}-{month}-{day}"
    if hour is not None:
        iso += f"T{hour}:{minute}:{second or '00'}" + ("+00:00" if universal else f"{zone}:{rest or '00'}" if zone else "")
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return iso
