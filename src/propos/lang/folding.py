"""The form under which words are compared: no case, no accents, no hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CUT = re.compile(r"[^\s'’ʼ\-‑–/]+['’ʼ]?")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, no accents, straight apostrophes, no soft hyphens: the form under which words are compared."""
    word = word.replace("’", "'").replace("ʼ", "'").replace("œ", "oe").replace("Œ", "OE").replace("\u00ad", "")
    plain = unicodedata.normalize("NFD", word)
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


@lru_cache(maxsize=65536)
def atoms(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, hyphens left out (*États-Unis* → ``etats``, ``unis``)."""
    return tuple(map(fold, cut(phrase)))


@lru_cache(maxsize=65536)
def cut(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as written, cut at spaces, hyphens and after apostrophes."""
    return tuple(_CUT.findall(phrase))
