"""Which format an input is in: by its name's ending where that is plain, else by its first bytes."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Literal

from propos.ingest.encoding import decode
from propos.ingest.raw import Raw

Format = Literal["text", "markdown", "html", "jsonl", "json"]

BY_SUFFIX: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
READABLE_SUFFIXES = tuple(sorted(BY_SUFFIX))

FRONT_MATTER = re.compile(
    r"---[^\S\n]*\r?\n(?:[\w\-]+[^\S\n]*:.*\r?\n|[^\S\n]*\r?\n|[^\S\n]*[#\-].*\r?\n)+---[^\S\n]*(?:\r?\n|$)"
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def sniff(raw: Raw) -> Format:
    """The format of ``raw``; raises ``input-binary``."""
    named = BY_SUFFIX.get(PurePath(raw.file).suffix.lower()) if raw.file is not None else None
    if named is not None and named not in {"json", "text"}:
        return named
    head = decode(raw.head, raw.name).text
    if named == "json":
        return "jsonl" if _starts_with_whole_object(head) else "json"
    return by_content(head)


def by_content(head: str) -> Format:
    """The format that the start of a text shows."""
    if FRONT_MATTER.match(head):
        return "markdown"
    if _HTML.match(head[:4096]):
        return "html"
    if head.lstrip()[:1] in {"{", "["} and _is_json(head):
        return "jsonl" if _starts_with_whole_object(head) else "json"
    return "text"


def _is_json(head: str) -> bool:
    """Whether an opening bracket opens JSON and not prose: a key or an element follows it."""
    return re.match(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:\{|\]))', head) is not None


def _starts_with_whole_object(head: str) -> bool:
    """Whether the first line is an object by itself and another one follows."""
    first, _, rest = head.lstrip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
