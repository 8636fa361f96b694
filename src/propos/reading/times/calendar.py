"""Stretches of the calendar with their TIMEX3 values: days, weeks, months, seasons, years, decades, centuries."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from propos.lang.times import Unit

DAY = timedelta(days=1)
SATURDAY = 5
_SEASONS = {"SP": (3, 20), "SU": (6, 21), "FA": (9, 22), "WI": (12, 21)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar. ``start`` and ``end`` (included) are ``None`` where the year is unknown.

    ``grain`` is its unit, or empty for seasons, quarters and halves of a year; ``weekday`` (1 to 7) is given where
    only that is known.
    """

    value: str
    start: date | None = None
    end: date | None = None
    grain: Unit | None = None
    weekday: int | None = None


def valid(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether there is such a day."""
    return MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def day(at: date) -> Moment:
    """One day."""
    return Moment(at.isoformat(), at, at, "day")


def week(at: date) -> Moment:
    """The ISO week of a day."""
    monday = at - (at.isoweekday() - 1) * DAY
    number = at.isocalendar()
    return Moment(f"{number.year:04}-W{number.week:02}", monday, monday + 6 * DAY, "week")


def weekend(at: date) -> Moment:
    """Saturday and Sunday of a day's ISO week."""
    whole = week(at)
    if whole.end is None:
        return whole
    return Moment(f"{whole.value}-WE", whole.end - DAY, whole.end, "weekend")


def month(year: int, number: int) -> Moment:
    """One month."""
    last = calendar.monthrange(year, number)[1]
    return Moment(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last), "month")


def months(year: int, first: int, count: int, name: str) -> Moment:
    """A quarter (three months) or half (six) of a year, numbered ``name``."""
    start, end = month(year, first).start, month(year, first + count - 1).end
    return Moment(f"{year:04}-{name}", start, end)


def season(year: int, name: str) -> Moment:
    """A season, by its TIMEX3 name; winter belongs to the year in which it begins."""
    names = list(_SEASONS)
    at, following = names.index(name), names[(names.index(name) + 1) % 4]
    end = date(year + (at == 3), *_SEASONS[following]) - DAY
    return Moment(f"{year:04}-{name}", date(year, *_SEASONS[name]), end)


def year(number: int) -> Moment:
    """One year."""
    return Moment(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(number: int) -> Moment:
    """The ten years that begin in ``number``."""
    return Moment(f"{number // 10:03}", date(number, 1, 1), date(number + 9, 12, 31), "decade")


def century(number: int) -> Moment:
    """A century as counted in speech: the 20th is 1901 to 2000, its value ``19``."""
    return Moment(f"{number - 1:02}", date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "century")


def weekday(number: int) -> Moment:
    """A day of which only the weekday is known."""
    return Moment(f"XXXX-WXX-{number}", grain="day", weekday=number)


def yearless(number: int, of_month: int | None = None) -> Moment:
    """A month, or a day of a month, of an unknown year."""
    value = f"XXXX-{number:02}" if of_month is None else f"XXXX-{number:02}-{of_month:02}"
    return Moment(value, grain="month" if of_month is None else "day")


def around(at: date, unit: Unit) -> Moment:
    """The stretch of one unit that a day lies in."""
    match unit:
        case "day" | "hour":
            return day(at)
        case "week":
            return week(at)
        case "weekend":
            return weekend(at)
        case "month":
            return month(at.year, at.month)
        case "year":
            return year(at.year)
        case "decade":
            return decade(at.year - at.year % 10)
        case "century":
            return century((at.year - 1) // 100 + 1)


def shift(at: date, unit: Unit, number: int) -> date | None:
    """A day so many units later, or earlier where ``number`` is negative; ``None`` outside the calendar."""
    try:
        if unit in {"day", "week", "weekend"}:
            return at + number * (1 if unit == "day" else 7) * DAY
        if unit == "hour":
            return at + int(number / 24) * DAY
        count = number * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        years, index = divmod(at.year * 12 + at.month - 1 + count, 12)
        return date(years, index + 1, min(at.day, calendar.monthrange(years, index + 1)[1]))
    except (OverflowError, ValueError):  # a year before 1 or after 9999
        return None


def part(moment: Moment, edge: str) -> Moment:
    """The first, middle or last third (``start mid end``) of a stretch; its value stays."""
    if moment.start is None or moment.end is None or moment.grain == "day":
        return moment
    third = ((moment.end - moment.start).days + 1) // 3
    first = moment.start + third * DAY
    second = moment.end - third * DAY
    match edge:
        case "start":
            return replace(moment, end=first - DAY)
        case "end":
            return replace(moment, start=second + DAY)
        case _:
            return replace(moment, start=first, end=second)


def duration(number: int | None, unit: Unit) -> str:
    """The TIMEX3 value of a duration; ``None`` where it is not said how many (``PXD``)."""
    if unit == "weekend":
        return f"P{number or 'X'}WE"
    if number is None:
        return {"hour": "PTXH", "decade": "PXDE", "century": "PXCE"}.get(unit, f"PX{unit[0].upper()}")
    if unit == "hour":
        return f"PT{number}H"
    if unit in {"decade", "century"}:
        return f"P{number * (10 if unit == 'decade' else 100)}Y"
    return f"P{number}{unit[0].upper()}"
