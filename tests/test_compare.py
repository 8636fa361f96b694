from __future__ import annotations

import json
from dataclasses import replace

import pytest

from propos.errors import EvaluationError
from propos.evaluate import compare
from propos.evaluate.compare import Difference, FieldChange
from propos.model import Actor, Event, Record, Span, Statement

TEXT = "« Nous partons demain », a dit Anna Lind. Oslo exige des garanties."


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SAID = Statement(
    "s1", at("a dit"), at("Anna Lind"), "a1", (at("« Nous partons demain »"),), "direct", "quote", "speech"
)
ASKED = Statement("s2", at("exige"), at("Oslo"), "a2", (at("des garanties"),), "indirect", "nominal", "speech")
DEMAND = Event("e1", "REQUEST", at("exige"), actors=("a2",), holder="s2")
OLD = Record(
    "d1", "fr", "2024-01-01", None, TEXT, (SAID, ASKED), (DEMAND,),
    (Actor("a1", "Anna Lind", "person"), Actor("a2", "Norvège", "state", "NOR")),
)  # fmt: skip


def only(new: Record) -> tuple[Difference, ...]:
    comparison = compare([OLD], [new])
    return comparison.documents[0].differences if comparison.documents else ()


def test_the_same_records_do_not_differ() -> None:
    comparison = compare([OLD], [OLD])
    assert (comparison.compared, comparison.documents) == (1, ())
    assert comparison.summary().startswith("1 documents compared, 0 differ")


def test_other_ids_for_the_same_things_are_no_difference() -> None:
    renamed = replace(
        OLD,
        statements=(replace(SAID, id="s4", speaker_actor="a7"), replace(ASKED, id="s5", speaker_actor="a6")),
        events=(replace(DEMAND, actors=("a6",), holder="s5"),),
        actors=(Actor("a7", "Anna Lind", "person"), Actor("a6", "Norvège", "state", "NOR")),
    )
    assert only(renamed) == ()


def test_lost_and_gained_items() -> None:
    new = replace(OLD, statements=(SAID,), events=(replace(DEMAND, holder=None, trigger=at("garanties")),))
    assert [(item.kind, item.layer, item.words) for item in only(new)] == [
        ("lost", "statement", "des garanties"),
        ("lost", "event", "exige"),
        ("gained", "event", "garanties"),
    ]


def test_changed_fields_are_named_with_both_values() -> None:
    new = replace(OLD, statements=(replace(SAID, speaker=None, mode="mixed", content=(at("Nous partons"),)), ASKED))
    assert only(new) == (
        Difference(
            "changed",
            "statement",
            "s1",
            "Nous partons",
            (
                FieldChange("content", "« Nous partons demain » @0", "Nous partons @2"),
                FieldChange("speaker", "Anna Lind @31", None),
                FieldChange("mode", "direct", "mixed"),
            ),
        ),
    )


def test_another_type_is_a_change_and_not_a_loss() -> None:
    (difference,) = only(replace(OLD, events=(replace(DEMAND, type="THREATEN"),)))
    assert difference.line() == "~ event «exige»: type «REQUEST» -> «THREATEN»"


def test_documents_of_one_side_and_changed_texts_are_listed() -> None:
    other = replace(OLD, id="d2")
    comparison = compare([OLD, other, replace(OLD, id="d3")], [replace(OLD, text=TEXT + "!"), replace(OLD, id="d4")])
    assert comparison.only_old == ("d2", "d3")
    assert comparison.only_new == ("d4",)
    assert comparison.other_text == ("d1",)
    assert "2 only in the old run: d2, d3" in comparison.summary()


def test_the_json_has_counts_and_every_difference() -> None:
    data = json.loads(json.dumps(compare([OLD], [replace(OLD, events=())]).to_dict()))
    assert data["counts"]["event"] == {"gained": 0, "lost": 1, "changed": 0}
    assert data["documents"][0]["differences"][0]["words"] == "exige"


def test_long_words_are_cut_in_the_middle() -> None:
    line = Difference("lost", "statement", "s1", "debut " + "mot " * 40 + "fin").line()
    assert len(line) < 100
    assert line.startswith("- statement «debut mot")
    assert line.endswith("mot fin»")


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(EvaluationError, match="d1"):
        compare([OLD, OLD], [])
