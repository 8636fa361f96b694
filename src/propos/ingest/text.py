"""Plain text: the text as it stands; CRLF and CR line ends become LF, nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator

from propos.ingest.article import Article, Origin, to_document
from propos.ingest.encoding import decode
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "text"


def read(raw: Raw, settings: Settings) -> Iterator[Document]:
    """The one document of a text file."""
    data = raw.all(settings.max_bytes)
    decoded = decode(data, raw.name)
    article = Article(line_feeds(decoded.text), diagnostics=decoded.diagnostics)
    yield to_document(article, Origin(NAME, raw.name, raw.file, data), settings)


def line_feeds(text: str) -> str:
    """``text`` with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
