"""Factiva's accession number, which names the source, the date and the article: ``ABCDEF0020240315ek3f0001r``."""

from __future__ import annotations

import re
from typing import NamedTuple

from propos.ingest.printed_date import compact

_NUMBER = re.compile(r"\b(?P<source>[A-Za-z][A-Za-z0-9]*?)0{0,4}(?P<date>(?:19|20)\d{6})(?P<rest>[a-z][a-z0-9]{2,})\b")
_LONGEST = 60


class Number(NamedTuple):
    """``name`` as it is written, and the ISO date in it."""

    name: str
    date: str | None

    @property
    def external(self) -> str:
        """The article's name for :class:`propos.model.Source`."""
        return f"factiva:{self.name}"


def find(text: str) -> Number | None:
    """The number in ``text`` (``Document ABCDEF0020240315ek3f0001r``); ``None`` where there is none."""
    for word in text[:500].split():
        match = _NUMBER.fullmatch(word) if len(word) <= _LONGEST else None
        if match is not None:
            return Number(match.group(), compact(match["date"]))
    return None
