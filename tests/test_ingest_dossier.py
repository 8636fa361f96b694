"""Into the dossier: known articles are passed over unread, broken ones noted, a kill at any moment loses nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import func, select

import propos
import stub_reading
from propos import errors
from propos.cli.main import run
from propos.ingesting import Taken, Watch, ingest_into
from propos.model import Document, Provenance
from propos.reader import Reader
from propos.refreshing import pipeline_in_force, refresh
from propos.settings import Settings
from propos.store import ledger, reading, tables
from propos.store.opening import Store
from stub_reading import StubReader

SUPPORT = Path(stub_reading.__file__).parent
NEWER = Provenance("1", "s", "p")


def line(number: int, words: str = "", repeats: int = 9) -> str:
    text = f'Le navire {number} accoste. {words}\n\n"Tout va bien", a dit Nadia.\n' + '"Oui", a dit Omar.\n' * repeats
    return json.dumps({"id": f"d{number}", "text": text, "outlet": "Le Port", "published": "2024-03-15"})


def write(file: Path, lines: list[str]) -> str:
    file.write_text("\n".join(lines) + "\n")
    return str(file)


@pytest.fixture
def articles(tmp_path: Path) -> str:
    return write(tmp_path / "a.jsonl", [line(n) for n in range(10)])


@pytest.fixture
def store(dossier: str) -> Iterator[Store]:
    with Store.open(dossier) as opened:
        yield opened


def counted(taken: Taken) -> dict[str, Any]:
    return {key: value for key, value in asdict(taken).items() if value and key != "seconds"}


def failures(store: Store) -> list[tuple[str, int, str]]:
    table = tables.failures
    with store.reading() as connection:
        found = connection.execute(select(table.c.file, table.c.ordinal, table.c.code).order_by(table.c.ordinal))
        return [(Path(file).name, ordinal, code) for file, ordinal, code in found]


# What is taken in ----------------------------------------------------------------------------------------------------


def test_what_is_known_is_not_read_again(store: Store, articles: str) -> None:
    assert counted(ingest_into(store, [articles], reader=StubReader())) == {"added": 10}
    reader = StubReader()
    assert counted(ingest_into(store, [articles], reader=reader)) == {"known": 10}
    assert reader.stub.read_texts == []
    write(Path(articles), [line(n) for n in range(12)])
    assert counted(ingest_into(store, [articles], reader=reader)) == {"added": 2, "known": 10}
    assert len(reader.stub.read_texts) == 2


def test_where_all_is_known_no_model_is_loaded(store: Store, articles: str) -> None:
    ingest_into(store, [articles], reader=StubReader())
    assert counted(ingest_into(store, [articles], Settings(model="there-is-none"))) == {"known": 10}


def test_the_same_article_twice_in_one_run_goes_in_once(store: Store, tmp_path: Path) -> None:
    twice = write(tmp_path / "a.jsonl", [line(1), line(1), line(2), line(1)])
    assert counted(ingest_into(store, [twice, twice], reader=StubReader())) == {"added": 2, "known": 6}


def test_articles_go_in_in_the_order_of_the_file(store: Store, articles: str) -> None:
    ingest_into(store, [articles], reader=StubReader())
    assert [item.record.id for item in reading.records(store)] == [f"d{n}" for n in range(10)]


WIRE = Path(__file__).parent / "fixtures" / "newsml1"


@pytest.mark.parametrize("names", [("parts-v1", "parts-v2-kill"), ("parts-v2-kill", "parts-v1")])
def test_a_kill_of_two_components_takes_back_all_three_of_its_item(names: tuple[str, ...], store: Store) -> None:
    taken = [ingest_into(store, [str(WIRE / f"{name}.xml")], reader=StubReader()) for name in names]
    assert (sum(item.added for item in taken), sum(item.withdrawn for item in taken)) == (5, 5)
    with store.reading() as connection:
        columns = (tables.articles.c.guid, tables.articles.c.version, tables.articles.c.status)
        found = [tuple(row) for row in connection.execute(select(*columns))]
    item = "urn:newsml:agence-alize.example:20240318T070000Z:TX-LER-0051"
    first = [(f"{item}{part}", 1, "withdrawn") for part in ("", "#2", "#3")]
    assert sorted(found) == sorted([*first, (item, 2, "withdrawn"), (f"{item}#2", 2, "withdrawn")])


# What cannot be read -------------------------------------------------------------------------------------------------


LINES = [
    ("a.jsonl", "\n\n{row0}\n\n{{broken\n\n{row1}\n", "\n\n{row0}\n\n{row2}\n\n{row1}\n", 5),
    ("a.csv", 'text,date\n\n"{text0}\nsuite",2024\na,b,c\n\n{text1},2024\n', 'text,date\n\n"{text0}\nsuite",2024\n{text2},2024\n', 5),
    ("a.tsv", 'text\tdate\n"{text0}\n\nsuite"\t2024\na\tb\tc\n{text1}\t2024\n', "text\tdate\n\n\n\n{text2}\t2024\n", 5),
    ("a.csv", 'text,date\n"never closed,2024\n{text1},2024\n', "text,date\n{text2},2024\n", 2),
]  # fmt: skip


@pytest.mark.parametrize(("name", "broken", "mended", "number"), LINES, ids=["jsonl", "csv", "tsv", "never-closed"])
def test_a_failure_names_the_line_that_an_editor_shows(
    name: str, broken: str, mended: str, number: int, store: Store, tmp_path: Path
) -> None:
    values = {f"row{n}": line(n) for n in range(3)} | {f"text{n}": f"Le navire {n} accoste." for n in range(3)}
    file = tmp_path / name
    told: list[errors.InputError] = []
    file.write_text(broken.format(**values))
    ingest_into(store, [str(file)], watch=Watch(told.append), reader=StubReader())
    assert [str(error).startswith(f"line {number} of {file} ") for error in told] == [True]
    assert [place[:2] for place in failures(store)] == [(name, number - 1)], "the articles after it do not clear it"
    file.write_text(mended.format(**values))
    ingest_into(store, [str(file)], reader=StubReader())
    assert failures(store) == [], "the article that stands there now clears it"


def test_a_broken_article_is_noted_until_it_is_mended(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [line(0), "{broken", line(2)])
    told: list[errors.InputError] = []
    missing = str(tmp_path / "none.txt")
    taken = ingest_into(store, [file, missing], watch=Watch(told.append), reader=StubReader())
    assert counted(taken) == {"added": 2, "skipped": 2}
    assert [error.code for error in told] == ["json-invalid", "file-missing"]
    assert failures(store) == [("none.txt", -1, "file-missing"), ("a.jsonl", 1, "json-invalid")]
    ingest_into(store, [file, missing], reader=StubReader())
    assert len(failures(store)) == 2, "the same failure twice is one"
    write(tmp_path / "a.jsonl", [line(0), line(1), line(2)])
    assert counted(ingest_into(store, [file], reader=StubReader())) == {"added": 1, "known": 2}
    assert failures(store) == [("none.txt", -1, "file-missing")]


def test_a_mended_article_that_is_known_clears_its_failure(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [line(0), "{broken"])
    ingest_into(store, [file], reader=StubReader())
    write(tmp_path / "a.jsonl", [line(0), line(0)])
    assert counted(ingest_into(store, [file], reader=StubReader())) == {"known": 2}
    assert failures(store) == []


@pytest.mark.parametrize("hostile", [{0}, {4}, {9}, {2, 3, 7}, set(range(10))])
def test_an_article_that_brings_the_reading_down_does_not_stop_the_others(
    store: Store, tmp_path: Path, hostile: set[int]
) -> None:
    lines = [line(n, stub_reading.HOSTILE if n in hostile else "") for n in range(10)]
    taken = ingest_into(store, [write(tmp_path / "a.jsonl", lines)], reader=StubReader())
    assert counted(taken) == {"skipped": len(hostile)} | ({"added": 10 - len(hostile)} if len(hostile) < 10 else {})
    assert failures(store) == [("a.jsonl", n, "reading-failed") for n in sorted(hostile)]
    assert [item.record.id for item in reading.records(store)] == [f"d{n}" for n in range(10) if n not in hostile]


def test_a_fault_in_finding_documents_is_no_articles_fault(store: Store, articles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = StubReader()

    def files(*_: object) -> Iterator[Document]:
        yield from Reader().files([articles])
        raise ZeroDivisionError

    monkeypatch.setattr(reader, "files", files)
    with pytest.raises(ZeroDivisionError):
        ingest_into(store, [articles], reader=reader)


# Stopping ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [1, 3, 4, 9])
def test_stopping_keeps_what_is_in_and_the_same_call_goes_on(store: Store, articles: str, after: int) -> None:
    done: list[Document] = []
    watch = Watch(done=done.append, stop=lambda: len(done) == after)
    assert counted(ingest_into(store, [articles], watch=watch, reader=StubReader())) == {"added": after, "stopped": True}
    assert counted(ingest_into(store, [articles], reader=StubReader())) == {"added": 10 - after, "known": after}


def whole(store: Store) -> int:
    """The number of articles, each checked to be whole: one current reading whose rows are those of its record."""
    stored = list(reading.records(store, status=None))
    with store.reading() as connection:
        number = connection.execute(select(func.count()).select_from(tables.articles)).scalar_one()
        assert connection.execute(select(func.count()).select_from(tables.readings)).scalar_one() == number
        for table, of in ((tables.statements, "statements"), (tables.events, "events"), (tables.article_actors, "actors")):
            in_table = connection.execute(select(func.count()).select_from(table)).scalar_one()
            assert in_table == sum(len(getattr(item.record, of)) for item in stored)
        parties = connection.execute(select(func.count()).select_from(tables.parties)).scalar_one()
        assert parties == sum(len(e.actors) + len(e.recipients) for item in stored for e in item.record.events)
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    assert len({item.key for item in stored}) == number == len(stored)
    return number


def command(dossier: str, *files: str) -> list[str]:
    return [sys.executable, str(SUPPORT / "stub_ingest.py"), dossier, *files]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{Path(propos.__file__).parents[1]}:{SUPPORT}"}


KILLS = 30


def test_a_kill_at_any_moment_loses_nothing_and_doubles_nothing(dossier: str, tmp_path: Path) -> None:
    chance = random.Random(2024)  # noqa: S311 (a seed, no secret)
    size = 1500
    articles = [line(n, repeats=2) for n in range(size)]
    file, few = write(tmp_path / "a.jsonl", articles), write(tmp_path / "few.jsonl", articles[:20])
    before = killed = 0
    with Nursery() as nursery:
        for attempt in range(KILLS):
            # Most die after some articles, known or new; the others somewhere in the start, or in what comes at the end.
            start, end = attempt % 6 == 0, attempt % 6 == 5
            after = 0 if start else 20 if end and before >= 20 else before + chance.randrange(1, 60)
            pause = chance.uniform(0, 0.1 if start or end else 0.01)
            killed += nursery.kill(dossier, few if end else file, after, pause) == -signal.SIGKILL
            with Store.open(dossier) as store:
                now = whole(store)
                assert now >= before, "what was in is in"
                before = now
    assert killed >= KILLS - KILLS // 6, "only those that had few articles may have been done"
    assert 0 < before < size
    done = subprocess.run(command(dossier, file), capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.splitlines()[-1] == f"{size - before} {before}"
    with Store.open(dossier) as store:
        assert whole(store) == size
        expected = {ledger.key_of(document) for document in Reader().files([file])}
        assert {item.key for item in reading.records(store)} == expected
        with store.reading() as connection:
            unnamed = select(func.count()).select_from(tables.article_actors).where(tables.article_actors.c.actor.is_(None))
            assert connection.execute(unnamed).scalar_one() == 0
            assert connection.execute(select(func.count()).select_from(tables.fingerprints)).scalar_one() == size


class Nursery:
    """Processes that ingest, one after the other, forked from one that has its libraries already."""

    def __enter__(self) -> Self:
        program = [sys.executable, str(SUPPORT / "stub_ingest.py"), "--each"]
        self.process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), bufsize=0
        )
        return self

    def kill(self, dossier: str, file: str, after: int, pause: float) -> int:
        """Kill one ``pause`` seconds after it is done with ``after`` articles; its exit code."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{dossier}\t{file}\n".encode())
        child = int(stdout.readline())
        for _ in range(after):
            if stdout.read(1) == b"\n":  # it had no more of them
                break
        time.sleep(pause)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        while not (told := stdout.readline()).startswith(b"ended "):
            assert told, "the nursery is gone"
        return int(told.split()[1])

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def test_two_at_once_take_every_article_in_once(dossier: str, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [line(n) for n in range(300)])
    both = [subprocess.Popen(command(dossier, file), stdout=subprocess.PIPE, env=environment()) for _ in range(2)]
    ends = [(process.communicate()[0], process.returncode) for process in both]
    assert [code for _, code in ends] == [0, 0]
    figures = [tuple(map(int, out.split()[-2:])) for out, _ in ends]
    assert sum(added for added, _ in figures) == 300
    with Store.open(dossier) as store:
        assert whole(store) == 300


