"""What several tests share."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event, insert, update

import crisis as crisis_dispatches
import postgres_server
from propos.explanation import Explanation, from_record
from propos.lang import loader
from propos.model import Document, Evidence, Record, Span, Statement
from propos.reader import Reader
from propos.reading.pipeline import Pipeline
from propos.serialise import encode, to_json
from propos.settings import Settings
from propos.store import tables
from propos.store.filling import fill
from propos.store.opening import Store

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No settings of the person who runs the tests reach them."""
    for name in [name for name in os.environ if name.startswith("PROPOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-settings"))


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


Propos = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def propos() -> Propos:
    """The program itself, in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", "from propos.cli.main import main; main()", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            env=os.environ | environment,
        )

    return run


QUOTED = re.compile(r'("[^"]+"), (a dit) ((?:le |la )?[\w ]+)')


class StubPipeline:
    """Stands for the reading where only what surrounds it is tested: finds ``"…", a dit X``."""

    def read(self, document: Document) -> Record:
        statements = tuple(
            Statement(
                f"s{number}",
                Span(*match.span(2)),
                Span(*match.span(3)),
                None,
                (Span(*match.span(1)),),
                "direct",
                "quote",
                "speech",
                evidence=(Evidence("stub.quote", (Span(*match.span(2)),)),),
            )
            for number, match in enumerate(QUOTED.finditer(document.text), start=1)
        )
        return Record(
            document.id,
            document.language,
            document.published,
            document.title,
            document.text,
            statements,
            source=document.source,
            segments=document.segments,
            diagnostics=document.diagnostics,
        )

    def read_many(self, documents: Iterable[Document]) -> Iterator[Record]:
        return map(self.read, documents)

    def explain(self, document: Document, at: int | str) -> Explanation:
        return from_record(self.read(document), at)


@pytest.fixture
def stub_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading replaced by a stub."""
    monkeypatch.setattr(Reader, "pipeline", StubPipeline())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The reading with the French model, loaded once for all tests."""
    return Pipeline(Settings(), loader.load("fr"))


class Shelf:
    """A bare dossier in one transaction, and rows for it without a store: articles with or without a record."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, document: Document, record: Record | None = None, *, status: str = "current", key: str = "") -> int:
        """The article's id."""
        source = document.source
        values = {
            "key": key or f"{document.id}/{source.outlet}",
            "name": document.id,
            "title": document.title,
            "outlet": source.outlet,
            "language": document.language,
            "published": document.published,
            "issued": source.issued,
            "text": document.text,
            "text_sha256": "",
            "status": status,
            "document": json.dumps(encode(document)),
            "taken_in": "2024-01-01T00:00:00Z",
        }
        statement = insert(tables.articles).values(values).returning(tables.articles.c.id)
        article = int(self.connection.execute(statement).scalar_one())
        if record is not None:
            self.read(article, record)
        return article

    def read(self, article: int, record: Record) -> int:
        """The id of the reading."""
        values = {"article": article, "pipeline": "test", "record": to_json(record), "read_at": "2024-01-01T00:00:00Z"}
        statement = insert(tables.readings).values(values).returning(tables.readings.c.id)
        reading = int(self.connection.execute(statement).scalar_one())
        shown = update(tables.articles).where(tables.articles.c.id == article)
        self.connection.execute(shown.values(reading=reading))
        fill(self.connection, record, reading)
        return reading


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    """An empty dossier in one transaction."""
    url = "sqlite://"
    if request.param == "postgresql":
        server: postgres_server.Cluster = request.getfixturevalue("postgres")
        url = server.new_database()
    with shelved(url) as made:
        yield made


@contextmanager
def shelved(url: str) -> Iterator[Shelf]:
    """An empty dossier that is gone afterwards."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA foreign_keys=ON"))
    with engine.connect() as connection:
        tables.metadata.create_all(connection)
        yield Shelf(connection)
        connection.rollback()
    engine.dispose()


@pytest.fixture(scope="session")
def shelves() -> Callable[[], AbstractContextManager[Shelf]]:
    """As many empty dossiers as a test asks for, in memory."""
    return lambda: shelved("sqlite://")


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Cluster]:
    """A PostgreSQL server of the tests' own."""
    programs = postgres_server.programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (scripts/postgres)")
    with postgres_server.cluster(programs) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def dossier(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new dossier can be made: a file's path, then a database's URL."""
    if request.param == "sqlite":
        return str(tmp_path / "news.propos")
    server: postgres_server.Cluster = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The dossier of ``tests/crisis``, read by the real program, for tests marked ``model`` that only ask."""
    dossier = tmp_path_factory.mktemp("crisis") / "crisis.propos"
    crisis_dispatches.take_in(dossier)
    with Store.open(dossier, read_only=True) as store:
        yield store


KNOWN_FAILURES = Path(__file__).parent / "known_failures.toml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What ``known_failures.toml`` names is expected to fail, and must: a case that passes has to leave the file."""
    known: dict[str, dict[str, str]] = tomllib.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            # pytest writes the letters of an id that are not ASCII as escapes.
            reason = known.get(item.path.stem, {}).get(item.callspec.id.encode().decode("unicode_escape"))
            if reason is not None:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True, raises=(AssertionError, LookupError)))
