from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from propos.errors import ModelError
from propos.reading import models


def test_a_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(ModelError, match="pip install fr-core-news-lg") as raised:
        models.load("fr_core_news_lg")
    assert raised.value.code == "model-missing"


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="lacks a parser") as raised:
        models.load(str(tmp_path / "blank"))
    assert raised.value.code == "model-unfit"
