"""What a pack says of words for proposing themes (``themes.toml``): determiners, links, general nouns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

from propos.errors import PACK_INVALID
from propos.lang import anonymous, loader
from propos.lang.folding import fold

FILE = "themes.toml"
MADE = {"people", "verbs", "infinitives"}
"""What other files of the pack tell."""


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """Folded words: those before a noun, those that join two (and articles after them), and those that are no terms."""

    determiners: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    linked_articles: frozenset[str] = frozenset()
    no_adjectives: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    """Nouns for people of whom is spoken, rather than who speak (*otage*)."""
    verbs: frozenset[str] = frozenset()
    """Forms of the pack's verbs: after a noun they are no adjectives of it."""
    infinitives: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    """Who speaks and acts: titles, inhabitants, nouns for sources; and what they do then (*annonce*)."""


@lru_cache(maxsize=4)
def load(language: str) -> ThemeWords | None:
    """The words of a language; ``None`` where its pack has none, so that nothing is proposed. Raises ``PackError``."""
    file = files("propos.lang") / language / FILE
    if language not in loader.available() or not file.is_file():
        return None
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    names = {field.name for field in fields(ThemeWords)} - MADE
    if table.keys() != names:
        raise PACK_INVALID(file=FILE, reason=f"keys {sorted(table.keys() ^ names)} are missing or unknown")
    pack = loader.load(language)
    folder = files("propos.lang") / language
    function_words = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))["function_words"]
    words = {name: frozenset(map(fold, table[name])) for name in names}
    words["no_adjectives"] |= frozenset(map(fold, function_words)) | words["determiners"]
    verbs = [form for forms in pack.forms.values() for form in forms if form.pos == "verb"]
    words["verbs"] = frozenset(fold(form.text) for form in verbs)
    words["infinitives"] = frozenset(fold(form.lemma) for form in verbs)
    people = {*pack.speakers, *pack.people, *pack.places, *pack.nouns}
    return ThemeWords(**words, people=frozenset(map(fold, people)) - words["matters"] | anonymous.nouns(language))
