"""From what a pattern captured to a value: the publication date, the story's last date and the verb's tense decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from propos.lang.times import Means, Tense, Unit
from propos.reading.parse import Parsed
from propos.reading.times import calendar
from propos.reading.times.calendar import Moment
from propos.reading.times.matching import Match
from propos.reading.times.tense import FUTURE, PAST, UNKNOWN, Side, happens, outside, path, side

# Years that are counted in; outside, so that every sum stays inside Python's calendar, a date is taken as unknown.
FIRST_YEAR, LAST_YEAR = 100, 9900
# A date without its year is looked for this many years around: a weekday and a day of the month meet every 5 to 11.
_YEARS_AROUND = 11
_UNITS: tuple[Unit, ...] = ("hour", "day", "week", "weekend", "month", "year", "decade", "century")
_DIRECTION = {"last": PAST, "this": UNKNOWN, "next": FUTURE}
_SIDES = {"since": PAST, "by": FUTURE}
_REFERENCES = {PAST: "PAST_REF", UNKNOWN: "PRESENT_REF", FUTURE: "FUTURE_REF"}


# A date farther away is told with its year: one that the verb's tense puts there is taken from the other side.
_FAR = timedelta(days=270)
_Dated = tuple[date, date, Moment]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A year that a clause is set in (*En 2015, il fut élu le 3 mai*), and what the year hangs on."""

    year: int
    sentence: int
    governor: int | None


