"""Verbs that lend an event's noun their subject or object: *mener des frappes*, *des frappes visant Bamako* (``light_verbs.toml``)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from propos.lang.events import EventFrame, EventLexicon, Support
from propos.lang.loader import Pack
from propos.reading.attribution import cues
from propos.reading.events import arguments
from propos.reading.events.arguments import Arguments
from propos.reading.parse import Parsed

_PREDICATED = frozenset({"target", "opponents"})


@dataclass(frozen=True, slots=True)
class Lent:
    """The verb at ``token`` lends a noun its arguments; its subject acts in the event, or is acted on."""

    token: int
    role: Literal["actor", "recipient", "target", "opponents"]
    arguments: Arguments


def lent(parsed: Parsed, noun: int, lexicon: EventLexicon, frame: EventFrame, pack: Pack) -> Lent | None:
    """The support verb of a noun, above it or as a participle behind it; ``None`` where there is none."""
    for verb in _verbs(parsed, noun):
        found = _support(parsed, verb, lexicon, frame, pack, predicated=False)
        if found is None:
            continue
        support, reached = found
        hangs = noun in reached.marked.get(support.mark, ()) if support.mark else reached.object == noun
        if hangs or not support.mark and _coordinated_with(parsed, noun, reached.object):
            return Lent(verb, support.role, reached)
    return None


def predicated(parsed: Parsed, noun: int, lexicon: EventLexicon, frame: EventFrame, pack: Pack) -> Iterator[Lent]:
    """The verbs whose subject a noun is, and which say to whom it is done (*des frappes visant Bamako*)."""
    for verb in _verbs(parsed, noun):
        found = _support(parsed, verb, lexicon, frame, pack, predicated=True)
        if found is not None and _subject(parsed, verb, found[1]) == noun:
            yield Lent(verb, found[0].role, found[1])


def _subject(parsed: Parsed, verb: int, reached: Arguments) -> int:
    """A verb's subject; of a participle or a relative clause what it describes."""
    described = parsed.dep[verb] in {"acl", "acl:relcl"} and (reached.subject < 0 or parsed.features[reached.subject].get("PronType") == "Rel")
    return parsed.head[verb] if described and reached.object != parsed.head[verb] else reached.subject


def _verbs(parsed: Parsed, noun: int) -> Iterator[int]:
    """Verbs that a noun may hang on or that hang on it."""
    above = noun
    for _ in range(3):
        if parsed.head[above] == above:
            break
        above = parsed.head[above]
        yield above
    yield from (child for child in parsed.children[noun] if parsed.dep[child] in {"acl", "amod", "acl:relcl"})


def _coordinated_with(parsed: Parsed, noun: int, other: int) -> bool:
    while parsed.dep[noun] == "conj" and parsed.head[noun] != noun:
        noun = parsed.head[noun]
    return noun == other


def _support(
    parsed: Parsed, verb: int, lexicon: EventLexicon, frame: EventFrame, pack: Pack, *, predicated: bool
) -> tuple[Support, Arguments] | None:
    """What a verb lends, and its arguments; ``predicated``: to its subject."""
    readings = lexicon.forms.get(parsed.word[verb])
    reading = cues.verb_reading(parsed, verb, readings, pack) if readings else None
    if reading is None:
        return None
    own = (_own(lemma) for lemma in frame.support if lemma.split()[0] == reading.lemma)
    listed = itertools.chain(own, lexicon.support.get(reading.lemma, ()))
    support = next((item for item in listed if (item.role in _PREDICATED) is predicated), None)
    if support is None:
        return None
    return support, arguments.of_verb(parsed, cues.verb_group(parsed, verb, reading, pack), pack)


def _own(lemma: str) -> Support:
    """A support verb that a frame names itself: *procéder à*."""
    head, _, mark = lemma.partition(" ")
    return Support(head, "actor", mark)
