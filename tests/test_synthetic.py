"""Invented articles for benchmarks: whole, repeatable, as many and as alike as they promise."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from propos.model import Record, Span
from propos.serialise import from_dict, to_dict, to_json

ROOT = Path(__file__).parent.parent
COUNT = 2000


@pytest.fixture(scope="module")
def synthetic() -> ModuleType:
    spec = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["synthetic"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def records(synthetic: ModuleType) -> list[Record]:
    return [record for _, record in synthetic.articles(COUNT, seed=1)]


def marked(record: Record) -> Iterator[tuple[Span, str]]:
    """Spans whose words are known, with the words."""
    names = {actor.id: actor.name for actor in record.actors}
    for actor in record.actors:
        yield from ((span, actor.name.casefold()) for span in actor.mentions)
    for statement in record.statements:
        assert statement.speaker is not None
        yield statement.speaker, names[str(statement.speaker_actor)].casefold()


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))


def alike(one: str, other: str) -> float:
    left, right = shingles(one), shingles(other)
    return len(left & right) / len(left | right)


def test_articles_have_the_size_of_a_dispatch(records: list[Record]) -> None:
    for record in records:
        assert (len(record.statements), len(record.events), len(record.actors)) == (8, 10, 12)
        assert all(actor.mentions for actor in record.actors)
        assert 2000 < len(record.text) < 4000


def test_spans_lie_on_what_they_mark(records: list[Record]) -> None:
    for record in records[:200]:
        assert all(span.of(record.text).casefold() == words for span, words in marked(record))
        assert [event.trigger for event in record.events] == sorted(event.trigger for event in record.events)
        assert [segment.kind for segment in record.segments[:3]] == ["title", "lead", "body"]
        assert record.segments[0].span.of(record.text) == record.title
        holders = {event.holder for event in record.events} - {None}
        assert holders == {statement.id for statement in record.statements}
        for statement in record.statements:
            inside = [event for event in record.events if event.holder == statement.id]
            assert all(statement.content[0].covers(event.trigger) for event in inside)


def test_records_keep_to_the_published_schema(records: list[Record]) -> None:
    schema = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
    for record in records[:20]:
        data = json.loads(to_json(record))
        jsonschema.validate(data, schema)
        assert from_dict(data) == record


def test_documents_and_records_agree(synthetic: ModuleType) -> None:
    for document, record in synthetic.articles(20):
        assert (document.id, document.text, document.source) == (record.id, record.text, record.source)
        assert (document.title, document.published, document.segments) == (
            record.title,
            record.published,
            record.segments,
        )


def test_number_and_seed_decide_alone(synthetic: ModuleType, records: list[Record]) -> None:
    assert synthetic.article(1234, COUNT, seed=1)[1] == records[1234]
    assert to_dict(synthetic.article(7, COUNT, seed=2)[1]) != to_dict(records[7])


def test_articles_span_two_years_and_twenty_outlets(records: list[Record]) -> None:
    dates = [str(record.published) for record in records]
    assert (min(dates), max(dates)) == ("2023-01-01", "2024-12-30")
    outlets = Counter(record.source.outlet for record in records)
    assert len(outlets) == 20
    assert max(outlets.values()) < 3 * min(outlets.values())
    assert len({record.source.sha256 for record in records}) == len({record.id for record in records}) == COUNT
    assert {event.type for record in records for event in record.events} == {
        f.type for f in sys.modules["synthetic"].FRAMES
    }


def test_one_in_twenty_is_a_copy_and_only_copies_are_alike(synthetic: ModuleType, records: list[Record]) -> None:
    copies = {n: first for n in range(COUNT) if (first := synthetic.original(n, 1)) is not None}
    assert 0.03 * COUNT < len(copies) < 0.07 * COUNT
    for number, first in copies.items():
        one, other = records[number], records[first]
        assert 0.8 < alike(one.text, other.text) < 1
        assert one.source.outlet != other.source.outlet
        assert str(other.published) <= str(one.published)
        assert first not in copies
    own = [record for number, record in enumerate(records) if number not in copies][:60]
    assert max(alike(one.text, other.text) for one in own for other in own if one is not other) < 0.3
