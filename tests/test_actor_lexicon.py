"""The actor lexicon: rows become typed entries, found by their words however they are cut or accented."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from propos.errors import PackError
from propos.lang import actors
from propos.lang.actors import ActorLexicon, Name
from propos.lang.folding import atoms, fold

PACK = files("propos.lang") / "fr"


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return actors.load(PACK)


@pytest.mark.parametrize(
    ("word", "folded"),
    [("États", "etats"), ("D’", "d'"), ("Cœur", "coeur"), ("ÉLYSÉE", "elysee"), ("ou\u00adi", "oui")],
)
def test_folding_takes_case_and_accents_away(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_hyphens_and_apostrophes_cut_atoms() -> None:
    assert atoms("secrétaire d’État") == ("secretaire", "d'", "etat")
    assert atoms("Royaume-Uni") == atoms("Royaume Uni") == ("royaume", "uni")
    assert atoms("") == ()


@pytest.mark.parametrize(
    "form", ["États-Unis", "Etats-Unis", "Etats Unis", "Washington", "Maison Blanche", "Oncle Sam"]
)
def test_one_state_under_all_its_names(form: str, lexicon: ActorLexicon) -> None:
    assert {name.key for name in lexicon.names.get(form)} == {"USA"}
    assert {name.shown for name in lexicon.names.get(form)} == {"États-Unis"}


def test_international_body_comes_before_the_capital(lexicon: ActorLexicon) -> None:
    assert lexicon.names.get("Bruxelles")[0].key == "Union européenne"


def test_living_states_come_before_dissolved_ones(lexicon: ActorLexicon) -> None:
    assert lexicon.names.get("Moscou")[0].key == "RUS"


@pytest.mark.parametrize("form", ["Douglas", "Hamilton", "Victoria"])
def test_a_form_that_is_rather_a_given_name_is_no_state(form: str, lexicon: ActorLexicon) -> None:
    assert lexicon.names.get(form) == ()


def test_places_know_their_state(lexicon: ActorLexicon) -> None:
    assert [set(lexicon.places.get(place)) for place in ("Rotterdam", "Port Harcourt", "Écosse", "écossaise", "Nulle-Part")] == [
        {"NLD"}, {"NGA"}, {"GBR"}, {"GBR"}, set(),
    ]  # fmt: skip


@pytest.mark.parametrize(("entry", "written", "fits"), [
    ("Conseil de l'Europe", "conseil de l'Europe", True), ("Conseil de l'Europe", "conseil de l'europe", False),
    ("US", "us", False), ("US", "US", True), ("Otan", "OTAN", True), ("Otan", "otan", False), ("talibans", "Talibans", True), ("La Réunion", "La réunion", False),
])  # fmt: skip
def test_capitals_tell_names_from_words(entry: str, written: str, fits: object) -> None:
    name = Name(entry, entry, entry, "organisation", "organisation", None, "UNK", "", "sing")
    assert name.fits(written) is fits


@pytest.mark.parametrize(("form", "office", "gender", "number"), [
    ("cheffe de la diplomatie", "foreign minister", "f", "sing"),
    ("ministres des Affaires étrangères", "foreign minister", "", "plur"),
    ("chef de l'Etat", "head of state", "m", "sing"),
    ("présidentes", "head of state", "f", "plur"),
    ("porte-parole", "porte-parole", "", ""),
    ("autorités", "autorités", "f", "plur"),
])  # fmt: skip
def test_titles_know_their_forms_and_offices(
    form: str, office: str, gender: str, number: str, lexicon: ActorLexicon
) -> None:
    (title,) = lexicon.titles.get(form)
    assert (title.office, title.gender, title.number) == (office, gender, number)


def test_longest_phrase_is_found_first(lexicon: ActorLexicon) -> None:
    words = atoms("ministre de la Défense nationale")
    assert [length for length, _ in lexicon.titles.matches(words, 0)] == [4, 1]


def test_demonyms_in_every_form(lexicon: ActorLexicon) -> None:
    assert {lexicon.demonyms[form][0].country for form in ("malien", "malienne", "maliens", "maliennes")} == {"MLI"}
    assert len(lexicon.demonyms["congolais"]) > 1


def test_civilities_tell_titles_from_forms_of_address(lexicon: ActorLexicon) -> None:
    madame, colonel = lexicon.civilities["mme"], lexicon.civilities["colonel"]
    assert (madame.bare, madame.gender) == (True, "f")
    assert (colonel.bare, colonel.sector) == (False, "MIL")


def test_every_office_is_that_of_a_title(lexicon: ActorLexicon) -> None:
    rows = (PACK / "offices.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows
    for lemma, _, office, _ in (row.split("\t") for row in rows):
        assert any(title.office == office for title in lexicon.titles.get(lemma)), lemma


def copy(tmp_path: Path) -> Path:
    """The pack in a folder of its own."""
    folder = tmp_path / "fr"
    shutil.copytree(str(PACK), folder)
    return folder


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "titles.tsv").unlink()
    with pytest.raises(PackError, match=r"titles\.tsv"):
        actors.load(folder)


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        pytest.param("organisations.tsv", "Neue Partei\tonly two columns", "line", id="a short line"),
        pytest.param("actors.toml", '\nsurprise = ["x"]', "surprise", id="an unknown key"),
        pytest.param(
            "epithets.tsv", "géant de papier\tstate\tZZZ\tm\tsing\t\t\thand", "géant de papier", id="an epithet of nobody"
        ),
    ],
)
def test_a_wrong_line_is_refused(tmp_path: Path, name: str, line: str, reason: str) -> None:
    folder = copy(tmp_path)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(PackError, match=reason):
        actors.load(folder)
