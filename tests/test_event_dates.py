"""The day that the story is at is carried on to what is told in its tense, and no farther."""

from __future__ import annotations

import pytest

from propos.model import Document
from propos.reading.pipeline import Pipeline

pytestmark = pytest.mark.model

MONDAY = "2024-03-11"
SAID = "Oslo a déclaré lundi que la frontière était fermée."
FILLER = "\n\n".join(["Le pays compte cinq millions d'habitants."] * 4)

CASES = {
    "goes on in the same tense": (f"{SAID}\n\nLa Norvège a aussi condamné les frappes russes.", "a aussi condamné", MONDAY),
    "another tense": (f"{SAID}\n\nLa Norvège avait condamné les frappes russes.", "avait condamné", None),
    "beside a time of its own": (
        f"{SAID}\n\nLa Norvège a condamné les frappes russes en mars 2022.", "a condamné", "2022-03",
    ),
    "paragraphs later": (f"{SAID}\n\n{FILLER}\n\nLa Norvège a condamné les frappes russes.", "a condamné", None),
    "not yet happened": (f"{SAID}\n\nLa Norvège va condamner les frappes russes.", "condamner", None),
    "a title, from below": (f"La Norvège condamne les frappes russes\n\n{SAID}", "condamne", MONDAY),
    "one definite act, told before": (
        "Une attaque a visé lundi le port de Bergen.\n\nL'attaque contre la Norvège reste sans explication.",
        "L'attaque contre", MONDAY,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_day_is_carried_on(name: str, pipeline: Pipeline) -> None:
    text, words, day = CASES[name]
    record = pipeline.read(Document(text, published="2024-03-15"))
    at = text.index(words)
    event = next(event for event in record.events if at <= event.trigger.start < at + len(words))
    assert event.date == day
    assert any(evidence.rule == "event.date.carried" for evidence in event.evidence) is (day == MONDAY)