@pytest.mark.model
def test_a_real_run_is_killed_and_goes_on(tmp_path: Path) -> None:
    target = str(tmp_path / "news.propos")
    file = write(tmp_path / "a.jsonl", [line(n) for n in range(60)])
    program = [sys.executable, "-c", "from propos.cli.main import main; main()", "ingest", target, file, "--json"]
    with subprocess.Popen(program, env=environment(), stdout=subprocess.DEVNULL) as process:
        for _ in range(600):
            time.sleep(0.05)
            if process.poll() is not None or _articles_in(target) > 0:
                break
        process.kill()
    with Store.open(target) as store:
        before = whole(store)
    assert before > 0
    done = subprocess.run(program, env=environment(), capture_output=True, check=True)
    result = json.loads(done.stdout)
    assert (result["added"], result["known"]) == (60 - before, before)
    with Store.open(target) as store:
        assert whole(store) == 60


def _articles_in(file: str) -> int:
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


# Refreshing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newer stub is the pipeline in force."""
    monkeypatch.setattr("propos.refreshing.pipeline_in_force", lambda _: ledger.pipeline_of(NEWER))


@pytest.mark.usefixtures("in_force")
def test_only_what_another_pipeline_read_is_read_again(store: Store, articles: str, tmp_path: Path) -> None:
    ingest_into(store, [articles], reader=StubReader())
    ingest_into(store, [write(tmp_path / "b.jsonl", [line(99)])], reader=StubReader(NEWER))
    reader = StubReader(NEWER)
    done: list[Document] = []
    first = refresh(store, watch=Watch(done=done.append, stop=lambda: len(done) == 4), reader=reader)
    assert (first.read, first.stopped) == (4, True)
    second = refresh(store, reader=reader)
    assert (second.read, second.revived, second.skipped, second.stopped) == (6, 0, 0, False)
    assert refresh(store, reader=reader).read == 0
    assert {item.record.propos for item in reading.records(store)} == {NEWER}
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.readings)).scalar_one() == 21


