"""The date of a statement or an event: the time expression that goes with its cue or trigger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from propos.model import Span, TimeExpression
from propos.reading.parse import Parsed
from propos.reading.times import tense

_FIXED = re.compile(r"\d{4}(?:-\d\d){0,2}")


def by_sentence(expressions: Sequence[TimeExpression], parsed: Parsed) -> Mapping[int, list[TimeExpression]]:
    """The expressions by the sentence in which they begin: only those of a cue's own sentence can date it."""
    found: dict[int, list[TimeExpression]] = defaultdict(list)
    for expression in expressions:
        found[sentence_of(expression.span, parsed)].append(expression)
    return found


def sentence_of(span: Span, parsed: Parsed) -> int:
    """Index of the sentence in which a span begins."""
    return parsed.sentence[min(parsed.token_at(span.start), len(parsed) - 1)]


def date_of(expressions: Sequence[TimeExpression], cue: int | Span, parsed: Parsed) -> str | None:
    """The ISO date, month or year of a cue or trigger, or ``None`` where the text does not fix it.

    ``cue``: a token, or the span of one or more. That of the expression attached to it in the tree; else of one
    attached to the verb that it depends on; else of its sentence's only expression, unless that belongs to a clause
    that the cue does not depend on. Vague times date nothing.
    """
    first, last = _tokens(cue, parsed)
    sentence = parsed.sentence[first]
    here = [
        (expression, _governor(expression, parsed))
        for expression in expressions
        if parsed.sentence[_first(expression, parsed)] == sentence
    ]
    verb = tense.verb_above(parsed, _top(parsed, first, last))
    for governors in (range(first, last + 1), () if verb is None else (verb,)):
        attached = [expression for expression, governor in here if governor in governors]
        if attached:
            return _value(min(attached, key=lambda expression: _gap(expression, cue, first, parsed)))
    if len(here) != 1 or not _reaches(here[0][1], verb, parsed):
        return None
    return _value(here[0][0])


def _reaches(governor: int | None, verb: int | None, parsed: Parsed) -> bool:
    """Whether what an expression hangs on is the clause of ``verb``, one above it, or no clause at all.

    Of the development articles' dates, those from other clauses were wrong twice for each one that was right.
    """
    clause = None if governor is None else tense.verb_above(parsed, governor)
    return clause is None or verb is not None and clause in tense.path(parsed, verb)


def _tokens(cue: int | Span, parsed: Parsed) -> tuple[int, int]:
    """First and last token of a cue."""
    if isinstance(cue, int):
        return cue, cue
    first = min(parsed.token_at(cue.start), len(parsed) - 1)
    return first, max(first, parsed.token_at(cue.end - 1) if cue.end <= parsed.end[-1] else len(parsed) - 1)


def _top(parsed: Parsed, first: int, last: int) -> int:
    """The token of a range that hangs on none of the others."""
    return next((token for token in range(first, last + 1) if not first <= parsed.head[token] <= last), last)


def _first(expression: TimeExpression, parsed: Parsed) -> int:
    return parsed.token_at(expression.span.start)


def _governor(expression: TimeExpression, parsed: Parsed) -> int | None:
    first = _first(expression, parsed)
    return tense.outside(parsed, first, parsed.token_at(expression.span.end - 1) + 1)


def _gap(expression: TimeExpression, cue: int | Span, first: int, parsed: Parsed) -> int:
    """How many characters lie between an expression and a cue."""
    start, end = (parsed.start[first], parsed.end[first]) if isinstance(cue, int) else cue
    return max(expression.span.start - end, start - expression.span.end)


def _value(expression: TimeExpression) -> str | None:
    return expression.value if _FIXED.fullmatch(expression.value) else None
