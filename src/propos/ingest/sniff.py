"""Which format an input is in: by its name's ending where that is plain, else by its first bytes."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Literal

from propos import errors
from propos.ingest import archive, delimited
from propos.ingest.encoding import decode
from propos.ingest.press_marks import find as press_format
from propos.ingest.raw import Raw
from propos.settings import Columns

Format = Literal[
    "text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "europresse", "factiva-html", "factiva-rtf",
    "factiva-xml", "nexis", "newsml-g2", "newsml1", "nitf", "ninjs", "mbox", "eml", "pdf", "feed", "warc", "archive",
]  # fmt: skip

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
    ".xml": "text",  # which XML it is, its root tells
    ".newsml": "text",
    ".nitf": "nitf",
    ".ninjs": "ninjs",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".mbox": "mbox",
    ".eml": "eml",
    ".pdf": "pdf",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".zip": "archive",
    ".gz": "archive",
    ".tgz": "archive",
    ".tar": "archive",
}
BY_CONTENT = (".docx", ".rtf")
"""Endings that tell no format: what is in the file does."""
_MBOX = re.compile(r"From \S{1,200}\s[^\n]{0,200}\d\d:\d\d[^\n]{0,200}\n[A-Za-z][\w-]*:")
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60}):", re.MULTILINE)
_BINARY: dict[bytes, Format] = {b"PAR1": "parquet", b"%PDF-": "pdf"}
_LONGEST_HEADER = 2_000
READABLE_SUFFIXES = tuple(sorted([*BY_SUFFIX, *BY_CONTENT]))

# The marks of repetition that end in + never give back what they took: two ways to read a line, or a comment, would else
# make as many tries as there are ways through all of them.
FRONT_MATTER = re.compile(
    r"---[^\S\n]*\n(?:(?!---[^\S\n]*(?:\n|\Z))(?:[\w\-]+[^\S\n]*:|[^\S\n]*(?:[#\-]|(?=\n)))[^\n]*\n)++---[^\S\n]*(?:\n|\Z)"
)
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(
    r"\s*+(?:(?><\?[^>]{0,1000}\?>|<!--.{0,2000}?-->|<!doctype[^>\[]{0,500}>)\s*+){0,10}+<(?:rss|feed|rdf:rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")
_XML_PROLOGUE = re.compile(
    r"\s*(?:<\?xml\b[^>]{0,200}\?>)?(?:\s+|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>)*"
)
_XML_ROOT = re.compile(r"<(?:[\w.\-]+:)?([\w.\-]+)[\s/>]")
_WIRE_ROOTS: dict[str, Format] = {
    **dict.fromkeys(("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem"), "newsml-g2"),
    "NewsML": "newsml1",
    "nitf": "nitf",
}
_KEY = re.compile(r'\s*+,?+\s*+"([^"\\]{1,100})"\s*+:\s*+')
_DECODER = json.JSONDecoder()
_NINJS_LINES = 5
"""Lines of JSON Lines looked at: the first may be broken."""


def sniff(raw: Raw) -> Format:
    """The format of ``raw``; raises ``input-binary`` and ``xml-unknown``."""
    named = BY_SUFFIX.get(PurePath(raw.file).suffix.lower()) if raw.file is not None else None
    if named in {None, "html", "text"}:
        press = press_format(raw.head, raw.name)
        if press is not None:
            return press
    if named == "jsonl":
        return "ninjs" if _is_ninjs(raw.head.decode("utf-8-sig", "replace")) else named
    if named is not None and named not in {"json", "text"}:
        return named
    binary = next((form for start, form in _BINARY.items() if raw.head.startswith(start)), None)
    if binary is not None:
        return binary
    if archive.kind(raw.head) is not None:
        return "archive"
    if _WARC.match(raw.head):
        return "warc"
    head = decode(raw.head, raw.name).text
    if named == "json":
        return _json(head)
    found = by_content(head)
    if found == "text" and head.lstrip().startswith("<?xml"):
        root = _XML_ROOT.match(head, _XML_PROLOGUE.match(head).end())  # type: ignore[union-attr]
        raise errors.XML_UNKNOWN(name=raw.name, got=root.group(1) if root else "not found")
    return found


def by_content(head: str) -> Format:
    """The format that the start of a text shows."""
    if FRONT_MATTER.match(head):
        return "markdown"
    if _HTML.match(head[:4096]):
        return "html"
    if _FEED.match(head[:8192]):
        return "feed"
    if head.lstrip()[:1] in {"{", "["} and _is_json(head):
        return _json(head)
    return _wire(head) or _mail(head) or _table(head) or "text"


def _json(head: str) -> Format:
    if _is_ninjs(head):
        return "ninjs"
    return "jsonl" if _starts_with_whole_object(head) else "json"


def _wire(head: str) -> Format | None:
    """The wire format that an XML root names."""
    prologue = _XML_PROLOGUE.match(head)
    root = _XML_ROOT.match(head, prologue.end() if prologue else 0)
    return _WIRE_ROOTS.get(root.group(1)) if root else None


def _is_ninjs(head: str) -> bool:
    """Whether the first objects have an address and a headline or body under the names of ninjs, and no plain ``text``."""
    starts = [head, *head.split("\n", _NINJS_LINES)[1:_NINJS_LINES]]
    return any(_has_ninjs_keys(_first_keys(start)) for start in starts)


def _has_ninjs_keys(keys: set[str]) -> bool:
    named = keys & {"headline", "headlines", "bodies", "pubstatus"} or any(key.startswith(("body_", "headline_")) for key in keys)
    return "uri" in keys and bool(named) and "text" not in keys


def _first_keys(head: str) -> set[str]:
    """The keys of the object that ``head`` starts with, in lower case, as far as ``head`` goes."""
    at = re.match(r"\ufeff?\s*+\[?+\s*+\{", head)
    keys: set[str] = set()
    end = at.end() if at else len(head)
    while member := _KEY.match(head, end):
        keys.add(member.group(1).lower())
        try:
            _, end = _DECODER.raw_decode(head, member.end())
        except (ValueError, RecursionError):
            break
    return keys


def holds_lines(raw: Raw) -> bool:
    """Whether a JSON file has an object a line: its name says so, or the first of several lines is one by itself."""
    named = BY_SUFFIX.get(PurePath(raw.file).suffix.lower()) if raw.file is not None else None
    return named == "jsonl" or _starts_with_whole_object(raw.head.decode("utf-8-sig", "replace"))

def _mail(head: str) -> Format | None:
    """Mail: the line that begins a message in an mbox, or a block of headers with a sender and another sign of mail."""
    if _MBOX.match(head):
        return "mbox"
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {name.lower() for name in _HEADER.findall(block)} if _HEADER.match(head) else set()
    return "eml" if "from" in names and names & {"date", "message-id", "mime-version", "received"} else None


def _table(head: str) -> Format | None:
    """A table, where the first line reads as its header: it names the text and something else."""
    first = head.lstrip().partition("\n")[0].rstrip("\r")
    if len(first) > _LONGEST_HEADER:
        return None
    mark = delimited.separator(first, Columns())
    if delimited.known_columns(first, mark) < 2:
        return None
    return "tsv" if mark == "\t" else "csv"


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
