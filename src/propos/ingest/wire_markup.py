"""The body of a wire item to paragraphs: XHTML and NITF elements, HTML in a string, plain text.

Spaces are those that a browser shows; no-break spaces stay. Pictures, their captions and scripts are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element

from propos.ingest.text import line_feeds
from propos.model import SegmentKind

Block = tuple[str, SegmentKind]

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"}
_BORDERS = _HEADINGS | {
    "p", "div", "section", "article", "main", "body", "body.content", "block", "blockquote", "bq", "li", "ul", "ol", "dl", "dt",
    "dd", "pre", "hr", "table", "caption", "tr", "td", "th", "nitf-table", "header", "footer", "abstract", "aside", "address",
    "credit",
}  # fmt: skip
_SKIPPED = {
    "script", "style", "noscript", "head", "media", "figure", "object", "video", "audio", "svg", "iframe", "nav", "note",
    "template", "textarea", "body.head", "body.end",
}  # fmt: skip
_LEAD_CLASSES = {"lead", "lede", "chapo", "chapeau", "lead-paragraph"}
_BREAK = "\x00"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|html|body|section|article|blockquote|pre|[uo]l|li|table|t[rd]|[abiu]|em|strong|span)\b[^<>]*>",
    re.IGNORECASE,
)


def of_string(value: str) -> tuple[Block, ...]:
    """The paragraphs of HTML or plain text, whichever ``value`` is."""
    return of_html(value) if _TAG.search(value) else of_plain(value)


def of_plain(value: str) -> tuple[Block, ...]:
    """Paragraphs stand between blank lines; where no line is blank each is one."""
    words = line_feeds(value).strip()
    parts = _BLANK_LINES.split(words) if _BLANK_LINES.search(words) else words.split("\n")
    return tuple((part.strip(), "body") for part in parts if part.strip())


def of_html(value: str) -> tuple[Block, ...]:
    """The paragraphs of a page or a piece of one."""
    parser = etree.HTMLParser(target=_Lean(), encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(value.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ()
    return of_element(root) if root is not None else ()


class _Lean:
    """Builds a tree of what is looked at and nothing else: lxml's own takes time with the square of the attributes."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._builder.start("document", {})

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        kept = {"class": attributes["class"]} if "class" in attributes else {}
        self._builder.start(_known(tag), kept)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._builder.end(_known(tag))

    def data(self, words: str) -> None:
        """Text."""
        self._builder.data(words)

    def close(self) -> _Element:
        """The tree."""
        self._builder.end("document")
        return self._builder.close()


def _known(tag: str) -> str:
    return tag if tag in _BORDERS or tag in _SKIPPED or tag == "br" else "span"


def of_element(body: _Element) -> tuple[Block, ...]:
    """The paragraphs of an element, whatever its namespace was."""
    return tuple(_blocks(body))


def _blocks(body: _Element) -> Iterator[Block]:
    """Text between the borders of paragraphs, in order; each takes its kind from the innermost element that has one."""
    pieces: list[str] = []
    kinds: list[SegmentKind] = ["body"]
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag).lower()
        if event == "start" and tag in _SKIPPED and element is not body:
            walk.skip_subtree()
            continue
        if tag in _BORDERS:
            yield from _finished(pieces, kinds[-1])
            pieces = ["- "] if event == "start" and tag == "li" else []
        if event == "start":
            kinds.append(_kind(element, tag) or kinds[-1])
            pieces.append(_words(element.text, tag))
        elif element is not body:
            if tag not in _SKIPPED:
                kinds.pop()
            pieces.append(_BREAK if tag == "br" else "")
            pieces.append(_words(element.tail, ""))
    yield from _finished(pieces, "body")


def _words(written: str | None, tag: str) -> str:
    """Text as a browser shows it, but the lines of ``pre``, which stay."""
    words = written or ""
    return words.replace("\n", _BREAK) if tag == "pre" else words


def _kind(element: _Element, tag: str) -> SegmentKind | None:
    if tag in _HEADINGS:
        return "heading"
    classes = set((element.get("class") or "").lower().split())
    if tag == "abstract" or element.get("lede") == "true" or classes & _LEAD_CLASSES:
        return "lead"
    return "byline" if "byline" in classes else None


def _finished(pieces: list[str], kind: SegmentKind) -> Iterator[Block]:
    """The paragraphs that the pieces make: more than one where two line breaks follow each other."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in "".join(pieces).split(_BREAK)]
    for paragraph in "\n".join(lines).split("\n\n"):
        words = paragraph.strip("\n")
        if words.strip("- \n"):
            yield words, kind
