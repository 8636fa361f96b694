"""The gender of first names, by a pack's table (``given_names.tsv``)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from propos.lang.folding import fold

FILE = "given_names.tsv"


@lru_cache(maxsize=4)
def load(language: str) -> Mapping[str, str]:
    """Folded first name -> m or f; names of both are left out, and a language without a pack has none."""
    file = files("propos.lang") / language / FILE
    if not language.isalpha() or not file.is_file():
        return {}
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return {fold(row["name"]): row["gender"] for row in rows if row["gender"] in {"m", "f"}}


def gender(name: str, known: Mapping[str, str]) -> str | None:
    """M or f by the first word of a full name (*Jean-Marie* by *Jean*); ``None`` for a last name alone."""
    first, _, rest = name.partition(" ")
    if not rest:
        return None
    return known.get(fold(first)) or known.get(fold(first.split("-")[0]))
