"""The words of an event's explanation: one sentence a reason, and frames in plain terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from propos.lang.events import EventFrame, Predicate

LISTED = 4
"""So many of the nouns that a frame asks for are named."""

FACTUALITY: Mapping[str, str] = MappingProxyType(
    {
        "negation": "the words are negated",
        "condition": "it stands inside a condition",
        "determiner": "its determiner says so",
        "adjective": "an adjective beside it says so",
        "future": "the verb is in the future",
        "conditional": "the verb is in the conditional",
        "verb": "the verb above it says so, or asks for it, threatens or promises it",
        "noun": "the noun above it says so, or asks for it, threatens or promises it",
        "mark": "the word that opens its clause says so",
        "infinitive": "an infinitive that no word above says was done",
        "past": "told as past, but only by whoever says it",
        "presupposed": "the word before it takes it for granted",
        "told": "the outlet tells the same event itself",
        "carried": "only the statement that carries it says so",
        "outlet": "the outlet tells it itself, and no word says otherwise",
        "cue": "its words are a statement's cue: the outlet reports that it was said",
        "saying": "to say it is to do it, and no word says otherwise",
        "performed": "what is said performs it",
        "threat": "what it announces or refuses is to come; the threat or refusal itself was made",
        "named": "what is said names it, without a verb that claims it",
        "known": "what is said speaks of it as known",
    }
)
"""Why an event is asserted, claimed, denied, hypothetical or planned, by code; the first thirteen end a rule's id."""

HOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "cue": "its words stand in the statement's cue",
        "content": "the innermost statement whose content holds its words",
        "outlet": "no statement's cue or content holds its words",
    }
)
FOLDINGS: Mapping[str, str] = MappingProxyType(
    {
        "entry": "so the entry says",
        "ahead": "announced or possible, it is told by what announcing it is",
        "threat": "force that its own side announces is a threat",
        "refused": "not doing it is a refusal",
        "promise": "a promise is told by what it promises",
    }
)
PERFORMED: Mapping[str, str] = MappingProxyType(
    {
        "accuse": "no entry: the words of the statement blame somebody's conduct",
        "request": "no entry: the statement says that somebody else has to do it",
        "reject": "no entry: the speaker says that he will not do it",
        "threaten": "no entry: the speaker says what he will do, depending on what others do",
    }
)


def frame(predicate: Predicate) -> str:
    """*accuser, verb; actor: subject; recipient: object; asks for an infinitive behind “de”*."""
    return "; ".join((f"{predicate.frame.lemma}, {predicate.part}", *_roles(predicate), *_limits(predicate.frame)))


def _roles(predicate: Predicate) -> Iterator[str]:
    """Where the parties stand."""
    given = predicate.frame
    actor = given.actor or ("subject" if predicate.part == "verb" else "")
    for role, places in (("actor", (actor,)), ("recipient", given.recipient), ("partner", given.partner)):
        if any(places):
            yield f"{role}: {_places(places)}"
    if given.genitive:
        yield f"behind “de”: {given.genitive}"


def _limits(given: EventFrame) -> Iterator[str]:
    """What must stand beside the word."""
    if given.complement:
        mark = f" behind “{given.mark}”" if given.mark and given.complement == "infinitive" else ""
        yield f"asks for {'a' if given.complement == 'clause' else 'an'} {given.complement}{mark}"
    elif given.mark:
        yield f"asks for a complement behind “{given.mark}”"
    if given.object:
        yield f"object: {_listed(given.object)}"
    if given.subject:
        yield f"subject: {_listed(given.subject)}"


def _listed(nouns: Sequence[str]) -> str:
    return ", ".join(nouns[:LISTED]) + (", …" if len(nouns) > LISTED else "")


def _places(names: Sequence[str]) -> str:
    """*object or behind “contre”, “sur”*."""
    functions = [name for name in names if name in {"subject", "object", "none"}]
    marks = [f"“{name}”" for name in names if name not in functions]
    return " or ".join([*functions, f"behind {', '.join(marks)}"] if marks else functions)
