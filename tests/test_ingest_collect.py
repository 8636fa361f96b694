"""Several inputs: order, folders, what cannot be opened."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from propos.errors import InputError
from propos.ingest import collect
from propos.settings import Settings

TEXT = "Oslo a promis de répondre à Moscou."


def outcomes(*inputs: str, form: str | None = None) -> list[str]:
    found = collect.documents(inputs, Settings(), form)
    return [item.code if isinstance(item, InputError) else item.id for item in found]


def test_arguments_keep_their_order_and_folders_sort_by_name(in_folder: Path) -> None:
    for name in ("z.txt", "d/b.md", "d/a.txt", "d/c/x.html.txt", "d/.hidden.txt", "d/.git/x.txt", "d/a.png"):
        file = in_folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT)
    assert outcomes("z.txt", "d", "z.txt") == ["z", "a", "b", "x.html", "z"]


def test_what_cannot_be_read_gives_its_error_in_its_place(in_folder: Path) -> None:
    (in_folder / "a.txt").write_text(TEXT)
    (in_folder / "empty.txt").write_text("")
    (in_folder / "blank.txt").write_text(" \n\t ")
    (in_folder / "b.txt").write_bytes(b"\x00\x01\x02")
    (in_folder / "nothing").mkdir()
    found = outcomes("a.txt", "none.txt", "", "empty.txt", "blank.txt", "b.txt", "nothing", "a.txt")
    assert found == [
        "a",
        "file-missing",
        "file-missing",
        "input-empty",
        "input-empty",
        "input-binary",
        "folder-empty",
        "a",
    ]


def test_an_unreadable_file_is_told(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (in_folder / "a.txt").write_text(TEXT)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert outcomes("a.txt") == ["file-unreadable"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (json.dumps({"text": TEXT, "id": "a"}) + "\n").encode() * 3
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert outcomes("-") == ["a", "a", "a"]


def test_the_format_can_be_named(in_folder: Path) -> None:
    (in_folder / "a.txt").write_text(json.dumps({"text": TEXT, "id": "row"}))
    assert outcomes("a.txt") == ["row"]
    assert outcomes("a.txt", form="text") == ["a"]
    with pytest.raises(InputError, match="format-unknown"):
        outcomes("a.txt", form="docx")


def test_the_page_on_folders_says_how_files_are_kept_out(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "readers" / "folders.md").read_text(encoding="utf-8")
    for name in ("README.md", ".notes/README.md", "a.html", "a.unread"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mot")
        assert name in page or name.startswith("a.")
    assert collect.expand(str(tmp_path)) == [str(tmp_path / "README.md"), str(tmp_path / "a.html")]
