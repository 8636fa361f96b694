"""NewsML 1.x, as AFP sent it for years: items of nested components, the text as NITF or as bare paragraphs.

An item is one document: its text components together, pictures and their captions left out. Components with headlines
of their own are documents of their own; of equivalent components the first stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element

from propos.ingest import nitf, wire, wire_markup
from propos.ingest.raw import Raw
from propos.ingest.wire import Dispatch, Found, Outcome, Passed
from propos.ingest.wire_markup import Block
from propos.ingest.wire_xml import XML_LANG, attribute, attributes, squeezed, text_at, text_of, texts
from propos.settings import Settings

NAME = "newsml1"
_TEXT_TYPES = {"text", "article", "text/plain", "text/html", "text/vnd.iptc.nitf", "application/xhtml+xml"}
_MEDIA_ROLES = {
    "photo", "picture", "image", "caption", "graphic", "video", "audio", "thumbnail", "quicklook", "preview", "animation", "icon",
}  # fmt: skip
_UPDATES = "NUA"
"""What may follow a revision: no update, update, added."""


@dataclass(frozen=True, slots=True)
class _Story:
    """A text component's body with what its lines and those of the components around it say."""

    said: Dispatch
    body: _Element
    content: nitf.Content


def read(raw: Raw, settings: Settings) -> Iterator[Outcome]:
    """The documents of the text items, in order; raises ``xml-invalid``, ``xml-unsafe`` and ``wire-no-text``."""
    return wire.read_xml(raw, settings, wire.XmlForm(NAME, ("NewsItem",), _parse))


def _parse(item: _Element) -> Iterator[Found]:
    kinds: list[str] = []
    whole = _dispatch(item)
    stories = [story for component in item.iterfind("NewsComponent") for story in _stories(component, whole, kinds)]
    if not stories:
        # A kill or an alert says all in its headline; an item of pictures has one too.
        first = item.find("NewsComponent")
        pictures = bool(kinds) and not wire.is_withdrawn(whole.status)
        yield Passed(", ".join(dict.fromkeys(kinds))) if pictures else _lines(whole, first) if first is not None else whole
        return
    documents = _documents(stories)
    for number, told in enumerate(documents, start=1):
        found = _with_text(told)
        guid = found.guid if number == 1 or found.guid is None else f"{found.guid}#{number}"
        yield replace(found, guid=guid, pieces=tuple(story.body for story in told) if len(documents) > 1 else ())


def _stories(component: _Element, around: Dispatch, kinds: list[str]) -> Iterator[_Story]:
    """The texts in and under ``component``; ``kinds`` takes what the others are."""
    role = (attribute(component, "Role", "FormalName") or "").lower()
    if role in _MEDIA_ROLES:
        kinds.append(role)
        return
    said = _lines(around, component)
    for body in component.iterfind("ContentItem"):
        kind = (attribute(body, "MediaType", "FormalName") or attribute(body, "MimeType", "FormalName") or "text").lower()
        found = _content(body) if kind in _TEXT_TYPES else nitf.Content()
        if found.blocks:
            yield _Story(said, body, found)
        elif kind not in _TEXT_TYPES:
            kinds.append(kind)
    yield from _below(component, said, kinds)


def _below(component: _Element, said: Dispatch, kinds: list[str]) -> Iterator[_Story]:
    """The texts of the components inside, of equivalent ones those of the first that has some."""
    for path in ("NewsComponent", "NewsItem/NewsComponent"):
        for child in component.iterfind(path):
            found = list(_stories(child, said, kinds))
            yield from found
            if found and component.get("EquivalentsList", "").lower() == "yes":
                return


def _content(body: _Element) -> nitf.Content:
    """The text of a ``ContentItem``: NITF, markup or bare ``p``, or a string."""
    data = body.find("DataContent")
    if data is None:
        return nitf.Content()
    inner = next((child for child in data if child.tag == "nitf"), None)
    if inner is not None:
        return nitf.content(inner)
    return nitf.Content(blocks=wire_markup.of_element(data) if len(data) else wire_markup.of_string(data.text or ""))


def _documents(stories: list[_Story]) -> list[list[_Story]]:
    """Stories by the headline that stands nearest over them, in order of the first of each."""
    out: dict[str | None, list[_Story]] = {}
    for story in stories:
        out.setdefault(story.said.title, []).append(story)
    return list(out.values())


