"""Which side of the publication date a time lies on, by the verb that governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from propos.lang.times import Tense
from propos.reading.parse import Parsed

_HELPERS = frozenset({"aux", "aux:tense", "aux:pass", "aux:caus", "cop"})
_VERBAL = frozenset({"VERB", "AUX"})
# Steps up the tree: spaCy's heads can run in a circle, in about three articles of a hundred.
_HIGHEST = 50
PAST, UNKNOWN, FUTURE = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Side:
    """``side``: ``PAST``, ``UNKNOWN`` (a present tense, or no verb) or ``FUTURE``.

    ``direct``: the time hangs on the verb itself, not on one of its nouns (*le scrutin du 3 novembre*).
    """

    side: int
    direct: bool


def side(parsed: Parsed, first: int, end: int, tense: Tense) -> Side:
    """The side that the verb above the tokens ``[first, end)`` says."""
    token = outside(parsed, first, end)
    if token is None:
        return Side(UNKNOWN, direct=False)
    verb = verb_above(parsed, token)
    return Side(UNKNOWN if verb is None else _side_of(parsed, verb, tense, 0), direct=verb == token)


def happens(parsed: Parsed, first: int, end: int, tense: Tense) -> bool:
    """Whether the verb above the tokens ``[first, end)`` tells what happened or will happen, not how things stand."""
    token = outside(parsed, first, end)
    verb = None if token is None else verb_above(parsed, token)
    if verb is None:
        return False
    finite = _finite_helper(parsed, verb)
    future = parsed.features[verb if finite is None else finite].get("Tense") == "Fut"
    return future or _side_of(parsed, verb, tense, 0) == PAST


def outside(parsed: Parsed, first: int, end: int) -> int | None:
    """The token that the tokens ``[first, end)`` hang on, or ``None`` where they hang on nothing."""
    for token in range(first, end):
        above = parsed.head[token]
        if not first <= above < end:
            return above
    return None


def verb_above(parsed: Parsed, token: int) -> int | None:
    """The nearest verb, or predicate with a copula, at or above a token."""
    return next((above for above in path(parsed, token) if _says_when(parsed, above)), None)


def path(parsed: Parsed, token: int) -> Iterator[int]:
    """A token and those above it, up to the root."""
    for _ in range(_HIGHEST):
        yield token
        if parsed.head[token] == token:
            return
        token = parsed.head[token]


def _says_when(parsed: Parsed, token: int) -> bool:
    """Whether the token is a verb, or a predicate with its copula."""
    return parsed.pos[token] in _VERBAL or any(parsed.dep[child] == "cop" for child in parsed.children[token])


def _side_of(parsed: Parsed, verb: int, tense: Tense, depth: int) -> int:
    features = parsed.features[verb]
    form = features.get("VerbForm")
    if parsed.word[verb] in tense.coming and form == "Part" and not _done(parsed, verb):
        return FUTURE
    finite = _finite_helper(parsed, verb)
    if finite is not None:
        return _by_helper(parsed, finite)
    if form == "Fin":
        return _by_finite(parsed, verb, tense)
    helpers = [parsed.dep[child] for child in parsed.children[verb] if parsed.dep[child] in _HELPERS]
    if "aux:tense" in helpers or form == "Part" and features.get("Tense") == "Past" and not helpers:
        return PAST
    return _by_governor(parsed, verb, tense, depth)


def _done(parsed: Parsed, verb: int) -> bool:
    """Whether a participle tells what its subject has done (*a convoqué mardi*, not *est convoqué mardi*)."""
    relations = {parsed.dep[child] for child in parsed.children[verb]}
    return {"aux:tense", "obj"} <= relations and "aux:pass" not in relations


def _finite_helper(parsed: Parsed, verb: int) -> int | None:
    """The finite auxiliary or copula of a verb or predicate."""
    helpers = (child for child in parsed.children[verb] if parsed.dep[child] in _HELPERS)
    return next((child for child in helpers if parsed.features[child].get("VerbForm") == "Fin"), None)


def _by_helper(parsed: Parsed, helper: int) -> int:
    features = parsed.features[helper]
    if features.get("Tense") == "Fut":
        return FUTURE
    if parsed.dep[helper] == "aux:tense" or features.get("Tense") in {"Imp", "Past"}:
        return PAST
    return FUTURE if features.get("Mood") == "Cnd" else UNKNOWN


def _by_finite(parsed: Parsed, verb: int, tense: Tense) -> int:
    features = parsed.features[verb]
    if features.get("Tense") in {"Imp", "Past"}:
        # *devait se tenir samedi* is said before and after Saturday alike.
        return UNKNOWN if parsed.word[verb] in tense.modals else PAST
    ahead = (
        features.get("Tense") == "Fut" or features.get("Mood") in {"Cnd", "Sub"} or parsed.word[verb] in tense.modals
    )
    return FUTURE if ahead else UNKNOWN


def _by_governor(parsed: Parsed, verb: int, tense: Tense, depth: int) -> int:
    """A present participle takes the side of the verb above it, an infinitive that of a modal; others leave it open."""
    above = parsed.head[verb]
    if above == verb or depth > 5:
        return UNKNOWN
    if parsed.word[above] in tense.modals:
        return _by_finite(parsed, above, tense)
    if parsed.features[verb].get("VerbForm") == "Inf":
        return UNKNOWN
    governor = verb_above(parsed, above)
    return UNKNOWN if governor is None else _side_of(parsed, governor, tense, depth + 1)
