"""NITF: one ``nitf`` document a file. NewsML carries bodies in NITF too: :func:`content` reads them.

Where a document says which one it replaces (``management-doc-idref``) it is a later version of that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from propos.ingest import wire, wire_markup
from propos.ingest.raw import Raw
from propos.ingest.wire import Dispatch, Found, Outcome
from propos.ingest.wire_markup import Block
from propos.ingest.wire_xml import XML_LANG, attribute, attributes, squeezed, text_at, texts
from propos.settings import Settings

NAME = "nitf"


@dataclass(frozen=True, slots=True)
class Content:
    """What a NITF body says. ``blocks`` has the sub-headline and the abstract before the paragraphs."""

    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    note: str | None = None
    blocks: tuple[Block, ...] = ()


def read(raw: Raw, settings: Settings) -> Iterator[Outcome]:
    """The document of a file; raises ``xml-invalid``, ``xml-unsafe`` and ``wire-no-text``."""
    return wire.read_xml(raw, settings, wire.XmlForm(NAME, ("nitf",), _parse))


def content(root: _Element) -> Content:
    """What the body of a ``nitf`` element says."""
    head = "body/body.head/"
    paragraphs = [block for body in root.iterfind("body/body.content") for block in wire_markup.of_element(body)]
    abstract: list[Block] = [(words, "lead") for item in root.iterfind(head + "abstract") for words, _ in wire_markup.of_element(item)]
    below: list[Block] = [(words, "heading") for words in texts(root, head + "hedline/hl2")]
    return Content(
        title=text_at(root, head + "hedline/hl1", "head/title", head + "hedline"),
        byline=", ".join(texts(root, head + "byline")) or None,
        dateline=text_at(root, head + "dateline"),
        note=" ".join((*texts(root, head + "note"), *texts(root, "body/body.content/note"))) or None,
        blocks=(*below, *abstract, *paragraphs) if abstract or paragraphs else (),
    )


def _parse(root: _Element) -> Iterator[Found]:
    found = content(root)
    identifier = attribute(root, "head/docdata/doc-id", "id-string")
    replaced = attribute(root, "head/docdata", "management-doc-idref")
    guid = replaced or identifier
    yield Dispatch(
        guid=guid,
        version=attribute(root, "head/docdata/du-key", "version") or ("2" if replaced and replaced != identifier else None),
        status=_status(root, found),
        note=_note(root, found),
        title=found.title,
        byline=found.byline,
        dateline=found.dateline,
        blocks=found.blocks,
        language=_language(root),
        issued=_issued(root),
        embargo="no date is given" if attribute(root, "head/docdata", "management-status") == "embargoed" else None,
        outlet=_outlet(root),
        author="; ".join(texts(root, "body/body.head/byline/person")) or None,
        section=_section(root),
        url=attribute(root, "head/pubdata", "ex-ref"),
        external=tuple(f"nitf:{name}" for name in dict.fromkeys(filter(None, (identifier, replaced)))),
    )


def _status(root: _Element, found: Content) -> str | None:
    """The document's own; one without a body that takes another back says so of that one."""
    if not found.blocks and wire.is_withdrawn(attribute(root, "head/docdata", "management-idref-status")):
        return attribute(root, "head/docdata", "management-idref-status")
    return attribute(root, "head/docdata", "management-status")


def _note(root: _Element, found: Content) -> str | None:
    messages = (*attributes(root, "head/docdata/ed-msg", "msg"), *attributes(root, "head/docdata/ed-msg", "info"))
    return squeezed(" ".join((*dict.fromkeys(messages), found.note or "")))


def _language(root: _Element) -> str | None:
    return root.get(XML_LANG) or attribute(root, "body", XML_LANG) or attribute(root, "body/body.content", "lang")


def _issued(root: _Element) -> str | None:
    docdata, dateline = "head/docdata/", "body/body.head/dateline/story.date"
    places = (docdata + "date.issue", docdata + "date.release", dateline)
    return next(filter(None, (attribute(root, path, "norm") for path in places)), None) or attribute(root, "head/pubdata", "date.publication")


def _outlet(root: _Element) -> str | None:
    return (
        attribute(root, "head/pubdata", "name")
        or text_at(root, "body/body.head/distributor")
        or attribute(root, "head/docdata/doc.copyright", "holder")
        or attribute(root, "head/docdata/doc-id", "regsrc")
    )


def _section(root: _Element) -> str | None:
    """The paper's section; for a wire the subjects, or the keywords."""
    section = attribute(root, "head/pubdata", "position.section")
    subject = "head/tobject/tobject.subject"
    names = attributes(root, subject, "tobject.subject.type") or attributes(root, "head/docdata/key-list/keyword", "key")
    return section or "; ".join(dict.fromkeys(names)) or None
