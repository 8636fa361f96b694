"""The dossier, over SQLite and PostgreSQL: what goes in comes out, whole or not at all, and errors say what to do."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, inspect, select, text

import stub_reading
from postgres_server import Cluster
from propos import errors
from propos.model import Document, Edition, Event, Provenance, Record, Source, Span
from propos.store import counting, failing, faults, ledger, migrations, reading, rows, tables
from propos.store.opening import Store
from propos.store.writing import Writer

MADE_BY = Provenance("0", "s", "p")
TEXT = 'Le port rouvre.\n\n"Nous sommes prêts", a dit Nadia. "Enfin", a dit Omar.\n'


@pytest.fixture
def store(dossier: str) -> Iterator[Store]:
    with Store.open(dossier) as opened:
        yield opened


def document(words: str = TEXT, **values: Any) -> Document:
    return Document(words, values.pop("id", "d"), source=Source(file="a.jsonl", **values))


def edition(version: int, status: Any = "usable", guid: str = "g", **values: Any) -> Document:
    return document(f"Version {version} {status}", edition=Edition(guid, version, status), **values)


def record(of: Document, made_by: Provenance = MADE_BY) -> Record:
    return stub_reading.record_of(of, made_by)


def put(store: Store, *documents: Document) -> list[Any]:
    with Writer(store) as writer:
        return [writer.add(item, record(item)) for item in documents]


def numbers(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }


# What goes in comes out ----------------------------------------------------------------------------------------------

_unique = count()


def numbered(made: Record) -> Record:
    """A record of arbitrary values with what the reading always gives: ids that name one thing, a quad of PLOVER's."""
    events = tuple(replace(item, id=f"e{n}", quad=n % 4) for n, item in enumerate(made.events))
    return replace(
        made,
        statements=tuple(replace(item, id=f"s{n}") for n, item in enumerate(made.statements)),
        events=events,
        actors=tuple(replace(item, id=f"a{n}") for n, item in enumerate(made.actors)),
    )


