"""What the wire formats have in common: a dispatch with its version, and how it becomes a document.

A kill without a body still is a document, withdrawn: its text is the headline or what the desk says. Pictures, sound
and film are passed over; a file that holds nothing else is an error that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.etree import _Element

from propos import errors
from propos.ingest import language, wire_xml
from propos.ingest.article import Article, Origin, check_length, joined, to_document
from propos.ingest.raw import Raw
from propos.ingest.wire_markup import Block
from propos.model import Diagnostic, Document, Edition
from propos.settings import Settings

HIGHEST_VERSION = 2_147_483_647
"""What the store's columns hold."""

_WITHDRAWN = {"canceled", "cancelled", "withheld", "withdrawn", "killed", "kill"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_].{0,30})?")
_LAST_CODE = re.compile(r"[^:/]*$")
_BASIC_TIME = re.compile(r"(\d{8})(?:T?(\d{6}|\d{4}))?\s*(Z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text item of a wire, as its format gives it.

    ``issued`` is as written; ``status`` is the desk's own word; ``pieces`` are the elements of an item that are its own,
    where the item makes several dispatches.
    """

    guid: str | None = None
    version: str | None = None
    status: str | None = None
    note: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    blocks: tuple[Block, ...] = ()
    language: str | None = None
    issued: str | None = None
    embargo: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    url: str | None = None
    external: tuple[str, ...] = ()
    pieces: tuple[_Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """An item that is no text: ``kind`` is what it is (picture, video)."""

    kind: str


Found = Dispatch | Passed
Outcome = Document | errors.InputError


@dataclass(frozen=True, slots=True)
class XmlForm:
    """An XML format: its name, the elements that are its items, and what one of them holds."""

    name: str
    tags: tuple[str, ...]
    parse: Callable[[_Element], Iterable[Found]]


def read_xml(raw: Raw, settings: Settings, form: XmlForm) -> Iterator[Outcome]:
    """The documents of a file; ``ordinal`` counts its items from 0, those passed over included."""
    data = raw.all(settings.max_bytes)
    opened = wire_xml.opened(data, raw.name, form.tags)
    items = [(element, found) for element in opened.elements for found in form.parse(element)]
    alone = len(items) == 1 and opened.fault is None
    passed: list[str] = []
    for ordinal, (element, found) in enumerate(items):
        if isinstance(found, Passed):
            passed.append(found.kind)
            continue
        item = data if alone else _bytes(element, found)
        origin = Origin(form.name, place(raw, ordinal, alone=alone), raw.file, item, ordinal, alone)
        yield outcome(found, origin, settings, opened.diagnostics)
    if opened.fault is not None:
        raise opened.fault
    if len(passed) == len(items):
        raise nothing_else(raw.name, passed)


def _bytes(element: _Element, found: Dispatch) -> bytes:
    """The item's XML; where it makes several dispatches, what is this one's own, under its name, version and status."""
    head = f"{found.guid} {found.version} {found.status} {found.title}\n" if found.pieces else ""
    xml = (etree.tostring(piece, encoding="utf-8", with_tail=False) for piece in found.pieces or (element,))
    return head.encode() + b"".join(xml)


def place(raw: Raw, ordinal: int, *, alone: bool) -> str:
    """What messages call an item of a file."""
    return raw.name if alone else f"article {ordinal + 1} of {raw.name}"


def nothing_else(name: str, kinds: Iterable[str]) -> errors.ProposError:
    """The error for a file in which no item is a text."""
    return errors.WIRE_NO_TEXT(name=name, got=", ".join(dict.fromkeys(kinds)) or "no item at all")


def outcome(found: Dispatch, origin: Origin, settings: Settings, odd: tuple[Diagnostic, ...] = ()) -> Outcome:
    """The document of a dispatch, or why there is none."""
    try:
        check_length(found.title or "", origin.name, settings.max_chars)
        return to_document(article(found, settings, odd), origin, settings)
    except errors.InputError as error:
        return error


def article(found: Dispatch, settings: Settings, odd: tuple[Diagnostic, ...] = ()) -> Article:
    """The article of a dispatch; ``odd`` is what its file's diagnostics are."""
    blocks = _blocks(found)
    fallback, missing = (None, ()) if blocks else _without_body(found)
    text, parts = joined(blocks) if blocks else (fallback or "", ())
    version, odd_version = _version(found.version)
    issued = iso_time(found.issued)
    code = found.language if found.language and _LANGUAGE.fullmatch(found.language) else None
    return Article(
        text=text,
        title=found.title,
        published=issued or found.issued,
        id=_id(found.guid, version if found.version else None),
        language=code,
        url=found.url,
        outlet=found.outlet,
        author=found.author or _signed(found.byline, code or settings.language),
        section=found.section,
        issued=issued,
        external=found.external,
        edition=_edition(found, version),
        parts=parts,
        diagnostics=(*odd, *odd_version, *missing, *_embargo(found)),
    ).with_title_in_text()


def is_withdrawn(status: str | None) -> bool:
    """Whether a status (``stat:canceled``, ``Withheld``) takes the item back."""
    match = _LAST_CODE.search((status or "").strip())
    return match is not None and match.group().lower() in _WITHDRAWN


def iso_time(written: str | None) -> str | None:
    """ISO 8601 of a wire's time (``20241128T120000Z``, ``2024-11-28T12:00:00+01:00``); a day stays a day."""
    words = (written or "").strip()
    basic = _BASIC_TIME.fullmatch(words)
    if basic is not None:
        day, clock, zone = basic.groups()
        words = day + (f"T{clock}{zone or ''}" if clock else "")
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment.isoformat() if len(words) > 10 or "T" in words else moment.date().isoformat()


def _blocks(found: Dispatch) -> tuple[Block, ...]:
    """The body under its byline and dateline, which stand once; a headline that the body repeats goes."""
    body = found.blocks
    if body and found.title and _same(body[0][0], found.title):
        body = body[1:]
    if not body:
        return ()
    opening = [_folded(words) for words, _ in body[:3]]
    head: list[Block] = []
    if found.byline and not any(words.startswith(_folded(found.byline)) for words in opening):
        head.append((found.byline, "byline"))
    if found.dateline and not any(words.startswith(_folded(found.dateline).rstrip(" -–—")) for words in opening):
        head.append((found.dateline, "dateline"))
    return (*head, *body)


def _without_body(found: Dispatch) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """What stands for a body that is not there: headline, the desk's note, and for a kill at last its identifier."""
    withdrawn = is_withdrawn(found.status)
    words = found.title or found.note or (found.guid if withdrawn else None)
    message = "The item has no body" + (": the desk took it back." if withdrawn else "; its headline stands for it.")
    return words, (Diagnostic("body-missing", message),)


def _version(written: str | None) -> tuple[int, tuple[Diagnostic, ...]]:
    words = (written or "1").strip()
    number = int(words) if re.fullmatch(r"[0-9]{1,10}", words) else -1
    if 0 <= number <= HIGHEST_VERSION:
        return number, ()
    return 1, (Diagnostic("version-unreadable", f"The version {words[:40]!r} is not understood; 1 is taken."),)


def _id(guid: str | None, version: int | None) -> str | None:
    """Each version of an item is a document of its own."""
    return guid if guid is None or version is None else f"{guid}:{version}"


def _edition(found: Dispatch, version: int) -> Edition | None:
    if found.guid is None:
        return None
    return Edition(found.guid, version, "withdrawn" if is_withdrawn(found.status) else "usable", found.note)


def _embargo(found: Dispatch) -> tuple[Diagnostic, ...]:
    if found.embargo is None:
        return ()
    return (Diagnostic("embargoed", f"The item is under embargo: {found.embargo[:60]}."),)


def _signed(byline: str | None, code: str) -> str | None:
    """The names of a byline, without the word that opens it (*Par*)."""
    profile = language.profile(code.replace("_", "-").split("-")[0].lower())
    first, _, rest = (byline or "").partition(" ")
    opens = profile is not None and first.lower() in profile.bylines
    return (rest if opens else byline) or None


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
