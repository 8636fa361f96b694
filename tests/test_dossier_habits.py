"""What people meet with a dossier: messages that say enough and not too much, figures that fit, corrections that stay."""

from __future__ import annotations

import errno
import gc
import json
import os
import resource
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from propos import errors
from propos.cli.following import TOLD
from propos.cli.main import run
from propos.export.contract import Options
from propos.export.xlsx import Xlsx
from propos.ingest.article import Article, Origin, to_document
from propos.ingesting import ingest_into
from propos.reader import Reader
from propos.settings import Settings
from propos.store import connecting, tending
from propos.store.entry import Entry
from propos.store.opening import Store
from stub_reading import StubReader, record_of

pytestmark = pytest.mark.usefixtures("in_folder")
NADIA = '"Nous sommes prêts", a dit Nadia. "Enfin", a dit Omar.'


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)


def rows(number: int, key: str = "text", **values: Any) -> str:
    return "".join(json.dumps({key: f"Le port {n}. {NADIA}", "outlet": "Le Port", **values}) + "\n" for n in range(number))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    assert run(arguments) == code
    return tuple(capsys.readouterr())  # type: ignore[return-value]


# What is told --------------------------------------------------------------------------------------------------------


def test_the_same_trouble_a_thousand_times_is_told_a_few_times(
    capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.jsonl").write_text(rows(40, "corps_du_texte"))
    Path("b.jsonl").write_text(rows(2, "corps_du_texte"))
    out, err = said(capsys, "ingest", "news.propos", "a.jsonl", "b.jsonl", code=1)
    assert out.startswith("0 added, 0 known, 42 skipped")
    lines = err.splitlines()
    assert len(lines) == TOLD + 1 + 2
    assert lines[TOLD] == "propos: More of a.jsonl has the same trouble; the dossier notes each. [column-missing]"
    out, _ = said(capsys, "info", "news.propos", "--json")
    figures = json.loads(out)
    assert figures["failures"] == {"column-missing": 42}
    assert [failure["file"] for failure in figures["failed"][:2]] == ["b.jsonl", "b.jsonl"]


def test_what_a_folder_has_beside_articles_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("data")
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(NADIA)
    for name in ("b.JPG", "sub/c.jpg", "sub/notes.ods", "README", ".hidden.jpg"):
        (folder / name).write_text("x")
    _, err = said(capsys, "ingest", "news.propos", "data")
    told = err.removeprefix("propos: passed over in data, as Propos does not read them: ").strip()
    assert sorted(told.split(", ")) == ["1 .ods", "1 without ending", "2 .jpg"]
    _, err = said(capsys, "ingest", "news.propos", "data/a.txt")
    assert err == ""


def test_figures_fit_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many = "".join(
        json.dumps({"text": f"Le port {n}. {NADIA}", "outlet": f"La Gazette du port {n}"}) + "\n" for n in range(12)
    )
    Path("a.jsonl").write_text(many)
    said(capsys, "ingest", "news.propos", "a.jsonl", "none.txt", code=3)
    monkeypatch.setenv("COLUMNS", "60")
    out, _ = said(capsys, "info", "news.propos")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[0] == "articles    12 current"
    outlets = [line[12:] for line in lines[2:] if not line[:12].strip() or line.startswith("outlets")]
    assert outlets[0].endswith(","), "a figure and its name stay together"
    assert "1 file-missing" in out
    assert "none.txt" in out


def test_an_export_of_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(rows(1))
    said(capsys, "ingest", "news.propos", "a.jsonl")
    _, err = said(capsys, "export", "news.propos", "--format", "csv", "--query", "zinc")
    assert "Nothing in news.propos was found with these filters" in err
    _, err = said(capsys, "export", "news.propos", "--format", "csv", "--query", "port")
    assert err == ""


def test_an_interrupt_is_answered_at_once(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("a.jsonl").write_text(rows(3))
    stub = StubReader().stub
    plain = stub.read
    heard: list[str] = []

    def interrupted(document: Any) -> Any:
        if not heard:
            os.kill(os.getpid(), signal.SIGINT)
            heard.append(capfd.readouterr().err)
        return plain(document)

    monkeypatch.setattr(stub, "read", interrupted)
    monkeypatch.setattr(Reader, "pipeline", stub)
    assert run(["ingest", "news.propos", "a.jsonl"]) == 130
    assert heard == ["propos: stopping after the article in hand; Ctrl-C again stops at once.\n"]
    assert "1 article went in and stays." in capfd.readouterr().err


def test_the_steps_at_the_end_have_names() -> None:
    begun: list[str] = []
    with Store.open("news.propos") as store:
        tending.tend(store, begin=begun.append)
    assert begun == [tending.GROUPING, tending.INDEXING, tending.UNIFYING]


# Disks ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_longer_than() -> Any:
    """Files of this process may not become longer than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_limit_to_the_size_of_files_is_no_damage(no_longer_than: Any) -> None:
    Path("a.jsonl").write_text(rows(300))
    with Store.open("news.propos") as store:
        no_longer_than(600_000)
        with pytest.raises(errors.StoreError, match="store-disk"):
            ingest_into(store, ["a.jsonl"], reader=StubReader())
        no_longer_than(resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    with Store.open("news.propos") as store:
        taken = ingest_into(store, ["a.jsonl"], reader=StubReader())
        assert taken.known > 0
        assert taken.added + taken.known == 300


class Full:
    """A stream on a disk that becomes full."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(data)

    def flush(self) -> None:
        pass

    def tell(self) -> int:
        raise OSError(errno.ESPIPE, "no places here")

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("room", [0, 100, 1500])
def test_a_book_on_a_full_disk_fails_without_noise(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = to_document(Article(NADIA), Origin("text", "a", "a.txt", b"x"), Settings())
    noise: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", noise.append)
    with pytest.raises(OSError, match="No space left"):
        Xlsx().write([Entry.of(record_of(document, StubReader().stub.provenance), 1)], Full(room), Options())  # type: ignore[arg-type]
    gc.collect()
    assert noise == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["info", "news.propos"], ["export", "news.propos", "--format", "csv"]])
def test_standard_output_on_a_full_disk(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.jsonl").write_text(rows(2))
    said(capsys, "ingest", "news.propos", "a.jsonl")
    with Path("/dev/null").open("w") as spare:  # the exit code takes the place of what cannot be written
        full = os.open("/dev/full", os.O_WRONLY)
        with os.fdopen(full, "w", closefd=False) as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert run(arguments) == 1
            os.dup2(spare.fileno(), full)
            monkeypatch.undo()
        os.close(full)
    err = capsys.readouterr().err
    assert "standard output cannot be written: No space left on device" in err
    assert "[internal]" not in err


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["Le Port", " Le Port ", "Le\u00a0Port", "Le  Port\n"])
def test_blanks_make_no_other_outlet(written: str) -> None:
    document = to_document(Article(NADIA, outlet=written), Origin("text", "a", "a.txt", b"x"), Settings())
    assert document.source.outlet == "Le Port"


def test_columns_of_a_spreadsheet_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    head = "N°;Intitulé;Contenu intégral;Date de publication;Support;Catégorie"
    Path("revue.csv").write_text(f'{head}\n1;Au port;"{NADIA.replace(chr(34), chr(34) * 2)}";15/03/2024;Le Port;Mer\n')
    said(capsys, "ingest", "news.propos", "revue.csv")
    connection = sqlite3.connect("news.propos")
    assert connection.execute("SELECT title, published, outlet, section FROM articles").fetchall() == [
        ("Au port", "2024-03-15", "Le Port", "Mer")
    ]
    connection.close()


def test_a_column_of_the_very_name_goes_before_a_like_one(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(json.dumps({"Id": "1", "_id": "2", "TEXTE": "Autre.", "text": NADIA}) + "\n")
    said(capsys, "ingest", "news.propos", "a.jsonl")
    connection = sqlite3.connect("news.propos")
    assert connection.execute("SELECT text FROM articles").fetchall() == [(NADIA,)]
    connection.close()


# Two at once ---------------------------------------------------------------------------------------------------------


def test_of_two_that_tend_one_waits(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "WAIT", 1)
    with Store.open(dossier) as one, Store.open(dossier) as two:
        with one.writing() as connection:
            connecting.alone(connection, tending.LOCK)
            with pytest.raises(errors.StoreError, match="store-locked"):
                tending.tend(two)
        tending.tend(two)
