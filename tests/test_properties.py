"""What holds for every record, whatever the text: checked on texts put together from parts, and on noise."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.lang import loader
from propos.model import Document, Record, Span, Statement
from propos.reading.pipeline import Pipeline
from propos.serialise import to_json
from propos.settings import Settings

pytestmark = pytest.mark.model

SENTENCES = (
    "Le ministre turc a déclaré que la trêve tenait.",
    '"Nous ne céderons pas un mètre", a averti le général Ruiz dans un communiqué.',
    "Il a ajouté que ses hommes resteraient.",
    "Selon l'agence Belta, le président a promis de libérer les prisonniers.",
    "« La trêve tient », a dit la présidente, « mais le port reste fermé ».",
    "Le ministre a jugé que l'accord était mort, a indiqué son porte-parole à l'AFP.",
    "L'Union africaine a condamné l'attaque et exigé une enquête.",
    "Les Européens craignent que le détroit soit fermé, estimant que les prix monteront.",
    '"Nous avons tout perdu et personne n\'est venu nous aider".',
    "L’ambassadeur aurait dit à son homologue qu’aucune arme n’avait été livrée.",
    "Le rapport accuse l'armée d'avoir bombardé le marché, ce que dément Kiev.",
    'Pour l\'analyste Karin Holm, la menace du général de fermer le port est un "bluff".',
    "Le pont s'est effondré dans la nuit.",
    'Il a dit: "Nous partons.',
    "D'après lui, selon elle, a-t-il dit, la route est coupée.",
    "- Une mer calme -",
    "Petrescu: la trêve a vécu",
)
ODD = (
    "", " ", "\n\n", '"', "« »", '""""', "selon", "Selon", "a dit", "a-t-il dit", ":", 'Lui: "', "que que que", "dit dit dit dit",
    "«" * 9, "selon selon selon lui", ", a dit X, a dit Y, a dit Z", "…", "\u00ad\u00ad", "- -",
    "A dit que B dit que C dit que D dit que E ment.", "(selon (lui", "Oui, a dit, non, a dit, si.",
)  # fmt: skip


def article(seed: int) -> str:
    """Some sentences in some order, in one to four paragraphs."""
    chance = random.Random(seed)  # noqa: S311 -- the same texts each time, no secret
    parts = chance.choices(SENTENCES, k=chance.randint(2, 7))
    return "".join(part + chance.choice((" ", " ", "\n\n")) for part in parts).strip()


ARTICLES = tuple(article(seed) for seed in range(60))
DOCUMENTS = [Document(text, id=str(number)) for number, text in enumerate((*ARTICLES, *SENTENCES, *ODD))]


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> list[Record]:
    """All documents, read in one go."""
    return list(pipeline.read_many(DOCUMENTS))


def spans(statement: Statement) -> list[Span]:
    """Every span of a statement."""
    single = (statement.cue, statement.speaker, statement.medium, statement.via)
    found = [span for span in single if isinstance(span, Span)]
    found += [*statement.content, *statement.addressees]
    return found + [cue for evidence in statement.evidence for cue in evidence.cues]


def check(record: Record) -> None:
    """Everything that must hold of one record by itself."""
    check_spans(record)
    check_ids(record)
    check_relays(record)
    for statement in record.statements:
        assert statement.content
        assert statement.evidence
        assert all(evidence.rule.startswith("fr.") for evidence in statement.evidence)
        assert statement.cue is not None or statement.form in {"quote", "clause"}


def check_spans(record: Record) -> None:
    for statement in record.statements:
        for span in spans(statement):
            assert 0 <= span.start < span.end <= len(record.text), statement
            words = span.of(record.text)
            assert words == words.strip(), (statement.evidence, words)
        contents = statement.content
        assert list(contents) == sorted(contents)
        assert not any(a.overlaps(b) for at, a in enumerate(contents) for b in contents[at + 1 :]), (
            record.text,
            statement,
        )
    for actor in record.actors:
        assert all(0 <= span.start < span.end <= len(record.text) for span in actor.mentions)


def check_ids(record: Record) -> None:
    statements = record.statements
    assert [statement.id for statement in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]
    places = [place(statement) for statement in statements]
    assert places == sorted(places)
    actors = {actor.id for actor in record.actors}
    assert len(actors) == len(record.actors)
    assert {statement.speaker_actor for statement in statements} <= actors | {None}


def place(statement: Statement) -> int:
    """Where a statement begins: at its cue or at its content, whichever comes first."""
    return min(span.start for span in (*statement.content, statement.cue) if span is not None)


