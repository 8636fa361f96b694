"""A Factiva article from its fields by code (``HD``, ``PD``, ``LP`` …) or from its lines, whatever file they stood in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from propos import errors
from propos.ingest import bundle, factiva_number, printed_date
from propos.ingest.article import Article, joined
from propos.ingest.factiva_header import Header
from propos.model import Diagnostic, SegmentKind

Diagnostics = tuple[Diagnostic, ...]

_CODES = "SE HD BY CR WC PD ET SN SC NGC GC ED PG LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN VOL ART CLM DLN"
CODES = frozenset(_CODES.split())
_DOCUMENT = re.compile(r"Document [A-Za-z0-9]{15,}")
_BYLINE_OPENING = re.compile(r"(?:par|by)\s+", re.IGNORECASE)


def article(cells: Mapping[str, Sequence[str]], name: str, language: str | None, odd: Diagnostics) -> Article:
    """The article of coded fields; raises ``article-unreadable`` where it has no text."""
    line = {code: " ".join(blocks) for code, blocks in cells.items()}
    date = printed_date.find(line.get("PD", ""), language)
    header = Header(
        line.get("HD") or None, line.get("SE") or None, line.get("BY") or None, line.get("SN") or None,
        date.value if date else None, date.language if date else None, printed_date.clock(line.get("ET", "")),
    )  # fmt: skip
    lead, tail = cells.get("LP", ()), cells.get("TD", ())
    return built(header, (*lead, *tail), factiva_number.find(line.get("AN", "")), name, language, odd)


def of_lines(lines: Sequence[str], header: Header, name: str, language: str | None, odd: Diagnostics) -> Article:
    """The article of lines whose header is known; raises ``article-unreadable`` where it has no text."""
    number = next((found for line in reversed(lines) if is_last(line) and (found := factiva_number.find(line))), None)
    body = [line for line in lines[header.size :] if not is_last(line)]
    return built(header, body, number, name, language, odd)


def is_last(line: str) -> bool:
    """Whether this is the line that closes an article, ``Document`` and its number."""
    return len(line) < 80 and _DOCUMENT.fullmatch(line.strip()) is not None


def built(
    header: Header,
    body: Sequence[str],
    number: factiva_number.Number | None,
    name: str,
    language: str | None,
    odd: Diagnostics,
) -> Article:
    """The article of a header and its paragraphs; raises ``article-unreadable`` where these hold nothing."""
    if not any(character.isalnum() for block in body for character in block):
        raise errors.ARTICLE_UNREADABLE(name=name, reason=bundle.NO_TEXT)
    published, date_odd = printed_date.settle(header.printed, number.date if number else None)
    blocks: list[tuple[str, SegmentKind]] = [(header.author, "byline")] if header.author else []
    text, parts = joined([*blocks, *((block, "body") for block in body)])
    return Article(
        text=text,
        title=header.headline,
        published=published,
        id=number.name if number else None,
        language=language or header.language,
        outlet=header.outlet,
        author=_BYLINE_OPENING.sub("", header.author, count=1) if header.author else None,
        section=header.section,
        issued=printed_date.issued(header.printed, header.time),
        external=(number.external,) if number else (),
        parts=parts,
        diagnostics=(*odd, *date_odd, *bundle.untitled(header.headline)),
    )