class Resolver:
    """Values of one document's expressions, asked for in text order."""

    def __init__(self, parsed: Parsed, tense: Tense, published: date | None) -> None:
        self._parsed, self._tense, self._published = parsed, tense, published
        self._last: dict[Unit, Moment] = {}
        self._scene: _Scene | None = None
        self._means: dict[Means, Callable[[Match], Moment | None]] = {
            "date": self._date,
            "relative": self._relative,
            "duration": self._duration,
            "decade": self._decade,
            "century": self._century,
            "reference": lambda match: Moment(match.rule.value),
            "nothing": lambda _: None,
        }

    def resolve(self, match: Match) -> Moment | None:
        """The value of an expression and its interval, or ``None`` where it is no time or no day of the calendar."""
        moment = self._means[match.rule.means](match)
        if moment is None:
            return None
        self._remember(moment, match)
        return self._bounded(self._edged(moment, match), match)

    # Dates ---------------------------------------------------------------------------------------------------------

    def _date(self, match: Match) -> Moment | None:
        parts = match.parts
        if parts.season:
            name = parts.season
            return self._of_year(match, lambda year: calendar.season(year, name))
        if parts.quarter:
            number = parts.quarter
            return self._of_year(match, lambda year: calendar.months(year, 3 * number - 2, 3, f"Q{number}"))
        if parts.half:
            number = parts.half
            return self._of_year(match, lambda year: calendar.months(year, 6 * number - 5, 6, f"H{number}"))
        if parts.month is not None:
            return self._month(match, parts.month) if parts.day is None else self._day(match, parts.month, parts.day)
        if parts.weekday:
            return self._weekday(match, parts.weekday)
        year = self._year(match)
        return calendar.year(year) if year is not None and calendar.valid(year) else None

    def _year(self, match: Match) -> int | None:
        """The year written in the expression, or set by the sentence."""
        parts = match.parts
        if parts.year is not None:
            return parts.year
        if parts.short_year is not None:
            return _whole_year(parts.short_year)
        if parts.year_of is not None and self._published is not None:
            return self._published.year + _DIRECTION[parts.year_of]
        return self._scene.year if self._scene and parts.side is None and self._in_scene(match, self._scene) else None

    def _in_scene(self, match: Match, scene: _Scene) -> bool:
        """Whether an expression stands in the clause that a year was named for."""
        governor = outside(self._parsed, match.first, match.end)
        inside = scene.governor is None or governor is None or scene.governor in path(self._parsed, governor)
        return inside and scene.sentence == self._parsed.sentence[match.first]

    def _of_year(self, match: Match, make: Callable[[int], Moment]) -> Moment | None:
        """A part of a year, of the year that fits."""
        year = self._year(match)
        if year is not None:
            return make(year) if calendar.valid(year) else None
        if self._published is None:
            return Moment(f"XXXX-{make(2000).value[5:]}")
        years = range(self._published.year - 2, self._published.year + 3)
        return self._pick([make(year) for year in years], match)

    def _month(self, match: Match, number: int) -> Moment | None:
        if not 1 <= number <= 12:
            return None
        if self._published is None and self._year(match) is None:
            return calendar.yearless(number)
        return self._of_year(match, lambda year: calendar.month(year, number))

    def _day(self, match: Match, month: int, number: int) -> Moment | None:
        parts, year = match.parts, self._year(match)
        if year is not None:
            return calendar.day(date(year, month, number)) if calendar.valid(year, month, number) else None
        if not calendar.valid(2000, month, number):
            return None
        if self._published is None:
            return calendar.yearless(month, number)
        around = range(self._published.year - _YEARS_AROUND, self._published.year + _YEARS_AROUND + 1)
        days = [date(year, month, number) for year in around if calendar.valid(year, month, number)]
        fitting = [at for at in days if parts.weekday in {None, at.isoweekday()}]
        return self._pick([calendar.day(at) for at in fitting or days], match)

    def _weekday(self, match: Match, number: int) -> Moment:
        if self._published is None:
            return calendar.weekday(number)
        back = (self._published.isoweekday() - number) % 7
        if match.parts.side == "last":
            return calendar.day(self._published - (back or 7) * calendar.DAY)
        if match.parts.side == "next" or back and self._side(match).side == FUTURE:
            return calendar.day(self._published + (7 - back) * calendar.DAY)
        return calendar.day(self._published - back * calendar.DAY)

    def _pick(self, moments: Iterable[Moment], match: Match) -> Moment | None:
        """The one of several moments, in order, that lies on the right side of the publication date."""
        at, where = self._published, self._side(match)
        dated = [(m.start, m.end, m) for m in moments if m.start is not None and m.end is not None]
        if at is None or not dated:
            return None
        if where.direct:
            found = _on_side(dated, at, where.side, strict=match.parts.side is not None)
            if found is not None and (match.parts.side or match.parts.bound or _distance(found, at) < _FAR):
                return found[2]
        return min(dated, key=lambda item: _distance(item, at))[2]

    def _side(self, match: Match) -> Side:
        parts = match.parts
        if parts.side is not None:
            return Side(_DIRECTION[parts.side], direct=True)
        if parts.bound in _SIDES:
            return Side(_SIDES[parts.bound], direct=True)
        said = side(self._parsed, match.first, match.end, self._tense)
        return Side(FUTURE, direct=False) if parts.bound and said.side == UNKNOWN else said

    # Times told from another -----------------------------------------------------------------------------------------

    def _relative(self, match: Match) -> Moment | None:
        rule, parts = match.rule, match.parts
        unit = parts.unit or rule.unit or "day"
        number = _number(match)
        if parts.few or parts.limit or number is None:
            return Moment(calendar.duration(None, unit) if rule.story else _REFERENCES[self._direction(match)])
        number *= self._direction(match)
        if parts.night and number == 0 and self._side(match).side == PAST:
            number = -1  # the night that ended this morning
        if rule.story:
            return self._from_story(unit, number)
        if rule.value and not happens(self._parsed, match.first, match.end, self._tense):
            return Moment(rule.value)
        if self._published is None or unit == "hour" and number % 24:
            return Moment(rule.value or _REFERENCES[(number > 0) - (number < 0)])
        if unit == "weekend":
            return self._weekend(match, number)
        return _around(calendar.shift(self._published, unit, number), unit)

    def _direction(self, match: Match) -> int:
        """Back (-1) or forward (1) in time; 0 for the present one."""
        return _DIRECTION[match.parts.side or match.rule.side or "next"]

    def _weekend(self, match: Match, number: int) -> Moment | None:
        """Before Saturday, the past weekend is last week's and the coming one this week's; later, both are today's."""
        at = self._published
        if at is None:
            return None
        if at.weekday() < calendar.SATURDAY:
            back = number < 0 or number == 0 and self._side(match).side == PAST
            number = -1 if back else 0
        return _around(calendar.shift(at, "week", number), "weekend")

    def _from_story(self, unit: Unit, number: int) -> Moment | None:
        """So many units after the story's last date that is at least as fine; after the publication date without one."""
        last = self._last.get(unit)
        if last is not None and last.weekday is not None and unit == "day":
            return calendar.weekday((last.weekday - 1 + number) % 7 + 1)
        at = last.start if last is not None and last.start is not None else self._published
        if at is None:
            return Moment(_REFERENCES[(number > 0) - (number < 0)]) if number else None
        return _around(calendar.shift(at, unit, number), unit)

    def _remember(self, moment: Moment, match: Match) -> None:
        if moment.start is None and moment.weekday is None:
            return
        for unit in _coarser(moment.grain):
            self._last[unit] = moment
        if match.parts.scene and moment.start is not None:
            governor = outside(self._parsed, match.first, match.end)
            self._scene = _Scene(moment.start.year, self._parsed.sentence[match.first], governor)

    # The rest ------------------------------------------------------------------------------------------------------

    def _duration(self, match: Match) -> Moment | None:
        number, unit = _number(match), match.parts.unit or match.rule.unit or "day"
        if number == 0:
            return None
        value = calendar.duration(None if match.parts.few else number, unit)
        if self._published is None or number is None or match.parts.few:
            return Moment(value)
        before = match.parts.side == "last" or match.parts.bound == "since"
        after = match.parts.side == "next" or match.parts.bound == "by"
        if not before and not after:
            return Moment(value)
        other = calendar.shift(self._published, unit, -number if before else number) or self._published
        return Moment(value, min(other, self._published), max(other, self._published))

    def _decade(self, match: Match) -> Moment | None:
        year = self._year(match)
        return calendar.decade(year - year % 10) if year is not None and calendar.valid(year + 9) else None

    def _century(self, match: Match) -> Moment | None:
        number = match.parts.century or 0
        return calendar.century(number) if 1 <= number <= 99 else None

    def _edged(self, moment: Moment, match: Match) -> Moment:
        return calendar.part(moment, match.parts.edge) if match.parts.edge else moment

    def _bounded(self, moment: Moment, match: Match) -> Moment:
        """*depuis 2014* runs to the publication date, *d'ici 2030* from it; a night lasts into the next day."""
        start, end, at, bound = moment.start, moment.end, self._published, match.parts.bound
        if start is None or end is None or moment.grain is None and match.rule.means == "duration":
            return moment
        if match.parts.night:
            end = calendar.shift(end, "day", 1) or end
        if at is not None and bound == "since" and start <= at:
            end = at
        if at is not None and bound in {"until", "by"} and at <= end:
            start = at
        return Moment(moment.value, start, end, moment.grain, moment.weekday)


