"""What the event data formats share: which events count as having happened, their ids, dates, and clean cells."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from propos.export.article import Article, clean
from propos.model import Event
from propos.store.entry import Entry

Basis = Literal["text", "publication", "period"]
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PERIOD = re.compile(r"\d{4}(-\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on its way out: ``id`` is unique in the export, ``story`` names the article without an underscore."""

    article: Article
    event: Event
    id: str
    story: str

    @property
    def told(self) -> bool:
        """Whether it is told as having happened: by the outlet itself, or by one source that it quotes."""
        return self.event.factuality in ("asserted", "claimed") and self.article.depth(self.event) <= 1

    @property
    def date(self) -> str | None:
        """The day of the event as ISO date; see :attr:`basis`."""
        return self._dated()[0]

    @property
    def basis(self) -> Basis | None:
        """What the day is: said by the ``text``, that of ``publication``, or the first day of the ``period`` said."""
        return self._dated()[1]

    def _dated(self) -> tuple[str | None, Basis | None]:
        said, published = self.event.date or "", self.article.record.published or ""
        if _DAY.fullmatch(said):
            return said, "text"
        if _DAY.fullmatch(published) and published.startswith(said):
            return published, "publication"
        period = said or published
        return (period + "-01-01"[len(period) - len("2024") :], "period") if _PERIOD.fullmatch(period) else (None, None)


def happenings(entries: Iterable[Entry]) -> Iterator[Happening]:
    """All events of all entries."""
    taken: set[str] = set()
    for entry in entries:
        article = Article(entry)
        story = _story(entry, taken)
        for event in entry.events:
            yield Happening(article, event, f"{story}_{event.type}_{article.places[event.id]}", story)


def _story(entry: Entry, taken: set[str]) -> str:
    """``<day>-<article>-<digest>``: scripts in the field cut event ids at underscores to count articles."""
    record = entry.record
    day = (record.published or "").replace("-", "").ljust(8, "0")[:8]
    # What the article is, not how it was read: a later reading gives the same ids.
    identity = "\0".join([entry.key, record.id, record.source.sha256, str(record.source.ordinal), record.text])
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    name = wanted = f"{day if day.isdecimal() else '0' * 8}-{entry.article}-{digest}"
    number = 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def cell(value: str | float | None, null: str) -> str:
    """One cell of a tab-separated file: no tab, no line break, no control, no straight double quotation mark.

    Loaders that know quoting lose rows at a lone quotation mark, so it becomes an apostrophe. ``null`` where there
    is nothing to say.
    """
    if value is None:
        return null
    if isinstance(value, int | float):
        return f"{value:g}"
    spaced = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in clean(value))
    return " ".join(spaced.split()).replace('"', "'") or null


def several(values: Iterable[str | None], joint: str) -> str | None:
    """Values in one cell; the joint's own mark inside a value becomes a comma (a comma's becomes a blank)."""
    mark = joint.strip()
    other = " " if mark == "," else ","
    return joint.join(value.replace(mark, other) for value in values if value) or None


def unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values without repetition and without nothing."""
    return tuple(dict.fromkeys(value for value in values if value))
