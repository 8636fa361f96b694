"""A piece of HTML that is an article's text already (an entry of a feed): its paragraphs, with nothing left out.

Unlike :mod:`propos.ingest.html` no article has to be found among menus; scripts and pictures go, words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from propos.model import SegmentKind

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "iframe", "object", "template", "noscript", "svg", "head", "title"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(r" ?\v(?: ?\v)+ ?")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_BREAK = "\v"
"""Stands for ``<br>``: two in a row part paragraphs, one is a space."""


def blocks(markup: str) -> Iterator[tuple[str, SegmentKind]]:
    """The paragraphs and what each is; plain text gives its own, parted by blank lines."""
    if not _MARKUP.search(markup):
        yield from plain(markup)
        return
    root = _parse(markup)
    if root is None:
        return
    words: list[str] = []
    kind: SegmentKind = "body"
    item = False
    for text, tag, opens in _flow(root):
        if tag in _BLOCKS:
            yield from _flushed(words, kind, item=item)
            words = []
            kind = "heading" if opens and tag in _HEADINGS else "body"
            item = opens and (tag == "li" or item and tag == "p")
        words.append(_BREAK if tag == "br" and opens else "")
        words.append(text)
    yield from _flushed(words, kind, item=item)


def _parse(markup: str) -> etree._Element | None:
    # A str with an encoding declaration is refused by lxml, NUL ends it early, and lone surrogates cannot be encoded.
    data = markup.replace("\x00", " ").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(b"<div>" + data + b"</div>", parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _flow(root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Every text in order, after the tag that opens or closes before it."""
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        opens = event == "start"
        if tag in _SILENT:
            silent += 1 if opens else -1
        text = element.text if opens else element.tail
        yield ("" if silent else text or ""), tag, opens


def _flushed(words: list[str], kind: SegmentKind, *, item: bool) -> Iterator[tuple[str, SegmentKind]]:
    for part in _BREAKS.split(_SPACES.sub(" ", "".join(words))):
        line = _SPACES.sub(" ", part.replace(_BREAK, " ")).strip(" ")
        if line:
            yield (f"- {line}" if item else line), kind
            item = False


def plain(text: str) -> Iterator[tuple[str, SegmentKind]]:
    """The paragraphs of a text without markup, parted by blank lines."""
    for part in re.split(r"\n[ \t\r\f]*\n", text):
        line = _SPACES.sub(" ", part).strip(" ")
        if line:
            yield line, "body"
