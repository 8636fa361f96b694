"""Sources without a name: *une source diplomatique*, *un interlocuteur*, as a pack's lists have them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from propos.lang import lemmas, loader
from propos.lang.folding import fold


@lru_cache(maxsize=4)
def nouns(language: str) -> frozenset[str]:
    """The folded nouns that stand for an unnamed source; none for a language that has no pack."""
    if language not in loader.available():
        return frozenset()
    pack = loader.load(language)
    table = tomllib.loads((files("propos.lang") / language / "actors.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, pack.grammar.source_nouns)) | frozenset(map(fold, _voices(table)))


def is_anonymous(speaker: str, language: str = "fr") -> bool:
    """Whether the words for a speaker say that it is a source without a name."""
    known = nouns(language)
    return any(word in known or word.removesuffix("s") in known for word in lemmas.words(speaker)[:4])


def _voices(table: dict[str, object]) -> list[str]:
    """The lists ``voices`` and ``unnamed``, wherever in the file they stand."""
    found = [str(word) for name in ("voices", "unnamed") if isinstance(words := table.get(name), list) for word in words]
    if found:
        return found
    parts = [part for part in table.values() if isinstance(part, dict)]
    return [word for part in parts for word in _voices(part)]
