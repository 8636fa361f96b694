"""Single sentences, many of them with cue words in another sense: how many statements are found, how many are none.

``gold/sentences.txt`` marks the content of each statement with brackets. The floors are what the reading reached when
they were written; a drop of one point is a change in behaviour that should be meant.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from propos.model import Document, Record, Span
from propos.reading.pipeline import Pipeline

SENTENCES = Path(__file__).parent / "gold" / "sentences.txt"
PRECISION, RECALL = 0.74, 0.82


class Sentence(NamedTuple):
    text: str
    contents: tuple[Span, ...]


def marked(line: str) -> Sentence:
    parts = re.split(r"([\[\]])", line.replace("¶", "\n\n"))
    text, borders = "", []
    for part in parts:
        if part in {"[", "]"}:
            borders.append(len(text))
        else:
            text += part
    return Sentence(text, tuple(Span(*pair) for pair in list(pairwise(borders))[::2]))


def sentences() -> list[Sentence]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]


def overlap(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (one.end - one.start + other.end - other.start - shared)


def hits(sentence: Sentence, record: Record) -> int:
    found = [Span(item.content[0].start, item.content[-1].end) for item in record.statements]
    return sum(any(overlap(span, other) >= 0.5 for other in found) for span in sentence.contents)


def test_the_notation_is_closed() -> None:
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            assert re.sub(r"[^\[\]]", "", line) in {"[]" * times for times in range(5)}, line


@pytest.mark.model
def test_statements_are_found_and_look_alikes_are_left(pipeline: Pipeline) -> None:
    gold = sentences()
    records = list(pipeline.read_many([Document(sentence.text) for sentence in gold]))
    right = sum(hits(sentence, record) for sentence, record in zip(gold, records, strict=True))
    said = sum(len(sentence.contents) for sentence in gold)
    found = sum(len(record.statements) for record in records)
    assert len(gold) > 600
    assert right / said >= RECALL, f"{right} of {said} found"
    assert right / found >= PRECISION, f"{right} of {found} are right"
