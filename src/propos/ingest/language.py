"""Whether a text is in the language that it is read as: a diagnostic where that is unlikely, never an error."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from propos import errors
from propos.model import Diagnostic

FEWEST_WORDS = 20
"""Shorter texts are not judged: a headline may have no function word at all."""

SAMPLE = 20_000
"""Characters looked at."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A language by its most frequent words.

    ``share``: the part of a text's words that they make up at the least; ``bylines``: words that open a byline.
    """

    name: str
    share: float
    function_words: frozenset[str]
    bylines: tuple[str, ...]


@cache
def profile(code: str) -> Profile | None:
    """The profile in ``lang/<code>/language.toml``; ``None`` for a language without a pack."""
    file = resources.files("propos.lang") / code / "language.toml"
    if not code.isalpha() or not file.is_file():
        return None
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        words = frozenset(data.pop("function_words"))
        return Profile(function_words=words, bylines=tuple(data.pop("bylines")), **data)
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise errors.PACK_INVALID(file=file.name, reason=error) from error


def check(text: str, code: str) -> tuple[Diagnostic, ...]:
    """``language-unlikely`` where the language's frequent words are too rare in ``text``."""
    known = profile(code)
    words = _WORD.findall(text[:SAMPLE].lower())
    if known is None or len(words) < FEWEST_WORDS:
        return ()
    share = sum(word in known.function_words for word in words) / len(words)
    if share >= known.share:
        return ()
    message = f"The text does not look like {known.name}: {share:.0%} of its words are frequent there, {known.share:.0%} are expected."
    return (Diagnostic("language-unlikely", message),)
