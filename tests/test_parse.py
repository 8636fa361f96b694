"""The parse: offsets that hold whatever the text is made of, and sentence borders that leave quotation and cue together."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.lang import loader
from propos.model import Document
from propos.reading import parse
from propos.reading.parse import Parsed
from propos.reading.pipeline import Pipeline
from propos.reading.sentences import LONGEST_SENTENCE

OPENERS = loader.load("fr").openers
BLANK = spacy.blank("fr")


def laid_out(text: str, title: str | None = None) -> Parsed:
    """The text without any tree: tokens, paragraphs, quotations and sentences are set before the parser sees them."""
    layout = parse.lay_out(Document(text, title=title), BLANK, OPENERS)
    return parse.from_doc(layout, parse.to_doc(layout, BLANK.vocab))


def words(text: str) -> list[str]:
    parsed = laid_out(text)
    return [text[start:end] for start, end in zip(parsed.start, parsed.end, strict=True)]


def sentences(text: str, title: str | None = None) -> list[str]:
    parsed = laid_out(text, title)
    return [parsed.phrase(first, end - 1) for first, end in parsed.sentences]


ODD = {
    "no-break space": "Le prix\u00a0: 12\u00a0000\u00a0euros.",
    "narrow no-break space": "«\u202fLa trêve tient\u202f», a dit le maire\u202f!",
    "curly apostrophe": "L’accord d’hier n’engage qu’eux.",
    "soft hyphen": "Le gou\u00adver\u00adne\u00adment a dit non.",
    "no-break hyphen": "Le vice‑président part.",
    "combining accent": "Le cafe\u0301 a ferme\u0301.",
    "emoji": "Il a tweeté 🙂 hier 👩‍🚀.",
    "zero-width space": "Le\u200b ministre\u200b parle.",
    "tabs and carriage returns": "Le ministre\tparle.\r\n\r\nIl sort.\r\n",
    "a mark before a word": 'Il parle d\'"ingérence" et de l\'"autre".',
    "white space only": " \n\t\u00a0\n ",
    "empty": "",
    "marks only": '«» "" “”',
    "a soft hyphen alone": "Il \u00ad part.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_tokens_are_the_text_at_their_offsets(text: str) -> None:
    parsed = laid_out(text)
    layout = parse.lay_out(Document(text), BLANK, OPENERS)
    assert [text[s:e] for s, e in zip(parsed.start, parsed.end, strict=True)] == layout.words
    assert all(end <= start for end, start in zip(parsed.end, parsed.start[1:], strict=False))


def test_words_are_straightened_and_offsets_are_not() -> None:
    text = "L’État du gou\u00adver\u00adneur vice‑roi."
    parsed = laid_out(text)
    assert parsed.word[0] == "l'"
    assert "gouverneur" in parsed.word
    at = parsed.word.index("gouverneur")
    assert parsed.phrase(at, at) == "gou\u00adver\u00adneur"


TEXT = st.text(alphabet="aéL’'\"«» \u00a0\u202f\u00ad.!?:,-–+()\n1Z", max_size=80)


@given(TEXT)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_gives_ordered_tokens_that_sentences_and_paragraphs_tile(text: str) -> None:
    parsed = laid_out(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(parsed.start, parsed.end, strict=True))
    assert all(end <= start for end, start in zip(parsed.end, parsed.start[1:], strict=False))
    for ranges in (
        parsed.sentences,
        [(block.first, block.last) for block in parsed.blocks if block.first < block.last],
    ):
        assert [first for first, _ in ranges[:1]] == [0][: len(parsed)]
        assert all(end == first for (_, end), (first, _) in pairwise(ranges))
        assert not ranges or ranges[-1][1] == len(parsed)
    assert parsed.sentence == [n for n, (first, end) in enumerate(parsed.sentences) for _ in range(first, end)]
    assert all(parsed.block_of[first] == parsed.block_of[end - 1] for first, end in parsed.sentences)


@given(TEXT)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_has_all_its_letters_in_tokens(text: str) -> None:
    parsed = laid_out(text)
    inside = {at for start, end in zip(parsed.start, parsed.end, strict=True) for at in range(start, end)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= inside


def test_quotation_marks_are_no_tokens() -> None:
    text = 'Il a dit « oui », "non", “peut-être” et +La Lanterne+ paraît, (+12%).'
    assert not [word for word in words(text) if set(word) & set('«»“”"')]
    assert words("On lit +La Lanterne+ ici.") == ["On", "lit", "La", "Lanterne", "ici", "."]


def test_an_elision_before_a_mark_stays_one_word() -> None:
    assert "d'" in words('Il parle d\'"ingérence".')
    assert "l’" in words("Il rejette l’« agression ».")


# Sentences are shown with ``|`` between them.
BORDERS = {
    "two plain sentences": "La trêve tient. | Le port rouvre.",
    "a cue that stays with a short quotation": '"Jamais !", a dit le ministre.',
    "a short quotation that asks": '"Pourquoi ?" a demandé le juge.',
    "stops inside a quotation within a sentence": 'Il a parlé de "paix. Et de guerre" hier soir.',
    "an initial": "Le juge J. Martin est parti. | Il revient.",
    "an ellipsis": "La trêve… tient encore. | Le port rouvre.",
    "an ellipsis that ends": "La trêve tient… | Le port rouvre.",
    "a number": "Le prix est de 3.5 euros. | Il monte.",
    "a question": "Qui a tiré ? | Personne ne sait.",
    "lower case goes on": "Il a dit oui ! puis non.",
    "a quotation of two sentences": '"La trêve tient. | Le port rouvre." | Il est parti.',
    "single newlines end short lines": "La trêve tient.\n| Le port rouvre.",
    "paragraphs": "La trêve tient\n\n| Le port rouvre.",
}


@pytest.mark.parametrize("marked", BORDERS.values(), ids=BORDERS.keys())
def test_sentences_end_where_they_should(marked: str) -> None:
    text = marked.replace("| ", "")
    found = [" ".join(words(sentence)) for sentence in sentences(text)]
    assert found == [" ".join(words(part)) for part in marked.split("|")]


# A free-standing quotation and the frame with its cue are sentences of their own on purpose: both parse better apart.
# What must not happen is a border anywhere between the quotation's mark and its cue, or inside the frame.
FRAMES = {
    "behind": ('"La trêve tient depuis hier matin", a dit le ministre turc.', "a dit le ministre turc"),
    "behind an exclamation": (
        '"La trêve tient depuis hier matin !", a dit le ministre turc.',
        "a dit le ministre turc",
    ),
    "behind a question": ("« Qui a tiré sur le convoi ? », a demandé le juge.", "a demandé le juge"),
    "behind without a comma": ('"La trêve tient depuis hier matin," a dit le ministre.', "a dit le ministre"),
    "before a colon": ('Le ministre a dit: "La trêve tient depuis hier matin."', "Le ministre a dit:"),
    "with an aside": (
        '"La trêve tient depuis hier matin", surtout dans le nord, a dit le ministre.',
        "a dit le ministre",
    ),
}


@pytest.mark.parametrize(("text", "frame"), FRAMES.values(), ids=FRAMES.keys())
def test_the_frame_of_a_quotation_stays_whole(text: str, frame: str) -> None:
    assert frame in [sentence.rstrip(".") for sentence in sentences(text)]


CLAIMED = (
    '"La trêve tient depuis hier matin !", a dit le ministre.',
    "« Qui a tiré sur le convoi ? », a demandé le juge.",
    '"Jamais !", a lancé le ministre.',
    '"Nous partons. Nous reviendrons demain", a dit le général.',
    'Le général a dit: "Nous partons. Nous reviendrons demain."',
    '"La trêve tient, disait mon père. Attendons demain", a ajouté le maire.',
    '"M. Moreau ment. Il le sait bien", a répondu Mme Holm.',
)


@pytest.mark.model
@pytest.mark.parametrize("text", CLAIMED)
def test_no_sentence_border_cuts_a_quotation_from_its_cue(text: str, pipeline: Pipeline) -> None:
    found = [(s.form, s.mode, s.cue is None) for s in pipeline.read(Document(text)).statements]
    assert found == [("quote", "direct", False)]


def test_long_sentences_are_cut_at_commas() -> None:
    parsed = laid_out("Le convoi part, " * 200 + "enfin.")
    assert len(parsed.sentences) > 1
    assert all(end - first <= LONGEST_SENTENCE + 5 for first, end in parsed.sentences)


HEADINGS = {
    "a line without a stop": ("La trêve tient\n\nLe port rouvre demain.", [True, False]),
    "a cross-head between dashes": ("Le port rouvre.\n\n- Une mer calme -\n\nLa mer monte.", [False, True, False]),
    "a line with a stop": ("La trêve tient.\n\nLe port rouvre demain.", [False, False]),
    "a quotation": ('"La trêve tient"\n\nLe port rouvre demain.', [False, False]),
    "a long line": ("mot " * 60 + "\n\nLe port rouvre.", [False, False]),
    "a line that ends in a colon": ("Le port:\n\nIl rouvre.", [False, False]),
}


@pytest.mark.parametrize(("text", "expected"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_are_told_from_paragraphs(text: str, expected: list[bool]) -> None:
    assert [block.heading for block in laid_out(text).blocks] == expected


def test_the_title_at_the_head_of_the_text_is_a_heading() -> None:
    parsed = laid_out("La trêve tient.\n\nLe port rouvre.", title="La trêve tient.")
    assert [block.heading for block in parsed.blocks] == [True, False]


@pytest.mark.model
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_characters_are_read_with_right_offsets(text: str, pipeline: Pipeline) -> None:
    record = pipeline.read(Document(f"{text}\n\nLe maire a dit que le pont tient."))
    (statement,) = [s for s in record.statements if s.speaker and s.speaker.of(record.text) == "Le maire"]
    assert [span.of(record.text) for span in statement.content] == ["le pont tient"]


@pytest.mark.model
def test_curly_and_straight_apostrophes_read_alike(pipeline: Pipeline) -> None:
    straight = "L'ambassadeur a dit qu'aucun accord n'était signé, d'après l'agence."
    one, other = pipeline.read_many([Document(straight), Document(straight.replace("'", "’"))])
    assert one.statements == other.statements
    assert one.statements


@pytest.mark.model
def test_the_tree_is_one(pipeline: Pipeline) -> None:
    text = 'Le ministre a dit: "La trêve tient. Le port rouvre", selon l\'agence.\n\nParis attend. Kiev aussi.'
    (parsed,) = parse.parse_many([Document(text)], pipeline.nlp, openers=OPENERS)
    for token, head in enumerate(parsed.head):
        assert parsed.sentence[token] == parsed.sentence[head]
        seen, at = {token}, head
        while parsed.head[at] != at:
            assert at not in seen
            seen.add(at)
            at = parsed.head[at]
