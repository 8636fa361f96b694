"""Markup with many articles: its encoding, its tree, and the words of its blocks as a browser shows them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from propos import errors
from propos.ingest.encoding import decode
from propos.model import Diagnostic

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?([\w\-]{2,20})", re.IGNORECASE)
_TRUSTED = re.compile(r"iso8859-(?:[2-9]|1\d)|cp125\d|mac-roman|koi8-[ru]")
"""Single-byte encodings as Python names them. Of ISO-8859-1 browsers and newsrooms mean Windows-1252."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_INLINE_WORDS = (
    "a abbr acronym b bdi bdo big cite code dfn em font i ins kbd mark q s samp small span strike strong sub sup time "
    "tt u var wbr hlt"
)
_INLINE = frozenset(_INLINE_WORDS.split())
_SILENT = frozenset({"script", "style", "head", "title", "aside", "footer", "img", "noscript", "template", "svg"})


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes in an encoding that leaves ASCII as it is, so that they may be cut at tags."""

    data: bytes
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()

    def text(self, markup: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
        """A part of the page as text, and what is odd about its encoding."""
        text = markup.decode(self.encoding, "replace")
        count = text.count("\ufffd")
        if not count:
            return text, self.diagnostics
        message = f"{count} places are not valid {self.encoding} and were replaced by U+FFFD."
        return text, (*self.diagnostics, Diagnostic("encoding-damaged", message))


def open_page(data: bytes, name: str) -> Page:
    """The page, by what its bytes are rather than by what it declares; raises ``input-binary``."""
    decoded = decode(data, name)
    if decoded.encoding.startswith("utf-"):
        whole = data if decoded.encoding == "utf-8" else decoded.text.encode("utf-8", "replace")
        return Page(whole, "utf-8", _told(data, "utf-8") if decoded.encoding == "utf-8" else ())
    declared = _declared(data)
    if declared is not None and _TRUSTED.fullmatch(declared):
        return Page(data, declared)
    odd = tuple(item for item in decoded.diagnostics if item.code != "encoding-damaged")
    return Page(data, decoded.encoding, (*odd, *_told(data, decoded.encoding)))


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:8192])
    try:
        return codecs.lookup(match.group(1).decode("ascii", "replace")).name if match else None
    except LookupError:
        return None


def _told(data: bytes, encoding: str) -> tuple[Diagnostic, ...]:
    """A diagnostic where the page declares another encoding than it is in."""
    declared = _declared(data)
    same = {encoding, "ascii"} | ({"iso8859-1"} if encoding == "cp1252" else set())
    if declared is None or declared in same or data.isascii():
        return ()
    message = f"The file says that it is in {declared}, but it is not; it was read as {encoding}."
    return (Diagnostic("encoding-guessed", message),)


def tree(markup: str, name: str) -> etree._Element:
    """The element tree of a piece of HTML, mended as browsers do; raises ``article-unreadable``."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        # A lone surrogate cannot come out of a decoder, a NUL or a control character can.
        return html.document_fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise errors.ARTICLE_UNREADABLE(name=name, reason="its markup is broken") from error


def words(element: etree._Element | None) -> str:
    """The element's words on one line; no-break spaces stay. The empty string for no element."""
    return "" if element is None else one_line("".join(element.itertext()))


def one_line(text: str) -> str:
    """Spaces and line ends as a browser shows them."""
    return _SPACES.sub(" ", text).strip(" ")


def blocks(root: etree._Element, after: etree._Element | None = None, silent: str = "") -> Iterator[str]:
    """The words of each paragraph, cell or line under ``root``, blank ones left out; those behind ``after`` where given.

    Parts that are no text of the article are passed over: scripts, pictures, asides, and elements of the class ``silent``.
    """
    pending: list[str] = []
    open_ = after is None
    quiet: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end" and element is quiet:
            quiet = None
        elif quiet is not None:
            continue
        elif event == "start" and (element.tag in _SILENT or (silent and silent in _classes(element))):
            quiet = element
            continue
        if element.tag not in _INLINE and element.tag != "img" and (block := _taken(pending)):
            yield block
        if event == "end" and element is after:
            open_ = True
        text = element.text if event == "start" else element.tail if element is not root else None
        if open_ and text:
            pending.append(text)
    if block := _taken(pending):
        yield block


def first(root: etree._Element, *classes: str) -> etree._Element | None:
    """The first element of the first of the classes that stands under ``root``."""
    return next((element for name in classes for element in of_class(root, name)), None)


def of_class(root: etree._Element, name: str) -> list[etree._Element]:
    """The elements under ``root`` that have the class, in their order."""
    found: list[etree._Element] = root.xpath(".//*[contains(@class, $name)]", name=name)
    return [element for element in found if name in _classes(element)]


def _classes(element: etree._Element) -> list[str]:
    return str(element.get("class", "")).split()


def _taken(pending: list[str]) -> str:
    block = one_line("".join(pending))
    pending.clear()
    return block if block.strip() else ""
