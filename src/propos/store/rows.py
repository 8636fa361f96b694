"""Documents and records as rows of the tables."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from propos.model import Document, Event, Record, Span, Statement
from propos.serialise import encode
from propos.store.sentences import sentence

Row: TypeAlias = dict[str, Any]
ToRows: TypeAlias = Callable[[Record, int], list[Row]]

GAP = " […] "
"""Between the parts of a content that stands in several places."""
LARGEST = 2**63 - 1
LONGEST_NAME = 500
"""Characters of a value that is looked up; an entry of PostgreSQL's index holds 2,700 bytes."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with U+FFFD for what no database holds (NUL, halves of characters); offsets stay as they are."""
    return text if text.isascii() and "\0" not in text else _UNSTORABLE.sub("\ufffd", text)


def lookup(text: str) -> str:
    """A value to look up: as it is, or its start and a digest where it is too long for an index."""
    if len(text) <= LONGEST_NAME:
        return clean(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{clean(text[:LONGEST_NAME])}…{digest}"


def to_json(value: object) -> str:
    """A document or record as compact JSON that any database holds; ``reading`` gets the same value back."""
    plain = encode(value)
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if _UNSTORABLE.search(written):  # halves of characters: as escapes they can be kept
        return json.dumps(plain, separators=(",", ":"), allow_nan=False)
    return written


def article(document: Document, key: str, taken_in: str) -> Row:
    """The row of ``articles``, its status still to be settled."""
    source, edition = document.source, document.source.edition
    return _storable({
        "key": key,
        "name": document.id,
        "title": document.title,
        "outlet": None if source.outlet is None else lookup(source.outlet),
        "author": source.author,
        "section": source.section,
        "url": source.url,
        "language": document.language,
        "published": document.published,
        "issued": source.issued,
        "text": document.text,
        "text_sha256": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "guid": None if edition is None else lookup(edition.guid),
        "version": None if edition is None else max(-LARGEST, min(edition.version, LARGEST)),
        "edition": None if edition is None else edition.status,
        "document": to_json(document),
        "taken_in": taken_in,
    })


def statements(record: Record, reading: int) -> list[Row]:
    """The rows of ``statements``."""
    return [{"reading": reading} | _storable(_statement(item, record.text)) for item in record.statements]


def events(record: Record, reading: int) -> list[Row]:
    """The rows of ``events``."""
    return [{"reading": reading} | _storable(_event(item, record.text)) for item in record.events]


def parties(record: Record, reading: int) -> list[Row]:
    """The rows of ``parties``: who acts and on whom."""
    sides = [
        (event.id, role, members)
        for event in record.events
        for role, members in (("actor", event.actors), ("recipient", event.recipients))
    ]
    return [
        _storable({"reading": reading, "event": event, "role": role, "place": place, "member": member})
        for event, role, members in sides
        for place, member in enumerate(members)
    ]


def addressees(record: Record, reading: int) -> list[Row]:
    """The rows of ``addressees``: who is spoken to, each with the actor who is mentioned there."""
    return [
        _storable({
            "reading": reading,
            "statement": item.id,
            "place": place,
            "words": span.of(record.text),
            "words_start": span.start,
            "words_end": span.end,
            "member": _member(record, span),
        })
        for item in record.statements
        for place, span in enumerate(item.addressees)
    ]


def _member(record: Record, span: Span) -> str | None:
    """The actor whose mention covers most of a span; the first of several."""
    best, longest = None, 0
    for actor in record.actors:
        shared = max((min(span.end, m.end) - max(span.start, m.start) for m in actor.mentions), default=0)
        if shared > longest:
            best, longest = actor.id, shared
    return best


def article_actors(record: Record, reading: int) -> list[Row]:
    """The rows of ``article_actors``: everybody in the article."""
    return [
        _storable({
            "reading": reading,
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "sector": actor.sector,
            "mentions": len(actor.mentions),
        })
        for actor in record.actors
    ]


def _statement(item: Statement, text: str) -> Row:
    start, end = _ends(item.cue)
    speaker_start, speaker_end = _ends(item.speaker)
    return {
        "id": item.id,
        "speaker_actor": item.speaker_actor,
        "kind": item.kind,
        "mode": item.mode,
        "form": item.form,
        "unconfirmed": item.unconfirmed,
        "date": item.date,
        "via": _words(item.via, text) if isinstance(item.via, Span) else item.via,
        "cue": _words(item.cue, text),
        "cue_start": start,
        "cue_end": end,
        "speaker": _words(item.speaker, text),
        "speaker_start": speaker_start,
        "speaker_end": speaker_end,
        "content": _joined(item.content, text),
        "content_start": min((span.start for span in item.content), default=0),
        "content_end": max((span.end for span in item.content), default=0),
        "medium": _words(item.medium, text),
    }


def _event(item: Event, text: str) -> Row:
    start, end = _ends(item.condition)
    around = sentence(text, item.trigger)
    return {
        "id": item.id,
        "type": item.type,
        "mode": item.mode,
        "quad": item.quad,
        "intensity": item.intensity,
        "contexts": "; ".join(item.contexts),
        "factuality": item.factuality,
        "holder": item.holder,
        "date": item.date,
        "trigger": item.trigger.of(text),
        "trigger_start": item.trigger.start,
        "trigger_end": item.trigger.end,
        "sentence": around.of(text),
        "sentence_start": around.start,
        "sentence_end": around.end,
        "condition": _words(item.condition, text),
        "condition_kind": item.condition_kind,
        "condition_start": start,
        "condition_end": end,
    }


def _storable(row: Row) -> Row:
    return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _words(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)


def _joined(spans: Sequence[Span], text: str) -> str:
    return GAP.join(span.of(text) for span in spans)
