"""Factiva HTML: "full article plus indexing" (a table of codes for each article) and "full article" (bare lines)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import takewhile

from lxml.etree import _Element

from propos import errors
from propos.ingest import bundle, factiva_coded, factiva_header, page
from propos.ingest.article import Article
from propos.ingest.bundle import Piece
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "factiva-html"

MARKS = re.compile(r"<div\b[^<>]{0,200}\bclass\s*=\s*[\"']article [a-z]{2}Article\b", re.IGNORECASE)
_ARTICLE = re.compile(rb"<div\b[^<>]{0,200}\bclass\s*=\s*[\"']?article [a-z]{2}Article\b", re.IGNORECASE)
_LANGUAGE = re.compile(rb"\barticle ([a-z]{2})Article\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,3}")


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of an export, in order; raises ``no-articles``."""
    opened = page.open_page(raw.all(settings.max_bytes), raw.name)
    pieces = bundle.elements(opened.data, _ARTICLE, b"div")
    yield from bundle.documents(NAME, raw, settings, pieces, partial(_article, opened))


def _article(opened: page.Page, piece: Piece, name: str) -> Article:
    text, odd = opened.text(piece.markup)
    root = page.tree(text, name)
    match = _LANGUAGE.search(piece.markup[:400])
    language = match.group(1).decode().lower() if match else None
    cells = _cells(root)
    if cells:
        return factiva_coded.article(cells, name, language, odd)
    return _bare(root, name, language, odd)


def _cells(root: _Element) -> Mapping[str, tuple[str, ...]]:
    """The blocks behind each code; empty in the bare layout."""
    found: dict[str, tuple[str, ...]] = {}
    for row in root.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        code = page.words(cells[0]).strip() if len(cells) > 1 else ""
        if _CODE.fullmatch(code) and code not in found:
            # Where a tag is not closed, a cell may hold the rows behind it.
            found[code] = tuple(
                takewhile(lambda block: block.strip() not in factiva_coded.CODES, page.blocks(cells[1]))
            )
    return found


def _bare(root: _Element, name: str, language: str | None, odd: factiva_coded.Diagnostics) -> Article:
    lines = list(page.blocks(root))
    title = _headline(root, language)
    header = factiva_header.parse(lines, title)
    if header is None:
        raise errors.ARTICLE_UNREADABLE(name=name, reason="it has no header: no line gives its length")
    return factiva_coded.of_lines(lines, header, name, language, odd)


def _headline(root: _Element, language: str | None) -> str | None:
    element = page.first(root, f"{language}Headline", "enHeadline", "frHeadline")
    if element is None:
        element = next(iter(root.xpath(".//div[@id='hd']")), None)
    return page.words(element) or None
