"""Full-text search: words, lemmas, phrases, and queries of any kind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text

from propos.lang import lemmas
from propos.model import Document
from propos.store import search
from propos.store.tables import articles

Shelf = Any
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
