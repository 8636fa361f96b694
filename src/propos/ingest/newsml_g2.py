"""NewsML-G2: a ``newsItem``, or a ``newsMessage`` with many; the body as XHTML, NITF or escaped in ``inlineData``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from propos.ingest import nitf, wire, wire_markup
from propos.ingest.raw import Raw
from propos.ingest.wire import Dispatch, Found, Outcome, Passed
from propos.ingest.wire_markup import Block
from propos.ingest.wire_xml import XML_LANG, attribute, text_at, text_of, texts
from propos.settings import Settings

NAME = "newsml-g2"
# Besides news the standard has packages of news, concepts and plans: no text of their own.
OTHERS = {"packageItem": "package", "conceptItem": "concept", "knowledgeItem": "concepts", "planningItem": "plan", "catalogItem": "catalogue"}


def read(raw: Raw, settings: Settings) -> Iterator[Outcome]:
    """The documents of the text items, in order; raises ``xml-invalid``, ``xml-unsafe`` and ``wire-no-text``."""
    return wire.read_xml(raw, settings, wire.XmlForm(NAME, ("newsItem", *OTHERS), _parse))


def _parse(item: _Element) -> Iterator[Found]:
    if item.tag in OTHERS:
        yield Passed(OTHERS[item.tag])
        return
    kind = _code(attribute(item, "itemMeta/itemClass", "qcode") or attribute(item, "itemMeta/itemClass", "uri"))
    content = _content(item)
    if kind in {None, "text"} or (kind == "composite" and content.blocks):
        yield _dispatch(item, content)
    else:
        yield Passed(str(kind))


def _dispatch(item: _Element, content: nitf.Content) -> Dispatch:
    guid = item.get("guid") or None
    headlines = [(element.get("role") or "", text_of(element)) for element in item.iterfind("contentMeta/headline")]
    blocks = content.blocks or wire_markup.of_plain(text_at(item, "contentMeta/description") or "")
    heads: tuple[Block, ...] = tuple((words, "heading") for role, words in headlines if words and "sub" in role.lower())
    title = next((words for role, words in headlines if words and "sub" not in role.lower()), None)
    return Dispatch(
        guid=guid,
        version=item.get("version"),
        status=attribute(item, "itemMeta/pubStatus", "qcode") or attribute(item, "itemMeta/pubStatus", "uri"),
        note=" ".join(texts(item, "itemMeta/edNote")) or content.note,
        title=title or content.title or text_at(item, "itemMeta/title"),
        byline=text_at(item, "contentMeta/by") or content.byline,
        dateline=text_at(item, "contentMeta/dateline") or content.dateline,
        blocks=(*heads, *blocks) if blocks else (),
        language=_language(item),
        issued=text_at(item, "itemMeta/versionCreated", "itemMeta/firstCreated", "contentMeta/contentCreated"),
        embargo=text_at(item, "itemMeta/embargoed"),
        outlet=_party(item, "itemMeta/provider") or text_at(item, "contentMeta/creditline"),
        author=None if text_at(item, "contentMeta/by") else "; ".join(texts(item, "contentMeta/creator/name")) or None,
        section=_section(item),
        url=guid if guid is not None and guid.startswith(("https://", "http://")) else None,
        external=_external(guid, item),
    )


def _content(item: _Element) -> nitf.Content:
    """The first body that has text, of those that the item gives side by side."""
    for body in (*item.iterfind("contentSet/inlineXML"), *item.iterfind("contentSet/inlineData")):
        found = _body(body)
        if found.blocks:
            return found
    return nitf.Content()


def _body(body: _Element) -> nitf.Content:
    if body.tag == "inlineData":
        return nitf.Content(blocks=wire_markup.of_string("".join(body.itertext())))
    inner = next((child for child in body if child.tag == "nitf"), None)
    return nitf.content(inner) if inner is not None else nitf.Content(blocks=wire_markup.of_element(body))


def _language(item: _Element) -> str | None:
    return attribute(item, "contentMeta/language", "tag") or attribute(item, "contentSet/inlineXML", XML_LANG) or item.get(XML_LANG)


def _party(item: _Element, path: str) -> str | None:
    """The name of whoever stands at ``path``; where there is none, the code without its scheme."""
    code = attribute(item, path, "qcode")
    return text_at(item, f"{path}/name") or attribute(item, path, "literal") or (code.rpartition(":")[2] if code else None)


def _section(item: _Element) -> str | None:
    """The names of the subjects, or where none is named their codes."""
    names = texts(item, "contentMeta/subject/name")
    codes = (subject.get("qcode") for subject in item.iterfind("contentMeta/subject"))
    return "; ".join(dict.fromkeys(names or filter(None, codes))) or None


def _external(guid: str | None, item: _Element) -> tuple[str, ...]:
    others = (*texts(item, "itemMeta/altId"), *texts(item, "contentMeta/altId"))
    return (*((f"newsml-g2:{guid}",) if guid else ()), *(f"altid:{words}" for words in dict.fromkeys(others)))


def _code(written: str | None) -> str | None:
    """The last part of a code (``ninat:text``) or address."""
    return re.split(r"[:/]", written)[-1].lower() if written else None
