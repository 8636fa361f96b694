"""Mail: one message (EML), or many in a file (mbox), streamed message by message.

A message is an article: its subject the title, its text the plain part, else the HTML part read as a page is. Attached
messages are articles of their own; other attachments are told of and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from functools import lru_cache

from propos import errors
from propos.ingest.article import Article, Origin, to_document
from propos.ingest.encoding import decode
from propos.ingest.raw import Raw
from propos.ingest.text import line_feeds
from propos.model import Diagnostic, Document
from propos.settings import Settings

EML, MBOX = "eml", "mbox"
LONGEST_HEADER = 2_000
"""Characters of a header that are looked at: the library's header parser takes time with the square of the length."""
DEEPEST, MOST_ATTACHED = 3, 100
"""Messages inside messages: so many levels, so many in one message."""
MOST_WORK = 50_000_000
"""Lines times part borders: the library compares each line with all borders around it."""
MOST_PARTS = 5_000
"""Lines that may part a message; each part costs the library a parse of its headers."""

_FROM_LINE = re.compile(rb"From \S+\s.*\d\d:\d\d")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
# What the library raises, apart from its own errors, on headers that no program should have written.
_BROKEN = (MessageError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError, AssertionError, RecursionError)


class _Short(EmailPolicy):
    """The library's default policy, with long headers cut."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header, the value at most ``LONGEST_HEADER`` characters long."""
        name, value = super().header_source_parse(sourcelines)
        return name[:LONGEST_HEADER], value[:LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The header's value as it is meant; the library asks for the same ones again and again."""
        return value if hasattr(value, "name") else _fetched(name, value)


@lru_cache(maxsize=256)
def _fetched(name: str, value: str) -> str:
    found: str = policy.default.header_fetch_parse(name, value)
    return found


_POLICY = _Short(utf8=policy.default.utf8)


@dataclass(frozen=True, slots=True)
class _Place:
    """What messages call an input, its bytes, and how deep it lies in others."""

    name: str
    data: bytes
    depth: int = 0


Found = tuple[_Place, Article] | errors.InputError


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The document of a message, and those of messages attached to it."""
    place = _Place(raw.name, raw.all(settings.max_bytes))
    yield from _documents(_articles(place), EML, raw, settings)


def read_mbox(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of all messages, in order; one that cannot be read is reported and the others are read."""
    yield from _documents(_of_mbox(raw, settings.max_bytes), MBOX, raw, settings)


def _documents(found: Iterator[Found], reader: str, raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    for ordinal, item in enumerate(found):
        if isinstance(item, errors.InputError):
            yield item
            continue
        place, article = item
        alone = reader == EML and ordinal == 0
        try:
            yield to_document(article.with_title_in_text(), Origin(reader, place.name, raw.file, place.data, ordinal, alone=alone), settings)
        except errors.InputError as error:
            yield error


# The file ------------------------------------------------------------------------------------------------------------


def _of_mbox(raw: Raw, limit: int) -> Iterator[Found]:
    number = 0
    for data in _messages(raw, limit):
        number += 1
        name = f"message {number} of {raw.name}"
        if data is None:
            yield _given(errors.INPUT_TOO_LARGE, name=name, limit=limit)
        else:
            yield from _articles(_Place(name, data))
    if not number:
        raise errors.FORMAT_DAMAGED(name=raw.name, form="a mailbox", reason="no line begins a message (From name date)")


def _messages(raw: Raw, limit: int) -> Iterator[bytes | None]:
    """The messages' bytes, marks before ``From`` taken off; ``None`` for one beyond ``limit`` bytes.

    A line that begins a message follows an empty one and has a time in it: *From* may begin a sentence.
    """
    lines: list[bytes] | None = None
    size, blank = 0, True
    for line in raw.lines(limit):
        if blank and _FROM_LINE.match(line):
            if lines is not None:
                yield _unmarked(lines, size, limit)
            lines, size = [], 0
        elif lines is not None:
            size += len(line) + 1
            if size <= limit:
                lines.append(line)
        blank = not line.strip()
    if lines is not None:
        yield _unmarked(lines, size, limit)


def _unmarked(lines: list[bytes], size: int, limit: int) -> bytes | None:
    return _QUOTED_FROM.sub(rb"\1", b"\n".join(lines)) if size <= limit else None


def _given(fault: errors.Fault, **got: object) -> errors.InputError:
    error = fault(**got)
    told = errors.InputError(error.code, error.message, error.hint)
    told.name = error.name
    return told


# A message -----------------------------------------------------------------------------------------------------------


def _articles(place: _Place) -> Iterator[Found]:
    """The article of a message, then those of messages attached to it."""
    try:
        message = _parse(place)
        yield from _of_message(message, place)
    except errors.InputError as error:
        yield error
    except _BROKEN as error:
        reason = f"its headers or parts are malformed ({type(error).__name__})"
        yield _given(errors.FORMAT_DAMAGED, name=place.name, form="a mail message", reason=reason)


def _parse(place: _Place) -> EmailMessage:
    """The message; raises ``format-damaged``."""
    borders = place.data.lower().count(b"boundary")
    if borders * place.data.count(b"\n") > MOST_WORK or (borders and place.data.count(b"\n--") > MOST_PARTS):
        raise errors.FORMAT_DAMAGED(name=place.name, form="a mail message", reason="it has too many parts")
    message = message_from_bytes(place.data, policy=_POLICY)
    if not isinstance(message, EmailMessage) or not any(_header(message, name) for name in ("from", "subject", "date", "message-id")):
        raise errors.FORMAT_DAMAGED(name=place.name, form="a mail message", reason="it has no From, Subject, Date or Message-ID")
    return message


def _of_message(message: EmailMessage, place: _Place) -> Iterator[Found]:
    attached = [part for part in message.walk() if part is not message and part.get_content_type() == "message/rfc822"]
    own = attached if place.depth < DEEPEST else []
    text, odd = _text(message, place.name)
    if text.strip() or not own:
        kept = (*odd, *_left_out(message), *_too_deep(attached, own))
        yield place, replace(_with_headers(message, text), diagnostics=kept)
    # walk() goes into attached messages too: only those that lie in no other one are this message's own.
    for number, part in enumerate(_outermost(own)[:MOST_ATTACHED], start=1):
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, EmailMessage):
            yield from _articles(_Place(f"attached message {number} of {place.name}", inner.as_bytes(policy=_POLICY), place.depth + 1))


def _outermost(parts: list[EmailMessage]) -> list[EmailMessage]:
    inside = {id(inner) for part in parts for inner in part.walk() if inner is not part}
    return [part for part in parts if id(part) not in inside]


def _too_deep(attached: list[EmailMessage], own: list[EmailMessage]) -> Iterator[Diagnostic]:
    lost = len(attached) if not own else len(_outermost(own)) - MOST_ATTACHED
    if lost > 0:
        yield Diagnostic("mail-attached-messages", f"{lost} messages attached too deep, or too many of them, were not read.")


def _with_headers(message: EmailMessage, text: str) -> Article:
    name, address = parseaddr(_header(message, "from"))
    domain = address.rpartition("@")[2]
    issued = _issued(_header(message, "date"))
    identifier = _header(message, "message-id").strip("<> ")
    return Article(
        text=text,
        title=_header(message, "subject") or None,
        published=issued or _header(message, "date") or None,
        language=_header(message, "content-language")[:2] or None,
        outlet=_header(message, "organization") or domain or None,
        author=name or address or None,
        issued=issued,
        external=(f"message-id:{identifier}",) if identifier else (),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's words on one line, empty where there is none; halves of characters become U+FFFD."""
    try:
        value = str(message.get(name, ""))
    except _BROKEN:  # one odd header, such as a date of the year 99999999999, must not cost the article: as it is written
        value = next((str(written) for key, written in message.raw_items() if key.lower() == name), "")
    words = " ".join(value.split())
    return words.encode("utf-8", "replace").decode() if words.isascii() else words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _issued(written: str) -> str | None:
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


# Its text ------------------------------------------------------------------------------------------------------------


def _text(message: EmailMessage, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The plain part, else what the HTML part shows."""
    plain = message.get_body(("plain",))
    if isinstance(plain, EmailMessage):
        words, odd = _decoded(plain, name)
        if words.strip():
            return _unflowed(words, plain), odd
    page = message.get_body(("html",))
    if not isinstance(page, EmailMessage):
        return "", ()
    from propos.ingest import html

    words, odd = _decoded(page, name)
    found = html.extract(words, name)
    return (found.text if found is not None else ""), odd


def _decoded(part: EmailMessage, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """By the part's own charset where it holds, else as any text."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ()
    try:
        return line_feeds(data.decode(part.get_content_charset("ascii"))), ()
    except (LookupError, UnicodeDecodeError):
        found = decode(data, name)
        return line_feeds(found.text), found.diagnostics


def _unflowed(words: str, part: EmailMessage) -> str:
    """Lines that end in a space are joined where the part says so (RFC 3676), the signature aside."""
    if part.get_param("format") != "flowed":
        return words.strip("\n")
    words = re.sub(r"^ ", "", words, flags=re.MULTILINE)
    joint = "" if str(part.get_param("delsp")).lower() == "yes" else " "
    return re.sub(r"(?<!^--) \n(?!\n)", lambda _: joint, words, flags=re.MULTILINE).strip("\n")


def _left_out(message: EmailMessage) -> Iterator[Diagnostic]:
    """What was attached and not read."""
    names = [
        f"{(part.get_filename() or 'without a name')[:60]} ({part.get_content_type()[:60]})"
        for part in message.iter_attachments()
        if part.get_content_type() != "message/rfc822"
    ] if message.is_multipart() else []  # fmt: skip
    if names:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        clean = shown.encode("utf-8", "replace").decode()
        yield Diagnostic("attachment-not-read", f"{len(names)} attachments were not read: {clean}.")
