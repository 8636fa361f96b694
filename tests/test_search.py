"""Full-text search: words, lemmas, phrases, and queries of any kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text

from propos.cli.main import run
from propos.lang import lemmas
from propos.model import Document, Provenance, Record, Source, Span
from propos.query.filters import Filters
from propos.query.finding import AROUND, find, snippet
from propos.store import search
from propos.store.hits import hits
from propos.store.opening import Store
from propos.store.tables import articles
from propos.store.tending import tend
from propos.store.writing import Writer

Shelf = Any
ODD_TEXT = st.lists(
    st.sampled_from(
        ["Σ", "ΑΣ", "İ", "œ", "\u0301", "\u00ad", "é", "'", "’", "-", " ", "\n", "ﬁ", "각", "\ud800", "x" * 70, "½", "²", "_"]
    )
).map("".join)
TEXTS = {
    "port": "Le port de Varna\n\nLes autorités menacèrent l’armée de fermer les États-Unis du Littoral.",
    "coeur": "Au cœur du débat, l'accord naval signé à Ostrava n'a pas été ratifié par les députés.",
    "ligue": "La Ligue des docks exige un accord. L'accord, dit la Ligue, viendra. Accord ou pas, elle exige.",
    "other": "L'état de l'union douanière: unis, les ports résistent. Naval fut le mot du jour, accord celui d'hier.",
}
QUERIES = [
    ("port", {"port"}),
    ("PORT varna", {"port"}),
    ("port Ostrava", set()),
    ("menacer", {"port"}),
    ("menaçaient", {"port"}),
    ("exigera", {"ligue"}),
    ("armee", {"port"}),
    ("l'armée", {"port"}),
    ("cœur", {"coeur"}),
    ("coeur débat", {"coeur"}),
    ("États-Unis", {"port"}),
    ('"accord naval"', {"coeur"}),
    ("« accord naval »", {"coeur"}),
    ('"accord naval', {"coeur"}),
    ("accord naval", {"coeur", "other"}),
    ('accord "la ligue"', {"ligue"}),
    ("NOT accord", set()),
    ("accord*", {"coeur", "ligue", "other"}),
    ("-port", {"port"}),
    ('""', set()),
    ("", set()),
    ("***", set()),
]


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    for name, written in TEXTS.items():
        shelf.put(Document(written, name))
    assert search.update(shelf.connection) == len(TEXTS)
    return shelf


def names(shelf: Shelf, ids: list[int]) -> list[str]:
    known = {row.id: row.name for row in shelf.connection.execute(select(articles.c.id, articles.c.name))}
    return [known[item] for item in ids]


@pytest.mark.parametrize(("query", "found"), QUERIES, ids=[query for query, _ in QUERIES])
def test_articles_have_all_words_and_phrases(filled: Shelf, query: str, found: set[str]) -> None:
    ids = search.search(filled.connection, query)
    assert sorted(names(filled, ids)) == sorted(found)
    assert sorted(filled.connection.execute(search.matching(filled.connection, query)).scalars()) == sorted(ids)


def test_whoever_says_it_most_comes_first(filled: Shelf) -> None:
    assert names(filled, search.search(filled.connection, "accord"))[0] == "ligue"


def test_a_title_outside_the_text_is_searched_and_no_phrase_runs_into_the_text(shelf: Shelf) -> None:
    shelf.put(Document("Deux navires ont quitté la rade.", "a", title="Escale terminée"))
    search.update(shelf.connection)
    assert search.search(shelf.connection, "escale")
    assert search.search(shelf.connection, '"deux navires"')


def test_only_new_articles_are_added_and_lost_ones_are_gone(filled: Shelf) -> None:
    assert search.update(filled.connection) == 0
    new = filled.put(Document("Un brise-glace ravitaille la station.", "new"))
    assert search.update(filled.connection) == 1
    assert search.search(filled.connection, "brise-glace") == [new]
    filled.connection.execute(delete(articles).where(articles.c.id == new))
    assert search.search(filled.connection, "brise-glace") == []


def test_a_dossier_without_an_index_finds_nothing(shelf: Shelf) -> None:
    assert search.search(shelf.connection, "port") == []
    assert not shelf.connection.execute(search.matching(shelf.connection, "port")).all()


def test_many_words_are_cut_off_not_refused(filled: Shelf) -> None:
    assert len(search.parse(" ".join(f"mot{number}" for number in range(500)))) == search.MOST_TERMS
    assert search.search(filled.connection, "accord " * 5000)


# Where they have them ------------------------------------------------------------------------------------------------

PLACES = [
    ("ARMEE", "Les autorités menacèrent l’armée.", ["armée"]),
    ("menacer", "Il menaça. Les menaces restent, menaçantes ou non.", ["menaça", "menaces"]),
    ('"accord naval"', "L'accord, naval ou pas: un Accord\u00a0Naval, un accord.", ["accord, naval", "Accord\u00a0Naval"]),
    ("États-Unis", "Aux Etats-Unis, l'État uni.", ["Etats-Unis"]),
    ("coeur", "Au c\u0153ur, le COEUR.", ["c\u0153ur", "COEUR"]),
    ("ete", "L'e\u0301te\u0301: \U0001d518 été.", ["e\u0301te\u0301", "été"]),
    ("rade port", "Le port et la rade du port.", ["port", "rade", "port"]),
    ("port", "Portes, rapport, aéro\u00adport.", []),
    ("***", "Rien.", []),
]


@pytest.mark.parametrize(("query", "written", "found"), PLACES, ids=[query for query, _, _ in PLACES])
def test_hits_are_places_of_the_text_as_written(query: str, written: str, found: list[str]) -> None:
    places = hits(written, search.parse(query), "fr")
    assert [place.of(written) for place in places] == found
    assert places == sorted(places, key=lambda place: (place.start, place.end))


@given(written=st.text() | ODD_TEXT)
@settings(max_examples=300, deadline=None)
def test_words_have_their_places(written: str) -> None:
    placed = list(lemmas.placed(written))
    assert [word for word, _, _ in placed] == lemmas.words(written)
    assert all(0 <= start < end <= len(written) for _, start, end in placed)


@given(written=st.text(alphabet="ab é\n", max_size=400), start=st.integers(0, 400), length=st.integers(1, 20))
def test_a_snippet_is_a_line_of_bounded_length_around_the_hit(written: str, start: int, length: int) -> None:
    place = Span(min(start, len(written)), min(start + length, len(written)))
    line = snippet(written, [place])
    assert "\n" not in line
    assert len(line) <= 2 * AROUND + length + 2
    assert " ".join(place.of(written).split()) in line


@pytest.fixture
def found(shelf: Shelf) -> Shelf:
    """Articles that a reading has, of two outlets and days; one of them withdrawn."""
    rows = [
        ("a", "La Rade", "2024-03-01", "current", "Accord naval: l'accord tient, un accord de plus."),
        ("b", "L'Écho", "2024-03-02", "current", "Il n'y a pas d'accord au port, mais beaucoup de mots pour le dire."),
        ("c", "La Rade", "2024-03-03", "withdrawn", "Accord, accord, accord."),
    ]
    for name, outlet, day, status, written in rows:
        document = Document(written, name, f"Titre {name}", day, source=Source(outlet=outlet))
        record = Record(name, "fr", day, None, written)
        shelf.put(document, record, status=status, key=name)
    search.update(shelf.connection)
    return shelf


@pytest.mark.parametrize(
    ("words", "filters", "keys"),
    [
        ("accord", Filters(), "ab"),
        ("accord", Filters(start="2024-03-02"), "b"),
        ("accord", Filters(end="2024-03-01"), "a"),
        ("accord", Filters(outlet="l'echo"), "b"),
        ("accord port", Filters(), "b"),
        ('"accord naval"', Filters(), "a"),
        ("accord", Filters(query="port"), "ab"),
        ("accord", Filters(side="FRA"), ""),
        ("", Filters(), ""),
    ],
)
def test_finds_are_the_best_of_what_filters_keep(found: Shelf, words: str, filters: Filters, keys: str) -> None:
    finds = find(found.connection, words, filters, 10)
    assert "".join(item.key for item in finds.best) == keys
    assert finds.total == len(keys)
    first = find(found.connection, words, filters, 1)
    assert (first.best, first.total) == (finds.best[:1], finds.total)


def test_a_find_tells_where_and_what(found: Shelf) -> None:
    (item,) = find(found.connection, "port", Filters(), 5).best
    text_of = "Il n'y a pas d'accord au port, mais beaucoup de mots pour le dire."
    assert (item.published, item.outlet, item.title) == ("2024-03-02", "L'Écho", "Titre b")
    assert [place.of(text_of) for place in item.hits] == ["port"]
    assert item.snippet == text_of


def test_where_only_the_title_has_the_words_the_text_begins(found: Shelf) -> None:
    item = find(found.connection, '"titre a"', Filters(), 5).best[0]
    assert (item.hits, item.snippet) == ((), "Accord naval: l'accord tient, un accord de plus.")


@pytest.fixture
def news(dossier: str) -> str:
    """A dossier with two articles, in either database."""
    with Store.open(dossier) as store:
        with Writer(store) as writer:
            for name, written in (("a", "L’accord\x1b[31m naval tient."), ("b", "Un accord, un accord, un accord !")):
                document = Document(written, name, f"Titre {name}", "2024-03-15", source=Source(outlet="La Rade"))
                record = Record(name, "fr", "2024-03-15", None, written, propos=Provenance("0", "0", "0"))
                writer.add(document, record)
        tend(store)
    return dossier


def test_the_command_prints_what_it_finds(news: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", news, "ACCORD", "«naval»"]) == 0
    out, err = capsys.readouterr()
    head, line, key = out.splitlines()
    assert (head, line, err) == ("2024-03-15  La Rade  Titre a", "    L’accord [31m naval tient.", "")
    assert run(["search", news, "accord", "naval", "--json"]) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["article"] == key.strip()
    assert told["hits"] == [{"start": 2, "end": 8}, {"start": 14, "end": 19}]
    assert told["snippet"].startswith("L’accord")


def test_the_command_limits_and_says_so(news: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", news, "accord", "--limit", "1"]) == 0
    out, err = capsys.readouterr()
    assert "Titre b" in out
    assert "Titre a" not in out
    assert "1 of 2 articles" in err
    assert run(["search", news, "absent"]) == 0
    assert capsys.readouterr() == ("", "propos: no article has all of these words.\n")
    assert run(["search", news, "accord", "--from", "soon"]) == 2
    assert "[date-invalid]" in capsys.readouterr().err
    assert run(["search", news, "accord", "--actor", "Personne"]) == 2
    assert "[actor-unknown]" in capsys.readouterr().err


ODD = st.lists(
    st.sampled_from(
        ['"', "'", "*", "NEAR", "NEAR(", ")", "-", "AND", "OR", "NOT", "^", ":", "words:", "\\", "%", "_", ";--", "&", "|",
         "!", "<->", "«", "»", "\x00", "\ud800", "accord", "port", "l'", "é", "ﬁ", "٣", "漢字", "𝔘", " "]
    )
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(query=ODD.map("".join) | ODD.map(" ".join) | st.text())
def test_no_query_is_an_error(shelves: Callable[[], AbstractContextManager[Shelf]], query: str) -> None:
    with shelves() as shelf:
        shelf.put(Document("Un accord, un port: l'été.", "a"))
        search.update(shelf.connection)
        search.search(shelf.connection, query)


def test_odd_queries_are_no_error_to_postgresql_either(filled: Shelf) -> None:
    for query in ("a & b", "a <-> (b", "'", "\\", "!!", ":*", "\x00x", "\ud800y", "٣", "漢字 ﬁ", "½", "ⅷ x²"):
        search.search(filled.connection, query)


@given(
    words=st.lists(
        st.sampled_from(["accord", "port", "naval", "rade", "signer", "navires", "été"]), min_size=1, max_size=30
    )
)
@settings(max_examples=30, deadline=None)
def test_every_run_of_words_is_found_as_a_phrase(
    shelves: Callable[[], AbstractContextManager[Shelf]], words: list[str]
) -> None:
    with shelves() as shelf:
        article = shelf.put(Document(" ".join(words), "a"))
        search.update(shelf.connection)
        assert search.search(shelf.connection, f'"{" ".join(words)}"') == [article]


def test_any_text_can_be_taken_in(shelf: Shelf) -> None:
    for number, written in enumerate(["", "…", "x" * 5000, "a\u0301 \u202e b", "漢字" * 3000, "mot " * 20000]):
        shelf.put(Document(written.replace("\x00", ""), f"d{number}"))
    assert search.update(shelf.connection) == 6
    assert shelf.connection.execute(select(func.count()).select_from(text(search.NAME))).scalar() == 6


def test_lemmas_are_those_of_the_pack_and_of_nothing_else() -> None:
    known = lemmas.load("fr")
    assert known.of("menacerait") == known.of("menaces") == "menacer"
    assert known.of("ornithorynques") == "ornithorynques"
    assert lemmas.load("xx").of("menaces") == "menaces"


def test_the_page_shows_what_a_query_means() -> None:
    page = (Path(__file__).parent.parent / "docs" / "search.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) >= 4
    for query, terms in rows:
        parsed = search.parse(query.strip().strip("`"))
        shown = [
            " ".join(term.words) + (f" or {term.lemma}" if term.lemma not in {None, *term.words} else "")
            for term in parsed
        ]
        assert "; ".join(shown) == terms.strip()


def test_the_page_shows_an_object_as_it_is_printed(news: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "search.md").read_text(encoding="utf-8")
    shown = json.loads(page.split("```json\n")[1].split("```")[0])
    assert run(["search", news, "accord", "--json", "--limit", "1"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(shown)
    assert [shown["snippet"][hit["start"] : hit["end"]] for hit in shown["hits"]] == ["accord", "naval"]
