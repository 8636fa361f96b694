"""W3C Web Annotation (JSON-LD): one annotation for each field, found again by its place and by its words.

Positions count code points of the record's text, as the standard asks. Quotes bring as much of what surrounds them as
makes them unique in the text, up to ``LONGEST_CONTEXT`` characters a side.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from propos.export.characters import storable, web_address
from propos.export.contract import Options
from propos.export.fields import Field, fields
from propos.export.parties import stable_id
from propos.model import Span
from propos.store.entry import Entry

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SHORTEST_CONTEXT = 32
LONGEST_CONTEXT = 512
_MOTIVATIONS = {"statement": "classifying", "event": "classifying", "actor": "identifying", "time": "describing"}


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write one AnnotationPage as the entries come; the number of annotations."""
    count, digest = 0, hashlib.sha256()
    stream.write(f'{{"@context":"{CONTEXT}","type":"AnnotationPage","items":[\n'.encode())
    for entry in entries:
        text = storable(entry.record.text)
        for field in fields(entry):
            line = _json(annotation(entry, field, text))
            digest.update(line)
            stream.write((b",\n" if count else b"") + line)
            count += 1
    # The page's name follows from what it holds, so it can only be told at the end.
    stream.write(f'\n],"id":"urn:sha256:{digest.hexdigest()}"}}\n'.encode())
    return count


def _json(value: dict[str, Any]) -> bytes:
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def annotation(entry: Entry, field: Field, text: str) -> dict[str, Any]:
    """One annotation as plain JSON values, after the Web Annotation Data Model; ``text`` is the article's."""
    id_ = stable_id(entry, field.layer, field.owner, field.role, field.number)
    return {
        "id": f"urn:uuid:{id_}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS[field.layer],
        "generator": {"type": "Software", "name": f"Propos {entry.record.propos.version}".strip()},
        "body": _bodies(field),
        "target": {"source": _source(entry), "selector": selectors(text, field.span)},
    }


def _bodies(field: Field) -> list[dict[str, str]]:
    told = "identifying" if field.layer == "actor" else "classifying"
    values = (
        ("classifying", f"{field.layer}.{field.role}"),
        ("tagging", field.owner),
        *((told, value) for value in field.told),
    )
    return [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in values]


def _source(entry: Entry) -> dict[str, str]:
    """The text that positions count in; it has the article's URL where that is known."""
    name = web_address(entry.record.source.url) or f"urn:uuid:{stable_id(entry)}"
    return {"id": name, "type": "Text", "format": "text/plain", "language": entry.record.language}


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """The two ways in which a span is found again."""
    before, after = _context(text, span)
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after},
    ]


def _context(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after: twice as much until prefix, words and suffix stand only once in the text."""
    size = SHORTEST_CONTEXT
    while True:
        start, end = max(0, span.start - size), span.end + size
        passage = text[start:end]
        only = text.find(passage) == start and text.find(passage, start + 1) < 0
        if only or size >= LONGEST_CONTEXT:
            return text[start : span.start], text[span.end : end]
        size *= 2
