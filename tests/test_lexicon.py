"""The French pack proves itself: every example must fire its own frame, every counter-example must not fire its entry."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest

from propos.lang import loader
from propos.lang.loader import Entry, Pack
from propos.lang.schema import Frame
from propos.model import Document, Record
from propos.reading.pipeline import Pipeline

PACK = loader.load("fr")


@dataclass(frozen=True)
class Case:
    """One sentence of the pack. ``entry`` is the id of its entry, ``rule`` the rule that an example must fire."""

    entry: str
    rule: str
    mark: str
    sentence: str
    fires: bool

    @property
    def id(self) -> str:
        return f"{self.rule}{f' [{self.mark}]' if self.mark else ''}{'' if self.fires else ' (counter)'}"


def sentences(entry: str, rule: str, mark: str, example: str, counter: str) -> Iterator[Case]:
    yield Case(entry, rule, mark, example, fires=True)
    if counter:
        yield Case(entry, rule, mark, counter, fires=False)


def cues(pack: Pack) -> Iterator[Case]:
    for table in (pack.verbs, pack.nouns, pack.adjectives):
        for entry in (entry for group in table.values() for entry in group):
            for frame in entry.frames:
                rule = f"{entry.id}.{frame.complement}"
                yield from sentences(entry.id, rule, frame.mark, frame.example, frame.counter)
    for _, cue in (item for group in pack.prepositions.values() for item in group):
        rule = f"{pack.code}.preposition.{cue.phrase}"
        yield from sentences(rule, rule, "", cue.example, cue.counter)


def media(pack: Pack) -> Iterator[Case]:
    for _, medium in (item for group in pack.media.values() for item in group):
        yield from sentences(medium.lemma, medium.lemma, "", medium.example, medium.counter)


def distinct(cases: Iterator[Case]) -> list[Case]:
    """The cases with ids of their own: a second sentence of the same frame is numbered."""
    seen: dict[str, int] = {}
    found = []
    for case in dict.fromkeys(cases):  # an entry may stand under several keys
        seen[case.id] = seen.get(case.id, 0) + 1
        number = seen[case.id]
        found.append(case if number == 1 else replace(case, mark=f"{case.mark} {number}".strip()))
    return found


CUES, MEDIA = distinct(cues(PACK)), distinct(media(PACK))


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> Mapping[str, Record]:
    """Every sentence of the pack, read once."""
    texts = list(dict.fromkeys(case.sentence for case in (*CUES, *MEDIA)))
    return dict(zip(texts, pipeline.read_many(map(Document, texts)), strict=True))


def rules(record: Record) -> list[str]:
    return [statement.evidence[0].rule for statement in record.statements]


def belongs(rule: str, entry: str) -> bool:
    return rule == entry or rule.startswith(f"{entry}.")


@pytest.mark.model
@pytest.mark.parametrize("case", CUES, ids=lambda case: case.id)
def test_an_example_fires_its_rule_and_a_counter_example_does_not(case: Case, records: Mapping[str, Record]) -> None:
    found = rules(records[case.sentence])
    if case.fires:
        assert case.rule in found, case.sentence
    else:
        assert not [rule for rule in found if belongs(rule, case.entry)], case.sentence


@pytest.mark.model
@pytest.mark.parametrize("case", MEDIA, ids=lambda case: case.id)
def test_a_medium_is_found_whole_in_its_example_only(case: Case, records: Mapping[str, Record]) -> None:
    record = records[case.sentence]
    found = [statement.medium.of(record.text) for statement in record.statements if statement.medium]
    assert any(names(phrase, case.entry) for phrase in found) is case.fires, (case.sentence, found)


def names(phrase: str, lemma: str) -> bool:
    """Whether a phrase holds the words of a medium, the first of them in any of its forms."""
    spoken = phrase.lower().replace("’", "'").replace("'", "' ").split()
    first, *rest = lemma.lower().replace("'", "' ").split()
    forms = {first, *(form.text for form in PACK.inflection.noun(first))}
    return any(
        word.strip('"«»') in forms and spoken[at + 1 : at + 1 + len(rest)] == rest for at, word in enumerate(spoken)
    )


# An example is matched against the id of its own entry, which no other entry has: without the entry nothing can give
# that id, so deleting any one entry makes its examples fail by construction. Three entries are tried, one a table.
@pytest.mark.model
@pytest.mark.parametrize("entry", ["fr.verb.marteler", "fr.noun.promesse", "fr.adjective.favorable"])
def test_an_entry_taken_out_of_the_pack_is_missed(entry: str, pipeline: Pipeline) -> None:
    cases = [case for case in CUES if case.entry == entry and case.fires]
    assert cases
    poorer = copy.copy(pipeline)
    poorer.pack = without(pipeline.pack, entry)
    for case in cases:
        assert case.rule in rules(pipeline.read(Document(case.sentence)))
        assert case.rule not in rules(poorer.read(Document(case.sentence)))


def without(pack: Pack, entry: str) -> Pack:
    def kept(table: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
        return {head: tuple(item for item in group if item.id != entry) for head, group in table.items()}

    return replace(pack, verbs=kept(pack.verbs), nouns=kept(pack.nouns), adjectives=kept(pack.adjectives))


FRAMES = {
    f"{entry.id}: {frame.mark} + {frame.complement}": frame
    for table in (PACK.verbs, PACK.nouns, PACK.adjectives)
    for group in table.values()
    for entry in group
    for frame in entry.frames
    if frame.mark
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_an_example_shows_the_mark_of_its_frame(frame: Frame) -> None:
    """Frames of one complement differ by their mark only, and the rule does not tell which of them fired."""
    found = [plain(word) for word in re.findall(r"[\w-]+'?", frame.example.lower())]
    mark = [plain(word) for word in re.findall(r"[\w-]+'?", frame.mark)]
    assert any(found[at : at + len(mark)] == mark for at in range(len(found))), frame.example


def plain(word: str) -> str:
    """The uncontracted, uninflected function word."""
    if word.endswith(("lequel", "laquelle", "lesquels", "lesquelles", "quels", "quelles")):
        return "lequel"
    return {"d'": "de", "qu'": "que", "s'": "si"}.get(word, PACK.grammar.plain(word))


def test_no_two_entries_share_an_id() -> None:
    tables = (PACK.verbs, PACK.nouns, PACK.adjectives)
    ids = [entry.id for table in tables for group in table.values() for entry in group]
    assert len(ids) == len(set(ids))
