"""The times of a document: expressions with their TIMEX3 values and calendar intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from propos.lang.times import TimeRules
from propos.model import TimeExpression
from propos.reading.parse import Parsed
from propos.reading.times.calendar import Moment
from propos.reading.times.matching import Match, matcher
from propos.reading.times.resolve import FIRST_YEAR, LAST_YEAR, Resolver


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression, with the id of the rule that found it."""

    rule: str
    expression: TimeExpression


def find(parsed: Parsed, rules: TimeRules, published: date | None) -> list[TimeExpression]:
    """All time expressions, in text order, without overlaps. ``published``: publication date, ``None`` where unknown."""
    return [reading.expression for reading in readings(parsed, rules, published)]


def readings(parsed: Parsed, rules: TimeRules, published: date | None) -> Iterator[Reading]:
    """As ``find``, each expression with its rule."""
    if published is not None and not FIRST_YEAR <= published.year <= LAST_YEAR:
        published = None
    resolver = Resolver(parsed, rules.tense, published)
    for match in matcher(rules).find(_words(parsed, rules)):
        if _stands(match, parsed):
            moment = resolver.resolve(match)
            if moment is not None:
                yield Reading(match.rule.id, _expression(match, moment, parsed))


def _words(parsed: Parsed, rules: TimeRules) -> list[str]:
    """The words, those that the pack reads otherwise when capitalised exchanged."""
    lower = {written.lower() for written in rules.capitals}
    return [
        rules.capitals.get(parsed.text[start : start + len(word)], word) if word in lower else word
        for word, start in zip(parsed.word, parsed.start, strict=True)
    ]


def _stands(match: Match, parsed: Parsed) -> bool:
    """Whether the surroundings let a match be a time."""
    first, last, rule = match.first, match.end - 1, match.rule
    begins, ends = parsed.sentences[parsed.sentence[first]]
    if last >= ends or rule.lower and first == last > begins and parsed.text[parsed.start[first]].isupper():
        return False
    if match.end < ends and parsed.pos[match.end] in rule.unless_next:
        return False
    return first == begins or parsed.pos[first - 1] not in rule.unless_before


def _expression(match: Match, moment: Moment, parsed: Parsed) -> TimeExpression:
    parts = match.parts
    return TimeExpression(
        span=parsed.span(match.first, match.end - 1),
        value=moment.value,
        start=moment.start.isoformat() if moment.start else None,
        end=moment.end.isoformat() if moment.end else None,
        approximate=bool(parts.edge or parts.few or parts.about or parts.limit),
    )
