from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propos.errors import RecordError
from propos.model import Actor, Event, Evidence, Provenance, Record, Role, Segment, Source, Span, Statement
from propos.schema_json import record_schema, schema_text
from propos.serialise import from_dict, from_json, to_dict, to_json

st.register_type_strategy(Span, st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1])))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
RECORDS = st.builds(Record)
SCHEMA = Path(__file__).parents[1] / "docs" / "record.schema.json"

SMALL = Record(
    id="d1",
    language="fr",
    published="2024-03-15",
    title=None,
    text="Selon Paris, « rien n'est fait ».",
    statements=(
        Statement(
            "s1", Span(0, 5), Span(6, 11), "a1", (Span(13, 32),), "direct", "prepositional", "speech",
            via=Span(0, 5), evidence=(Evidence("fr.selon", (Span(0, 5),)),),
        ),
    ),
    events=(Event("e1", "REJECT", Span(15, 19), actors=("a1",), holder="s1", intensity=-4.0),),
    actors=(Actor("a1", "France", "state", "FRA", "GOV", (Span(6, 11),), (Role("ministre", Span(6, 11)),)),),
    propos=Provenance("0.1", "s", "p"),
    source=Source(file="a.txt"),
    segments=(Segment("body", Span(0, 33)),),
)  # fmt: skip


def changed(**values: Any) -> dict[str, Any]:
    return {**to_dict(SMALL), **values}


@given(RECORDS)
@settings(deadline=None, max_examples=40)
def test_reading_undoes_writing(record: Record) -> None:
    line = to_json(record)
    assert "\n" not in line
    assert from_json(line) == record
    assert to_json(from_json(line)) == line


@given(RECORDS)
@settings(deadline=None, max_examples=40)
def test_records_fit_the_published_schema(record: Record) -> None:
    jsonschema.validate(json.loads(to_json(record)), record_schema())


def test_keys_stand_in_the_order_of_the_types_and_spans_are_pairs() -> None:
    data = to_dict(SMALL)
    assert list(data)[:5] == ["id", "language", "published", "title", "text"]
    assert data["statements"][0]["content"] == [[13, 32]]
    assert data["statements"][0]["via"] == [0, 5]
    assert "« rien" in to_json(SMALL)


def test_via_is_an_id_or_a_span() -> None:
    for via in ("s2", [3, 4], None):
        data = changed()
        data["statements"][0]["via"] = via
        assert to_dict(from_dict(data)) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], r"got \[\], allowed is an object"),
        (changed(extra=1), "unknown key extra"),
        ({key: value for key, value in to_dict(SMALL).items() if key != "text"}, "missing key text"),
        (changed(text=None), "text: got null, allowed is str"),
        (changed(title=3), "title: got 3"),
        (changed(statements={}), "statements: got {}, allowed is a list"),
        (changed(times=[{"span": [0, 1]}]), r"times\[0\]: missing key"),
        (changed(segments=[{"kind": "foot", "span": [0, 1]}]), r"segments\[0\].kind: got \"foot\", allowed is one of title"),
        (changed(segments=[{"kind": "body", "span": [2, 1]}]), r"segments\[0\].span: got \[2, 1\]"),
        (changed(segments=[{"kind": "body", "span": [True, 1]}]), "span"),
        (changed(segments=[{"kind": "body", "span": None}]), "span: got null"),
        (changed(source={**to_dict(SMALL)["source"], "ordinal": True}), "ordinal: got true"),
    ],
)  # fmt: skip
def test_other_shapes_are_refused_with_their_place(data: object, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        from_dict(data)


def test_gold_may_leave_out_what_has_a_default() -> None:
    data = {key: to_dict(SMALL)[key] for key in ("id", "language", "published", "title", "text")}
    assert from_dict(data, complete=False).statements == ()


def test_a_line_that_is_not_json_is_refused_by_name() -> None:
    with pytest.raises(RecordError, match=r"records.jsonl, line 3 is not a record: not JSON"):
        from_json("{", name="records.jsonl, line 3")


@pytest.mark.parametrize("key", ["text", "statements", "propos"])
def test_the_schema_asks_for_every_key(key: str) -> None:
    data = to_dict(SMALL)
    del data[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, record_schema())


def test_the_schema_knows_no_other_key() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(extra=1), record_schema())


def test_the_published_schema_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run scripts/record_schema.py"
