"""What a pack says of words for telling what an act is about (``matters.toml``): denying, empty words, names, tenses."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from propos.errors import PACK_INVALID
from propos.lang import events, lemmas, loader, theme_words
from propos.lang.actor_rows import rows
from propos.lang.folding import fold

FILE = "matters.toml"
_LISTS = {"denying", "none", "negations", "relatives", "auxiliaries", "closers", "undone", "empty"}
_PAST = {("ind", "imp"), ("ind", "past")}
_SMALL = 5
_PRESENT_PARTICIPLE = ("part", "pres")
_FUTURE, _CONDITIONAL, _INFINITIVE = ("ind", "fut"), ("cnd", "pres"), ("inf", "")


@dataclass(frozen=True, slots=True)
class MatterWords:
    """Folded words and lemmas. ``places``: words of the names of cities, regions and states; ``names``: those, and inhabitants.

    ``tenses``: folded form of a verb -> its moods and tenses.
    """

    denying: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    closers: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    tenses: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    lemmas: lemmas.Lemmas = field(default_factory=lemmas.Lemmas)

    def is_verb(self, words: Iterable[str]) -> bool:
        """Whether folded words begin with a verb, small words such as *ne* aside."""
        first = next((word for word in words if word in self.tenses or len(word) > _SMALL), "")
        return first in self.tenses

    def is_participle(self, words: Iterable[str]) -> bool:
        """Whether the verb among folded words is a participle without an auxiliary: *détenu*, *déployant*."""
        told = [word for word in words if word in self.tenses]
        return bool(told) and all(mood == "part" for word in told for mood, _ in self.tenses[word])

    def acts(self, words: Iterable[str]) -> bool:
        """Whether one of some lemmas is that of a verb."""
        return any(_INFINITIVE in self.tenses.get(word, ()) for word in words)

    def is_past(self, words: Iterable[str]) -> bool:
        """Whether folded words of a verb tell of what is over: *n'a pas tiré*, *tirait*, *avoir tiré*; not *ne tire pas*."""
        told = list(words)
        if any(self.tenses.get(word, frozenset()) == {_PRESENT_PARTICIPLE} for word in told):
            return False
        aided = [word for word in told if self.lemmas.of(word) in self.auxiliaries]
        return bool(aided and len(told) > len(aided)) or any(_PAST & self.tenses.get(word, frozenset()) for word in told)

    def is_ahead(self, words: Iterable[str]) -> bool:
        """Whether folded words of a verb tell of what is not yet done: *retirera*, *retirerait*, *retirer*; not *avoir retiré*."""
        moods = {word: self.tenses[word] for word in words if word in self.tenses}
        if any(mood == {_FUTURE} for mood in moods.values()):
            return True
        auxiliary = {word for word, mood in moods.items() if self.lemmas.of(word) in self.auxiliaries}
        return any(_CONDITIONAL in mood for word, mood in moods.items() if word not in auxiliary) or (
            not auxiliary and any(_INFINITIVE in mood for mood in moods.values())
        )


@lru_cache(maxsize=4)
def load(language: str) -> MatterWords:
    """The words of a language; empty ones where its pack has none. Raises ``PackError``."""
    folder = files("propos.lang") / language
    if language not in loader.available() or not (folder / FILE).is_file():
        return MatterWords()
    table = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    if table.keys() != _LISTS:
        raise PACK_INVALID(file=FILE, reason=f"keys {sorted(table.keys() ^ _LISTS)} are missing or unknown")
    known = lemmas.load(language)
    lists = {name: frozenset(map(fold, table[name])) for name in _LISTS}
    for name in ("denying", "undone", "empty"):
        lists[name] |= {known.of(word) for word in lists[name]}
    themes = theme_words.load(language)
    if themes is not None:
        lists["empty"] |= themes.no_adjectives | themes.determiners
    places, inhabitants = frozenset(_places(language)), frozenset(_inhabitants(language))
    return MatterWords(**lists, places=places, names=places | inhabitants, tenses=_tenses(language), lemmas=known)


def _tenses(language: str) -> Mapping[str, frozenset[tuple[str, str]]]:
    pack = loader.load(language)
    lexicon = events.load(files("propos.lang") / language, pack)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for table in (pack.forms, lexicon.forms):
        for group in table.values():
            for form in group:
                if form.pos == "verb":
                    found[fold(form.text)].add((form.mood, form.tense))
    return {word: frozenset(moods) for word, moods in found.items()}


def _places(language: str) -> Iterator[str]:
    folder = files("propos.lang") / language
    names = [row["city"] for row in rows(folder, "cities.tsv")]
    names += [name for row in rows(folder, "regions.tsv") for name in (row["name"], *row["aliases"].split(";"))]
    for row in rows(folder, "states.tsv"):
        names += [name for column in ("name", "aliases", "capital", "capital_aliases") for name in row[column].split(";")]
    return (word for name in names for word in lemmas.words(name))


def _inhabitants(language: str) -> Iterator[str]:
    folder = files("propos.lang") / language
    for file in ("states.tsv", "regions.tsv"):
        for row in rows(folder, file):
            yield from lemmas.words(row["demonyms"])
