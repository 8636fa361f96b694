"""Europresse HTML: many articles in a file, in the layout of today (``<article>``) or in that of before 2014 (tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile

from lxml.etree import _Element

from propos import errors
from propos.ingest import bundle, page, printed_date
from propos.ingest.article import Article, joined
from propos.ingest.bundle import Piece
from propos.ingest.raw import Raw
from propos.model import Document, SegmentKind
from propos.settings import Settings

NAME = "europresse"

MARKS = re.compile(r"\b(?:rdp__)?DocPublicationName\b|\bpubliC-lblNodoc\b|\bdocOcurrContainer\b")
"""What no other page has; ``Ocurr`` is spelt so."""

_ARTICLE = re.compile(rb"<article(?=[\s>])", re.IGNORECASE)
_TOKEN = re.compile(rb"<[^<>]*>|[^<]+|<")
_OLD_NAME = re.compile(rb"<span\b[^<>]*\bDocPublicationName\b", re.IGNORECASE)
_NUMBER = re.compile(r"news·(?P<date>\d{8})·\w{1,12}·[\w\-]{1,40}")
_OUTLET_END = re.compile(r"\s*(?:,|\n|\(|\sno\.\s).*", re.DOTALL)
_LINK_NOTE = re.compile(r"\s?\(lien\s?: https?://[^\s()]*\)")
_COPYRIGHT = re.compile(r"©\s*\d{4}\b")
_LONGEST_NAME = 10
"""Words of an author's line."""
_MOST_MARKS = 5

