"""A JSON file with one object that has a ``text``: the text is taken as it stands, offsets refer to it.

``id``, ``title``, ``published`` and ``language`` are kept. The title is not put before the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from propos import errors
from propos.ingest import jsonl, rows
from propos.ingest.article import Origin, to_document
from propos.ingest.encoding import decode
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "json"


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The document of a JSON file; a list of objects is read as JSON Lines are."""
    data = raw.all(settings.max_bytes)
    decoded = decode(data, raw.name)
    value = rows.parse(decoded.text, raw.name)
    if isinstance(value, list):
        yield from jsonl.read_rows(value, raw, settings)
        return
    if not isinstance(value, dict):
        raise errors.JSON_NOT_OBJECT(name=raw.name, got=rows.kind_of(value))
    article = rows.to_article(value, settings.columns, raw.name)
    article = replace(article, diagnostics=decoded.diagnostics)
    yield to_document(article, Origin(NAME, raw.name, raw.file, data), settings)
