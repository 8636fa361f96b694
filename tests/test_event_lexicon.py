"""The French event lexicon proves itself: every example fires its own entry, every counter-example does not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pytest

from propos.lang import events, loader
from propos.model import Document, Event, Record
from propos.reading.pipeline import Pipeline

HOME = files("propos.lang") / "fr"
PACK = loader.load("fr")
LEXICON = events.load(HOME, PACK)

pytestmark = pytest.mark.model


@dataclass(frozen=True)
class Case:
    """One sentence of a frame. ``rule`` is the frame's id; an example must fire it, a counter-example must not."""

    rule: str
    type: str
    sentence: str
    fires: bool

    @property
    def id(self) -> str:
        return f"{self.rule}{'' if self.fires else ' (counter)'}"


def cases() -> Iterator[Case]:
    for predicate in LEXICON.all():
        yield Case(predicate.id, predicate.type, predicate.frame.example, fires=True)
        if predicate.frame.counter:
            yield Case(predicate.id, predicate.type, predicate.frame.counter, fires=False)


@dataclass(frozen=True)
class Word:
    """One sentence of an entry of a list of words; ``values`` is the entry."""

    values: Mapping[str, Any]
    id: str
    sentence: str
    fires: bool


def words(file: str, table: str, key: str) -> tuple[Word, ...]:
    """The sentences of a file's entries; ``key`` names the entry."""
    found = []
    for values in tomllib.loads((HOME / "events" / file).read_text(encoding="utf-8"))[table]:
        name = f"{values[key]} {values.get('part') or values.get('takes') or values['role']}"
        found.append(Word(values, name, values["example"], fires=True))
        if values.get("counter"):
            found.append(Word(values, f"{name} (counter)", values["counter"], fires=False))
    return tuple(found)


CASES = tuple(cases())
FACTS = words("factuality.toml", "cue", "lemma")
CONDITIONS = words("conditions.toml", "condition", "phrase")
BLAME = words("blame.toml", "word", "lemma")
SUPPORT = words("light_verbs.toml", "verb", "lemma")


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> Mapping[str, Record]:
    listed = (word.sentence for word in (*FACTS, *CONDITIONS, *BLAME, *SUPPORT))
    texts = list(dict.fromkeys((*(case.sentence for case in CASES), *listed)))
    return dict(zip(texts, pipeline.read_many(map(Document, texts)), strict=True))


def rules(record: Record) -> list[str]:
    return [event.evidence[0].rule for event in record.events]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_example_fires_its_frame_and_a_counter_example_does_not(case: Case, records: Mapping[str, Record]) -> None:
    assert (case.rule in rules(records[case.sentence])) is case.fires, (case.sentence, rules(records[case.sentence]))


def cues(event: Event, rule: str, text: str) -> list[str]:
    """The words, lower case, that an event gives as evidence for a rule or for a family of rules."""
    return [span.of(text).lower() for item in event.evidence if item.rule.startswith(rule) for span in item.cues]


@pytest.mark.parametrize("word", FACTS, ids=lambda word: word.id)
def test_a_word_of_factuality_makes_what_it_says(word: Word, records: Mapping[str, Record]) -> None:
    made = [
        event.factuality
        for event in records[word.sentence].events
        for cue in cues(event, "factuality.", word.sentence)
        if LEXICON.facts.get((cue, word.values["part"])) == word.values["makes"]
    ]
    assert (word.values["makes"] in made) is word.fires, made


@pytest.mark.parametrize("word", CONDITIONS, ids=lambda word: word.id)
def test_a_condition_opens_with_its_phrase(word: Word, records: Mapping[str, Record]) -> None:
    phrase, kind = word.values["phrase"], word.values["kind"]
    hung = [(event.condition, event.condition_kind) for event in records[word.sentence].events if event.condition]
    if word.values["takes"] == "before":
        at = word.sentence.lower().index(phrase)
        assert (any(span.end <= at and named == kind for span, named in hung)) is word.fires, hung
        return
    found = [span.of(word.sentence) for span, named in hung if named == kind]
    opens = [text for text in found if text.lower().startswith(phrase.removesuffix("e").removesuffix("qu"))]
    assert bool(opens) is word.fires, hung


@pytest.mark.parametrize("word", BLAME, ids=lambda word: word.id)
def test_words_of_blame_make_an_accusation(word: Word, records: Mapping[str, Record]) -> None:
    assert any(event.type == "ACCUSE" for event in records[word.sentence].events) is word.fires


@pytest.mark.parametrize("word", SUPPORT, ids=lambda word: word.id)
def test_a_support_verb_lends_its_subject(word: Word, records: Mapping[str, Record]) -> None:
    predicated = word.values["role"] in {"target", "opponents"}
    events = records[word.sentence].events
    lent = [event for event in events if predicated or cues(event, "event.support", word.sentence)]
    filled = [event.actors if word.values["role"] in {"actor", "opponents"} else event.recipients for event in lent]
    assert any(filled), lent
