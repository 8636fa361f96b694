"""docs/dossier.md says what the dossier does: its commands, its Python and its SQL run."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from propos.cli.main import run
from propos.reader import Reader
from propos.store.tables import metadata
from stub_reading import StubReader

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "dossier.md").read_text(encoding="utf-8")
ARTICLE = '"Nous sommes prêts", a dit Nadia. "Enfin", a dit Omar.\n\n"Oui", a dit Omar.'


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_every_table_is_described() -> None:
    described = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)))
    assert sorted(described) == sorted(metadata.tables)


def test_commands_python_and_sql_run(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)
    shutil.copytree(ROOT / "examples", in_folder / "examples")
    (in_folder / "examples" / "records.jsonl").unlink()  # the dispatch once more, as a record for the pages on exports
    (in_folder / "examples" / "port.txt").write_text(ARTICLE)
    shown = []
    for command in block("sh").splitlines():
        assert run(command.split()[1:]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0].startswith("2 added, 0 known")
    assert shown[1].startswith("0 added, 2 known")
    assert shown[2].startswith("articles    2 current\n")
    exec(block("python"), {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == "0 2\n"
    connection = sqlite3.connect("news.propos")
    assert connection.execute(block("sql")).fetchall() == [("Omar", 2), ("Nadia", 1)]
    connection.close()
