"""Dates as vague as the text has them, as calendar days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days that an ISO date, month or year covers, both ends included."""

    start: date
    end: date
    precision: Precision = "day"


def days(value: str | None) -> Days | None:
    """The days of an ISO date, month or year; ``None`` where it is none of them."""
    match = _DATE.fullmatch(value or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return Days(date(year or 0, 1, 1), date(year or 0, 12, 31), "year")
        if day is None:
            return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def merged(spans: Iterable[Days]) -> tuple[tuple[date, date], ...]:
    """The spans in order, those that overlap or follow day upon day joined: Gephi takes no overlapping intervals."""
    joined: list[tuple[date, date]] = []
    for span in sorted(spans):
        if joined and span.start.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.end))
        else:
            joined.append((span.start, span.end))
    return tuple(joined)


def day_after(day: date) -> date:
    """The next day; the last day of the calendar itself where there is none."""
    return day if day == date.max else day + timedelta(days=1)
