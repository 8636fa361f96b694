"""The forms of a word, from its lemma and a pack's ``inflection.toml``; no word of any language stands here.

A verb's form is root + stem + ending. The longest ending of the lemma that a paradigm names chooses the paradigm;
the data file explains its notation. Loading (``paradigms``) turns each paradigm into suffixes with their features,
so that inflecting a lemma only joins strings: a pack inflects all its lemmas at every start.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple, TypeVar

from propos.errors import PACK_INVALID
from propos.lang.paradigms import Family, Tables, tables

Pos = Literal["verb", "noun", "adjective"]
T = TypeVar("T")


class Form(NamedTuple):
    """One reading of a written form.

    ``text`` is lower case, with its accents. ``mood`` is ``ind cnd sub imp inf part``, ``tense`` ``pres imp past fut``
    (``part`` and ``past``: past participle), ``person`` 1 to 3, ``number`` ``sing plur``, ``gender`` ``masc fem``.
    What a form does not have, or its lemma does not tell, is empty (0 for the person).
    """

    text: str
    lemma: str
    pos: Pos
    mood: str = ""
    tense: str = ""
    person: int = 0
    number: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Inflection:
    """The inflection of one language. Lemmas are single words: infinitives, singulars, masculine singulars."""

    file: str
    _tables: Tables = field(repr=False)

    @classmethod
    def load(cls, path: Traversable) -> Inflection:
        """Read a pack's inflection file. Raises ``PackError`` on an unknown key or a malformed rule."""
        try:
            return cls(path.name, tables(tomllib.loads(path.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise PACK_INVALID(file=path.name, reason=str(error)) from error

    @property
    def paradigms(self) -> tuple[str, ...]:
        """Name all paradigms of verbs, in the file's order."""
        return tuple(dict.fromkeys(family.paradigm for family in self._tables.verbs.values()))

    def paradigm(self, verb: str) -> str:
        """Name the paradigm that inflects a verb. Raises ``PackError`` where none fits."""
        return self._family(verb).paradigm

    def verb(self, lemma: str) -> tuple[Form, ...]:
        """Give all simple forms of a verb, participles in both genders. Raises ``PackError`` where no paradigm fits."""
        _, cut, suffixes = self._family(lemma)
        word = lemma.lower()
        root = word[: len(word) - cut]
        # A list inside, and no starred arguments: half the time, at tens of thousands of forms a start.
        return tuple(
            [
                Form(root + text, lemma, "verb", mood, tense, person, number, gender)
                for text, mood, tense, person, number, gender in suffixes
            ]
        )

    def noun(self, lemma: str) -> tuple[Form, ...]:
        """Give singular and plural of a noun; its gender is not told."""
        return tuple(self._numbers(lemma, [lemma.lower()], "noun", ""))

    def feminine(self, lemma: str) -> tuple[Form, ...]:
        """Give singular and plural of the feminine of a noun for people, under the masculine's lemma."""
        return tuple(self._numbers(lemma, self._rewrite("agent", lemma.lower()), "noun", "fem"))

    def adjective(self, lemma: str) -> tuple[Form, ...]:
        """Give the forms of an adjective in both genders and numbers, from its masculine singular."""
        word = lemma.lower()
        forms = list(self._numbers(lemma, [word], "adjective", "masc"))
        forms += [
            Form(text, lemma, "adjective", "", "", 0, "sing", "masc") for text in self._rewrite("before_vowel", word)
        ]
        forms += self._numbers(lemma, self._rewrite("feminine", word), "adjective", "fem")
        return tuple(forms)

    def _family(self, lemma: str) -> Family:
        found = None if " " in lemma else _longest(self._tables.verbs, lemma.lower())
        if found is None:
            raise PACK_INVALID(file=self.file, reason=f"no verb paradigm fits {lemma!r}")
        return found

    def _numbers(self, lemma: str, singulars: Iterable[str], pos: Pos, gender: str) -> Iterator[Form]:
        for singular in singulars:
            yield Form(singular, lemma, pos, "", "", 0, "sing", gender)
            for plural in self._rewrite("plural", singular):
                yield Form(plural, lemma, pos, "", "", 0, "plur", gender)

    def _rewrite(self, table: str, word: str) -> list[str]:
        found = _longest(self._tables.words[table], word)
        return [word[: len(word) - found.cut] + ending for ending in found.endings] if found else []


def index(forms: Iterable[Form]) -> dict[str, tuple[Form, ...]]:
    """Map each written form to its readings, in the order of ``forms``."""
    readings: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        readings[form[0]].append(form)
    return {text: tuple(found) for text, found in readings.items()}


def _longest(table: Mapping[str, T], word: str) -> T | None:
    """Find the entry of the longest ending that the word has; ``^`` stands before whole words."""
    marked = f"^{word}"
    for start in range(len(marked) + 1):
        found = table.get(marked[start:])
        if found is not None:
            return found
    return None
