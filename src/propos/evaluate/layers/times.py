"""Times: expressions found, and their values."""

from __future__ import annotations

from dataclasses import dataclass

from propos.evaluate.figures import Figures
from propos.evaluate.matching import Match, match
from propos.evaluate.spans import TextChars, touch
from propos.model import Record, TimeExpression


@dataclass(frozen=True, slots=True)
class TimeAlignment:
    """The two lists of time expressions and their matches."""

    gold: tuple[TimeExpression, ...]
    system: tuple[TimeExpression, ...]
    matches: tuple[Match, ...]


def align(gold: Record, system: Record, chars: TextChars) -> TimeAlignment:
    """Match expressions that share at least half of the shorter one."""
    wanted = [chars.one(item.span) for item in gold.times]
    got = [chars.one(item.span) for item in system.times]
    return TimeAlignment(gold.times, system.times, match(wanted, got, touch, 0.5))


def figures(gold: Record, system: Record, chars: TextChars) -> Figures:
    """Expressions found, and the values of the matched ones."""
    result = Figures()
    aligned = align(gold, system, chars)
    result.count("times", len(aligned.matches), len(system.times), len(gold.times))
    for pair in aligned.matches:
        result.check("time value", gold.times[pair.gold].value == system.times[pair.system].value)
    return result
