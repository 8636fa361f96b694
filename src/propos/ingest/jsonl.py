"""JSON Lines: one object a line, streamed. Columns are guessed by name, or mapped (``--map text=body``).

A line that cannot be read is reported and skipped; blank lines are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from propos import errors
from propos.ingest import rows
from propos.ingest.article import Origin, to_document
from propos.ingest.encoding import BOMS, decode
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "jsonl"


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of the file, in order; ``ordinal`` counts the lines from 0, blank ones too."""
    for ordinal, line in enumerate(_lines(raw, settings)):
        if line.strip():
            yield _outcome(line, f"line {ordinal + 1} of {raw.name}", ordinal, raw, settings)


def read_rows(values: Sequence[object], raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of a JSON list of objects."""
    for ordinal, value in enumerate(values):
        yield _outcome(row_bytes(value, raw.name), f"entry {ordinal + 1} of {raw.name}", ordinal, raw, settings)


def row_bytes(value: object, name: str) -> bytes:
    """An entry of a JSON list as the line it would be; raises ``json-invalid`` where it is nested too deeply."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    except UnicodeEncodeError:  # half a character (a lone surrogate) has no UTF-8: it stays an escape
        return json.dumps(value, sort_keys=True).encode()
    except RecursionError as error:
        raise errors.JSON_INVALID(name=name, reason="it is nested too deeply") from error


def _outcome(line: bytes, name: str, ordinal: int, raw: Raw, settings: Settings) -> Document | errors.InputError:
    """The document of one row, or why there is none: the others are read all the same."""
    try:
        decoded = decode(line, name)
        article = rows.to_article(rows.parse_object(decoded.text, name), settings.columns, name)
        article = replace(article, diagnostics=decoded.diagnostics).with_title_in_text()
        return to_document(article, Origin(NAME, name, raw.file, line, ordinal, alone=False), settings)
    except errors.InputError as error:
        return error


def _lines(raw: Raw, settings: Settings) -> Iterator[bytes]:
    """Lines of bytes; UTF-16 and UTF-32 cannot be cut at a newline byte and are taken whole."""
    wide = any(raw.head.startswith(bom) for bom, encoding in BOMS if encoding != "utf-8")
    if wide or 0 in raw.head[:64]:
        text = decode(raw.all(settings.max_bytes), raw.name).text
        return iter([line.encode() for line in text.split("\n")])
    return raw.lines(settings.max_bytes)
