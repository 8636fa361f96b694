"""Themes: read from files, proposed from what is said, kept by the dossier."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from propos.cli.main import run
from propos.errors import SettingsError
from propos.lang import theme_words
from propos.model import Document, Record, Source, Span, Statement
from propos.query import proposing, recent, themes
from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.questions import named
from propos.query.terms import Said, terms_of
from propos.reading.vectors import of_words
from propos.settings import Settings
from propos.store.facts import THEMED, fact
from propos.store.opening import Store
from propos.store.writing import Writer

Shelf = Any
WITHOUT_VECTORS = Settings(model="no_such_model")
MATTERS = (
    (
        "les chalutiers vident la zone de pêche malgré les quotas de pêche",
        "aucun des chalutiers de la zone de pêche ne respecte les quotas de pêche",
        "la zone de pêche et nos quotas de pêche ne souffrent pas de chalutiers",
        "nos quotas de pêche nourrissent la zone de pêche, pas leurs chalutiers",
    ),
    (
        "le gazoduc fuit et les livraisons de gaz baissent",
        "les livraisons de gaz par le gazoduc reprendront",
        "un gazoduc coupé, ce sont des livraisons de gaz perdues",
        "personne ne touchera au gazoduc ni aux livraisons de gaz",
    ),
    (
        "les otages seront rendus contre une rançon",
        "la rançon est prête, les otages sont vivants",
        "nous ne verserons aucune rançon pour ces otages",
        "des otages sans rançon, voilà ce que la ministre exige",
    ),
)
PROPOSED = {
    "chalutiers, quotas de pêche": ("chalutiers", "quotas de pêche", "zone de pêche"),
    "gazoduc, livraisons de gaz": ("gazoduc", "livraisons de gaz"),
    "otages, rançon": ("otages", "rançon"),
}


def article(number: int) -> tuple[Document, Record]:
    """Three statements on one of the matters, the first with a word that is in all news."""
    said = [*MATTERS[number % 3]]
    del said[number // 3 % 4]
    said[0] += ", dans cette situation" if number % 2 else ""
    text = f"Dépêche {number}. " + " ".join(f"« {words} », dit Nils Falk." for words in said)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in said]
    statements = tuple(
        Statement(f"s{at}", None, None, None, (span,), "direct", "quote", "speech") for at, span in enumerate(spans, start=1)
    )
    day, name = f"2024-03-{number % 28 + 1:02}", f"d{number}"
    source = Source(outlet=("La Rade", "Le Cap")[number % 2], sha256=name)
    return Document(text, name, name, day, source=source), Record(name, "fr", day, name, text, statements, source=source)


def fill(target: str | Path, numbers: Sequence[int]) -> Store:
    store = Store.open(target)
    with Writer(store) as writer:
        for document, record in map(article, numbers):
            writer.add(document, record)
    return store


def proposed(store: Store, settings: Settings = WITHOUT_VECTORS) -> dict[str, tuple[str, ...]]:
    with store.reading() as connection:
        return proposing.propose(connection, settings)


def kept(store: Store) -> dict[str, tuple[str, ...]]:
    with store.reading() as connection:
        return dict(themes.kept(connection).terms)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Deux chalutiers mouillent au large.", ("pêche",)),
        ("La zone de la pêche", ()),
        ("Les zones de pêche, et le GAZODUC.", ("gaz", "pêche")),
        ("Ils dénoncent des agressions.", ("violences",)),
        ("L'agression de mardi", ("violences",)),
        ("", ()),
    ],
)
def test_a_theme_is_found_by_its_terms(sentence: str, found: tuple[str, ...]) -> None:
    terms = {"gaz": ("gazoducs",), "pêche": ("chalutier", "zone de pêche"), "violences": ("agression",)}
    assert themes.Themes(terms).of(sentence) == found


def test_how_many_of_its_terms_stand_there() -> None:
    assert themes.Themes({"pêche": ("chalutier", "quota")}).counted("Chalutiers contre chalutiers : quel quota ?") == {"pêche": 2}


@pytest.mark.parametrize(
    "text", ["x = 1", "x = []", "x = [1]", "x = [' ']", "x = ['…']", "x", '[x]\ny = ["z"]', "x = ['a'"]
)
def test_what_is_no_file_of_themes(text: str) -> None:
    with pytest.raises(SettingsError, match="themes-invalid"):
        themes.parse(text, "x.toml")


def test_what_is_written_is_read() -> None:
    terms = {'d\'un "trait"': ("coup d'État", "a\\b"), "": ("x",), "émoi, é\n": ("ÉMOI",)}
    assert themes.parse(themes.written(terms), "x") == terms
    assert tomllib.loads(themes.written({})) == {}


def test_terms_are_nouns_and_what_they_stand_with() -> None:
    said = [Said(n, "Les armes nucléaires, dit la ministre ; des armes nucléaires au mois dernier") for n in range(3)]
    said += [Said(n, "le mois et la ministre") for n in range(3, 12)]
    words = theme_words.load("fr")
    assert words is not None
    assert [(term.written, sum(term.places.values()), len(term.places)) for term in terms_of(said, 12, words)] == [
        ("armes nucléaires", 6, 3)
    ]


def test_themes_are_proposed(tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        assert proposed(store) == PROPOSED


@pytest.mark.model
def test_themes_are_proposed_with_the_model_s_vectors(tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        assert proposed(store, Settings()) == PROPOSED
    vectors = of_words(Settings().model, [["otage"], ["otages", "rançon"], ["xqzw"]])
    assert vectors is not None
    assert vectors.shape[0] == 3
    assert float(vectors[0] @ vectors[1]) > 0.5
    assert not vectors[2].any()


def test_the_order_in_which_articles_came_does_not_count(dossier: str) -> None:
    order = list(range(24))
    random.Random(7).shuffle(order)  # noqa: S311 (an order, no secret)
    with fill(dossier, order) as store:
        assert list(proposed(store).items()) == list(PROPOSED.items())


def test_of_few_articles_nothing_is_proposed(tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(proposing.FEWEST - 1)) as store:
        assert proposed(store) == {}
        proposing.renew(store, WITHOUT_VECTORS)
        with store.reading() as connection:
            assert fact(connection, THEMED) is None


def test_a_language_without_words_has_no_themes(tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        assert proposed(store, Settings(language="xx", model="no_such_model")) == {}


def test_kept_themes_stay_until_the_dossier_has_grown_by_half(dossier: str) -> None:
    told: list[str] = []
    with fill(dossier, range(24)) as store:
        proposing.renew(store, WITHOUT_VECTORS, told.append)
        assert (kept(store), told) == (PROPOSED, [proposing.PROPOSING])
    with fill(dossier, range(24, 35)) as store:
        proposing.renew(store, WITHOUT_VECTORS, told.append)
        assert told == [proposing.PROPOSING]
    with fill(dossier, range(35, 36)) as store:
        proposing.renew(store, WITHOUT_VECTORS, told.append)
        assert (kept(store), told) == (PROPOSED, [proposing.PROPOSING] * 2)


@pytest.mark.parametrize(
    ("before", "named_now"),
    [
        ({"flottes": ("chalutier", "zones de pêche")}, "flottes"),
        ({"flottes": ("chalutier", "port", "quai", "jetée")}, "chalutiers, quotas de pêche"),
        ({"chalutiers, quais": ("chalutiers", "quais", "quotas de pêche", "zone de pêche")}, "chalutiers, quotas de pêche"),
        ({"ports": ("port",), "flottes": ("quota de pêche", "zone de pêche")}, "flottes"),
    ],
)
def test_a_theme_keeps_its_name(before: dict[str, tuple[str, ...]], named_now: str, tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        proposing.keep(store, themes.written(before), "x")
        proposing.propose_anew(store, WITHOUT_VECTORS)
        terms = list(PROPOSED.values())
        assert kept(store) == dict(zip([named_now, *list(PROPOSED)[1:]], terms, strict=True))


def test_a_user_s_own_stay(tmp_path: Path) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        proposing.keep(store, 'ports = ["quai"]\n', "x")
        proposing.renew(store, WITHOUT_VECTORS)
        assert kept(store) == {"ports": ("quai",)}
        with pytest.raises(SettingsError, match="themes-invalid"):
            proposing.keep(store, "ports = 3", "x")
        assert kept(store) == {"ports": ("quai",)}


def test_what_is_said_on_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fill(tmp_path / "a.propos", range(24)) as store:
        proposing.renew(store, WITHOUT_VECTORS)
        with store.reading() as connection:
            rows = named("themes").ask(Asked(connection)).to_dicts()
            few = named("themes").ask(Asked(connection, Filters(outlet="Le Cap", end="2024-03-05"))).to_dicts()
            monkeypatch.setattr(recent, "MOST", 20)
            late = named("themes").ask(Asked(connection))
    assert [(row["theme"], row["terms"], row["statements"], row["articles"], row["outlets"]) for row in rows] == [
        (theme, list(terms), 24, 8, 2) for theme, terms in PROPOSED.items()
    ]
    assert [(row["first"], row["last"]) for row in rows] == [
        ("2024-03-01", "2024-03-22"), ("2024-03-02", "2024-03-23"), ("2024-03-03", "2024-03-24"),
    ]  # fmt: skip
    assert rows[0]["passage"]["words"].startswith("« aucun des chalutiers de la zone de pêche ne respecte les quotas de pêche")
    assert [(row["theme"], row["articles"]) for row in few] == [("chalutiers, quotas de pêche", 1), ("gazoduc, livraisons de gaz", 1)]
    assert (late.since, sum(row.articles for row in late)) == ("2024-03-04", 20)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(proposing, "Settings", lambda: WITHOUT_VECTORS)
    fill(tmp_path / "a.propos", range(24)).close()
    return str(tmp_path / "a.propos")


def test_the_command_shows_writes_and_keeps(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["themes", file]) == 0
    assert themes.parse(capsys.readouterr().out, "out") == PROPOSED
    mine = tmp_path / "mine.toml"
    assert run(["themes", file, "--write", str(mine)]) == 0
    assert themes.parse(mine.read_text(encoding="utf-8"), "mine") == PROPOSED
    mine.write_text('# ours\nmer = ["chalutier"]\n', encoding="utf-8")
    assert run(["themes", file, str(mine)]) == 0
    assert run(["themes", file]) == 0
    assert capsys.readouterr().out == '# ours\nmer = ["chalutier"]\n' * 2
    assert run(["ask", file, "themes", "--format", "json"]) == 0
    assert [json.loads(line)["theme"] for line in capsys.readouterr().out.splitlines()] == ["mer"]
    assert run(["themes", file, "--propose"]) == 0
    assert "mer =" not in (out := capsys.readouterr().out)
    assert "gazoduc" in out


@pytest.mark.parametrize(
    ("arguments", "code"), [(["none.toml"], "themes-invalid"), (["--write", "no/such/folder.toml"], "output-unwritable")]
)
def test_mistakes_have_a_code(arguments: list[str], code: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["themes", file, *arguments])
    assert f"[{code}]" in capsys.readouterr().err
