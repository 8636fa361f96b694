"""Whether it happened, who says so, on what it hangs: thirteen sentences that older event coders get wrong.

They are the French twins of thirteen English probes on which PETRARCH2 was tried: it codes *never invaded*, *will invade*
and *according to Russia* alike as an invasion. Propos reads French only; the English originals follow with an English pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from propos.model import Document, Event, Record
from propos.reading.pipeline import Pipeline

pytestmark = pytest.mark.model


class Told(NamedTuple):
    """An event as the sentence tells it.

    ``said``: who tells it, from the outermost speaker to the innermost; empty for the outlet's own voice.
    """

    type: str
    trigger: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    factuality: str
    said: tuple[str, ...] = ()
    condition: str | None = None
    kind: str | None = None


GERMANY, FRANCE, RUSSIA, POLAND = ("Allemagne",), ("France",), ("Russie",), ("Pologne",)
UNLESS = "à moins que l'Allemagne ne retire ses troupes"

PROBES = {
    "asserted": (
        "L'Allemagne a envahi la France.",
        Told("ASSAULT", "a envahi", GERMANY, FRANCE, "asserted"),
    ),
    "negated": (
        "L'Allemagne n'a pas envahi la France.",
        Told("ASSAULT", "n'a pas envahi", GERMANY, FRANCE, "denied"),
    ),
    "never": (
        "L'Allemagne n'a jamais envahi la France.",
        Told("ASSAULT", "n'a jamais envahi", GERMANY, FRANCE, "denied"),
    ),
    "denied": (
        "L'Allemagne a nié avoir envahi la France.",
        Told("REJECT", "a nié", GERMANY, FRANCE, "asserted", GERMANY),
        Told("ASSAULT", "avoir envahi", GERMANY, FRANCE, "denied", GERMANY),
    ),
    "announced": (
        "L'Allemagne envahira la France.",
        Told("ASSAULT", "envahira", GERMANY, FRANCE, "planned"),
    ),
    "conditional": (
        "Si la Russie attaque la Pologne, l'Allemagne envahira la France.",
        Told("ASSAULT", "attaque", RUSSIA, POLAND, "hypothetical"),
        Told("ASSAULT", "envahira", GERMANY, FRANCE, "planned", (), "Si la Russie attaque la Pologne", "if"),
    ),
    "possible": (
        "L'Allemagne pourrait envahir la France.",
        Told("ASSAULT", "envahir", GERMANY, FRANCE, "hypothetical"),
    ),
    "reported": (
        "La Russie a déclaré que l'Allemagne avait envahi la France.",
        Told("ASSAULT", "avait envahi", GERMANY, FRANCE, "claimed", RUSSIA),
    ),
    "according to": (
        "Selon la Russie, l'Allemagne a envahi la France.",
        Told("ASSAULT", "a envahi", GERMANY, FRANCE, "claimed", RUSSIA),
    ),
    "a report of a report": (
        "La Pologne a affirmé que la Russie avait déclaré que l'Allemagne avait envahi la France.",
        Told("ASSAULT", "avait envahi", GERMANY, FRANCE, "claimed", (*POLAND, *RUSSIA)),
    ),
    "accused": (
        "La Russie a accusé l'Allemagne d'avoir envahi la France.",
        Told("ACCUSE", "a accusé", RUSSIA, GERMANY, "asserted", RUSSIA),
        Told("ASSAULT", "avoir envahi", GERMANY, FRANCE, "claimed", RUSSIA),
    ),
    "capitals": (
        "Moscou a menacé Paris.",
        Told("THREATEN", "a menacé", RUSSIA, FRANCE, "asserted"),
    ),
    "unless": (
        "La Russie a menacé d'attaquer la Pologne à moins que l'Allemagne ne retire ses troupes.",
        Told("THREATEN", "a menacé", RUSSIA, POLAND, "asserted", RUSSIA, UNLESS, "unless"),
        Told("ASSAULT", "attaquer", RUSSIA, POLAND, "hypothetical", RUSSIA, UNLESS, "unless"),
        Told("RETREAT", "ne retire ses troupes", GERMANY, (), "hypothetical", RUSSIA),
    ),
}  # fmt: skip


def told(event: Event, record: Record) -> Told:
    names = {actor.id: actor.name for actor in record.actors}
    return Told(
        event.type,
        event.trigger.of(record.text),
        tuple(names[actor] for actor in event.actors),
        tuple(names[actor] for actor in event.recipients),
        event.factuality,
        said(event, record, names),
        event.condition.of(record.text) if event.condition else None,
        event.condition_kind,
    )


def said(event: Event, record: Record, names: Mapping[str, str]) -> tuple[str, ...]:
    """The speakers of the statements whose content holds the event or whose cue it is; the last one is its holder's."""
    holding = [
        item
        for item in record.statements
        if any(span.covers(event.trigger) for span in item.content) or item.cue and item.cue.overlaps(event.trigger)
    ]
    holding.sort(key=lambda item: item.content[0].start - item.content[-1].end)
    assert event.holder == (holding[-1].id if holding else None)
    return tuple(names[item.speaker_actor or ""] for item in holding)


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_is_coded_as_it_is_told(name: str, pipeline: Pipeline) -> None:
    sentence, *expected = PROBES[name]
    record = pipeline.read(Document(str(sentence)))
    assert [told(event, record) for event in record.events] == expected