SPANS = st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1]))
ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=20) | st.just("a\0é\ud800")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One dossier for all examples of a property."""
    if request.param == "sqlite":
        target = str(tmp_path_factory.mktemp("dossier") / "news.propos")
    else:
        target = request.getfixturevalue("postgres").new_database()
    with Store.open(target) as opened:
        yield opened


@given(st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_documents_and_records_come_back_as_they_went_in(kept: Store, data: st.DataObject) -> None:
    st.register_type_strategy(Span, SPANS)
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
    of = data.draw(st.builds(Document, text=ANY_TEXT, title=st.none() | ANY_TEXT))
    of = replace(of, id=f"{of.id}{next(_unique)}", published=str(next(_unique)))
    made = numbered(data.draw(st.builds(Record, text=st.just(of.text))))
    with Writer(kept) as writer:
        added = writer.add(of, made)
    assert added is not None
    with kept.reading() as connection:
        assert reading.document(connection, added.article) == of
        assert reading.record(connection, added.article) == made
        assert ledger.known(connection, [ledger.key_of(of), "0" * 64]) == {ledger.key_of(of)}


def test_columns_hold_what_can_be_counted(store: Store) -> None:
    put(store, document(outlet="Le Courrier du port", author="N. N.", issued="2024-03-15T08:00:00Z"))
    with store.reading() as connection:
        article = connection.execute(select(tables.articles)).mappings().one()
        assert (article["outlet"], article["author"], article["text"]) == ("Le Courrier du port", "N. N.", TEXT)
        assert (article["status"], article["guid"], article["edition"]) == ("current", None, None)
        said = connection.execute(select(tables.statements).order_by(tables.statements.c.id)).mappings().all()
        assert [(row["speaker"], row["content"], row["speaker_actor"]) for row in said] == [
            ("Nadia", '"Nous sommes prêts"', "a1"),
            ("Omar", '"Enfin"', "a2"),
        ]
        sides = connection.execute(select(tables.parties.c.event, tables.parties.c.role, tables.parties.c.member))
        assert sorted(map(tuple, sides)) == [
            ("e1", "actor", "a1"), ("e1", "recipient", "a1"), ("e2", "actor", "a2"), ("e2", "recipient", "a1"),
        ]
        cast = connection.execute(select(tables.article_actors.c.name, tables.article_actors.c.mentions))
        assert sorted(map(tuple, cast)) == [("Nadia", 1), ("Omar", 1)]


def test_records_stream_in_the_order_they_came_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_STORED", reading._STORED.limit(2))
    put(store, *(document(f"Texte {n}", id=f"d{n}") for n in range(5)), edition(1), edition(2))
    assert [item.record.id for item in reading.records(store)] == ["d0", "d1", "d2", "d3", "d4", "d"]
    assert [item.status for item in reading.records(store, status="superseded")] == ["superseded"]
    assert len(list(reading.records(store, status=None))) == 7


def test_a_long_outlet_or_guid_can_be_looked_up(store: Store) -> None:
    names = ["é" * 5000 + end for end in "ab"]
    put(store, *(edition(1, guid=name, outlet=name) for name in names))
    with store.reading() as connection:
        found = connection.execute(select(tables.articles.c.outlet, tables.articles.c.guid)).all()
        assert len(set(found)) == 2
        assert [len(outlet) for outlet, _ in found] == [rows.LONGEST_NAME + 65] * 2
        assert reading.document(connection, 1) == edition(1, guid=names[0], outlet=names[0])


def test_a_json_that_is_no_record_is_damage(store: Store) -> None:
    put(store, document())
    with store.writing() as connection:
        connection.execute(tables.readings.update().values(record="{}"))
    with pytest.raises(errors.StoreError, match="store-damaged"):
        list(reading.records(store))


# The ledger ----------------------------------------------------------------------------------------------------------

PLAIN = Document("Texte", "d", "Titre", "2024-03-15", source=Source(outlet="Le Port", edition=Edition("g")))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(PLAIN, id="e"), True),
        (replace(PLAIN, source=replace(PLAIN.source, file="b.txt", ordinal=4, reader="html", sha256="0")), True),
        (replace(PLAIN, text="Autre"), False),
        (replace(PLAIN, title=None), False),
        (replace(PLAIN, title="Texte", text="Titre"), False),
        (replace(PLAIN, published="2024-03"), False),
        (replace(PLAIN, source=Source(edition=Edition("g"))), False),
        (replace(PLAIN, source=Source(outlet="Le Port")), False),
        (replace(PLAIN, source=Source(outlet="Le Port", edition=Edition("h"))), False),
        (replace(PLAIN, source=Source(outlet="Le Port", edition=Edition("g", 2))), False),
        (replace(PLAIN, source=Source(outlet="Le Port", edition=Edition("g", 1, "withdrawn"))), False),
        (replace(PLAIN, source=Source(outlet="Le Port", edition=Edition("g", note="Corrige"))), True),
    ],
)
def test_the_key_says_what_is_the_same_article(other: Document, *, same: bool) -> None:
    assert (ledger.key_of(other) == ledger.key_of(PLAIN)) is same


def test_an_article_is_taken_in_once(store: Store) -> None:
    first, again = put(store, document(), document(id="other"))
    assert first is not None
    assert again is None
    assert numbers(store)["articles"] == 1


def test_many_keys_are_asked_for(store: Store) -> None:
    put(store, document())
    key = ledger.key_of(document())
    with store.reading() as connection:
        assert ledger.known(connection, [*(f"{n:064}" for n in range(2 * ledger.ASKED_AT_ONCE)), key]) == {key}


def test_any_part_of_the_provenance_makes_another_pipeline() -> None:
    made = [Provenance(*parts) for parts in permutations(("1", "2", "3"))]
    assert len({ledger.pipeline_of(item) for item in made}) == len(made)


# Whole or not at all -------------------------------------------------------------------------------------------------


def test_an_article_that_breaks_half_way_leaves_nothing(store: Store) -> None:
    put(store, edition(1))
    before = numbers(store)
    of = edition(2)
    twice = replace(record(of), events=(Event("e1", "AID", Span(0, 1)), Event("e1", "AID", Span(0, 1))))
    with Writer(store) as writer:
        with pytest.raises(Exception, match=r"(?i)unique"):
            writer.add(of, twice)
        assert numbers(store) == before
        assert writer.add(of, record(of)) is not None
    assert numbers(store)["articles"] == before["articles"] + 1


# Editions ------------------------------------------------------------------------------------------------------------


def statuses(store: Store) -> dict[tuple[int, str], str]:
    columns = (tables.articles.c.version, tables.articles.c.edition, tables.articles.c.status)
    with store.reading() as connection:
        return {(version, sent): status for version, sent, status in connection.execute(select(*columns))}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_newest_edition_holds_in_whatever_order_they_come(order: tuple[int, ...], tmp_path: Path) -> None:
    items = [edition(1), edition(2), edition(20240315120000), edition(9, guid="another")]
    with Store.open(tmp_path / "news.propos") as store:
        added = put(store, *(items[n] for n in order))
        assert statuses(store) == {
            (1, "usable"): "superseded",
            (2, "usable"): "superseded",
            (20240315120000, "usable"): "current",
            (9, "usable"): "current",
        }
        assert sum(item.retired.superseded for item in added) == 2


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_withdrawal_takes_what_came_before_and_no_later_version(order: tuple[int, ...], tmp_path: Path) -> None:
    items = [edition(1), edition(2), edition(3, "withdrawn"), edition(4)]
    with Store.open(tmp_path / "news.propos") as store:
        added = put(store, *(items[n] for n in order))
        assert statuses(store) == {
            (1, "usable"): "withdrawn",
            (2, "usable"): "withdrawn",
            (3, "withdrawn"): "withdrawn",
            (4, "usable"): "current",
        }
        assert sum(item.retired.withdrawn for item in added) == 3


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_withdrawal_takes_the_parts_of_the_item_too(order: tuple[int, ...], store: Store) -> None:
    items = [edition(1, guid="a"), edition(2, guid="a#2"), edition(3, "withdrawn", "a"), edition(4, guid="a#3")]
    others = [edition(1, guid="b#2"), edition(2, guid="ab#2"), edition(1, guid="a#x")]
    added = put(store, *(items[n] for n in order), *others)
    with store.reading() as connection:
        columns = (tables.articles.c.guid, tables.articles.c.version)
        found = connection.execute(select(*columns).where(tables.articles.c.status == "withdrawn"))
        assert {tuple(row) for row in found} == {("a", 1), ("a#2", 2), ("a", 3)}
    assert sum(item.retired.withdrawn for item in added) == 3


def test_a_part_that_is_taken_back_leaves_the_others(store: Store) -> None:
    put(store, edition(1, guid="a"), edition(1, guid="a#2"), edition(2, "withdrawn", "a#2"))
    with store.reading() as connection:
        found = connection.execute(select(tables.articles.c.guid).where(tables.articles.c.status == "current"))
        assert found.scalars().all() == ["a"]


def test_editions_over_both_databases(store: Store) -> None:
    put(store, edition(2), edition(1), edition(20240315120000, "withdrawn"), edition(3))
    assert set(statuses(store).values()) == {"withdrawn"}
    put(store, edition(20240315120001))
    assert statuses(store)[20240315120001, "usable"] == "current"
    assert numbers(store)["readings"] == 5, "nothing is thrown away"


def test_of_two_with_one_number_the_later_published_holds(store: Store) -> None:
    late, early = (replace(edition(1, issued=f"2024-03-15T{hour}:00:00Z"), text=hour) for hour in ("12", "08"))
    put(store, late, early)
    assert [item.record.text for item in reading.records(store)] == ["12"]


# Readings by several pipelines ---------------------------------------------------------------------------------------


def test_a_new_reading_is_kept_beside_the_old_one(store: Store) -> None:
    of = document()
    newer = Provenance("1", "s", "p")
    (added,) = put(store, of)
    assert [item.document for item in reading.outdated(store, ledger.pipeline_of(newer))] == [of]
    with Writer(store) as writer:
        for _ in range(2):  # once more, as after a kill: no second copy
            writer.read_again(added.article, replace(record(of, newer), statements=()))
        assert list(reading.outdated(store, ledger.pipeline_of(newer))) == []
        assert numbers(store)["readings"] == 2
        with store.reading() as connection:
            assert counting.count(connection).statements == 0
            found = reading.record(connection, added.article)
            assert found is not None
            assert found.propos == newer
        assert writer.revive(added.article, ledger.pipeline_of(MADE_BY))
        assert not writer.revive(added.article, "unheard of")
    with store.reading() as connection:
        assert reading.record(connection, added.article) == record(of)
    assert reading.count_outdated(store, ledger.pipeline_of(newer)) == 1


# Opening -------------------------------------------------------------------------------------------------------------


def test_opening_again_changes_nothing(dossier: str) -> None:
    with Store.open(dossier) as store:
        put(store, document())
        before = numbers(store)
    with Store.open(dossier, create=False) as store:
        assert numbers(store) == before
    with Store.open(dossier, read_only=True) as store:
        assert numbers(store) == before


def test_what_is_read_only_is_not_written(dossier: str) -> None:
    Store.open(dossier).close()
    with Store.open(dossier, read_only=True) as store, pytest.raises(errors.StoreError, match="store-read-only"):
        put(store, document())


def test_a_newer_dossier_is_refused(dossier: str) -> None:
    with Store.open(dossier) as store, store.writing() as connection:
        connection.execute(tables.dossier.update().where(tables.dossier.c.key == "schema").values(value="999"))
    with pytest.raises(errors.StoreError, match=r"999.*pip install --upgrade.*store-newer"):
        Store.open(dossier)


def test_what_is_no_dossier_is_left_alone(dossier: str) -> None:
    url = dossier if "://" in dossier else f"sqlite:///{dossier}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER)"))
    with pytest.raises(errors.StoreError, match=r"other tables \(events\).*store-not-dossier"):
        Store.open(dossier)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["events"]
        connection.execute(text("CREATE TABLE dossier (name TEXT)"))
    with pytest.raises(errors.StoreError, match="store-not-dossier"):
        Store.open(dossier)
    engine.dispose()


def test_files_that_are_no_dossiers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un article." * 99)
    (tmp_path / "empty").touch()
    for name, code, options in [
        ("a.txt", "store-not-dossier", {}),
        ("empty", "store-not-dossier", {"create": False}),
        ("empty", "store-not-dossier", {"read_only": True}),
        ("none", "store-missing", {"create": False}),
        ("none", "store-missing", {"read_only": True}),
        ("no/folder", "store-unopenable", {}),
        (".", "store-not-dossier", {}),
    ]:
        with pytest.raises(errors.StoreError, match=code):
            Store.open(tmp_path / name, **options)
    assert not (tmp_path / "none").exists()
    Store.open(tmp_path / "empty").close()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("mysql://user:secret@host/news", "store-url-unknown"),
        ("https://example.org/news", "store-url-unknown"),
        ("postgresql://user:secret@host:port/news", "store-url-unknown"),
        ("postgresql+psycopg://user:secret@/news?host=/nowhere", "store-unopenable"),
    ],
)
def test_urls_that_lead_nowhere(target: str, code: str) -> None:
    with pytest.raises(errors.StoreError, match=code) as caught:
        Store.open(target)
    assert "secret" not in str(caught.value)


def test_a_missing_database_is_said(postgres: Cluster) -> None:
    with pytest.raises(errors.StoreError, match=r"does not exist.*store-unopenable"):
        Store.open(postgres.url("nothing"))


# Trouble with the disk, the rights, the server -----------------------------------------------------------------------


def test_a_full_disk_is_said_and_leaves_whole_articles(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.propos") as store, Writer(store) as writer:
        connection = writer._connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
        connection.rollback()
        many = [document(f"{n} {TEXT * 20}") for n in range(1000)]
        with pytest.raises(errors.StoreError, match=r"room.*store-full"):
            any(writer.add(of, record(of)) is None for of in many)
        found = list(reading.records(store, status=None))
        assert 0 < len(found) < 1000
        assert numbers(store)["articles"] == numbers(store)["readings"] == len(found)
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.rollback()
        assert writer.add(document(), record(document())) is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
def test_a_file_of_somebody_else_is_read_only() -> None:
    folder = Path(tempfile.mkdtemp(prefix="propos-rights-"))
    folder.chmod(0o755)
    target = folder / "news.propos"
    with Store.open(target) as store:
        put(store, document())
    os.seteuid(65534)
    try:
        with Store.open(target, read_only=True) as store:
            assert len(list(reading.records(store))) == 1
        with pytest.raises(errors.StoreError, match=r"store-(read-only|unopenable)"):
            Store.open(target)
        with pytest.raises(errors.StoreError, match="store-unopenable"):
            Store.open(folder / "new.propos")
    finally:
        os.seteuid(0)
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def test_a_file_in_use_is_said(tmp_path: Path) -> None:
    target = tmp_path / "news.propos"
    with Store.open(target) as store, Writer(store) as writer:
        writer._connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        writer._connection.rollback()
        other = sqlite3.connect(target, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.StoreError, match="store-locked"):
            writer.add(document(), record(document()))
        other.rollback()
        other.close()
        assert writer.add(document(), record(document())) is not None


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    target = tmp_path / "news.propos"
    with Store.open(target) as store:
        put(store, *(document(f"{n} {TEXT * 9}") for n in range(50)))
    data = bytearray(target.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    target.write_bytes(data)
    with pytest.raises(errors.StoreError, match="store-damaged"), Store.open(target) as store:
        list(reading.records(store))


def test_a_lost_connection_is_said_and_nothing_is_half_written(postgres: Cluster) -> None:
    target = postgres.new_database()
    with Store.open(target) as store, Writer(store) as writer:
        writer.add(document("Un"), record(document("Un")))
        with store.writing() as connection:
            ended = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            connection.execute(ended)
        with pytest.raises(errors.StoreError, match=r"again.*store-lost"):
            writer.add(document("Deux"), record(document("Deux")))
    with Store.open(target) as store:
        assert [item.record.text for item in reading.records(store)] == ["Un"]
        assert numbers(store)["readings"] == 1


class Said(Exception):  # noqa: N818 (stands for a driver's)
    """What a driver raises."""

    def __init__(self, words: str, **code: str) -> None:
        super().__init__(words)
        vars(self).update(code)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("could not extend file", sqlstate="53100"), "store-full"),
        (Said("permission denied for table articles", sqlstate="42501"), "store-read-only"),
        (Said("terminating connection", sqlstate="57P01"), "store-lost"),
        (Said("lock timeout", sqlstate="55P03"), "store-locked"),
        (Said("invalid page", sqlstate="XX001"), "store-damaged"),
        (Said("disk I/O error", sqlite_errorname="SQLITE_IOERR_WRITE"), "store-disk"),
        (Said("unheard of", sqlstate="99999"), "store-failed"),
        (Said(""), "store-failed"),
    ],
)
def test_what_databases_say_has_a_code(said: Said, code: str) -> None:
    error = faults.told("news.propos", said)
    assert error.code == code
    assert str(said) in error.message


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("article 3 of x.html", ("x.html", 2)),
        ("line 12 of a 3 of b.jsonl", ("a 3 of b.jsonl", 11)),
        ("a line of x.jsonl", ("x.jsonl", -1)),
        ("x.html", ("x.html", -1)),
        ("article 99999999999 of x.html", ("article 99999999999 of x.html", -1)),
    ],
)
def test_a_failure_has_its_place(name: str, place: tuple[str, int]) -> None:
    assert failing.place_of(errors.INPUT_EMPTY(name=name)) == place


# Older dossiers ------------------------------------------------------------------------------------------------------

OLD = """
CREATE TABLE dossier (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE copy_groups (id {number} PRIMARY KEY, canonical INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE articles (id {number} PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT, outlet TEXT,
  author TEXT, section TEXT, url TEXT, language TEXT NOT NULL, published TEXT, issued TEXT, text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL, guid TEXT, version INTEGER, status TEXT NOT NULL,
  copy_group INTEGER REFERENCES copy_groups (id) ON DELETE SET NULL, document TEXT NOT NULL, taken_in TEXT NOT NULL);
CREATE INDEX articles_guid ON articles (guid);
CREATE TABLE readings (id {number} PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  pipeline TEXT NOT NULL, current BOOLEAN NOT NULL, record TEXT NOT NULL, read_at TEXT NOT NULL,
  UNIQUE (article, pipeline));
CREATE TABLE statements (reading INTEGER, id TEXT);
CREATE TABLE events (reading INTEGER, id TEXT);
CREATE TABLE parties (reading INTEGER, event TEXT);
CREATE TABLE "cast" (reading INTEGER, id TEXT, actor INTEGER);
INSERT INTO "cast" VALUES (1, 'a1', NULL);
"""
"""What version 1 had of the tables that later steps change; the others are as they are now."""
LATER = {
    "dossier", "copy_groups", "articles", "readings", "statements", "addressees", "events", "parties", "article_actors"
}  # fmt: skip


def make_old(target: str, items: list[Document]) -> None:
    """A dossier as version 1 made it."""
    url = target if "://" in target else f"sqlite:///{target}"
    engine = create_engine(url)
    number = "SERIAL" if "://" in target else "INTEGER"
    with engine.begin() as connection:
        for statement in OLD.format(number=number).split(";\n"):
            if statement.strip():
                connection.execute(text(statement))
        unchanged = [table for table in tables.metadata.sorted_tables if table.name not in LATER]
        tables.metadata.create_all(connection, tables=unchanged)
        connection.execute(tables.dossier.insert(), [{"key": "schema", "value": "1"}, {"key": "created", "value": "x"}])
        for item in items:
            row = rows.article(item, ledger.key_of(item), "2024-03-15T08:00:00+00:00")
            del row["edition"]
            connection.execute(tables.articles.insert(), row | {"status": "current"})
        for place, item in enumerate(items, start=1):
            read = {"article": place, "pipeline": "p", "record": rows.to_json(record(item)), "read_at": "x"}
            connection.execute(tables.readings.insert(), read)
    engine.dispose()


def shape(store: Store) -> dict[str, Any]:
    """Columns and indices, as the database has them."""
    with store.reading() as connection:
        seen, is_file = inspect(connection), connection.dialect.name == "sqlite"  # whose numbers have no width
        return {
            name: (
                sorted((column["name"], str(column["type"]).replace("BIGINT", "INTEGER") if is_file else str(column["type"])) for column in seen.get_columns(name)),
                sorted(str(index["name"]) for index in seen.get_indexes(name) if not index.get("duplicates_constraint")),
            )
            for name in ("articles", "dossier", "failures")
        }


def test_an_older_dossier_is_brought_up_to_date(dossier: str) -> None:
    make_old(dossier, [edition(1), edition(3, "withdrawn", "h"), document()])
    with pytest.raises(errors.StoreError, match="store-older"):
        Store.open(dossier, read_only=True)
    with Store.open(dossier) as store:
        assert statuses(store) == {(1, "usable"): "current", (3, "withdrawn"): "current", (None, None): "current"}
        assert put(store, edition(20240315120000), document()) != [None, None]
        assert statuses(store)[1, "usable"] == "superseded"
        with store.reading() as connection:
            assert counting.count(connection).schema == str(migrations.VERSION)


def test_it_then_has_the_tables_of_a_new_one(dossier: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    make_old(dossier, [])
    new = str(tmp_path / "new") if "://" not in dossier else request.getfixturevalue("postgres").new_database()
    with Store.open(dossier) as old, Store.open(new) as fresh:
        was, now = shape(old), shape(fresh)
        assert was["articles"][0] == now["articles"][0]
        assert set(was["articles"][1]) <= set(now["articles"][1])


def test_a_step_that_fails_leaves_the_older_dossier(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(dossier, [document()])

    def break_down(_: object) -> None:
        raise ZeroDivisionError

    broken = (*migrations.STEPS, migrations.Step(migrations.VERSION + 1, break_down))
    monkeypatch.setattr(migrations, "STEPS", broken)
    with pytest.raises(ZeroDivisionError):
        Store.open(dossier)
    monkeypatch.undo()
    with Store.open(dossier) as store:
        assert numbers(store)["articles"] == 1


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.version for step in migrations.STEPS] == list(range(1, migrations.VERSION + 1))


# Figures -------------------------------------------------------------------------------------------------------------


def test_the_figures(store: Store) -> None:
    put(
        store,
        replace(document(outlet="Le Port"), published="2024-03-15"),
        replace(document("Autre", outlet="Le Port"), published="2024-02"),
        edition(1),
        edition(2),
    )
    with store.reading() as connection:
        counts = counting.count(connection)
    assert counts.articles == {"current": 3, "superseded": 1}
    assert counts.groups == 3
    assert counts.outlets == {"Le Port": 2, "": 1}
    assert (counts.first, counts.last) == ("2024-02", "2024-03-15")
    assert (counts.statements, counts.events) == (2, {"SUPPORT": 2})
    assert list(counts.pipelines.values()) == [4]
    assert json.dumps(counts.failures) == "{}"
