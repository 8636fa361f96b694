"""What an act is about, and what of a negation is a denial, a refusal, or neither."""

from __future__ import annotations

from typing import Any

import pytest

from propos.lang import matter_words
from propos.model import Span
from propos.query.denials import is_denial, is_refusal
from propos.query.happenings import Happening
from propos.query.matters import is_aside, matter
from propos.query.sides import side_of
from propos.store.entry import DossierActor


def told(sentence: str, word: str, **how: Any) -> Happening:
    """An event of a sentence that stands at the head of an article."""
    start = sentence.index(word)
    known: dict[str, Any] = {
        "article": 1, "reading": 1, "event": "e1", "key": "a", "outlet": None, "published": "2024-03-01", "story": "article 1",
        "type": "ASSAULT", "mode": None, "factuality": "denied", "intensity": None, "date": None,
        "trigger": Span(start, start + len(word)), "words": word, "condition": None, "condition_words": None,
        "condition_kind": None, "actors": (1,), "recipients": (), "said": "s1", "speaker": 1,
        "sentence": Span(0, len(sentence)), "sentence_words": sentence,
    }  # fmt: skip
    return Happening(**known | how)


NEGATIONS = [
    ("Oslo n'a pas tiré sur le phare.", "n'a pas tiré", "denial"),
    ("Oslo nie avoir tiré sur le phare.", "avoir tiré", "denial"),
    ("Oslo nie que la marine ait tiré.", "tiré", "denial"),
    ("Oslo dément toute attaque.", "attaque", "denial"),
    ("Il n'y a eu aucune attaque, dit Oslo.", "attaque", "denial"),
    ("La marine ne bombardait pas le port.", "ne bombardait pas", "denial"),
    ("Oslo n'aurait pas tiré sur le phare.", "n'aurait pas tiré", "denial"),
    ("Oslo ne retirera pas ses bateaux.", "ne retirera pas", "refusal"),
    ("Oslo ne retirerait pas ses bateaux.", "ne retirerait pas", "refusal"),
    ("Il n'est pas question de libérer les marins.", "libérer", "refusal"),
    ("Oslo ne tire pas sur les bateaux.", "ne tire pas", "neither"),
    ("Oslo n'a pas voulu attaquer le port.", "attaquer", "neither"),
    ("Oslo a demandé de ne pas retirer les bateaux.", "retirer", "neither"),
    ("Oslo n'a rien dit des attaques.", "attaques", "neither"),
    ("N'a-t-il pas tiré ?", "tiré", "neither"),
]


@pytest.mark.parametrize(("sentence", "word", "kind"), NEGATIONS)
def test_what_a_negation_is(sentence: str, word: str, kind: str) -> None:
    event = told(sentence, word)
    assert (is_denial(event), is_refusal(event)) == (kind == "denial", kind == "refusal")


def test_nobody_denies_what_is_still_to_come_nor_what_nobody_says() -> None:
    sentence = "Oslo nie avoir tiré sur le phare."
    assert not is_denial(told(sentence, "avoir tiré", date="2024-04-01"))
    assert not is_denial(told(sentence, "avoir tiré", said=None))
    assert not is_denial(told(sentence, "avoir tiré", factuality="claimed"))


MATTERS: list[tuple[str, str, set[str], set[str]]] = [
    ("Le ministre a refusé lundi de retirer les frégates de la zone.", "a refusé", {"retirer", "fregate", "zone"}, set()),
    ("« Oslo ne retirera pas ses frégates », a-t-il déclaré à Bergen.", "ne retirera pas", {"retirer", "fregate"}, set()),
    ("Elle accepte de négocier avec la Norvège, dit son voisin Jonsson.", "accepte", {"negocier"}, {"norvege"}),
    ("Il a tiré au large de Kos après une dispute.", "a tiré", {"tirer", "large"}, {"kos"}),
]


@pytest.mark.parametrize(("sentence", "word", "words", "names"), MATTERS)
def test_a_matter_is_the_act_and_its_object(sentence: str, word: str, words: set[str], names: set[str]) -> None:
    found = matter(told(sentence, word))
    assert (set(found.words), set(found.names)) == (words, names)


@pytest.mark.parametrize(
    ("sentence", "word", "aside"),
    [
        ("Il parle d'un homme détenu en Islande.", "détenu", True),
        ("Il parle de ceux qui ont tiré sur le phare.", "ont tiré", True),
        ("Selon lui, la marine a tiré sur le phare.", "a tiré", False),
        ("Selon lui, des tirs ont visé le phare.", "tirs", False),
    ],
)
def test_what_is_told_in_passing(sentence: str, word: str, *, aside: bool) -> None:
    assert is_aside(told(sentence, word)) is aside


def test_a_condition_is_another_matter() -> None:
    sentence = "Il promet de rouvrir le gazoduc à condition de voir rouvrir les ports."
    at = sentence.index("à condition")
    assert matter(told(sentence, "promet", condition=Span(at, len(sentence) - 1))).words == {"rouvrir", "gazoduc"}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("tiré près de Kos", "tiré sur Bergen", True), ("tiré près de Kos", "tiré à Kos", False), ("tiré près de Kos", "tiré", False)],
)
def test_two_places_are_two_matters(one: str, other: str, *, apart: bool) -> None:
    assert matter(told(one, "tiré")).apart(matter(told(other, "tiré"))) is apart


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        (DossierActor(1, "k", "Norvège", "state", "NOR"), "NOR"),
        (DossierActor(1, "k", "police", "organisation", "NOR", "COP"), "NOR"),
        (DossierActor(1, "k", "parti", "organisation", "NOR", "PTY"), "k"),
        (DossierActor(1, "k", "ministre", "person", None, "GOV"), "k"),
    ],
)
def test_for_whom_somebody_acts(actor: DossierActor, side: str) -> None:
    assert side_of(actor) == side


def test_a_language_without_words_has_none() -> None:
    assert matter_words.load("xx") == matter_words.MatterWords()
