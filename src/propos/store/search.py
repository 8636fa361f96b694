"""Full-text search: which articles have these words and "phrases", accents and case aside, the best first.

``article_search`` has a row for each article: its folded words, and their lemmas at the same places. A word of a query
is found as it stands or by its lemma; a phrase as it stands. A query has no operators, so none can be malformed: signs
that are neither letters nor digits only part words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, column, func, inspect, literal, select, table, text
from sqlalchemy.sql.elements import ColumnElement

from propos.lang import lemmas
from propos.store.tables import articles

NAME = "article_search"
BATCH = 200
# A query that a person types has a handful of words; more are left out, so that none can keep the database busy.
MOST_TERMS = 64
_QUOTED = re.compile(r'["“”„«»]')
_JOINT = re.compile(r"[\s'’ʼ]+")
_INDEX = table(NAME, column("article"), column("words"), column("lemmas"))
_FTS = table(NAME, column("rowid"), column("words"), column("lemmas"), column(NAME), column("rank"))

_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS article_search
    USING fts5(words, lemmas, tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER IF NOT EXISTS article_search_gone AFTER DELETE ON articles
    BEGIN DELETE FROM article_search WHERE rowid = old.id; END""",
)
_POSTGRESQL = (
    """CREATE TABLE IF NOT EXISTS article_search (
    article integer PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    words tsvector NOT NULL, lemmas tsvector NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS article_search_words ON article_search USING gin(words)",
    "CREATE INDEX IF NOT EXISTS article_search_lemmas ON article_search USING gin(lemmas)",
)
_ADD_SQLITE = "INSERT INTO article_search(rowid, words, lemmas) VALUES (:article, :words, :lemmas)"
_ADD_POSTGRESQL = """INSERT INTO article_search(article, words, lemmas)
VALUES (:article, to_tsvector('simple', :words), to_tsvector('simple', :lemmas))"""


@dataclass(frozen=True, slots=True)
class Term:
    """What an article must have: folded words side by side; ``lemma`` of a single word."""

    words: tuple[str, ...]
    lemma: str | None = None


def create(connection: Connection) -> None:
    """Make the index where there is none."""
    for statement in _SQLITE if _is_sqlite(connection) else _POSTGRESQL:
        connection.execute(text(statement))


def update(connection: Connection) -> int:
    """Take every article that is not there yet into the index; how many those were."""
    create(connection)
    known = select(_FTS.c.rowid) if _is_sqlite(connection) else select(_INDEX.c.article)
    missing = select(articles.c.id).where(articles.c.id.not_in(known)).order_by(articles.c.id)
    ids = connection.execute(missing).scalars().all()
    for start in range(0, len(ids), BATCH):
        add(connection, ids[start : start + BATCH])
    return len(ids)


def add(connection: Connection, ids: Iterable[int]) -> None:
    """Take articles that are not there yet into the index."""
    wanted = select(articles.c.id, articles.c.title, articles.c.text, articles.c.language)
    rows = connection.execute(wanted.where(articles.c.id.in_(list(ids)))).all()
    if not rows:
        return
    insert = _ADD_SQLITE if _is_sqlite(connection) else _ADD_POSTGRESQL
    connection.execute(text(insert), [_row(row.id, row.title, row.text, row.language) for row in rows])


def search(connection: Connection, query: str, *, language: str = "fr") -> list[int]:
    """The ids of the articles that have every word and phrase of the query, the best first, then by id.

    A query without a letter or digit finds nothing. ``language`` is that of the query's words.
    """
    terms = parse(query, language)
    if not terms or not _exists(connection):
        return []
    ranked = _fts(terms, ranked=True) if _is_sqlite(connection) else _tsvector(terms, ranked=True)
    return list(connection.execute(ranked).scalars())


def matching(connection: Connection, query: str, *, language: str = "fr") -> Select[int]:
    """The same articles in no order, as a subquery."""
    terms = parse(query, language)
    if not terms or not _exists(connection):
        return select(articles.c.id).where(literal(value=False))
    return _fts(terms, ranked=False) if _is_sqlite(connection) else _tsvector(terms, ranked=False)


def parse(query: str, language: str = "fr") -> tuple[Term, ...]:
    """The words and phrases of a query, each once; a quotation mark that nothing closes reaches to the end.

    Words joined by hyphens are a phrase (*États-Unis*), those parted by an apostrophe are not (*l'armée*).
    """
    known = lemmas.load(language)
    found: dict[Term, None] = {}
    for place, part in enumerate(_QUOTED.split(query)):
        for chunk in [part] if place % 2 else _JOINT.split(part):
            run = tuple(lemmas.words(chunk))
            if len(run) == 1 and not place % 2:
                found[Term(run, known.of(run[0]))] = None
            elif run:
                found[Term(run)] = None
    return tuple(found)[:MOST_TERMS]


def _row(article: int, title: str | None, written: str, language: str) -> dict[str, object]:
    known = lemmas.load(language)
    # A title that the text does not have is searched too; words apart, so that no phrase runs over the border.
    head = title if title and title not in written[: 2 * len(title)] else ""
    words = [*lemmas.words(head), *lemmas.words(written)]
    return {"article": article, "words": " ".join(words), "lemmas": " ".join(map(known.of, words))}


def _fts(terms: tuple[Term, ...], *, ranked: bool) -> Select[int]:
    match = " AND ".join(_fts_term(term) for term in terms)
    found = select(_FTS.c.rowid).where(_FTS.c[NAME].op("MATCH")(bindparam("match", match, unique=True)))
    return found.order_by(_FTS.c.rank, _FTS.c.rowid) if ranked else found


def _fts_term(term: Term) -> str:
    """Words are quoted, and hold letters and digits only: nothing in them is an operator to FTS5."""
    phrase = f'words : "{" ".join(term.words)}"'
    return f'({phrase} OR lemmas : "{term.lemma}")' if term.lemma else f"({phrase})"


def _tsvector(terms: tuple[Term, ...], *, ranked: bool) -> Select[int]:
    conditions: list[ColumnElement[bool]] = []
    ranks: list[ColumnElement[float]] = []
    for term in terms:
        phrase = func.phraseto_tsquery("simple", " ".join(term.words))
        condition: ColumnElement[bool] = _INDEX.c.words.op("@@")(phrase)
        if term.lemma:
            lemma = func.plainto_tsquery("simple", term.lemma)
            condition = condition | _INDEX.c.lemmas.op("@@")(lemma)
            ranks.append(func.ts_rank(_INDEX.c.lemmas, lemma))
        conditions.append(condition)
        ranks.append(func.ts_rank(_INDEX.c.words, phrase))
    found = select(_INDEX.c.article).where(*conditions)
    score = sum(ranks[1:], start=ranks[0])
    return found.order_by(score.desc(), _INDEX.c.article) if ranked else found


def _exists(connection: Connection) -> bool:
    return inspect(connection).has_table(NAME)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
