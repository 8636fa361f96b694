"""Factiva XML: ``ppsarticle/article`` or ``article`` elements, any number in a file, each read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from propos import errors
from propos.ingest import bundle, factiva_coded, factiva_number, page, printed_date
from propos.ingest.article import Article, iso_date
from propos.ingest.bundle import Piece
from propos.ingest.factiva_header import Header
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "factiva-xml"

MARKS = re.compile(r"<ppsarticle\b|distdoc:archive/ArchiveDoc|<(?:leadParagraph|tailParagraphs)\b")
_ARTICLE = re.compile(rb"<article(?=[\s>])")
_TEXT = ("leadParagraph", "tailParagraphs")


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of a file, in order; raises ``no-articles``."""
    opened = page.open_page(raw.all(settings.max_bytes), raw.name)
    pieces = bundle.elements(opened.data, _ARTICLE, b"article")
    yield from bundle.documents(NAME, raw, settings, pieces, partial(_article, opened))


def _article(opened: page.Page, piece: Piece, name: str) -> Article:
    """An article without its file's DTD: an entity of its own making is an error, never expanded."""
    text, odd = opened.text(piece.markup)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise errors.ARTICLE_UNREADABLE(name=name, reason=f"its XML is broken: {_reason(error)}") from error
    written = _line(root, "publicationDate/date") or _line(root, "publicationDate")
    date, printed = iso_date(written), printed_date.find(written)
    time = printed_date.clock(_line(root, "publicationTime/time") or _line(root, "publicationTime"))
    header = Header(
        headline=_line(root, "headline") or None,
        section=_line(root, "sectionName") or None,
        author=_line(root, "byline") or None,
        outlet=_line(root, "sourceName") or None,
        printed=date or (printed.value if printed else None),
        time=time,
    )
    language = _line(root, "baseLanguage").lower()[:2] or None
    number = factiva_number.find(_line(root, "reference").replace("/", " "))
    return factiva_coded.built(header, list(_paragraphs(root)), number, name, language, odd)


def _line(root: etree._Element, path: str) -> str:
    return page.words(root.find(path))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for holder in (element for name in _TEXT for element in root.findall(name)):
        yield from page.blocks(holder)


def _reason(error: etree.LxmlError) -> str:
    return str(error).split(", line")[0][:120]
