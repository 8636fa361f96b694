"""The pages on tables and on mail: their examples come out as they say, their lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect, rows
from propos.model import Document
from propos.settings import COLUMN_FIELDS, Settings

FOLDER = Path(__file__).parent.parent / "docs" / "readers"


def block(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return found.group(1) if found else ""


@pytest.mark.parametrize(("name", "file"), [("tables", "fil.csv"), ("mail", "lettre.eml")])
def test_the_example_comes_out(name: str, file: str, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    (in_folder / file).write_text(block(page, Path(file).suffix[1:]), encoding="utf-8")
    exec(block(page, "python"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == block(page, "text")


def test_every_column_name_is_told() -> None:
    page = (FOLDER / "tables.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert told == {field: ", ".join(rows._aliases()[field]) for field in COLUMN_FIELDS}


def test_the_example_of_single_files_comes_out(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (FOLDER / "texts.md").read_text(encoding="utf-8")
    for name in ("billet.md", "page.html", "note.txt"):
        (in_folder / name).write_text(block(page, name.rpartition(".")[2]), encoding="utf-8")
    exec(block(page, "python"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == block(page, "text")


def test_the_example_of_json_lines_comes_out(in_folder: Path) -> None:
    page = (FOLDER / "tables.md").read_text(encoding="utf-8")
    (in_folder / "fil.jsonl").write_text(block(page, "jsonl"), encoding="utf-8")
    first, broken, third = collect.documents(["fil.jsonl"], Settings())
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (first.source.issued, first.source.outlet, third.published) == ("2024-03-15T08:30:00+01:00", "La Gazette", "2024-03")
    assert isinstance(broken, InputError)
    assert broken.message == block(page, "console").strip()
