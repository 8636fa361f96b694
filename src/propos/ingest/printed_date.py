"""Dates and times as newspapers print them, in the languages of ``printed_dates.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from propos.model import Diagnostic, Span

LONGEST_LINE = 1000
"""Characters of a line that are looked at: a header's line has a tenth of that."""

_YEAR = r"(?:1[6-9]|20)\d\d(?!\d)"
_SPACE = r"\s{1,20}"
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])(?::|\s?h\s?)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<zone>UTC|GMT)\s?(?P<offset>[+-]\d\d?(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """``value`` is an ISO date or month, ``language`` the code of the language it is printed in, ``span`` its place."""

    value: str
    language: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Form:
    language: str
    pattern: re.Pattern[str]
    months: dict[str, int]
    has_day: bool


def find(line: str, hint: str | None = None) -> PrintedDate | None:
    """The first date in ``line``, in the language ``hint`` where it is one; a date with a day before a month alone."""
    for form in sorted(_forms(), key=lambda form: (not form.has_day, form.language != hint)):
        for match in form.pattern.finditer(line[:LONGEST_LINE]):
            value = _iso(match, form)
            if value is not None:
                return PrintedDate(value, form.language, Span(*match.span()))
    return None


def clock(line: str) -> str | None:
    """The time in ``line`` as ``16:04``, or ``16:04+01:00`` where its zone is given by number, UTC or GMT."""
    match = _CLOCK.search(line[:LONGEST_LINE])
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"{hour:02d}:{match['minute']}{_zone(match)}"


def settle(printed: str | None, named: str | None) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The publication date, of the printed one and that in the article's identifier (ISO dates).

    The identifier's is the safer one, but where a month alone is printed its day is made up. Two dates that differ give
    ``dates-differ``, none at all ``date-missing``.
    """
    if printed is None and named is None:
        return None, (Diagnostic("date-missing", "The article has no date; give it with --date YYYY-MM-DD."),)
    if printed is None or named is None or named.startswith(printed):
        return printed or named, ()
    message = f"The article is dated {printed}, its identifier says {named}; {named} is taken."
    return named, (Diagnostic("dates-differ", message),)


def compact(digits: str) -> str | None:
    """``20240315`` as an ISO date; ``None`` where it is none."""
    try:
        return date.fromisoformat(digits).isoformat() if len(digits) == 8 and digits.isascii() else None
    except ValueError:
        return None


def issued(day: str | None, time: str | None) -> str | None:
    """The full time of publication; ``None`` where the day or the time is unknown."""
    return f"{day}T{time}" if day is not None and len(day) == 10 and time is not None else None


def _zone(match: re.Match[str]) -> str:
    if match["zone"] is None:
        return ""
    offset = _OFFSET.fullmatch(match["offset"] or "+00")
    if offset is None or int(offset["hours"]) > 14 or int(offset["minutes"] or 0) > 59:
        return ""
    return f"{offset['sign']}{int(offset['hours']):02d}:{offset['minutes'] or '00'}"


def _iso(match: re.Match[str], form: _Form) -> str | None:
    month = form.months[match["month"].lower()]
    if not form.has_day:
        return f"{match['year']}-{month:02d}"
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return None


@cache
def _forms() -> tuple[_Form, ...]:
    data = tomllib.loads((resources.files("propos.ingest") / "printed_dates.toml").read_text(encoding="utf-8"))
    return tuple(form for language, entry in data.items() for form in _of_language(language, entry))


def _of_language(language: str, entry: dict[str, list[str]] | dict[str, list[list[str]]]) -> Iterator[_Form]:
    months = {name.lower(): number for number, names in enumerate(entry["months"], start=1) for name in names}
    names = {
        "{month}": "|".join(sorted(map(re.escape, months), key=len, reverse=True)),
        "{weekday}": "(?:" + "|".join(str(name) for name in entry["weekdays"]) + ")",
        "{year}": _YEAR,
    }
    for form in entry["forms"]:
        pattern = str(form).replace(" ", _SPACE)
        for name, words in names.items():
            pattern = pattern.replace(name, words)
        yield _Form(language, re.compile(rf"(?<!\w){pattern}", re.IGNORECASE), months, "(?P<day>" in pattern)
