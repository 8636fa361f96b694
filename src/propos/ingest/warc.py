"""WARC, the archives of crawls: one document a page, of the records that are responses with HTML.

Records of other kinds (requests, pictures, notes of the crawler) are passed over. Packed archives (``.warc.gz``) come
through :mod:`propos.ingest.archive`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from propos import errors
from propos.ingest import html, http_body
from propos.ingest.article import Origin, to_document
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "warc"
LONGEST_HEADER = 65_536
"""Bytes of a record's header."""
_PAGES = {"text/html", "application/xhtml+xml"}
_SUCCESS = 200
_TOO_EARLY = "its last record ends too early"


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents, in order; ``ordinal`` counts the pages from 0. A page without an article gives its error."""
    if not raw.head.startswith(b"WARC/"):
        raise errors.WARC_DAMAGED(name=raw.name, reason="it does not start as WARC does")
    whole = _Whole(raw)
    records = _records(whole)
    ordinal = 0
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            if not _is_page(record):
                continue
            outcome = _outcome(record, ordinal, raw, settings)
        except (OSError, ValueError, EOFError) as error:
            reason = str(error)[:200].rstrip(".") or type(error).__name__
            raise errors.WARC_DAMAGED(name=raw.name, reason=reason) from error
        yield outcome
        ordinal += 1
    if not whole.tail.endswith((b"\r\n\r\n", b"\n\n")):  # fastwarc passes over a header that is cut
        raise errors.WARC_DAMAGED(name=raw.name, reason="it ends inside a record")
    if not ordinal:
        raise errors.INPUT_EMPTY(name=raw.name)


def _records(whole: _Whole) -> Iterator[WarcRecord]:
    return iter(
        ArchiveIterator(
            cast("BinaryIO", whole),
            record_types=WarcRecordType.response,
            parse_http=True,
            max_header_len=LONGEST_HEADER,
            stream_detect=False,
        )
    )


class _Whole:
    """The input from its first byte on."""

    def __init__(self, raw: Raw) -> None:
        self._head, self._rest = raw.head, raw.rest
        self._at = 0
        self.tail = b""

    def tell(self) -> int:
        """Bytes given so far; fastwarc asks for it."""
        return self._at

    def read(self, size: int = LONGEST_HEADER, /) -> bytes:
        """At most ``size`` bytes."""
        data, self._head = self._head[:size], self._head[size:]
        data = data or self._rest.read(size)
        self._at += len(data)
        self.tail = (self.tail + data[-4:])[-4:]
        return data


def _is_page(record: WarcRecord) -> bool:
    """Whether the server gave a page; an error page or a redirection is none."""
    if (
        record.content_length
        and not (record.is_http_parsed and record.http_headers.status_code)
        and not record.reader.read(1)
    ):
        raise EOFError(_TOO_EARLY)
    if not record.is_http_parsed or record.http_headers.status_code != _SUCCESS:
        return False
    return (record.http_content_type or "").lower() in _PAGES


def _outcome(record: WarcRecord, ordinal: int, raw: Raw, settings: Settings) -> Document | errors.InputError:
    url = _header(record, "WARC-Target-URI")
    name = f"record {ordinal + 1} of {raw.name}" + (f" ({url[:200]})" if url else "")
    try:
        data = _payload(record, name, settings)
        decoded = html.decoded_page(data, name, record.http_charset)
        article = html.extract(decoded.text, name)
        if article is None:
            raise errors.HTML_NO_ARTICLE(name=name)
        article = replace(article, url=url or article.url, external=_external(record), diagnostics=decoded.diagnostics)
        origin = Origin(NAME, name, raw.file, data, ordinal, alone=False)
        return to_document(article.with_title_in_text(), origin, settings)
    except errors.InputError as error:
        return error


def _payload(record: WarcRecord, name: str, settings: Settings) -> bytes:
    """The page's bytes; raises ``input-too-large``, and :class:`EOFError` where the record ends too early."""
    if record.content_length > settings.max_bytes:
        raise errors.INPUT_TOO_LARGE(name=name, limit=settings.max_bytes)
    data = record.reader.read(record.content_length)
    if len(data) < record.content_length:
        raise EOFError(_TOO_EARLY)  # nothing can follow it
    return http_body.decoded(
        data, _http(record, "Transfer-Encoding"), _http(record, "Content-Encoding"), name, settings.max_bytes
    )


def _external(record: WarcRecord) -> tuple[str, ...]:
    """The record's own name and when it was fetched, which is not when it was published."""
    found = (("warc-record", "WARC-Record-ID"), ("warc-date", "WARC-Date"))
    return tuple(f"{scheme}:{value.strip('<>')}" for scheme, key in found if (value := _header(record, key)))


def _http(record: WarcRecord, key: str) -> str:
    return record.http_headers.get(key) or ""


def _header(record: WarcRecord, key: str) -> str | None:
    value = record.headers.get(key)
    return value.strip().strip("<>")[:2000] or None if isinstance(value, str) else None
