"""RSS and Atom: one document an entry, of the fullest text that it carries (``content:encoded``, ``content``, summary).

feedparser is given bytes only, so that it fetches nothing; it mends feeds that are no well-formed XML, which is told by
a diagnostic.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from propos import errors
from propos.ingest import fragment
from propos.ingest.address import is_url
from propos.ingest.article import Article, Origin, iso_date, joined, to_document
from propos.ingest.raw import Raw
from propos.model import Diagnostic, Document
from propos.settings import Settings

NAME = "feed"
LONGEST_HEAD = 16_384
"""Bytes before the first element: declarations, comments, a document type."""
_ELEMENT = re.compile(rb"<\w")


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    title: str | None
    language: str | None
    atom: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An entry's text: its markup, the media type (which only Atom means), and whether it is a summary."""

    markup: str
    kind: str
    summary: bool


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of the feed, in its order; an entry that has no text gives its error."""
    parsed = _parse(raw.all(settings.max_bytes), raw.name)
    entries = parsed.get("entries")
    if not isinstance(entries, list) or not entries:
        raise errors.FEED_INVALID(name=raw.name, reason="it has no entry")
    channel = _channel(parsed)
    for ordinal, entry in enumerate(entries):
        # Its own mapping gives one date for another, with a warning.
        yield _outcome(dict(entry.items()), ordinal, channel, raw, settings)


def _parse(data: bytes, name: str) -> Mapping[str, object]:
    import feedparser

    start = _ELEMENT.search(data, 0, LONGEST_HEAD)
    if start is None:  # feedparser looks through all of the head, and takes minutes over a long one
        raise errors.FEED_INVALID(name=name, reason=f"no element begins in its first {LONGEST_HEAD:,} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of encodings that it guesses
            # Addresses stay as written, and no markup is thrown away before it becomes paragraphs.
            parsed: Mapping[str, object] = feedparser.parse(
                io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False
            )
    except Exception as error:  # hostile markup makes feedparser raise errors of any kind
        raise errors.FEED_INVALID(name=name, reason=str(error)[:200] or type(error).__name__) from error
    return parsed


def _channel(parsed: Mapping[str, object]) -> Channel:
    about = parsed.get("feed")
    about = about if isinstance(about, Mapping) else {}
    odd: tuple[Diagnostic, ...] = ()
    if parsed.get("bozo"):
        reason = str(parsed.get("bozo_exception", ""))[:200]
        odd = (Diagnostic("feed-malformed", f"The feed is not well-formed XML and was mended: {reason}"),)
    return Channel(
        _words(about.get("title")), _text(about.get("language")), str(parsed.get("version")).startswith("atom"), odd
    )


def _outcome(
    entry: Mapping[str, object], ordinal: int, channel: Channel, raw: Raw, settings: Settings
) -> Document | errors.InputError:
    name = f"entry {ordinal + 1} of {raw.name}"
    try:
        article = _article(entry, channel)
        if not article.text:
            raise errors.INPUT_EMPTY(name=name)
        origin = Origin(NAME, name, raw.file, _bytes_of(article), ordinal, alone=False)
        return to_document(article.with_title_in_text(), origin, settings)
    except errors.InputError as error:
        return error


def _article(entry: Mapping[str, object], channel: Channel) -> Article:
    body = _fullest(entry)
    plain = channel.atom and body.kind == "text/plain"
    text, parts = joined(fragment.plain(body.markup) if plain else fragment.blocks(body.markup))
    odd = (Diagnostic("feed-summary", "The feed carries a summary only; the whole text is at the address."),)
    guid, link = _text(entry.get("id")), _text(entry.get("link"))  # Atom's id stands for a missing link
    published = _text(entry.get("published")) or _text(entry.get("updated"))
    issued = _issued(entry)
    if issued is not None and (published is None or iso_date(published) is None):
        published = issued
    return Article(
        text=text,
        title=_words(entry.get("title")),
        published=published,
        language=channel.language,
        url=link if link is not None and is_url(link) else None,
        outlet=_source_title(entry) or channel.title,
        author=_words(entry.get("author")),
        section=_section(entry),
        issued=issued,
        external=(f"guid:{guid}",) if guid else (),
        parts=parts,
        diagnostics=(*channel.diagnostics, *(odd if body.summary else ())),
    )


def _fullest(entry: Mapping[str, object]) -> Body:
    """The longest content (``content:encoded`` is one to feedparser), else the summary."""
    listed = entry.get("content")
    contents = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    found = [(_text(item.get("value")) or "", str(item.get("type"))) for item in contents]
    markup, kind = max(found, key=lambda pair: len(pair[0]), default=("", ""))
    if markup:
        return Body(markup, kind, summary=False)
    detail = entry.get("summary_detail")
    kind = str(detail.get("type")) if isinstance(detail, Mapping) else ""
    return Body(_text(entry.get("summary")) or "", kind, summary=True)


def _issued(entry: Mapping[str, object]) -> str | None:
    """The time of publication in UTC, as feedparser understands it."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    if not isinstance(moment, tuple):
        return None
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _section(entry: Mapping[str, object]) -> str | None:
    tags = entry.get("tags")
    first = tags[0] if isinstance(tags, list) and tags else None
    return _words(first.get("term")) if isinstance(first, Mapping) else None


def _source_title(entry: Mapping[str, object]) -> str | None:
    """The outlet that a collected feed took the entry from."""
    source = entry.get("source")
    return _words(source.get("title")) if isinstance(source, Mapping) else None


def _bytes_of(article: Article) -> bytes:
    """What stands for the entry's raw bytes, which feedparser does not tell: the same in every edition of the feed."""
    kept = [article.title, article.published, article.url, article.external, article.text]
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    whole = value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.strip(" \t\r\n") or None


def _words(value: object) -> str | None:
    """A title or name on one line, without markup."""
    text = _text(value)
    return " ".join(words for words, _ in fragment.blocks(text)) or None if text else None
