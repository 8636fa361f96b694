"""One lemma for each written form that a pack inflects, for searching: *menaçaient* → *menacer*.

A pack knows the forms of its own verbs, nouns and adjectives: of saying, demanding, threatening and the other events.
Every other word stands for itself. Nothing is guessed from endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from propos.lang import events, loader
from propos.lang.folding import fold

_PART = re.compile(r"\S+")
_RUN = re.compile(r"[^\W_]+")
# Nobody searches for a longer one; PostgreSQL refuses words of 2 KB.
LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Folded written form -> folded lemma."""

    forms: Mapping[str, str] = field(default_factory=dict)

    def of(self, word: str) -> str:
        """The lemma of a folded word, or the word."""
        return self.forms.get(word, word)


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits, cut at everything else, apostrophes too."""
    return [word[:LONGEST_WORD] for word in _RUN.findall(_folded(text))]


def placed(text: str) -> Iterator[tuple[str, int, int]]:
    """The same words, each with where it starts and ends in the text: code points, half-open."""
    for part in _PART.finditer(text):
        origins = [at for at, sign in enumerate(part.group(), part.start()) for _ in fold(sign)]
        for run in _RUN.finditer(fold(part.group())):
            end = origins[run.end() - 1] + 1
            while end < part.end() and not fold(text[end]):  # accents and soft hyphens, which folding takes away
                end += 1
            yield run.group()[:LONGEST_WORD], origins[run.start()], end


def _folded(text: str) -> str:
    # Word by word: the folding is remembered, and a text repeats its words.
    return " ".join(fold(part) for part in text.split())


@lru_cache(maxsize=4)
def load(code: str) -> Lemmas:
    """The lemmas of a language; none for one that has no pack."""
    if code not in loader.available():
        return Lemmas()
    pack = loader.load(code)
    lexicon = events.load(files("propos.lang") / code, pack)
    readings = [form for table in (pack.forms, lexicon.forms) for group in table.values() for form in group]
    # Whoever looks for the *armée* or the *député* does not look for what is armed or sent.
    chosen: dict[str, str] = {fold(word): fold(word) for word in pack.speakers}
    # Where a form is of several words, its verb: who looks for *menacer* wants *menaces* too.
    for form in sorted(readings, key=lambda form: (form.pos != "verb", form.lemma)):
        text, lemma = fold(form.text), fold(form.lemma)
        if text.isalnum() and lemma.isalnum():
            chosen.setdefault(text, lemma)
    return Lemmas(chosen)
