"""Markdown with front matter (``title date source author section url lang``).

The document's text is the article as a reader sees it: markers of headings, emphasis, links and quotes are left out,
list entries keep a ``- ``, blocks are separated by a blank line, line breaks inside a paragraph stay. All other
characters stay as they are; offsets refer to this text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from propos.ingest.article import Article, Origin, check_length, issue_time, joined, to_document
from propos.ingest.encoding import decode
from propos.ingest.raw import Raw
from propos.ingest.sniff import FRONT_MATTER
from propos.ingest.text import line_feeds
from propos.model import Document
from propos.settings import Settings

NAME = "markdown"

KEYS = {
    "title": ("title", "titre"),
    "published": ("date", "published"),
    "outlet": ("source", "outlet"),
    "author": ("author", "auteur"),
    "section": ("section", "rubrique"),
    "url": ("url", "link"),
    "language": ("lang", "language"),
    "id": ("id",),
}
"""Front-matter keys for each field, in order of trust."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list entry; ``level`` is the heading's level, 0 for anything else."""

    text: str
    level: int = 0


def read(raw: Raw, settings: Settings) -> Iterator[Document]:
    """The one document of a Markdown file."""
    data = raw.all(settings.max_bytes)
    decoded = decode(data, raw.name)
    front, body = split(line_feeds(decoded.text))
    # Markers can make a file larger than its text, but hardly four times; rendering megabytes takes long.
    check_length(body, raw.name, 4 * settings.max_chars)
    blocks = list(render(body))
    title = front.get("title") or (blocks[0].text if blocks and blocks[0].level == 1 else None)
    text, parts = joined((block.text, "heading" if block.level else "body") for block in blocks)
    article = Article(
        text=text,
        title=title,
        published=front.get("published"),
        id=front.get("id"),
        language=front.get("language"),
        url=front.get("url"),
        outlet=front.get("outlet"),
        author=front.get("author") or None,
        section=front.get("section") or None,
        issued=issue_time(front.get("published")),
        parts=parts,
        diagnostics=decoded.diagnostics,
    )
    yield to_document(article.with_title_in_text(), Origin(NAME, raw.name, raw.file, data), settings)


def split(text: str) -> tuple[Mapping[str, str], str]:
    """The front matter's fields, and the text after it. Front matter is ``key: value`` lines, quotes allowed."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    written: dict[str, str] = {}
    for line in match.group().split("\n"):
        key, colon, value = line.partition(":")
        if colon and not key.startswith((" ", "#", "-")):
            written[key.strip().lower()] = _unquoted(value.strip())
    found = {field: next((written[key] for key in keys if written.get(key)), "") for field, keys in KEYS.items()}
    return found, text[match.end() :]


def render(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, without its markers."""
    level, item = 0, False
    for token in _parser().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "list_item_open":
            item = True
        elif token.type == "inline":
            words = _inline(token.children or ()).strip()
            if words:
                yield Block(f"- {words}" if item else words, level)
            level, item = 0, False
        elif token.type in {"fence", "code_block"} and token.content.strip():
            yield Block(token.content.strip("\n"))


def _parser() -> MarkdownIt:
    # HTML is left as text: an article that quotes "<i>" must not lose it, and nothing is rendered.
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20})


def _inline(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens if token.type != "image")


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value
