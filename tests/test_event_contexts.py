"""PLOVER's contexts: every context shows in its own example and in no counter-example, and reaches the right events."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from propos.lang import ontology
from propos.lang.event_entries import ContextWords
from propos.model import Document, Event
from propos.reading import parse
from propos.reading.events import contexts
from propos.reading.pipeline import Pipeline

pytestmark = pytest.mark.model

FILE = files("propos.lang") / "fr" / "events" / "contexts.toml"
TABLE = {name: ContextWords(**words) for name, words in tomllib.loads(FILE.read_text("utf-8"))["contexts"].items()}
NAMES = pytest.mark.parametrize("name", ontology.load().contexts)


def shown(sentence: str, pipeline: Pipeline) -> dict[str, str]:
    """The contexts of a text of one paragraph, each with the words that show it."""
    parsed = next(parse.parse_many([Document(sentence)], pipeline.nlp))
    found = contexts.find(parsed, [0], pipeline.events, pipeline.pack)
    return {name: span.of(sentence) for name, span in found[0].items()}


def event(text: str, trigger: str, pipeline: Pipeline) -> Event:
    """The one event of a text whose trigger holds a word."""
    (found,) = (item for item in pipeline.read(Document(text)).events if trigger in item.trigger.of(text))
    return found


@NAMES
def test_an_example_shows_its_context(name: str, pipeline: Pipeline) -> None:
    assert name in shown(TABLE[name].example, pipeline)


@NAMES
def test_a_counter_example_shows_none(name: str, pipeline: Pipeline) -> None:
    assert TABLE[name].counter
    assert not shown(TABLE[name].counter, pipeline)


@NAMES
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    for words in (TABLE[name].nouns, TABLE[name].verbs, TABLE[name].adjectives):
        assert len(words) == len(set(words))


PHRASES = {
    "an adjective opens it": ("Le second tour approche.", "election", "second tour"),
    "feminine of an adjective that opens a phrase": ("La première ministre a parlé.", "executive", "première ministre"),
    "plural": ("De fausses informations circulent.", "misinformation", "fausses informations"),
    "contraction": ("Le budget dépend du droit des femmes.", "gender", "droit des femmes"),
    "capitals": ("Amnesty International a publié un rapport.", "human_rights", "Amnesty International"),
    "verb with its object": ("Le despote a annexé l'île.", "territory", "annexé"),
}


@pytest.mark.parametrize(("sentence", "name", "words"), PHRASES.values(), ids=PHRASES)
def test_phrases_are_found_in_all_their_forms(sentence: str, name: str, words: str, pipeline: Pipeline) -> None:
    assert shown(sentence, pipeline)[name] == words


@pytest.mark.parametrize("name", ["terrorism", "corruption", "illegal_drugs", "trafficking", "human_rights"])
def test_crime_gives_way_to_a_context_that_names_the_crime(name: str, pipeline: Pipeline) -> None:
    assert "crime" in shown(TABLE["crime"].example, pipeline)
    found = shown(f"{TABLE['crime'].example} {TABLE[name].example}", pipeline)
    assert name in found
    assert "crime" not in found


@pytest.mark.parametrize("name", ["cyber", "legal"])
def test_crime_stays_beside_cyber_and_what_names_no_crime(name: str, pipeline: Pipeline) -> None:
    assert {"crime", name} <= shown(f"{TABLE['crime'].example} {TABLE[name].example}", pipeline).keys()


MODES = {
    "cyber": "Des pirates nord-coréens ont infiltré le réseau de la banque bangladaise.",
    "misinformation": "Le parti au pouvoir a truqué le scrutin au Zimbabwe.",
}


@pytest.mark.parametrize("name", MODES)
def test_a_mode_brings_its_context_without_a_word_that_shows_it(name: str, pipeline: Pipeline) -> None:
    assert name not in shown(MODES[name], pipeline)
    (found,) = pipeline.read(Document(MODES[name])).events
    assert (found.type, found.mode) == ("COERCE", name)
    assert name in found.contexts


def test_an_event_has_the_contexts_of_its_paragraph_only(pipeline: Pipeline) -> None:
    text = "L'armée a attaqué la ville.\n\nLa banque centrale a condamné la junte."
    assert event(text, "attaqué", pipeline).contexts == ("military",)
    assert event(text, "condamné", pipeline).contexts == ("economic",)


def test_contexts_come_in_the_order_of_the_codebook_with_their_first_cues(pipeline: Pipeline) -> None:
    text = "Le tribunal protestait quand l'armée a attaqué la ville, et l'armée a fermé le tribunal."
    found = event(text, "attaqué", pipeline)
    assert found.contexts == ("military", "legal")
    cues = {item.rule: item.cues[0] for item in found.evidence if item.rule.startswith("context.")}
    assert {rule: cue.start for rule, cue in cues.items()} == {
        "context.military": text.index("armée"),
        "context.legal": text.index("tribunal"),
    }