def _dispatch(item: _Element) -> Dispatch:
    """What the item says of itself; its lines stand in its components."""
    status = attribute(item, "NewsManagement/Status", "FormalName")
    guid, public = _guid(item), text_at(item, "Identification/NewsIdentifier/PublicIdentifier")
    return Dispatch(
        guid=guid,
        version=_revision(item),
        status=status,
        note=_note(item),
        language=item.get(XML_LANG),
        issued=text_at(item, "NewsManagement/ThisRevisionCreated", "NewsManagement/FirstCreated", "Identification/NewsIdentifier/DateId"),
        embargo="no date is given" if (status or "").lower() == "embargoed" else None,
        outlet=_outlet(item),
        section=_section(item),
        external=tuple(f"newsml:{name}" for name in dict.fromkeys(filter(None, (public, guid)))),
    )


def _with_text(told: list[_Story]) -> Dispatch:
    """One document of the stories, which share a headline."""
    found, content = told[0].said, told[0].content
    return replace(
        found,
        title=found.title or content.title,
        byline=found.byline or content.byline,
        dateline=found.dateline or content.dateline,
        note=squeezed(f"{found.note or ''} {content.note or ''}"),
        blocks=(*found.blocks, *(block for story in told for block in story.content.blocks)),
    )


def _lines(around: Dispatch, component: _Element) -> Dispatch:
    """With the component's own lines, where it has them; ``blocks`` holds its sub-headlines."""
    below: tuple[Block, ...] = tuple((words, "heading") for words in texts(component, "NewsLines/SubHeadLine"))
    language = attribute(component, "DescriptiveMetadata/Language", "FormalName") or component.get(XML_LANG)
    return replace(
        around,
        title=text_at(component, "NewsLines/HeadLine") or around.title,
        byline=text_at(component, "NewsLines/ByLine") or around.byline,
        dateline=text_at(component, "NewsLines/DateLine") or around.dateline,
        language=language or around.language,
        blocks=below or around.blocks,
    )


def _guid(item: _Element) -> str | None:
    """The identifier without the revision: ``urn:newsml:PROVIDER:DAY:ITEM``."""
    path = "Identification/NewsIdentifier/"
    names = [text_at(item, path + name) for name in ("ProviderId", "DateId", "NewsItemId")]
    if all(names):
        return "urn:newsml:" + ":".join(str(name) for name in names)
    public, revision = text_at(item, path + "PublicIdentifier"), _revision(item)
    start, colon, last = (public or "").rpartition(":")
    return start if colon and revision is not None and last.rstrip(_UPDATES) == revision else public


def _revision(item: _Element) -> str | None:
    """The revision's number without the letter that says what changed."""
    written = text_at(item, "Identification/NewsIdentifier/RevisionId")
    return written.rstrip(_UPDATES) if written else None


def _note(item: _Element) -> str | None:
    """The lines and comments that a desk writes to editors."""
    words = [text_at(line, "NewsLineText") for line in item.iterfind("NewsComponent/NewsLines/NewsLine") if _is_note(attribute(line, "NewsLineType", "FormalName"))]
    comments = [text_of(comment) for path in ("Comment", "NewsComponent/Comment") for comment in item.iterfind(path) if _is_note(comment.get("FormalName"))]
    return " ".join(dict.fromkeys(filter(None, (*words, *comments)))) or None


def _is_note(kind: str | None) -> bool:
    return any(word in (kind or "").lower() for word in ("note", "advisory", "correction", "instruction"))


def _outlet(item: _Element) -> str | None:
    provider = next(iter(attributes(item, ".//AdministrativeMetadata/Provider/Party", "FormalName")), None)
    return provider or text_at(item, "Identification/NewsIdentifier/ProviderId")


def _section(item: _Element) -> str | None:
    """The names of the subjects as the provider's codes have them, or its keywords."""
    codes = [code for name in ("Subject", "SubjectMatter", "SubjectDetail") for code in attributes(item, f".//SubjectCode/{name}", "FormalName")]
    keywords = attributes(item, ".//DescriptiveMetadata/Property[@FormalName='Keyword']", "Value")
    return "; ".join(dict.fromkeys(codes or keywords)) or None
