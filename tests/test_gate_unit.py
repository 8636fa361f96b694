from __future__ import annotations

from pathlib import Path

import pytest

from propos.errors import EvaluationError
from propos.evaluate import evaluate
from propos.evaluate.gate import Breach, Floors, check, fingerprint, load_floors, measure, pin, save_floors
from propos.model import Record, Span, TimeExpression

PINNED = Floors("abc", {"times f1": 80.0, "cue accuracy": 90.0})


def scores(times: float = 80.0, cue: float = 90.0, corpus: str = "abc") -> Floors:
    return Floors(corpus, {"times f1": times, "cue accuracy": cue})


def test_figures_at_or_above_their_floor_pass() -> None:
    assert check(scores(), PINNED) == []
    assert check(scores(times=81), PINNED) == []


def test_each_figure_below_its_floor_is_a_breach() -> None:
    assert check(scores(times=79.9, cue=10), PINNED) == [
        Breach("times f1", 80.0, 79.9),
        Breach("cue accuracy", 90.0, 10),
    ]


def test_a_figure_that_is_no_longer_measured_is_a_breach() -> None:
    breaches = check(Floors("abc", {"times f1": 99.0}), PINNED)
    assert [str(breach) for breach in breaches] == ["cue accuracy: no longer measured, floor 90.0"]


def test_another_corpus_is_a_breach() -> None:
    assert [breach.figure for breach in check(scores(corpus="def"), PINNED)] == ["corpus"]


def test_a_new_figure_has_no_floor_yet() -> None:
    assert check(Floors("abc", {**PINNED.figures, "via f1": 3.0}), PINNED) == []


def test_pinning_raises_floors() -> None:
    assert pin(scores(times=85), PINNED).figures["times f1"] == 85
    assert pin(scores(), None) == scores()


@pytest.mark.parametrize("lower", [scores(times=79), Floors("abc", {"times f1": 99.0})])
def test_pinning_refuses_to_lower_or_lose_a_floor(lower: Floors) -> None:
    with pytest.raises(EvaluationError, match="Pinning would lower"):
        pin(lower, PINNED)
    assert pin(lower, PINNED, allow_regression=True) == lower


def test_a_changed_corpus_does_not_excuse_a_lower_figure() -> None:
    with pytest.raises(EvaluationError):
        pin(scores(times=79, corpus="def"), PINNED)
    assert pin(scores(corpus="def"), PINNED).corpus == "def"


def test_floors_survive_writing_and_reading(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert load_floors(file) is None
    save_floors(file, PINNED)
    assert load_floors(file) == PINNED


@pytest.mark.parametrize("content", ["{", "[]", '{"corpus": "x"}', '{"corpus": "x", "floors": {"a": "b"}}'])
def test_unreadable_floors_are_an_error(content: str, tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"floors\.json cannot be read as floors"):
        load_floors(file)


def test_the_fingerprint_sees_names_and_bytes_but_not_the_place(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    for folder in (first, second):
        folder.mkdir()
        (folder / "d1.propos.txt").write_text("texte", encoding="utf-8")
    assert fingerprint(first) == fingerprint(second)
    (second / "d1.propos.txt").write_text("texte.", encoding="utf-8")
    assert fingerprint(first) != fingerprint(second)


def test_a_report_gives_f1_of_tallies_and_accuracy_of_rates() -> None:
    record = Record("d", "fr", None, None, "hier", times=(TimeExpression(Span(0, 4), "PAST_REF"),))
    figures = measure(evaluate([record], [record]), "abc").figures
    assert figures["times f1"] == 100
    assert figures["time value accuracy"] == 100
    assert "times recall" not in figures