def test_going_back_needs_no_reading(store: Store, articles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest_into(store, [articles], reader=StubReader())
    for made_by, read, revived in ((NEWER, 10, 0), (Provenance("0", "s", "p"), 0, 10), (NEWER, 0, 10)):
        monkeypatch.setattr("propos.refreshing.pipeline_in_force", lambda _, by=made_by: ledger.pipeline_of(by))
        result = refresh(store, reader=StubReader(made_by))
        assert (result.read, result.revived) == (read, revived)
        assert {item.record.propos for item in reading.records(store)} == {made_by}


@pytest.mark.usefixtures("in_force")
def test_an_article_that_cannot_be_read_again_keeps_its_reading(
    store: Store, articles: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_into(store, [articles], reader=StubReader())
    monkeypatch.setattr(stub_reading, "HOSTILE", "navire 5 ")
    result = refresh(store, reader=StubReader(NEWER))
    assert (result.read, result.skipped) == (9, 1)
    assert [item.record.id for item in reading.records(store) if item.record.propos != NEWER] == ["d5"]


@pytest.mark.model
def test_the_pipeline_in_force_is_that_of_the_records(pipeline: Any) -> None:
    made = pipeline.read(Document("Paris a promis de répondre.")).propos
    assert pipeline_in_force(Settings()) == ledger.pipeline_of(made)


# The commands --------------------------------------------------------------------------------------------------------


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)


@pytest.mark.usefixtures("commands")
def test_the_commands_over_both_databases(dossier: str, articles: str, capsys: pytest.CaptureFixture[str]) -> None:
    for added, known in ((10, 0), (0, 10)):
        assert run(["ingest", dossier, articles, "--json"]) == 0
        out, err = capsys.readouterr()
        result = json.loads(out)
        assert set(result) == {"added", "known", "skipped", "superseded", "withdrawn", "seconds"}
        assert (result["added"], result["known"], result["skipped"], err) == (added, known, 0, "")
    assert run(["ingest", dossier, articles]) == 0
    assert capsys.readouterr().out.startswith("0 added, 10 known, 0 skipped in ")
    assert run(["info", dossier, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["articles"] == {"current": 10}
    assert (figures["statements"], figures["events"], figures["outlets"]) == (100, {"SUPPORT": 100}, {"Le Port": 10})
    assert run(["info", dossier]) == 0
    assert "articles    10 current\n" in capsys.readouterr().out
    assert run(["refresh", dossier, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["read"] == 10, "the stub's readings are not the pipeline's"


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize(
    ("inputs", "code"), [(["a.jsonl"], 0), (["a.jsonl", "none.txt"], 3), (["none.txt"], 1), ([], 2)]
)
def test_exit_codes(inputs: list[str], code: int, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(in_folder / "a.jsonl", [line(1)])
    assert run(["ingest", "news.propos", *inputs]) == code
    assert ("[file-missing]" in capsys.readouterr().err) == ("none.txt" in inputs)


@pytest.mark.parametrize(("command", "code"), [("info", 1), ("refresh", 1)])
def test_a_dossier_that_is_not_there_is_said(
    command: str, code: int, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "none.propos"]) == code
    assert "[store-missing]" in capsys.readouterr().err
    assert list(in_folder.iterdir()) == []


def test_an_interrupt_ends_between_two_articles_and_says_how_to_go_on(
    articles: str, in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stub = StubReader().stub
    plain = stub.read

    def interrupted(document: Document) -> Any:
        if document.id == "d4":
            os.kill(os.getpid(), signal.SIGINT)
        return plain(document)

    monkeypatch.setattr(stub, "read", interrupted)
    monkeypatch.setattr(Reader, "pipeline", stub)
    before = signal.getsignal(signal.SIGINT)
    assert run(["ingest", "news.propos", articles]) == 130
    assert signal.getsignal(signal.SIGINT) is before
    assert "5 articles went in and stay. The same command goes on." in capsys.readouterr().err
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)
    assert run(["ingest", "news.propos", articles, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 5
    assert (in_folder / "news.propos").is_file()


@pytest.mark.usefixtures("commands", "in_folder")
def test_progress_stands_on_a_terminal_only(
    articles: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert run(["ingest", "news.propos", articles, "none.txt", "--json"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["added"] == 10
    assert "10 articles, " in err
    assert "[file-missing]" in err


def test_the_library_has_it_by_name(articles: str, tmp_path: Path) -> None:
    with propos.open_store(tmp_path / "news.propos") as store:
        assert propos.ingest_into(store, [articles], reader=StubReader()).added == 10
