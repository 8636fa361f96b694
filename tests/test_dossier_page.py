"""docs/dossier.md says what the dossier does: its commands, its Python and its SQL run."""

from __future__ import annotations

import re
import shlex
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


def examples(folder: Path) -> None:
    """The examples of the repository, with an article that the stub reads for one that it does not."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "examples" / "records.jsonl").unlink()  # the dispatch once more, as a record for the pages on exports
    (folder / "examples" / "port.txt").write_text(ARTICLE)


def test_every_table_is_described() -> None:
    described = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)))
    assert sorted(described) == sorted(metadata.tables)


def test_commands_python_and_sql_run(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)
    examples(in_folder)
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


def test_what_the_readme_says_of_dossiers(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)
    examples(in_folder)
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("## Many articles: a dossier")[1]
    commands = re.findall(r"^propos .*", readme.split("```")[1], re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        assert run(shlex.split(command, comments=True)[1:]) == 0, command
    assert capsys.readouterr().out.startswith("2 added")
    assert {"news.propos", "found.csv", "accusations.xlsx"} <= {file.name for file in in_folder.iterdir()}


def test_the_other_pages_run(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Reader, "pipeline", StubReader().stub)
    examples(in_folder)
    assert run(["ingest", "news.propos", "examples/"]) == 0
    pages = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("copies", "search", "unify")}
    (in_folder / "who.toml").write_text("".join(re.findall(r"```toml\n(.*?)```", pages["unify"], re.DOTALL)))
    capsys.readouterr()
    shown = {}
    for name, page in pages.items():
        for language, code in re.findall(r"```(sh|python)\n(.*?)```", page, re.DOTALL):
            if language == "python":
                exec(code, {})  # noqa: S102 (our own page)
            for command in code.splitlines() if language == "sh" else ():
                assert run(shlex.split(command, comments=True)[1:]) == 0, command
        shown[name] = capsys.readouterr().out
    assert shown["copies"] == "Regrouped(articles=0, groups=0)\n"
    assert shown["search"] == "1\n", "the dispatch came in first"
    assert 'names = ["Union du littoral"' in shown["unify"]
