"""Times: expressions found, and their values."""

from __future__ import annotations

from propos.evaluate.figures import Figures
from propos.evaluate.matching import Alignment, match
from propos.evaluate.spans import TextChars, touch
from propos.model import Record, TimeExpression


def align(gold: Record, system: Record, chars: TextChars) -> Alignment[TimeExpression]:
    """Match expressions that share at least half of the shorter one."""
    wanted = [chars.one(item.span) for item in gold.times]
    got = [chars.one(item.span) for item in system.times]
    return Alignment(gold.times, system.times, match(wanted, got, touch, 0.5))


def figures(gold: Record, system: Record, chars: TextChars) -> Figures:
    """Expressions found, and the values of the matched ones."""
    result = Figures()
    aligned = align(gold, system, chars)
    result.count("times", len(aligned.matches), len(system.times), len(gold.times))
    for expected, found in aligned.pairs():
        result.check("time value", expected.value == found.value)
    return result
