"""Single mentions: their extent, what their words alone say, and what is none."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
from spacy.language import Language

from propos.lang import actors
from propos.lang.actors import ActorLexicon
from propos.model import Document
from propos.reading import mentions, models, parse
from propos.reading.actors.linking import link
from propos.reading.mentions import Mention
from propos.settings import Settings


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load(Settings().model)


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return actors.load(files("propos.lang") / "fr")


def found(text: str, nlp: Language, lexicon: ActorLexicon, *speakers: str) -> dict[str, Mention]:
    """Mentions by their words; ``speakers`` are the words whose tokens are sources."""
    parsed = next(parse.parse_many([Document(text)], nlp))
    tokens = [token for token, word in enumerate(parsed.word) if word in speakers]
    return {mention.span.of(text): mention for mention in mentions.find(parsed, lexicon, tokens)}


@pytest.mark.parametrize(("text", "words", "kind", "country", "sector"), [
    ("Le ministre norvégien de la Défense a démenti.", "Le ministre norvégien de la Défense", "person", "NOR", "GOV"),
    ("Des miliciens libyens ont tiré.", "Des miliciens libyens", "group", "LBY", "REB"),
    ("La junte birmane a refusé.", "La junte birmane", "organisation", "MMR", "MIL"),
    ("Le gouvernement danois a signé.", "Le gouvernement danois", "state", "DNK", "GOV"),
    ("Les Danois ont signé.", "Les Danois", "state", "DNK", "GOV"),
    ("Onze Danois ont été arrêtés.", "Onze Danois", "group", "DNK", "CVL"),
    ("L'Otan a déployé des avions.", "L'Otan", "igo", None, "IGO"),
    ("Pékin a protesté.", "Pékin", "state", "CHN", "GOV"),
    ("Le parti d'opposition Nova a perdu.", "Le parti d'opposition Nova", "organisation", None, "PTY"),
    ("Un ancien colonel sri-lankais a témoigné.", "Un ancien colonel sri-lankais", "person", "LKA", "MIL"),
])  # fmt: skip
def test_words_say_kind_country_and_sector(
    text: str, words: str, kind: str, country: str | None, sector: str, nlp: Language, lexicon: ActorLexicon
) -> None:
    mention = found(text, nlp, lexicon)[words]
    assert (mention.kind, mention.country, mention.sector) == (kind, country, sector)


def test_title_and_name_are_one_mention_with_a_role(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "La ministre suédoise des Finances, Karin Berg, a voté."
    (mention,) = found(text, nlp, lexicon).values()
    assert mention.span.of(text) == "La ministre suédoise des Finances, Karin Berg"
    assert (mention.shown, mention.gender) == ("Karin Berg", "f")
    assert mention.role is not None
    assert mention.role.of(text) == "ministre suédoise des Finances"
    assert mention.office == "finance minister"


@pytest.mark.parametrize("text", [
    "Il est président.",
    "La réunion s'est tenue en Pologne.",
    "Un avion a décollé de Moscou vers Oslo.",
    "Elle a parlé au cours de la soirée.",
    "Il a pris le pouvoir.",
    "C'était dimanche.",
])  # fmt: skip
def test_what_is_no_mention(text: str, nlp: Language, lexicon: ActorLexicon) -> None:
    assert not found(text, nlp, lexicon)


def test_pronouns_only_where_they_speak(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "Elle a refusé."
    assert not found(text, nlp, lexicon)
    assert found(text, nlp, lexicon, "elle")["Elle"].gender == "f"


def test_hyphen_of_an_inverted_pronoun_is_left_out(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "Rien ne change, a-t-il dit."
    speaking = [words for words in found(text, nlp, lexicon, "-il", "-t-il", "il") if words == "il"]
    assert speaking == ["il"]


def test_curly_apostrophes_change_nothing(nlp: Language, lexicon: ActorLexicon) -> None:
    straight = found("L'ambassadeur d'Irak a critiqué l'Iran.", nlp, lexicon)
    curly = found("L’ambassadeur d’Irak a critiqué l’Iran.", nlp, lexicon)
    assert [words.replace("’", "'") for words in curly] == list(straight)


def test_offsets_are_code_points_of_the_text(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "🇫🇷 Selon ce 𝒯exte, Washington a protesté."
    assert "Washington" in found(text, nlp, lexicon)


@pytest.mark.parametrize("text", [
    "Paul " * 4000 + ".",
    "le ministre de la " * 2500,
    "M. M. M. " * 1500,
    "( ONU ) " * 1500,
    "les soldats et " * 2000,
])  # fmt: skip
def test_hostile_repetition_stays_cheap(text: str, nlp: Language, lexicon: ActorLexicon) -> None:
    parsed = next(parse.parse_many([Document(text)], nlp))
    begin = time.perf_counter()
    everybody = mentions.find(parsed, lexicon, range(len(parsed)))

    link(everybody, parsed, lexicon)
    assert time.perf_counter() - begin < 4


def test_empty_text(nlp: Language, lexicon: ActorLexicon) -> None:
    assert not found("", nlp, lexicon)
    assert not found(" \n ", nlp, lexicon)
