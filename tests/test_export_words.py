"""The words of exports stand in the language packs: each has all of them, and the engine has none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import propos
from propos.export.days import Days, days
from propos.export.words import date_of
from propos.lang import loader, ontology
from propos.lang.export_words import load
from propos.model import Factuality


@pytest.mark.parametrize("language", loader.available())
def test_a_pack_names_everything(language: str) -> None:
    words = load(language)
    assert words.types.keys() == ontology.load().types.keys()
    assert set(words.factuality) == set(get_args(Factuality))
    assert len(words.months) == 12


def test_a_language_without_words_has_french_ones() -> None:
    assert load("xx") == load("fr") == load("../fr")


@pytest.mark.parametrize(
    ("value", "told"),
    [("2024-03-01", "1er mars 2024"), ("2024-12-31", "31 décembre 2024"), ("2024-08", "août 2024"), ("2024", "2024")],
)
def test_a_date_says_no_more_than_is_known(value: str, told: str) -> None:
    when = days(value)
    assert isinstance(when, Days)
    assert date_of(when, load("fr")) == told


@pytest.mark.parametrize("file", sorted((Path(propos.__file__).parent / "export").glob("*.py")), ids=lambda file: file.name)
def test_exports_have_no_words_of_a_language(file: Path) -> None:
    code = re.sub(r'""".*?"""|#[^\n]*', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    accented = re.findall(r"\"[^\"\n]*[àâçéèêëîïôûù][^\"\n]*\"", code)
    assert not accented
