"""The pages on exports show what the exports write."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest

from propos.cli import export as command
from propos.cli.main import run
from propos.evaluate import read_records
from propos.export import polecat, sidecar
from propos.export.contract import Part
from propos.export.event_data import cell, happenings
from propos.export.registry import FORMATS
from propos.export.tables import TABLES
from propos.store.entry import Entry

ROOT = Path(__file__).parents[1]
RECORDS = ROOT / "examples" / "records.jsonl"
TABLES_PAGE = (ROOT / "docs" / "exports" / "tables.md").read_text(encoding="utf-8")
EVENTS_PAGE = (ROOT / "docs" / "exports" / "event-data.md").read_text(encoding="utf-8")
PAGES = {"tables.md": TABLES_PAGE, "event-data.md": EVENTS_PAGE}
ROW = re.compile(r"^\| `([^`]+)` \|.*\| (?:`([^`]*)`)? ?\|$", re.MULTILINE)


def section(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def exported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["export", str(RECORDS), *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("part", "heading", "item"), [("statements", "Statements", 2), ("events", "Events", 1)])
def test_the_columns_of_the_tables_and_their_examples(
    part: Part, heading: str, item: int, capsys: pytest.CaptureFixture[str]
) -> None:
    described = ROW.findall(section(TABLES_PAGE, heading)) + ROW.findall(section(TABLES_PAGE, "Article"))
    out = exported(capsys, "--format", "csv", "--part", part)
    row = list(csv.DictReader(io.StringIO(out, newline="")))[item]
    assert described == list(row.items())
    assert [name for name, _ in described] == [column.name for column in TABLES[part].columns]


def test_the_columns_of_polecat_and_its_sidecar() -> None:
    (record,) = read_records(RECORDS)
    first, second, *_ = happenings([Entry.of(record, 1)])
    table, beside = section(EVENTS_PAGE, "POLECAT").split("\nThe sidecar")
    names = list(polecat.COLUMNS)
    described = ROW.findall(table)
    assert described == [(name, cell(polecat.COLUMNS[name](first), "None")) for name in names]
    assert ROW.findall(beside) == [(name, cell(value(second), "None")) for name, value in sidecar.COLUMNS.items()]
    for file in (polecat.TOLD, polecat.UNTOLD, polecat.SIDECAR, polecat.ABOUT):
        assert f"| `{file}` |" in table


def test_the_example_of_plover(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", EVENTS_PAGE, re.DOTALL)
    assert json.loads(shown) == json.loads(exported(capsys, "--format", "plover").splitlines()[1])


def test_the_example_of_icews(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", section(EVENTS_PAGE, "ICEWS"), re.DOTALL)
    assert shown == exported(capsys, "--format", "icews")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_place_in_a_page(name: str) -> None:
    pages = (ROOT / "docs" / "exports").glob("*.md")
    assert any(
        f"`{name}`" in page or f"--format {name}" in page for page in (p.read_text(encoding="utf-8") for p in pages)
    )


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_on_the_pages_run(page: str, in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On records in place of a dossier: what a dossier would be asked for is not looked at here."""
    found = [Entry.of(record, 1) for record in read_records(RECORDS)]

    class Found:
        def __enter__(self) -> list[Entry]:
            return found

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(command, "entries", lambda _dossier, _filters: Found())
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGES[page], re.DOTALL) for line in block.splitlines()]
    assert lines
    for line in lines:
        assert run(shlex.split(line)[1:]) == 0, line
    assert {file.name for file in in_folder.iterdir()} == {Path(shlex.split(line)[-1]).name for line in lines}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", PAGES[page]):
        assert (ROOT / "docs" / "exports" / target).exists(), target
