"""The command line: what goes to which stream, in which format, with which exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from propos.cli.main import run
from propos.reader import Reader
from propos.serialise import to_json

TEXT = 'Oslo répond à Moscou.\n\n"Nous sommes prêts", a dit le ministre.\n'
STUBBED = pytest.mark.usefixtures("stub_pipeline")


@pytest.fixture
def article(in_folder: Path) -> str:
    (in_folder / "a.txt").write_text(TEXT)
    return "a.txt"


def records(written: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


# read ----------------------------------------------------------------------------------------------------------------


@STUBBED
def test_a_pipe_gets_json_lines(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", article, article, "--date", "2024-03-15"]) == 0
    out, err = capsys.readouterr()
    first, second = records(out)
    assert err == ""
    assert first == second
    assert (first["id"], first["published"], first["text"]) == ("a", "2024-03-15", TEXT)
    assert first["statements"][0]["content"] == [[23, 42]]


@STUBBED
def test_a_terminal_gets_the_view(
    article: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["read", article]) == 0
    out = capsys.readouterr().out
    assert "Oslo répond" in out
    with pytest.raises(json.JSONDecodeError):
        json.loads(out)


@STUBBED
def test_the_view_can_be_asked_for(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", article, "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert '[s1 "Nous sommes prêts"], a dit le ministre.' in out
    assert 's1  le ministre: "Nous sommes prêts"' in out
    assert "\x1b[" not in out, "no colours into a pipe"


@STUBBED
def test_a_table_has_one_line_a_statement(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", article, article, "--format", "table"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.split() == ["document", "id", "speaker", "addressee", "mode", "form", "relay", "content"]
    assert len(lines) == 2
    assert lines[0].endswith('"Nous sommes prêts"')


@pytest.mark.model
def test_events_are_listed_and_explained(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (in_folder / "a.txt").write_text("Selon Kiev, l'armée russe a bombardé la ville.\n")
    assert run(["read", "a.txt", "--format", "events"]) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["document", "id", "type"]
    assert line.split()[:3] == ["a", "e1", "ASSAULT"]
    assert "claimed" in line
    assert run(["explain", "a.txt", "--at", "e1"]) == 0
    assert "+ fr.assault.verb.bombarder" in capsys.readouterr().out


@STUBBED
def test_output_goes_to_a_file_whole_or_not_at_all(article: str, in_folder: Path) -> None:
    assert run(["read", article, "--output", "out.jsonl"]) == 0
    assert records((in_folder / "out.jsonl").read_text())[0]["id"] == "a"
    assert run(["read", article, "--output", "no/where.jsonl"]) == 2
    assert sorted(file.name for file in in_folder.iterdir()) == ["a.txt", "out.jsonl"]


@STUBBED
def test_standard_input_and_column_maps(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps({"corps2": TEXT, "text": "non"}).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert run(["read", "-", "--from", "jsonl", "--map", "text=corps2"]) == 0
    assert records(capsys.readouterr().out)[0]["text"] == TEXT


@STUBBED
@pytest.mark.parametrize(
    ("inputs", "code", "read"),
    [(["a.txt"], 0, 1), (["a.txt", "none.txt"], 3, 1), (["none.txt"], 1, 0), (["none.txt", "bad.bin"], 1, 0)],
)
def test_exit_codes_tell_what_was_skipped(
    article: str, in_folder: Path, capsys: pytest.CaptureFixture[str], inputs: list[str], code: int, read: int
) -> None:
    (in_folder / "bad.bin").write_bytes(b"\x00\x01")
    assert article in "a.txt"
    assert run(["read", *inputs]) == code
    out, err = capsys.readouterr()
    assert len(records(out)) == read
    assert ("[file-missing]" in err) == ("none.txt" in inputs)
    assert ("[input-binary]" in err) == ("bad.bin" in inputs)
    assert all(line.startswith("propos: ") for line in err.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "a.txt", "--date", "15 mars"],
        ["read", "a.txt", "--map", "body"],
        ["read", "a.txt", "--format", "xml"],
        ["read", "a.txt", "--from", "docx"],
        ["read", "a.txt", "--config", "none.toml"],
        ["explain", "a.txt"],
        ["unknown"],
    ],
)
def test_wrong_usage_is_2(article: str, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert article
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_a_fault_inside_is_a_message_not_a_traceback(
    article: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("lost")

    monkeypatch.setattr(Reader, "pipeline", SimpleNamespace(read_many=break_down))
    assert run(["read", article]) == 1
    err = capsys.readouterr().err
    assert "RuntimeError: lost" in err
    assert "[internal]" in err
    assert "Traceback" not in err
    monkeypatch.setenv("PROPOS_DEBUG", "1")
    assert run(["read", article]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_quiet(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Reader, "pipeline", SimpleNamespace(read_many=interrupt))
    assert run(["read", article]) == 130


def test_a_closed_pipe_is_quiet(in_folder: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    program = "from propos.cli.main import main; main(['schema'])"
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=write_end, stderr=subprocess.PIPE, cwd=in_folder, check=False
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")


# the other commands --------------------------------------------------------------------------------------------------


@STUBBED
@pytest.mark.parametrize("place", ["s1", "30"])
def test_explain_names_the_rules(article: str, capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert run(["explain", article, "--at", place]) == 0
    out = capsys.readouterr().out
    assert 's1  le ministre: "Nous sommes prêts" (direct, quote, speech)' in out
    assert "+ stub.quote: read s1 ('a dit' at 44)" in out


@STUBBED
@pytest.mark.parametrize("place", ["s9", "9999", "-1"])
def test_explain_refuses_a_place_that_is_none(article: str, capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert run(["explain", article, "--at", place]) == 1
    assert "[place-invalid]" in capsys.readouterr().err


@STUBBED
def test_explain_says_when_nothing_was_read(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", article, "--at", "0"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Oslo répond à Moscou.", "", "No statement was read here."]


@STUBBED
def test_evaluate_scores_a_gold_folder(article: str, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = next(Reader().read_many([in_folder / article]))
    gold = json.loads(to_json(record))
    kept = {key: gold[key] for key in ("id", "language", "published", "title", "text", "statements")}
    (in_folder / "gold").mkdir()
    (in_folder / "gold" / "a.json").write_text(json.dumps(kept))
    (in_folder / "records.jsonl").write_text(to_json(record) + "\n")
    assert run(["evaluate", "gold", "--json", "--errors", "errors.html"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 1
    assert report["scores"]["statements @0.5"]["f1"] == 100.0
    assert "<html" in (in_folder / "errors.html").read_text()
    assert run(["evaluate", "gold", "--records", "records.jsonl"]) == 0
    assert "statements @0.5" in capsys.readouterr().out
    assert run(["evaluate", "none"]) == 1


@STUBBED
def test_compare_tells_what_changed(article: str, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", article, "-o", "old.jsonl"]) == 0
    row = json.loads((in_folder / "old.jsonl").read_text())
    row["statements"] = []
    (in_folder / "new.jsonl").write_text(json.dumps(row) + "\n")
    assert run(["compare", "old.jsonl", "new.jsonl"]) == 0
    assert "Nous sommes prêts" in capsys.readouterr().out
    assert run(["compare", "old.jsonl", "new.jsonl", "--json"]) == 0
    json.loads(capsys.readouterr().out)


def test_schema_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Record"


def test_config_prints_a_settings_file_that_gives_the_same(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROPOS_COLUMNS", "text=body")
    monkeypatch.setenv("PROPOS_BATCH_SIZE", "3")
    assert run(["config"]) == 0
    first = capsys.readouterr().out
    monkeypatch.delenv("PROPOS_COLUMNS")
    monkeypatch.delenv("PROPOS_BATCH_SIZE")
    (in_folder / "propos.toml").write_text(first)
    assert run(["config"]) == 0
    assert capsys.readouterr().out == first


def test_python_m_propos_is_the_program(article: str) -> None:
    def run_as(*program: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *program, "read", "none", article, "--from", "x"], capture_output=True, text=True, check=False)

    module = run_as("-m", "propos")
    assert "'x' is not one of 'text'" in module.stderr
    direct = run_as("-c", "from propos.cli.main import main; main()")
    assert (module.returncode, module.stdout, module.stderr) == (direct.returncode, direct.stdout, direct.stderr)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from propos import __version__

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"propos {__version__}\n"


# start-up ------------------------------------------------------------------------------------------------------------

# typer itself loads pydantic to check a command's options, a tenth of a second that cannot be had back.
HEAVY = {"spacy", "numpy", "thinc", "rich", "trafilatura", "lxml", "markdown_it", "charset_normalizer"}


@pytest.mark.parametrize(
    "program",
    [
        "import propos; propos.Settings; propos.Record",
        "from propos.cli.main import run; run(['--help'])",
        "from propos.cli.main import run; run(['read', '--help'])",
        "from propos.cli.main import run; run(['read', 'none.txt', '--date', 'x'])",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(program: str) -> None:
    asked = f"{program}\nimport sys; print(sorted(set(sys.modules) & {HEAVY!r}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"