def check_relays(record: Record) -> None:
    """``via`` leads from statement to statement, and never back to where it began."""
    above = {statement.id: statement.via for statement in record.statements if isinstance(statement.via, str)}
    assert set(above.values()) <= {statement.id for statement in record.statements}
    for start, via in above.items():
        seen, at = {start}, via
        while at in above:
            assert at not in seen, (record.text, above)
            seen.add(at)
            at = above[at]


def test_records_are_sound(records: list[Record]) -> None:
    assert sum(len(record.statements) for record in records) > 200
    for record in records:
        check(record)


@pytest.mark.parametrize("number", range(len(SENTENCES)), ids=[" ".join(text.split()[:3]) for text in SENTENCES])
def test_every_actor_is_mentioned(number: int, records: list[Record]) -> None:
    record = records[len(ARTICLES) + number]
    assert all(actor.mentions for actor in record.actors)


DAMAGED = {
    "cut behind selon qui": "La trêve tient, selon qui",
    "a cue inside crossed marks": "« La trêve tient », « a dit la présidente, « le reste fermé ».",
    "a quotation closed by another family": 'Il a dit: "Nous ». partons.',
    "a row of quotations around a cue": 'Hier, il a ajouté: "a" "b" "c", a dit "d"',
    "a quotation never opened": 'La trêve tient", a dit le maire.',
    "a quotation never closed": '"La trêve tient, a dit le maire.',
    "nothing but a cue": "a-t-il dit",
    "cut in the middle of a frame": '"La trêve tient depuis hier matin", a',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_texts_give_sound_records(text: str, pipeline: Pipeline) -> None:
    check(pipeline.read(Document(text)))


def test_the_same_text_gives_the_same_bytes(pipeline: Pipeline, records: list[Record]) -> None:
    again = pipeline.read_many(DOCUMENTS)
    assert [to_json(record) for record in again] == [to_json(record) for record in records]


def test_a_record_does_not_depend_on_its_neighbours(pipeline: Pipeline, records: list[Record]) -> None:
    order = list(range(len(DOCUMENTS)))
    random.Random(7).shuffle(order)  # noqa: S311 -- the same order each time
    shuffled = dict(zip(order, pipeline.read_many(DOCUMENTS[at] for at in order), strict=True))
    assert [shuffled[at] for at in range(len(DOCUMENTS))] == records
    assert [pipeline.read(document) for document in DOCUMENTS[:20]] == records[:20]


@pytest.mark.parametrize("size", [1, 5, 64])
def test_a_record_does_not_depend_on_the_batch_size(size: int, pipeline: Pipeline, records: list[Record]) -> None:
    before = pipeline.settings
    pipeline.settings = replace(before, batch_size=size)
    try:
        found = list(pipeline.read_many(DOCUMENTS))
    finally:
        pipeline.settings = before
    assert [record.statements for record in found] == [record.statements for record in records]
    assert [record.actors for record in found] == [record.actors for record in records]


def test_another_pipeline_reads_the_same(records: list[Record]) -> None:
    other = Pipeline(Settings(), loader.load("fr"))
    assert list(other.read_many(DOCUMENTS[:30])) == records[:30]


# The model's window reaches a few tokens over sentence borders, so a paragraph's last words may be tagged otherwise when
# something follows. It holds for these texts cue by cue; nothing in the model promises it for every text.
@pytest.mark.parametrize(
    "added", ["Le pont s'est effondré dans la nuit.", "La mer est calme.\n\nLe port rouvre demain."]
)
def test_a_paragraph_at_the_end_leaves_earlier_cues_alone(
    added: str, pipeline: Pipeline, records: list[Record]
) -> None:
    chosen = [record for record in records[: len(ARTICLES)] if "\n\n" in record.text and record.text.endswith(".")]
    assert len(chosen) > 20
    longer = pipeline.read_many(Document(f"{record.text}\n\n{added}") for record in chosen)
    for record, other in zip(chosen, longer, strict=True):
        before = [statement.cue for statement in record.statements]
        assert [s.cue for s in other.statements if place(s) < len(record.text)] == before, record.text


PIECES = st.lists(
    st.sampled_from((*SENTENCES, *ODD, '"', "«", "»", " ", "\n\n", ", ", "qui ", "selon ", "\u00a0")), max_size=8
)
ALPHABET = st.text(alphabet="aéL’'\"«» \u00a0\u00ad.!?:,-–()\n1Z", max_size=60)


@given(st.one_of(PIECES.map(" ".join), PIECES.map("".join), ALPHABET))
# Always the same examples: a fault found by chance in somebody else's run helps nobody. Seek with more of them.
@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_sound_record(pipeline: Pipeline, text: str) -> None:
    record = pipeline.read(Document(text))
    assert record.text == text
    check(record)
