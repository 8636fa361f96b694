"""``propos export``: files appear whole or not at all, folders are new, wrong wishes are refused in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from propos.cli.following import walking
from propos.cli.main import run
from propos.evaluate import read_records
from propos.export.registry import FORMATS
from propos.query.filters import Filters
from propos.serialise import to_json
from propos.store.entry import Entry

RECORDS = Path(__file__).parents[1] / "examples" / "records.jsonl"
(VARDAL,) = read_records(RECORDS)


@pytest.fixture
def records(in_folder: Path) -> str:
    (in_folder / "r.jsonl").write_bytes(RECORDS.read_bytes() * 2)
    return "r.jsonl"


def left(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {"r.jsonl"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_records_goes_to_every_format(
    name: str, records: str, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", records, "--format", name, "--output", "out"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("written to out.\n")
    assert left(in_folder) == {"out"}
    assert (in_folder / "out").is_dir() == FORMATS[name].folder


def test_articles_of_a_file_are_numbered_from_one(records: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", records, "--format", "plover"]) == 0
    ids = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert [name.split("-")[1] for name in ids] == ["1"] * 4 + ["2"] * 4


def test_flags_reach_the_format(records: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", records, "--format", "csv", "--part", "events", "--separator", ";", "--bom"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"\xef\xbb\xbfevent_id;type;")


def test_a_file_is_replaced_when_all_went_well_only(records: str, in_folder: Path) -> None:
    (in_folder / "out.csv").write_text("old")
    with (in_folder / records).open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    assert run(["export", records, "--format", "csv", "--output", "out.csv"]) == 1
    assert (in_folder / "out.csv").read_text() == "old"
    assert run(["export", records, "--format", "polecat", "--output", "out"]) == 1
    assert left(in_folder) == {"out.csv"}
    (in_folder / records).write_bytes(RECORDS.read_bytes())
    assert run(["export", records, "--format", "csv", "--output", "out.csv"]) == 0
    assert (in_folder / "out.csv").read_text(encoding="utf-8").startswith("statement_id,")


def test_a_folder_must_be_new_or_empty(records: str, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", records, "--format", "polecat", "--output", "out"]
    (in_folder / "out").mkdir()
    assert run(arguments) == 0
    before = {file.name: file.read_bytes() for file in (in_folder / "out").iterdir()}
    assert set(before) == {"events.polecat.tsv", "events.untold.tsv", "events.ext.tsv", "README.txt"}
    assert run(arguments) == 2
    assert "[export-folder-not-empty]" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in (in_folder / "out").iterdir()} == before
    (in_folder / "file").write_text("x")
    assert run([*arguments[:-1], "file"]) == 2
    (in_folder / "empty").mkdir()
    (in_folder / "link").symlink_to(in_folder / "empty")
    assert run([*arguments[:-1], "link"]) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["r.jsonl", "--format", "polecat"], "export-needs-output", 2),
        (["r.jsonl", "--format", "ods"], "export-format-unknown", 2),
        (["r.jsonl", "--format", "csv", "--separator", "x"], "export-separator", 2),
        (["r.jsonl", "--format", "csv", "--outlet", "La Gazette"], "export-filters", 2),
        (["r.jsonl", "--format", "csv", "--groups"], "export-filters", 2),
        (["none.jsonl", "--format", "csv"], "file-missing", 1),
        (["r.jsonl", "--format", "csv", "--output", "no/where.csv"], "output-unwritable", 2),
        (["r.jsonl", "--format", "polecat", "--output", "no/where"], "output-unwritable", 2),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    arguments: list[str], code: str, exit_code: int, records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert records == "r.jsonl"
    assert run(["export", *arguments]) == exit_code
    assert f"[{code}]" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_bytes_do_not_go_to_a_terminal(
    name: str, records: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["export", records, "--format", name]) == 2
    assert "[export-needs-output]" in capsys.readouterr().err


def test_a_dossier_is_asked_with_the_filters(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Any] = []

    class Opened:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            asked.append("closed")

        @contextmanager
        def reading(self) -> Iterator[str]:
            yield "connection"

    def open_store(target: str, **how: bool) -> Opened:
        asked.append((target, how))
        return Opened()

    def select(connection: str, filters: Filters) -> Iterator[Entry]:
        asked.append((connection, filters))
        yield Entry.of(VARDAL, 7)

    monkeypatch.setitem(sys.modules, "propos.store.opening", SimpleNamespace(Store=SimpleNamespace(open=open_store)))
    monkeypatch.setitem(sys.modules, "propos.query.selection", SimpleNamespace(select=select, count=None))
    flags = {
        "--actor": "Arne Holt", "--side": "NOR", "--type": "COERCE", "--factuality": "claimed", "--from": "2024-03-01",
        "--to": "2024-03-31", "--outlet": "La Gazette", "--query": "port",
    }  # fmt: skip
    asking = [word for pair in flags.items() for word in pair]
    assert run(["export", "d.dossier", "--format", "jsonl", *asking, "--type", "AID", "--groups"]) == 0
    filters = Filters(
        "Arne Holt", "NOR", ("COERCE", "AID"), ("claimed",), "2024-03-01", "2024-03-31", "La Gazette", "port", "group"
    )
    assert asked == [("d.dossier", {"create": False, "read_only": True}), ("connection", filters), "closed"]
    assert capsys.readouterr().out == to_json(VARDAL) + "\n"
    assert not left(in_folder)


def test_a_result_for_programs(records: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", records, "--format", "csv", "--output", "out.csv", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"written": 6, "format": "csv", "output": "out.csv"}
    assert err == ""
    assert run(["export", records, "--format", "csv", "--json"]) == 2
    assert "[export-needs-output]" in capsys.readouterr().err


def test_progress_stands_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with walking("abc", lambda: 3) as items:
        assert list(items) == list("abc")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with walking("abc", lambda: 3) as items:
        assert list(items) == list("abc")
    assert "articles" in capsys.readouterr().err
