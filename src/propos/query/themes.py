"""Themes: what a position is about, by the terms that a user lists for each.

```toml
gaz = ["gazoduc", "livraisons de gaz"]
"droits de pêche" = ["chalutier", "zone de pêche"]
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propos import errors
from propos.lang import lemmas


@dataclass(frozen=True, slots=True)
class Themes:
    """Theme -> its terms, each a run of folded lemmas."""

    terms: Mapping[str, tuple[str, ...]]

    def of(self, sentence: str, language: str = "fr") -> tuple[str, ...]:
        """The themes one of whose terms stands in a sentence, in the order of the file."""
        if not self.terms:
            return ()
        text = _run(sentence, language)
        return tuple(theme for theme, terms in self.terms.items() if any(term in text for term in terms))


NONE = Themes({})


def load(path: Path, language: str = "fr") -> Themes:
    """Read a user's file of themes; raises ``themes-invalid``."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise errors.THEMES_INVALID(name=path, reason=error) from error
    for theme, terms in data.items():
        if not isinstance(terms, list) or not terms or not all(isinstance(term, str) and term.strip() for term in terms):
            raise errors.THEMES_INVALID(name=path, reason=f"{theme!r} is no list of terms")
    return Themes({theme: tuple(_run(term, language) for term in terms) for theme, terms in data.items()})


def _run(text: str, language: str) -> str:
    known = lemmas.load(language)
    # A blank before and after, so that a term is found as whole words; a final s is the plural of most nouns.
    return f" {' '.join(_singular(known.of(word)) for word in lemmas.words(text))} "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
