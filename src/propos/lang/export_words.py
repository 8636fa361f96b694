"""The words that exports write for people, by language (``exports.toml`` of a pack)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

from propos.errors import PACK_INVALID

FILE = "exports.toml"
DEFAULT = "fr"


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Words and patterns; those with braces name what is put there. ``types`` by PLOVER type, ``months`` from January."""

    reported: str
    statements: str
    unknown_source: str
    unknown: str
    none: str
    counted: str
    speak: str
    first: str
    months: tuple[str, ...]
    types: Mapping[str, str]
    factuality: Mapping[str, str]

    def event_type(self, code: str) -> str:
        """The word for a PLOVER type; the code itself where there is none."""
        return self.types.get(code, code)


@lru_cache(maxsize=4)
def load(language: str) -> ExportWords:
    """The words of a language, French where its pack has none. Raises ``PackError`` where the file is malformed."""
    folder = files("propos.lang")
    file = folder / language / FILE
    if not language.isalpha() or not file.is_file():
        file = folder / DEFAULT / FILE
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    names = {field.name for field in fields(ExportWords)}
    if table.keys() != names:
        raise PACK_INVALID(file=FILE, reason=f"keys {sorted(table.keys() ^ names)} are missing or unknown")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return ExportWords(**values)