def _on_side(dated: Sequence[_Dated], at: date, direction: int, *, strict: bool) -> _Dated | None:
    """The nearest of several stretches, in order, on one side of a day; ``strict``: that do not contain it."""
    if direction == PAST:
        return next((item for item in reversed(dated) if (item[1] < at if strict else item[0] <= at)), None)
    if direction == FUTURE:
        return next((item for item in dated if (item[0] > at if strict else item[1] >= at)), None)
    return None


def _distance(dated: _Dated, at: date) -> timedelta:
    """How far a stretch lies from a day."""
    return max(dated[0] - at, at - dated[1])


def _number(match: Match) -> int | None:
    """How many units, ``None`` where it is not said."""
    if match.parts.few:
        return None
    if match.parts.number is not None:
        return match.parts.number + match.parts.plus
    return 1 if match.rule.number is None else match.rule.number


def _around(at: date | None, unit: Unit) -> Moment | None:
    return calendar.around(at, unit) if at is not None and FIRST_YEAR <= at.year <= LAST_YEAR else None


def _whole_year(short: int) -> int:
    """Two digits: the years of the last century, but for its first ones (*les années 00, 10*)."""
    return (1900 if short >= 20 else 2000) + short


def _coarser(grain: Unit | None) -> tuple[Unit, ...]:
    """The units for which a moment of this grain can be the story's last date."""
    first = {"day": 0, "week": 2, "weekend": 2, "month": 4}.get(grain or "", 5)
    return _UNITS[first:]
