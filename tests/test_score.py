from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from propos.errors import EvaluationError
from propos.evaluate import evaluate, load_gold
from propos.evaluate.figures import Figures, Tally
from propos.evaluate.gold import gold_record
from propos.evaluate.matching import match
from propos.evaluate.spans import TextChars, overlap, touch
from propos.model import Record, Span, Statement

SHARED = Path(__file__).parents[2] / "shared" / "gold"
TYPES = ["AGREE", "ACCUSE", "REQUEST", "ASSAULT"]
Dict = dict[str, Any]

TEXT = "Le ministre a dit : « Nous partons. » Selon Paris, rien n'est fait."


def statement(name: str, *content: tuple[int, int], cue: tuple[int, int] | None = (12, 17)) -> Statement:
    spans = tuple(Span(*pair) for pair in content)
    return Statement(name, Span(*cue) if cue else None, Span(0, 11), None, spans, "direct", "quote", "speech")


def record(*statements: Statement, name: str = "d1", text: str = TEXT) -> Record:
    return Record(name, "fr", None, None, text, statements)


def test_overlap_ignores_spaces_and_quotation_marks() -> None:
    chars = TextChars(TEXT)
    with_marks, without = chars.one(Span(20, 37)), chars.one(Span(22, 34))
    assert TEXT[20:37] == "« Nous partons. »"
    assert with_marks == without
    assert overlap(with_marks, without) == 1
    assert overlap(with_marks, chars.one(None)) == 0


def test_touch_measures_the_shorter_span() -> None:
    chars = TextChars(TEXT)
    assert touch(chars.one(Span(0, 11)), chars.one(Span(3, 11))) == 1
    assert touch(frozenset(), chars.one(Span(3, 11))) == 0


def test_match_uses_each_item_once_and_takes_the_best_pair_first() -> None:
    found = match([1.0, 2.0], [2.0, 1.9], lambda left, right: 1 - abs(left - right), 0.05)
    assert [(pair.gold, pair.system) for pair in found] == [(1, 0), (0, 1)]


def test_tally() -> None:
    tally = Tally.of(hits=2, system=4, gold=3)
    assert (tally.precision, tally.recall) == (0.5, 2 / 3)
    assert tally + Tally.of(1, 1, 1) == Tally(3, 2, 1)
    assert Tally().f1 == 0


def test_a_rate_without_items_is_none() -> None:
    assert Figures().to_dict() == {}


def test_recall_by_form_and_kind_and_worst_documents() -> None:
    gold = [record(statement("s1", (20, 37))), record(statement("s1", (20, 37)), name="d2")]
    report = evaluate(gold, [record(name="d1"), gold[1]])
    assert report.to_dict()["recall_by_form"] == {"form quote": {"recall": 50.0, "gold": 2}}
    assert report.to_dict()["recall_by_kind"] == {"kind speech": {"recall": 50.0, "gold": 2}}
    assert [document.id for document in report.worst(1)] == ["d1"]
    assert "statements @0.5" in report.table()


def test_missing_and_extra_documents_are_named() -> None:
    report = evaluate([record(name="d1")], [record(name="d2")])
    assert (report.missing, report.extra) == (("d1",), ("d2",))
    assert "1 without a record" in report.table()


def test_another_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="d1"):
        evaluate([record()], [record(text="autre")])


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(EvaluationError, match="twice"):
        evaluate([record(), record()], [])


# Against the reference scorer --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> Callable[[Path, Path], Dict]:
    if not SHARED.is_dir():
        pytest.skip("no shared folder beside the repository")
    spec = importlib.util.spec_from_file_location("reference_score", SHARED / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(gold: Path, system: Path) -> Dict:
        _, _, tallies, rates = module.score(str(gold), str(system))
        scores = {
            label: dict(
                zip(("precision", "recall", "f1"), (round(100 * share, 1) for share in tally.prf()), strict=True),
                gold=tally.tp + tally.fn,
            )
            for label, tally in sorted(tallies.items())
        }
        rate = {
            label: {"accuracy": round(100 * right / count, 1), "of": count}
            for label, (right, count) in sorted(rates.items())
        }
        return scores | rate

    return run


class Perturber:
    """Seeded damage to one annotation: items dropped, spans shifted, fields changed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - damage, not secrets

    def __call__(self, data: Dict) -> Dict:
        data = copy.deepcopy(data)
        self.length = len(data["text"])
        for layer in ("statements", "events", "actors", "times"):
            data[layer] = [item for item in data[layer] if self.random.random() > 0.15]
            self.random.shuffle(data[layer])
        for item in data["statements"]:
            self.statement(item)
        for item in data["events"]:
            self.event(item)
        for item in data["actors"]:
            self.actor(item)
        for item in data["times"]:
            item["span"] = self.span(item["span"])
            item["value"] = self.either(item["value"], "2020")
        return data

    def either(self, value: Any, *others: Any) -> Any:
        return self.random.choice(others) if self.random.random() < 0.2 else value

    def span(self, span: Any) -> Any:
        if span is None or self.random.random() < 0.5:
            return span
        start = min(self.length - 1, max(0, span[0] + self.random.randint(-25, 25)))
        return [start, max(start + 1, min(self.length, span[1] + self.random.randint(-25, 25)))]

    def statement(self, item: Dict) -> None:
        item["content"] = [self.span(span) for span in item["content"]]
        item["addressees"] = [self.span(span) for span in item["addressees"]]
        for key in ("cue", "speaker", "medium"):
            item[key] = self.either(self.span(item[key]), None, [3, 9])
        item["via"] = self.either(item["via"], None, "s1", "s2", [3, 9])
        item["form"] = self.either(item["form"], "nominal", "quote")
        item["kind"] = self.either(item["kind"], "attitude", "speech")
        item["mode"] = self.either(item["mode"], "mixed")
        item["speaker_actor"] = self.either(item["speaker_actor"], "a1", "a2", None)

    def event(self, item: Dict) -> None:
        item["trigger"] = self.span(item["trigger"])
        item["condition"] = self.either(self.span(item["condition"]), None, [3, 40])
        item["type"] = self.either(item["type"], *TYPES)
        item["factuality"] = self.either(item["factuality"], "planned")
        item["date"] = self.either(item["date"], None, "2021-12-02")
        for role in ("actors", "recipients"):
            item[role] = [self.either(actor, "a1", "a2", "a3") for actor in item[role]]

    def actor(self, item: Dict) -> None:
        item["mentions"] = [self.span(span) for span in item["mentions"]]
        item["country"] = self.either(item["country"], None, "RUS")
        item["kind"] = self.either(item["kind"], "state")


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # the reference leaves closing to the collector
@pytest.mark.parametrize("seed", range(3))
def test_same_figures_as_the_reference(seed: int, tmp_path: Path, reference: Callable[[Path, Path], Dict]) -> None:
    perturb = Perturber(seed)
    records = []
    for at, file in enumerate(sorted((SHARED / "dev").glob("*.json"))):
        if at % 20 != 7:  # some documents stay without a record
            damaged = perturb(json.loads(file.read_text(encoding="utf-8")))
            (tmp_path / file.name).write_text(json.dumps(damaged), encoding="utf-8")
            records.append(gold_record(damaged))
    report = evaluate(load_gold(SHARED / "dev"), records).to_dict()
    expected = reference(SHARED / "dev", tmp_path)
    assert report["scores"] == expected
    assert list(report["scores"]) == list(expected)
    assert 20 < expected["statements @0.5"]["f1"] < 95
