"""What ``propos explain`` says: sentences with the reasons that must be given for them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from propos.errors import ProposError
from propos.explanation import Explanation, from_record
from propos.lang.loader import load
from propos.model import Document, Event, Evidence, Record, Span
from propos.reading import event_accounts, event_wording
from propos.reading.attribution.refusal import Code
from propos.reading.pipeline import Pipeline
from propos.reading.wording import REASONS
from propos.settings import Settings
from propos.view import reasons

pytestmark = pytest.mark.model
PAGE = Path(__file__).parent.parent / "docs" / "explain.md"

REFUSED = (
    ('"Le général a dit que la ville tiendrait", affirme le maire.', "a dit", Code.QUOTED),
    ("Le port a été fermé lundi.", "a", Code.AUXILIARY),
    ("L'ambassadeur a annoncé.", "a annoncé", Code.NO_FRAME),
    ("Le ministre refuse de commenter l'attaque.", "refuse", Code.SILENCE),
    ("Le ministre refuse de commenter l'attaque.", "commenter", Code.QUOTE_ONLY),
    ("Le ministre n'a pas précisé que la date était fixée.", "n'a pas précisé", Code.NEGATED),
    ("La trêve a été réclamée mardi.", "a été réclamée", Code.NO_AGENT),
    ("Le témoin a été informé par la police que la route était fermée.", "a été informé", Code.PASSIVE),
    ("Les frappes dénoncées mardi ont repris.", "dénoncées", Code.PARTICIPLE),
    ("Le président veut annoncer une trêve.", "annoncer", Code.INFINITIVE),
    ("La tempête exige une trêve.", "exige", Code.CANNOT_SPEAK),
    ("J'ai demandé au ministre si la trêve tenait.", "ai demandé", Code.OUTLET),
    ("L'ambassadeur laisse entendre que la trêve tiendra.", "entendre", Code.INSIDE_CUE),
    ("Le ministre convaincu est parti.", "convaincu", Code.REFLEXIVE),
    ('"La ville tiendra jusqu\'à lundi", a déclaré le maire, selon l\'agence ANP.', "selon", Code.RELAYS),
    ("Les convois avancent selon un calendrier précis.", "selon", Code.MEASURE),
    ("Le principe selon lequel la paix prime est ancien.", "selon", Code.RELATIVE),
    ("Pour la paix, il faut du temps.", "Pour", Code.NOT_PEOPLE),
    ("Il dément, selon.", "selon", Code.NO_SOURCE),
    ("Une annonce a surpris la ville.", "annonce", Code.NOUN),
    ("Le ministre a fait une annonce.", "annonce", Code.OBJECT),
    ("Le ministre a pris une décision favorable.", "favorable", Code.NO_COPULA),
    ("La « guerre froide » est finie.", "« guerre froide »", Code.SHORT),
    (
        "Il a signé hier le contrat dit « de la dernière chance » avec le port.",
        "« de la dernière chance »",
        Code.SCARE,
    ),
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Settings(), load("fr"))


def explained(pipeline: Pipeline, text: str, at: int | str) -> Explanation:
    return pipeline.explain(Document(text), at)


def topics(explanation: Explanation, number: int = 0) -> dict[str, str]:
    decided = [verdict for verdict in explanation.verdicts if verdict.outcome == "decided"]
    return {note.topic: note.code for note in reversed(decided[number].notes)}


@pytest.mark.parametrize(("text", "words", "code"), REFUSED)
def test_a_candidate_without_statement_has_its_reason(pipeline: Pipeline, text: str, words: str, code: Code) -> None:
    explanation = explained(pipeline, text, text.rindex(words))
    given = {(verdict.spans[0].of(text), verdict.code) for verdict in explanation.verdicts if verdict.outcome == "rejected"}
    assert (words, code.value) in given


@pytest.mark.parametrize(("text", "words", "code"), REFUSED)
def test_what_was_refused_made_no_statement(pipeline: Pipeline, text: str, words: str, code: Code) -> None:
    record = pipeline.read(Document(text))
    assert not any(item.cue is not None and item.cue.of(text) == words for item in record.statements), code


@pytest.mark.parametrize(
    ("text", "speaker", "border"),
    [
        ("Le ministre norvégien a annoncé que le port rouvrirait.", "subject", "sentence"),
        ('"Le port rouvrira lundi matin", a annoncé le ministre norvégien.', "inverted", "quotation"),
        ("La trêve a été réclamée par le ministre norvégien.", "agent", "cue"),
        ("Selon le ministre norvégien, le port rouvrira.", "preposition", "sentence"),
        ("Le ministre a annoncé une trêve, affirmant que le port rouvrirait.", "subject", "stop"),
    ],
)
def test_a_statement_tells_its_speaker_and_border(pipeline: Pipeline, text: str, speaker: str, border: str) -> None:
    notes = topics(explained(pipeline, text, "s1"))
    assert (notes["speaker"], notes["content"]) == (speaker, border)


def test_an_understood_speaker_names_the_statement_it_comes_from(pipeline: Pipeline) -> None:
    text = 'Le ministre a annoncé une trêve. "Le port rouvrira dès lundi matin."'
    explanation = explained(pipeline, text, "s2")
    assert topics(explanation)["speaker"] == "inherited"
    assert any("statement s1" in note.text for verdict in explanation.verdicts for note in verdict.notes)


def test_entry_frame_cue_and_kind_are_told(pipeline: Pipeline) -> None:
    explanation = explained(pipeline, "Le ministre a appelé ses voisins à ouvrir le port.", "s1")
    texts = {note.topic: note.text for note in explanation.verdicts[0].notes}
    assert texts["entry"].startswith("appeler, speech; frame: infinitive behind “à”")
    assert "addressee as object" in texts["entry"]
    assert texts["cue"] == "finite, active, past"
    assert texts["kind"] == "speech: so the lexicon says"


def test_an_offset_shows_its_sentence_only(pipeline: Pipeline) -> None:
    text = "Oslo attend. Le ministre norvégien a annoncé une trêve. Le port dort."
    explanation = explained(pipeline, text, text.index("norvégien"))
    assert explanation.sentence is not None
    assert explanation.sentence.of(text) == "Le ministre norvégien a annoncé une trêve."
    assert [statement.id for statement in explanation.statements] == ["s1"]
    assert not explained(pipeline, text, 0).statements


def test_a_place_that_is_none_is_refused(pipeline: Pipeline) -> None:
    for place in ("s9", 4000):
        with pytest.raises(ProposError, match=r"s9|4000"):
            explained(pipeline, "Oslo attend.", place)


def test_a_text_without_words_is_explained_too(pipeline: Pipeline) -> None:
    assert explained(pipeline, " \n ", 1).verdicts == ()


def test_the_view_shows_notes_and_codes(pipeline: Pipeline) -> None:
    lines = list(reasons.lines(explained(pipeline, "Le président veut annoncer une trêve.", 3)))
    assert "    speaker  “Le président”, the subject of the verb" in lines
    assert any(line.startswith("- fr.verb.annoncer: an infinitive") and line.endswith("[infinitive]") for line in lines)


def test_every_reason_has_words_and_stands_in_the_documentation() -> None:
    assert set(REASONS) == set(Code)
    page = PAGE.read_text(encoding="utf-8")
    assert [code for code in Code if f"| `{code.value}` | {REASONS[code]} |" not in page] == []


# events --------------------------------------------------------------------------------------------------------------

TOLD = (
    ("L'armée russe a bombardé Kiev.", "a bombardé", ("entry", "outlet", "outlet")),
    ("Selon Kiev, l'armée russe a bombardé la ville.", "a bombardé", ("entry", "past", "content")),
    ("Moscou a condamné les frappes de Washington.", "a condamné", ("entry", "saying", "cue")),
    ("Moscou a démenti toute frappe contre Kiev.", "frappe", ("entry", "verb", "content")),
    ("L'armée russe n'a pas bombardé Kiev.", "n'a pas bombardé", ("entry", "negation", "outlet")),
    ("L'armée russe aurait bombardé Kiev.", "aurait bombardé", ("entry", "conditional", "outlet")),
    ("Le président kényan va rencontrer le président somalien.", "rencontrer", ("ahead", "verb", "outlet")),
    ("Israël attaquera Beyrouth, a averti le ministre israélien.", "attaquera", ("threat", "threat", "content")),
)


@pytest.mark.parametrize(("text", "words", "codes"), TOLD, ids=[words for _, words, _ in TOLD])
def test_an_event_tells_its_type_certainty_and_holder(
    pipeline: Pipeline, text: str, words: str, codes: tuple[str, str, str]
) -> None:
    (event,) = [item for item in pipeline.read(Document(text)).events if item.trigger.of(text) == words]
    explanation = explained(pipeline, text, event.id)
    assert (explanation.statements, explanation.events) == ((), (event,))
    assert explanation.verdicts[0].rule == event.evidence[0].rule
    assert {verdict.outcome for verdict in explanation.verdicts[1:]} <= {"supported"}
    notes = topics(explanation)
    assert (notes["type"], notes["factuality"], notes["holder"]) == codes


def test_an_event_shows_its_entry_support_and_folding(pipeline: Pipeline) -> None:
    text = "L'armée syrienne aurait mené des frappes contre les rebelles."
    lines = list(reasons.lines(explained(pipeline, text, "e1")))
    assert any(line.startswith("    entry       frappe, noun; recipient: behind “contre”, “sur”") for line in lines)
    assert "· event.support: lends e1 its arguments ('mené' at 24)" in lines
    assert "· factuality.conditional: decides whether e1 happened ('aurait' at 17)" in lines
    lines = list(reasons.lines(explained(pipeline, TOLD[6][0], "e1")))
    assert any(line.startswith("· event.folded.CONSULT.AGREE: makes e1 AGREE") for line in lines)


def test_an_event_tells_its_condition_and_where_no_entry_gave_it(pipeline: Pipeline) -> None:
    text = "Oslo exige une trêve si Kiev attaque."
    at = Span(text.index("si Kiev"), len(text) - 1)
    event = Event("e1", "REQUEST", Span(5, 10), condition=at, condition_kind="if", evidence=(Evidence("event.performed.request"),))
    record = Record("a", "fr", None, None, text, events=(event,))
    (verdict,) = event_accounts.Ledger.of(record, pipeline.events).verdicts(event)
    notes = {note.topic: note for note in verdict.notes}
    assert (notes["condition"].code, notes["condition"].text) == ("if", "if: it hangs on “si Kiev attaque”")
    assert notes["entry"].text == event_wording.PERFORMED["request"]
    assert {name.upper() for name in event_wording.PERFORMED} <= pipeline.events.ontology.types.keys()
    assert notes["factuality"].code == "performed"
    for place in ("e1", 6, at.start):
        found = from_record(record, place)
        assert (found.events, found.verdicts[0].reason) == ((event,), "read e1")


def test_an_offset_shows_statements_and_events_of_its_sentence(pipeline: Pipeline) -> None:
    text = "L'armée russe a bombardé Kiev. Moscou a condamné les frappes de Washington."
    explanation = explained(pipeline, text, text.index("les frappes"))
    assert [item.id for item in explanation.statements] == ["s1"]
    assert "e1" not in {item.id for item in explanation.events}
    lines = list(reasons.lines(explanation))
    assert any(line.startswith("s1  ") for line in lines)
    assert any(line.startswith("e2  ACCUSE (disapprove): Russie → États-Unis “a condamné” (") for line in lines)
    assert "No statement was read here." not in list(reasons.lines(explained(pipeline, text, 3)))


def test_a_wrong_event_id_is_told_which_there_are(pipeline: Pipeline) -> None:
    with pytest.raises(ProposError, match=r"e9 .* \(there is none\) or of an event \(e1\)"):
        explained(pipeline, "L'armée russe a bombardé Kiev.", "e9")


def test_all_evidence_of_events_has_words(pipeline: Pipeline) -> None:
    """Over all sentences of the packs' lists that decide factuality, and the cases above."""
    cues = tomllib.loads((files("propos.lang") / "fr" / "events" / "factuality.toml").read_text(encoding="utf-8"))["cue"]
    texts = [*(cue["example"] for cue in cues), *(text for text, *_ in TOLD)]
    rules = {
        evidence.rule
        for record in pipeline.read_many([Document(text) for text in texts])
        for event in record.events
        for evidence in event.evidence[1:]
    }
    assert {rule for rule in rules if not rule.startswith(("event.folded.", "context."))} <= {
        "event.support",
        *(f"factuality.{code}" for code in event_wording.FACTUALITY),
    }


def test_every_code_of_events_stands_in_the_documentation() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for words in (event_wording.FACTUALITY, event_wording.HOLDERS, event_wording.FOLDINGS):
        assert [code for code, text in words.items() if f"| `{code}` | {text} |" not in page] == []