_SENTENCE_ENDS = tuple(".!?…»”:")
_SOURCE_LINK = "Cet article est paru dans"
_BYLINE_OPENING = re.compile(r"(?:par|by|de notre[^,]*,)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Header:
    """The line with section, place, date and page."""

    section: str | None = None
    printed: str | None = None
    language: str | None = None
    time: str | None = None


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of an export, in order; raises ``no-articles``."""
    opened = page.open_page(raw.all(settings.max_bytes), raw.name)
    modern = _ARTICLE.search(opened.data) is not None
    pieces = bundle.elements(opened.data, _ARTICLE, b"article") if modern else _old_pieces(opened.data)
    yield from bundle.documents(NAME, raw, settings, pieces, partial(_article, opened))


def _old_pieces(data: bytes) -> Iterator[Piece]:
    """The old layout's articles: each begins with the first tag that opens behind the last one's words."""
    starts: list[int] = []
    opened: int | None = None
    for token in _TOKEN.finditer(data):
        tag = token.group()
        if not tag.startswith(b"<") and tag.strip():
            opened = None
        elif tag.startswith(b"<") and not tag.startswith((b"</", b"<!")) and opened is None:
            opened = token.start()
        if _OLD_NAME.match(tag) and opened is not None:
            starts.append(opened)
    for start, end in pairwise([*starts, len(data)]):
        markup = data[start:end]
        yield Piece(markup, closed="news·".encode() in markup or b"news\xb7" in markup or b"news&middot;" in markup)


def _article(opened: page.Page, piece: Piece, name: str) -> Article:
    text, odd = opened.text(piece.markup)
    root = page.tree(text, name)
    header = _header(_header_line(root))
    number = _NUMBER.search(page.words(page.first(root, "publiC-lblNodoc")) or page.one_line("".join(root.itertext())))
    published, date_odd = printed_date.settle(header.printed, printed_date.compact(number["date"]) if number else None)
    body: list[tuple[str, SegmentKind]] = [(block, "body") for block in _body(root) if block]
    if not body:
        raise errors.ARTICLE_UNREADABLE(name=name, reason=bundle.NO_TEXT)
    title, author = _title(root), _author(root)
    words, parts = joined([*_front(root, title, author), *body])
    return Article(
        text=words,
        title=title,
        published=published,
        id=number.group() if number else None,
        language=header.language,
        url=_url(root),
        outlet=_outlet(root),
        author=_BYLINE_OPENING.sub("", author, count=1) if author else None,
        section=header.section,
        issued=printed_date.issued(header.printed, header.time),
        external=(f"{NAME}:{number.group()}",) if number else (),
        parts=parts,
        diagnostics=(*odd, *date_odd, *bundle.untitled(title)),
    )


def _header_line(root: _Element) -> str:
    """One span today, several in a row in the old layout; else what follows the subtitle of the section."""
    spans = page.of_class(root, "DocHeader")
    if not spans:
        # An article has one such mark; each looks through all that follows it.
        marks = page.of_class(root, "DocTitreSousSection")[:_MOST_MARKS]
        spans = [item for mark in marks for item in mark.xpath("following::span[1]")]
    return page.one_line("".join("".join(span.itertext()) for span in spans))


def _header(line: str) -> _Header:
    """``World, Friday, November 13, 2015`` taken apart."""
    printed = printed_date.find(line)
    if printed is None:
        return _Header()
    before, after = line[: printed.span.start], line[printed.span.end :]
    section = before.split(",")[0].strip()
    return _Header(section or None, printed.value, printed.language, printed_date.clock(after))


def _outlet(root: _Element) -> str | None:
    element = page.first(root, "DocPublicationName")
    if element is None:
        return None
    # Runs of spaces and line ends part the name from the issue; they are gone once the line is put in order.
    name = "".join(element.itertext())
    swallowed = page.first(element, "DocHeader")  # where the span is not closed
    if swallowed is not None:
        name = name.partition("".join(swallowed.itertext()))[0]
    name = name.strip()
    return page.one_line(_OUTLET_END.sub("", re.sub(r"\s{16,}", "\n", name), count=1)) or None


def _title(root: _Element) -> str | None:
    element = page.first(root, "titreArticleVisu", "rdp__articletitle", "TitreArticleVisu", "titreArticle")
    return page.words(element) or None


def _author(root: _Element) -> str | None:
    written = page.words(page.first(root, "docAuthors"))
    if written:
        return written
    title = page.first(root, "TitreArticleVisu")
    if title is not None:
        blocks = _old_blocks(root, title)
        return blocks[0] if _signed(blocks) else None
    lines = [line for line in page.of_class(root, "sm-margin-bottomNews") if not _in_title(line)]
    return next(
        (
            words
            for line in lines
            if line.get("class", "").strip() == "sm-margin-bottomNews" and (words := page.words(line))
        ),
        None,
    )


def _in_title(element: _Element) -> bool:
    return any("titreArticle" in parent.get("class", "").split() for parent in element.iterancestors())


def _front(root: _Element, title: str | None, author: str | None) -> Iterator[tuple[str, SegmentKind]]:
    """Kicker, subtitle and byline, which stand apart from the body."""
    seen = {title, None}
    inside = {*page.of_class(root, "rdp__subtitle"), *filter(_in_title, page.of_class(root, "sm-margin-bottomNews"))}
    for element in root.iter():
        words = page.words(element) if element in inside else ""
        if words and words not in seen:
            seen.add(words)
            yield words, "heading"
    kicker = _old_kicker(root)
    if kicker:
        yield kicker, "heading"
    if author:
        yield author, "byline"


def _old_kicker(root: _Element) -> str:
    """The line that the old layout puts between date and title."""
    title, header = page.first(root, "TitreArticleVisu"), _last_header(root)
    if title is None or header is None:
        return ""
    lines = takewhile(lambda block: block != page.words(title), page.blocks(root, header))
    return next((line for line in lines if not line.startswith(page.words(title))), "")


def _body(root: _Element) -> Iterator[str]:
    """The paragraphs without the notes that Europresse adds."""
    holder = page.first(root, "docOcurrContainer", "DocText")
    if holder is not None:
        marked = page.blocks(holder, silent="apd-wrapper")
        yield from (_LINK_NOTE.sub("", block) for block in marked if not _COPYRIGHT.match(block))
        return
    after = page.first(root, "TitreArticleVisu")
    blocks = _old_blocks(root, after if after is not None else _last_header(root))
    yield from blocks[1 if _signed(blocks) else 0 :]


def _old_blocks(root: _Element, after: _Element | None) -> list[str]:
    """The old layout's lines behind ``after``, up to the last line of rights before the document number."""
    blocks = page.blocks(root, after) if after is not None else iter(())
    found = [_LINK_NOTE.sub("", block) for block in takewhile(lambda block: not _NUMBER.search(block), blocks)]
    rights = [index for index, block in enumerate(found) if _COPYRIGHT.match(block)]
    return found[: rights[-1]] if rights else found


def _signed(blocks: list[str]) -> bool:
    """Whether the first line behind an old layout's title is its author: a few words that are no sentence."""
    return len(blocks) > 1 and blocks[0].count(" ") < _LONGEST_NAME and not blocks[0].endswith(_SENTENCE_ENDS)


def _last_header(root: _Element) -> _Element | None:
    spans = page.of_class(root, "DocHeader")
    return spans[-1] if spans else None


def _url(root: _Element) -> str | None:
    links = (link for link in root.iter("a") if _SOURCE_LINK in page.words(link))
    return next(
        (href for link in links if (href := link.get("href", "").strip()).startswith(("https://", "http://"))), None
    )
