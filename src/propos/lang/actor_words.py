"""Function words that the search for actors needs, by their job (``actors.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources.abc import Traversable

from propos.errors import PACK_INVALID
from propos.lang.folding import fold


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Function words by their job (``actors.toml``), folded."""

    place_prepositions: frozenset[str]
    locative_prepositions: frozenset[str]
    place_nouns: frozenset[str]
    name_particles: frozenset[str]
    complement_prepositions: frozenset[str]
    loose_prepositions: frozenset[str]
    definite_articles: frozenset[str]
    contracted: frozenset[str]
    bare_prepositions: frozenset[str]
    feminine_determiners: frozenset[str]
    masculine_determiners: frozenset[str]
    plural_determiners: frozenset[str]
    bordering_prepositions: frozenset[str]
    borders: frozenset[str]
    neighbours: frozenset[str]
    dative_stems: frozenset[str]
    source_stems: frozenset[str]
    dative_nouns: frozenset[str]
    set_phrases: frozenset[str]
    never_actors: frozenset[str]
    former: frozenset[str]
    role_markers: frozenset[str]
    country_nouns: frozenset[str]
    only_acting: frozenset[str]
    government_nouns: frozenset[str]
    stateless: frozenset[str]
    home_countries: frozenset[str]
    home_words: frozenset[str]
    several_sides: frozenset[str]
    repeating_nouns: frozenset[str]
    voices: frozenset[str]
    unnamed: frozenset[str]
    kin: frozenset[str]
    juntas: frozenset[str]
    soldiers: frozenset[str]
    articles: frozenset[str]
    indefinite_articles: frozenset[str]
    possessives: frozenset[str]
    plural_owners: frozenset[str]
    demonstratives: frozenset[str]
    before_nouns: frozenset[str]
    pair_numbers: frozenset[str]
    latter: frozenset[str]
    counterparts: frozenset[str]
    organisation_nouns: frozenset[str]
    speech_nouns: frozenset[str]
    any_document: frozenset[str]
    issuing: frozenset[str]
    making_stems: frozenset[str]
    masculine_pronouns: frozenset[str]
    feminine_pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    nearest_pronouns: frozenset[str]
    pronoun_tails: frozenset[str]
    vague_pronouns: frozenset[str]
    one_of: frozenset[str]
    head_nouns: frozenset[str]
    exclusive_offices: frozenset[str]
    union_names: frozenset[str]
    union_words: frozenset[str]
    not_names: frozenset[str]
    group_heads: frozenset[str]
    one_person: frozenset[str]
    generic_people: frozenset[str]


def load_words(folder: Traversable) -> ActorWords:
    """The function words of a pack's folder. Raises ``PackError`` where the file is malformed."""
    table = tomllib.loads((folder / "actors.toml").read_text(encoding="utf-8"))
    known = {item.name for item in fields(ActorWords)}
    if set(table) != known:
        odd = sorted(set(table) ^ known)
        raise PACK_INVALID(file="actors.toml", reason=f"unknown or missing keys {odd}")
    # Lemmas and codes are compared as they are written in the other files; words of the text are folded.
    exact = {
        "country_nouns",
        "only_acting",
        "government_nouns",
        "stateless",
        "home_countries",
        "repeating_nouns",
        "voices",
        "kin",
        "juntas",
        "soldiers",
        "union_names",
        "exclusive_offices",
        "head_nouns",
    }
    return ActorWords(**{key: frozenset(value if key in exact else map(fold, value)) for key, value in table.items()})
