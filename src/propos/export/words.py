"""Words of an article's language for what an export says of it."""

from __future__ import annotations

from propos.export.days import Days
from propos.lang.export_words import ExportWords, load
from propos.store.entry import Entry


def words_of(entry: Entry) -> ExportWords:
    """The words of the article's language."""
    return load(entry.record.language)


def date_of(when: Days, told: ExportWords) -> str:
    """A date in words, of day, month or year: no more than is known."""
    start = when.start
    if when.precision == "year":
        return str(start.year)
    month = f"{told.months[start.month - 1]} {start.year}"
    if when.precision == "month":
        return month
    return f"{told.first} {month}" if start.day == 1 else f"{start.day} {month}"
