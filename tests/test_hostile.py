"""Bad input: a coded error or a diagnostic, never a traceback, and work that grows with the text, not with its square."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from propos import Reader, Settings
from propos.errors import InputError, ProposError
from propos.ingest import collect
from propos.model import Document, Record

LONG = 20_000
"""Characters: enough that work with the square of it would outlast the whole run."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def check(record: Record) -> None:
    """Every span lies in the text."""
    for statement in record.statements:
        spans = [
            *statement.content,
            *statement.addressees,
            *filter(None, (statement.cue, statement.speaker, statement.medium)),
        ]
        assert all(0 <= span.start < span.end <= len(record.text) for span in spans)


@pytest.mark.parametrize(
    "text", ["", " \n\t\n", '"' * 100_000, "«»" * 50_000, '"', "…", "\ufeff", "\u00ad" * 10, "- -\n\n- -"]
)
def test_nothing_to_read_is_an_error(text: str) -> None:
    with pytest.raises(InputError) as raised:
        collect.of_text(text, Settings())
    assert raised.value.code == "input-empty"


def test_five_megabytes_are_refused_at_the_door(tmp_path: Path) -> None:
    for name, unit in (("a.txt", "Le ministre a parlé. "), ("a.md", "Le *ministre* a parlé.\n\n")):
        (tmp_path / name).write_text(unit * (5_000_000 // len(unit)))
    (tmp_path / "a.json").write_text(json.dumps({"text": "Le ministre a parlé. " * 250_000}))
    codes = [item.code for item in collect.documents([str(tmp_path)], Settings()) if isinstance(item, InputError)]
    assert codes == ["text-too-long"] * 3


def test_a_page_of_five_megabytes_of_script_gives_its_article(tmp_path: Path) -> None:
    script = "<script>" + "var a = '«';" * 400_000 + "</script>"
    article = "".join(
        f"<p>Le ministre a parlé {number} fois de la paix à l'assemblée réunie.</p>" for number in range(20)
    )
    (tmp_path / "a.html").write_text(f"<html><head>{script}</head><body><article>{article}</article></body></html>")
    (found,) = collect.documents([str(tmp_path / "a.html")], Settings())
    assert isinstance(found, Document)
    assert found.text.count("Le ministre a parlé") == 20


UNITS = (
    '"a ',
    "« a ",
    "“a” ",
    "mot ",
    "mot",
    "l'",
    "a.b ",
    "a\n",
    "a\n\n",
    "(a ",
    "a, ",
    "que ",
    "dit que ",
    "il dit que ",
    "a dit ",
    "Selon X, ",
    '"Oui", a dit M. X. ',
    'X : "a" ',
    "+a+ ",
    '- "a" -\n\n',
    "X et Y et ",
    "Jean Paul ",
    "\u00a0a\u202f",
    "e\u0301",
    "😀 a",
    "\x0b a",
    "، ",
)


@pytest.mark.model
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_any_long_text_is_read(reader: Reader, unit: str) -> None:
    text = (unit * LONG)[:LONG]
    try:
        record = reader.read(text + "a")
    except ProposError as error:
        pytest.fail(f"an error where a record or a diagnostic is due: {error}")
    assert record.text == text + "a"
    check(record)


@pytest.mark.model
def test_another_language_is_read_with_a_diagnostic(reader: Reader) -> None:
    text = 'The minister said on Friday that the country would respond. "We are ready", she told reporters in the capital. '
    record = reader.read(text * 3)
    assert "language-unlikely" in {item.code for item in record.diagnostics}
    check(record)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        'Le ministre a dit: "Nous irons.',
        'Nous irons", a dit le ministre.',
        "« Nous irons, a dit le ministre.\n\nIl est parti.",
        '"""" a dit le ministre. """',
        "a-t-il dit",
        "selon",
        "Selon",
        '"a",',
    ],
)
def test_odd_marks_never_stop_a_reading(reader: Reader, text: str) -> None:
    record = reader.read(text)
    assert record.text == text
    check(record)
