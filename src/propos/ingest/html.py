"""A saved HTML page: the article's text and what the page says about it (title, date, site, author), found by trafilatura.

Paragraphs are separated by a blank line; spaces are those that a browser shows. No-break spaces and soft hyphens,
which trafilatura would turn into plain spaces or drop, go through it in disguise.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element
from trafilatura.settings import Document as Extract

from propos import errors
from propos.ingest import page_weight
from propos.ingest.address import is_url
from propos.ingest.article import Article, Origin, issue_time, joined, to_document
from propos.ingest.encoding import Decoded, decode
from propos.ingest.raw import Raw
from propos.model import Document, SegmentKind
from propos.settings import Settings

NAME = "html"

DISGUISE: dict[str, str | int | None] = {"\u00a0": "\ue0a0", "\u202f": "\ue0a1", "\u2009": "\ue0a2", "\u00ad": "\ue0a3"}
"""Characters to keep, each with a private-use character that stands for it inside trafilatura."""

_ENTITIES = {
    "nbsp": "\u00a0", "#160": "\u00a0", "#xa0": "\u00a0", "nnbsp": "\u202f", "#8239": "\u202f", "#x202f": "\u202f",
    "thinsp": "\u2009", "#8201": "\u2009", "#x2009": "\u2009", "shy": "\u00ad", "#173": "\u00ad", "#xad": "\u00ad",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:" + "|".join(_ENTITIES) + r");", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w\-]{2,20})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]{0,500}\blang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_HEAD = 200_000
"""Characters of a page in which its times are looked for."""
_TIME = re.compile(
    r"(?:article:published_time|datePublished)[\"']\s{0,5}(?:content\s{0,5}=|:)\s{0,5}[\"'](\d{4}-\d\d-\d\d[T ][\d:.+\-Z]{5,25})", re.IGNORECASE
)
_MASK = str.maketrans(DISGUISE)
_UNMASK = {ord(str(mask)): true for true, mask in DISGUISE.items()}
_PARAGRAPHS = {"p", "head", "item", "quote", "cell", "code"}
_SPACES = re.compile(r"[ \t\n\r\f]+")


def read(raw: Raw, settings: Settings) -> Iterator[Document]:
    """The one document of a page; raises ``html-no-article``."""
    data = raw.all(settings.max_bytes)
    decoded = decoded_page(data, raw.name)
    article = extract(decoded.text, raw.name)
    if article is None:
        raise errors.HTML_NO_ARTICLE(name=raw.name)
    if raw.file is not None and article.url is None and is_url(raw.file):
        article = replace(article, url=raw.file)
    yield to_document(article.with_title_in_text(), Origin(NAME, raw.name, raw.file, data), settings)


def extract(page: str, name: str) -> Article | None:
    """The article of an HTML page, ``None`` where there is none; raises ``format-damaged`` for one that is too heavy."""
    tags = page_weight.check(page, name)
    found = _found(_disguised(page), thorough=tags <= page_weight.THOROUGH_TAGS)
    if found is None or found.body is None:
        return None
    blocks = list(_blocks(found.body))
    if not blocks:
        return None
    text, parts = joined(blocks)
    language = _LANGUAGE.search(page[:20_000])
    return Article(
        text=text,
        title=_clean(found.title or "") or None,
        published=found.date,
        language=language.group(1).lower() if language else None,
        url=found.url,
        outlet=_clean(found.sitename or "") or None,
        author=_clean(found.author or "") or None,
        section=_clean("; ".join(found.categories or ())) or None,
        issued=_issued(page, found.date),
        parts=parts,
    )


def _issued(page: str, day: str | None) -> str | None:
    """The full time of publication, of those that the page's head gives the first that is of this day."""
    written = (match.group(1) for match in _TIME.finditer(page[:_HEAD]))
    return next((time for time in map(issue_time, written) if time is not None and time[:10] == day), None)


def _found(page: str, *, thorough: bool) -> Extract | None:
    from trafilatura import bare_extraction, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what matters is told by errors of our own
    tree = load_html(page)
    if tree is None:
        return None
    page_weight.lighten(tree)
    found = bare_extraction(tree, fast=not thorough, include_comments=False, include_tables=False, with_metadata=True)
    return found if isinstance(found, Extract) else None


def decoded_page(data: bytes, name: str, charset: str | None = None) -> Decoded:
    """By ``charset`` (the server's word), the page's own declaration where it holds, else as any text."""
    declared = _CHARSET.search(data[:4096])
    for encoding in filter(None, (charset, declared and declared.group(1).decode("ascii"))):
        try:
            return Decoded(data.decode(encoding), encoding)
        except (LookupError, ValueError):
            pass
    return decode(data, name)


def _disguised(page: str) -> str:
    page = _ENTITY.sub(lambda match: _ENTITIES[match.group()[1:-1].lower()], page)
    return page.translate(_MASK)


def _clean(words: str) -> str:
    """Spaces as a browser shows them, the disguise taken off."""
    return _SPACES.sub(" ", words).strip(" ").translate(_UNMASK)


def _blocks(body: _Element) -> Iterator[tuple[str, SegmentKind]]:
    """The texts of the innermost paragraphs, in order, and what each is."""
    for element in body.iter(*_PARAGRAPHS):
        if any(child.tag in _PARAGRAPHS for child in element.iterdescendants()):
            continue
        words = _clean("".join(element.itertext()))
        if words:
            yield (f"- {words}" if element.tag == "item" else words), "heading" if element.tag == "head" else "body"
