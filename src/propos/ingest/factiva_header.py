"""An article's lines before its text, as Factiva prints them without codes: section, headline, byline, length, date and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from propos.ingest import printed_date

_LENGTH = re.compile(r"\d[\d\s.,]{0,12}(?:mots|words|Wörter|palabras|parole)")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_RIGHTS = re.compile(r"(?:©|\(c\)|Copyright|Tous droits réservés|All rights reserved)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:par|by|de notre|from our)\s", re.IGNORECASE)
_MOST_AFTER = 12
"""Lines between the length and the text: date, time, source, code, edition, page, language, rights."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines say; ``size`` counts those before the text."""

    headline: str | None = None
    section: str | None = None
    author: str | None = None
    outlet: str | None = None
    printed: str | None = None
    language: str | None = None
    time: str | None = None
    size: int = 0


def is_length(line: str) -> bool:
    """Whether the line is ``612 mots`` or ``1,204 words``."""
    return len(line) < 40 and _LENGTH.fullmatch(line.strip()) is not None


def parse(lines: Sequence[str], headline: str | None = None) -> Header | None:
    """The header that ``lines`` begin with; ``None`` where no line gives the length.

    ``headline``: the line that the markup tells to be it; else it is told by its place.
    """
    at = next((index for index, line in enumerate(lines) if is_length(line)), None)
    if at is None:
        return None
    section, title, author = _front(lines[:at], headline)
    end = _end(lines, at + 1)
    after = lines[at + 1 : end]
    day = next((index for index, line in enumerate(after) if printed_date.find(line)), -1)
    date = printed_date.find(after[day]) if day >= 0 else None
    rest = list(after[day + 1 :])
    time = rest.pop(0) if rest and _TIME.fullmatch(rest[0]) else ""
    outlet = rest[0] if rest and not _RIGHTS.match(rest[0]) else None
    printed, language = (date.value, date.language) if date is not None else (None, None)
    return Header(title, section, author, outlet, printed, language, printed_date.clock(time), end)


def _front(lines: Sequence[str], headline: str | None) -> tuple[str | None, str | None, str | None]:
    """Section, headline and byline of the lines before the length."""
    if headline is not None and headline in lines:
        at = list(lines).index(headline)
    elif len(lines) == 2:
        # Headline and byline, or section and headline: a byline says so, or is the shorter of the two.
        at = 0 if _BYLINE.match(lines[1]) or len(lines[1]) < len(lines[0]) else 1
    else:
        at = 1 if len(lines) > 2 else 0
    section = lines[at - 1] if at > 0 else None
    return section, (lines[at] if at < len(lines) else headline), " ".join(lines[at + 1 :]) or None


def _end(lines: Sequence[str], start: int) -> int:
    """Where the text begins: behind the line of rights, which closes the header; else behind the date's neighbours."""
    near = range(start, min(start + _MOST_AFTER, len(lines)))
    return next((index + 1 for index in near if _RIGHTS.match(lines[index])), min(start + 5, len(lines)))
