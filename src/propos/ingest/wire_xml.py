"""XML from a wire, opened without danger: no entities, no DTD, no network, nothing that grows.

The bytes are decoded here and handed on as UTF-8, so that no declared encoding can hide what is looked for. Names lose
their namespaces: wires use the same elements under several.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from html.entities import name2codepoint

from lxml import etree
from lxml.etree import _Element

from propos import errors
from propos.ingest.encoding import Decoded, decode
from propos.model import Diagnostic

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,100}\bencoding\s*=\s*[\"']([\w\-]{2,20})")
# Encodings that wires declare; the standard library knows others that are slow or no character sets at all.
_SINGLE_BYTE = re.compile(r"(?:iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}|cp-?\d{3,4}|mac-?roman)", re.IGNORECASE)
_INTERNAL_SUBSET = re.compile(r"<!DOCTYPE[^<>\[]*\[")
_NAMED = re.compile(r"&([A-Za-z_][\w.\-]*);")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_CHUNK = 1 << 20
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Opened:
    """The elements asked for, in file order; ``fault`` is what broke after them, if anything did."""

    elements: tuple[_Element, ...]
    fault: errors.ProposError | None
    diagnostics: tuple[Diagnostic, ...] = ()


def opened(data: bytes, name: str, tags: tuple[str, ...]) -> Opened:
    """Every whole element called one of ``tags``, not those inside another; raises ``xml-unsafe`` and ``input-binary``."""
    decoded = _decoded(data, name)
    _refuse_entities(decoded.text, name)
    wanted = [f"{{*}}{tag}" for tag in tags]  # a namespace or none
    parser = etree.XMLPullParser(
        events=("end",), tag=wanted,
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    fault: errors.ProposError | None = None
    try:
        text = _prepared(decoded.text)
        for start in range(0, len(text), _CHUNK):  # libxml2 refuses more than ten megabytes at a time
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError as error:
        fault = errors.XML_INVALID(name=name, reason=error.msg or "it ends too early")
    elements = tuple(item for item in _read(parser) if next(item.iterancestors(*wanted), None) is None)
    for element in elements:
        _plain_names(element)
    return Opened(elements, fault, decoded.diagnostics)


def _read(parser: etree.XMLPullParser) -> list[_Element]:
    """The elements that were whole before any fault."""
    found: list[_Element] = []
    with suppress(etree.XMLSyntaxError):  # told already
        found.extend(element for _, element in parser.read_events())
    return found


def _decoded(data: bytes, name: str) -> Decoded:
    """By the declared single-byte encoding, else as any text."""
    declared = _ENCODING.match(data)
    encoding = declared.group(1).decode("ascii") if declared else ""
    if _SINGLE_BYTE.fullmatch(encoding):
        try:
            return Decoded(data.decode(encoding), encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)


def _refuse_entities(text: str, name: str) -> None:
    if "<!ENTITY" in text and _INTERNAL_SUBSET.search(text):
        raise errors.XML_UNSAFE(name=name)


def _prepared(text: str) -> bytes:
    """Without the declaration, which no longer holds.

    HTML's named characters, which a DTD would declare, stand as themselves, other names as they are written.
    """
    declaration = _DECLARATION.match(text)
    body = (text[declaration.end() :] if declaration else text).lstrip()
    return _NAMED.sub(_character, body).encode("utf-8", "replace")


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _OF_XML:
        return match.group()
    return chr(name2codepoint[name]) if name in name2codepoint else f"&amp;{name};"


def _plain_names(element: _Element) -> None:
    """Local names in place of qualified ones, also where a prefix is not declared."""
    for node in element.iter(etree.Element):
        with suppress(ValueError):  # a name that is none stays
            node.tag = re.split("[}:]", node.tag)[-1]


def squeezed(words: str | None) -> str | None:
    """The words with single spaces between; ``None`` where there are none."""
    return _BLANKS.sub(" ", words or "").strip(" ") or None


def text_of(element: _Element | None) -> str | None:
    """The words in an element, children included."""
    return squeezed("".join(element.itertext())) if element is not None else None


def texts(parent: _Element, path: str) -> tuple[str, ...]:
    """The words of every element at ``path``, empty ones left out."""
    return tuple(words for words in map(text_of, parent.iterfind(path)) if words)


def text_at(parent: _Element, *paths: str) -> str | None:
    """The words of the first element at one of ``paths`` that has some."""
    return next((words for path in paths for words in texts(parent, path)), None)


def attributes(parent: _Element, path: str, name: str) -> tuple[str, ...]:
    """The attribute of every element at ``path`` that has it."""
    return tuple(words for words in (squeezed(item.get(name)) for item in parent.iterfind(path)) if words)


def attribute(parent: _Element, path: str, name: str) -> str | None:
    """The attribute of the first element at ``path`` that has it."""
    return next(iter(attributes(parent, path, name)), None)
