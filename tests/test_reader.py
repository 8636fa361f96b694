"""The library's face, with the reading replaced by a stub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import propos
from propos import Document, ProposError, Reader, Record, Settings
from propos.errors import InputError

TEXT = 'Oslo répond à Moscou.\n\n"Nous sommes prêts", a dit le ministre.\n'
pytestmark = pytest.mark.usefixtures("stub_pipeline")


@pytest.fixture
def folder(in_folder: Path) -> Path:
    (in_folder / "a.txt").write_text(TEXT)
    (in_folder / "b.jsonl").write_text("".join(json.dumps({"text": TEXT, "id": name}) + "\n" for name in "xy"))
    return in_folder


def test_read_takes_a_text_a_path_or_a_document(folder: Path) -> None:
    record = propos.read(TEXT, date="2024-03-15")
    assert isinstance(record, Record)
    assert (record.text, record.published, record.source.reader) == (TEXT, "2024-03-15", "string")
    assert propos.read("a.txt").id == propos.read(folder / "a.txt").id == "a"
    assert propos.read(Document(TEXT, "d")).id == "d"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("none.txt", "file-missing"),
        ("no/where", "file-missing"),
        ("", "input-empty"),
        ("…", "input-empty"),
        ("b.jsonl", "several-documents"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_read_refuses_with_a_code(source: str, code: str) -> None:
    with pytest.raises(ProposError) as raised:
        propos.read(source)
    assert raised.value.code == code


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ProposError, match="date-invalid"):
        propos.read(TEXT, date="hier")


def test_texts_that_look_like_paths_are_texts() -> None:
    for text in ("Oslo", "Oslo et/ou Moscou ont parlé", "Voir le fichier a.txt", "a\0b c", "x" * 5000, "Fin.\ntxt"):
        assert propos.read(text).text == text


def test_read_many_streams_in_order(folder: Path) -> None:
    found = Reader().read_many([TEXT, folder, Document(TEXT, "d")])
    first = next(found)
    assert first.source.reader == "string"
    assert [record.id for record in found] == ["a", "x", "y", "d"]


@pytest.mark.usefixtures("folder")
def test_read_many_raises_or_hands_over_what_it_cannot_read() -> None:
    with pytest.raises(InputError):
        list(Reader().read_many(["a.txt", "none.txt", "a.txt"]))
    skipped: list[InputError] = []
    assert len(list(Reader().read_many(["a.txt", "none.txt", "", "a.txt"], skipped.append))) == 2
    assert [error.code for error in skipped] == ["file-missing", "input-empty"]


def test_the_package_offers_its_names() -> None:
    assert set(propos.__all__) <= set(dir(propos))
    assert all(getattr(propos, name) for name in propos.__all__)
    with pytest.raises(AttributeError):
        propos.nothing  # noqa: B018
    assert Reader().settings == Settings()
