"""Themes: what a position is about, by the terms that a user lists for each, or that were proposed.

```toml
gaz = ["gazoduc", "livraisons de gaz"]
"droits de pêche" = ["chalutier", "zone de pêche"]
```
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from sqlalchemy import Connection

from propos import errors
from propos.lang import lemmas
from propos.store.facts import THEMES, fact


@dataclass(frozen=True)
class Themes:
    """Theme -> its terms as written.

    ``only``: whether what has none of the themes is left out of answers.
    """

    terms: Mapping[str, tuple[str, ...]]
    only: bool = False

    def of(self, sentence: str) -> tuple[str, ...]:
        """The themes one of whose terms stands in a sentence, in the order of the file."""
        found = self.counted(sentence)
        return tuple(theme for theme in self.terms if theme in found) if found else ()

    def counted(self, sentence: str) -> Mapping[str, int]:
        """The themes of a sentence, each with how many of its terms stand there."""
        if not self.terms or not any(map(self._begins, sentence.split())):
            return {}
        words = run(sentence)
        found = {
            (theme, term)
            for at, word in enumerate(words)
            for theme, term in self._begun.get(word, ())
            if words[at : at + len(term)] == term
        }
        return Counter(theme for theme, _ in found)

    @cached_property
    def _begins(self) -> Callable[[str], bool]:
        """Whether a term may begin in a part of a text: a text repeats its parts, and most have none."""
        begun = self._begun
        return lru_cache(maxsize=262144)(lambda part: any(word in begun for word in run(part)))

    @cached_property
    def _begun(self) -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
        """First word -> the terms that it begins, each with its theme: a sentence is gone through once."""
        begun: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for theme, terms in self.terms.items():
            for term in (run(term) for term in terms):
                begun[term[0]].append((theme, term))
        return dict(begun)


NONE = Themes({})


def load(path: Path) -> Themes:
    """Read a user's file of themes; what has none of them is left out. Raises ``themes-invalid``."""
    return Themes(parse(text_of(path), str(path)), only=True)


def text_of(path: Path) -> str:
    """The text of a user's file; raises ``themes-invalid``."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise errors.THEMES_INVALID(name=path, reason=error) from error


def parse(text: str, name: str) -> dict[str, tuple[str, ...]]:
    """Theme -> its terms; errors call the file ``name``. Raises ``themes-invalid``."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise errors.THEMES_INVALID(name=name, reason=error) from error
    for theme, terms in data.items():
        if not isinstance(terms, list) or not terms or not all(isinstance(term, str) and run(term) for term in terms):
            raise errors.THEMES_INVALID(name=name, reason=f"{theme!r} is no list of terms")
    return {theme: tuple(terms) for theme, terms in data.items()}


def written(terms: Mapping[str, Iterable[str]]) -> str:
    """The themes as such a file."""
    # A JSON string is a TOML string, but for the sign DEL, which no word has.
    quoted = {theme: ", ".join(json.dumps(term, ensure_ascii=False) for term in found) for theme, found in terms.items()}
    return "".join(f"{json.dumps(theme, ensure_ascii=False)} = [{found}]\n" for theme, found in quoted.items())


def kept(connection: Connection) -> Themes:
    """The themes that the dossier keeps, proposed or a user's own; none where it keeps none."""
    text = fact(connection, THEMES)
    return NONE if text is None else Themes(parse(text, THEMES))


def run(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: folded, plurals aside. Lemmas would cost a second to load."""
    return tuple([singular(word) for word in lemmas.words(text)])


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A folded word without the s or x at its end, which is the plural of most nouns."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
