"""The ontology: sixteen types, their scores, what each becomes when only announced; and the page that explains them."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from propos.errors import PackError
from propos.lang import events, loader, ontology
from propos.model import ConditionKind, Document, Event, Factuality
from propos.reading.pipeline import Pipeline

ONTOLOGY = ontology.load()
LEXICON = events.load(files("propos.lang") / "fr", loader.load("fr"))

QUADS = {
    1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    2: {"COOPERATE", "AID", "RETREAT"},
    3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}
FUTURE = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
FORCE = {"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
VERBAL = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
WORDLESS = {("THREATEN", "restrict")}
"""Modes that no word of the French pack gives yet."""
MODELESS = {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}

types = pytest.mark.parametrize("kind", ONTOLOGY.types.values(), ids=lambda kind: kind.name)


def test_there_are_sixteen_types_in_four_classes() -> None:
    found = {quad: {kind.name for kind in ONTOLOGY.types.values() if kind.quad == quad} for quad in QUADS}
    assert found == QUADS
    assert len(ONTOLOGY.types) == 16


def test_there_are_sixty_seven_modes_in_eleven_types() -> None:
    assert sum(len(kind.modes) for kind in ONTOLOGY.types.values()) == 67
    assert {kind.name for kind in ONTOLOGY.types.values() if not kind.modes} == MODELESS


@types
def test_scores_lie_on_the_scale_and_on_their_side_of_it(kind: ontology.EventType) -> None:
    scores = [kind.score(None), *map(kind.score, kind.modes)]
    assert all(-10 <= score <= 10 for score in scores)
    assert all(score > 0 for score in scores) if kind.quad < 3 else all(score <= 0.5 for score in scores)


@types
def test_an_unknown_mode_scores_as_its_type(kind: ontology.EventType) -> None:
    assert kind.score("no such mode") == kind.score(None) == kind.intensity


@types
def test_what_is_announced_folds_into_a_type_whose_saying_is_the_act(kind: ontology.EventType) -> None:
    assert kind.future == FUTURE.get(kind.name, "")
    assert kind.threatened == ("THREATEN" if kind.name in FORCE else "")
    assert all(ONTOLOGY.types[other].verbal for other in (kind.future, kind.threatened) if other)


@types
def test_folding_comes_to_rest(kind: ontology.EventType) -> None:
    for other in filter(None, (kind.future, kind.threatened)):
        assert not ONTOLOGY.types[other].future
        assert not ONTOLOGY.types[other].threatened


def test_the_verbal_types_are_those_of_words() -> None:
    assert {kind.name for kind in ONTOLOGY.types.values() if kind.verbal} == VERBAL


def test_what_a_negation_makes_is_a_refusal_or_a_threat() -> None:
    made = {item.frame.negated for item in LEXICON.all()} - {""}
    assert made == {"REJECT", "THREATEN"}
    assert all(ONTOLOGY.types[item.type].quad < 3 for item in LEXICON.all() if item.frame.negated == "REJECT")
    # *ne restera pas les bras croisés*: only the negated phrase threatens.
    assert {item.type for item in LEXICON.all() if item.frame.negated == "THREATEN"} == {"THREATEN"}


def test_every_type_has_words_and_every_mode_some_that_give_it() -> None:
    used = {(item.type, item.frame.mode) for item in LEXICON.all()}
    assert {name for name, _ in used} == set(ONTOLOGY.types)
    assert {(kind.name, mode) for kind in ONTOLOGY.types.values() for mode in kind.modes} - used == WORDLESS


def test_all_contexts_have_words() -> None:
    found = {name for name, _, _ in chain.from_iterable(LEXICON.contexts.values())}
    assert len(ONTOLOGY.contexts) == len(set(ONTOLOGY.contexts)) == 37
    assert found == set(ONTOLOGY.contexts)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('[types.AGREE]\nquad = 1\nintensity = 2.5\ncolour = "red"', "unknown keys"),
        ('[types.AGREE]\nquad = 1\nintensity = 2.5\nfuture = "AGREEMENT"', "unknown types"),
    ],
)
def test_a_malformed_table_is_refused(table: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ontology.FILE).write_text(f"contexts = []\n{table}\n", encoding="utf-8")
    monkeypatch.setattr(ontology, "files", lambda _: tmp_path)
    with pytest.raises(PackError, match=reason):
        ontology.load.__wrapped__()


# docs/events.md: rows of tables that start with a code and end with an example, its decisive words in bold.
PAGE = (Path(__file__).parent.parent / "docs" / "events.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `?(?P<code>[\w ,]+)`? \|(?P<middle>.*)\| \*(?P<example>.+)\* \|$", re.MULTILINE)


def rows(heading: str) -> list[tuple[str, str]]:
    """The code that a row explains, the last one in backquotes, and its example."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = (match for match in ROW.finditer(section) if "`" in match[0])
    return [(re.findall(r"\| `(\w+)`", match[0])[-1], match["example"]) for match in found]


def told(example: str, pipeline: Pipeline) -> Event:
    """The one event of an example whose trigger, or else whose condition, is in bold."""
    text, bold = example.replace("**", ""), example.split("**")[1]
    events = pipeline.read(Document(text, published="2024-03-14")).events
    named = [event for event in events if event.trigger.of(text) == bold]
    (found,) = named or [event for event in events if event.condition and event.condition.of(text) == bold]
    return found


def test_the_page_explains_every_type_factuality_and_condition() -> None:
    assert [code for code, _ in rows("Types")] == [*ONTOLOGY.types]
    assert [code for code, _ in rows("Factuality")] == [*get_args(Factuality)]
    assert {code for code, _ in rows("Conditions")} == {*get_args(ConditionKind)}
    assert {code for code, _ in rows("Folding")} == {"AGREE", "CONCEDE", "THREATEN", "REJECT", "ACCUSE"}


@types
def test_the_page_gives_the_scores(kind: ontology.EventType) -> None:
    intensity = f"{kind.intensity:g}".replace("-", "−")
    assert f"| `{kind.name}` | {kind.quad} | {intensity} |" in PAGE
    (modes,) = (row[1] for row in re.findall(r"^\| ([A-Z, ]+) \| ([a-z, -]+) \|$", PAGE, re.MULTILINE) if kind.name in row[0]) if kind.modes else ("",)
    assert modes == ", ".join(kind.modes)


@pytest.mark.model
@pytest.mark.parametrize(("code", "example"), [*rows("Types"), *rows("Folding")])
def test_the_examples_of_types_are_read_as_they_say(code: str, example: str, pipeline: Pipeline) -> None:
    assert told(example, pipeline).type == code


@pytest.mark.model
@pytest.mark.parametrize(("code", "example"), rows("Factuality"))
def test_the_examples_of_factuality_are_read_as_they_say(code: str, example: str, pipeline: Pipeline) -> None:
    assert told(example, pipeline).factuality == code


@pytest.mark.model
@pytest.mark.parametrize(("code", "example"), rows("Conditions"))
def test_the_examples_of_conditions_are_read_as_they_say(code: str, example: str, pipeline: Pipeline) -> None:
    assert told(example, pipeline).condition_kind == code
