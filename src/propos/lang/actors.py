"""The actor lexicon of a language pack: states, organisations, titles, civilities, given names, indexed for matching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from propos.lang import actor_rows as rows
from propos.lang import knowledge as own
from propos.lang.actor_entries import Civility, Demonym, Gender, Index, Name, Number, Sort, Title
from propos.lang.actor_words import ActorWords, load_words
from propos.lang.folding import atoms, fold

__all__ = ["ActorLexicon", "Civility", "Demonym", "Gender", "Index", "Name", "Number", "Sort", "Title", "load"]


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """Everything that the pack, and the user's own file, know about actors.

    ``states`` maps ISO codes to the usual names of states; ``international`` holds the keys of intergovernmental bodies;
    ``places`` finds the state of a city or region, ``persons`` people that the user's file names;
    ``openers`` the first atoms of everything, so that most words of a text are passed over at one look.
    """

    words: ActorWords
    names: Index[Name]
    titles: Index[Title]
    civilities: Mapping[str, Civility]
    demonyms: Mapping[str, tuple[Demonym, ...]]
    given: Mapping[str, Gender]
    states: Mapping[str, Name]
    modifiers: frozenset[str]
    region_demonyms: frozenset[str]
    international: frozenset[str]
    places: Index[str]
    persons: Mapping[tuple[str, ...], tuple[Name, ...]]
    openers: frozenset[str]


def load(folder: Traversable, knowledge: Path | None = None) -> ActorLexicon:
    """The actor lexicon of a pack's folder, with the user's own actors where ``knowledge`` names their file.

    Raises ``PackError`` where a file of the pack is missing or malformed, ``SettingsError`` where the user's is.
    """
    states = tuple(sorted(rows.rows(folder, "states.tsv"), key=lambda row: row["status"] == "former"))
    regions = tuple(rows.rows(folder, "regions.tsv"))
    usual = {row["iso3"]: rows.state(row, row["name"], "state") for row in states if row["status"] != "former"}
    known = own.read(knowledge, usual) if knowledge is not None else ()
    persons = own.persons((*known, *own.entries(rows.rows(folder, "persons.tsv"))))
    bodies = tuple(rows.organisation_names(own.over(rows.rows(folder, "organisations.tsv"), known)))
    names = [*rows.state_names(states), *bodies, *rows.region_names(regions)]
    names.extend(rows.epithets(folder, usual, {name.key: name for name in bodies}))
    given = {fold(row["name"]): rows.GENDERS.get(row["gender"], "") for row in rows.rows(folder, "given_names.tsv")}
    civilities = {fold(row["form"]): rows.civility(row) for row in rows.rows(folder, "civilities.tsv")}
    demonyms, titles = rows.demonyms(states), rows.titles(folder)
    index = Index((atoms(name.form), name) for name in own.names(_chosen(names, folder), known, usual))
    return ActorLexicon(
        words=load_words(folder),
        names=index,
        titles=titles,
        civilities=civilities,
        demonyms=demonyms,
        given=given,
        states=usual,
        modifiers=frozenset(_modifiers(folder)),
        region_demonyms=frozenset(fold(form) for row in regions for form in rows.split(row["demonyms"], ";/")),
        international=frozenset(name.key for name in bodies if name.kind == "igo"),
        places=Index(rows.places(rows.rows(folder, "cities.tsv"), regions)),
        persons=persons,
        openers=index.openers | titles.openers | frozenset(civilities) | frozenset(atoms(form)[0] for form in demonyms),
    )


def _chosen(names: Iterable[Name], folder: Traversable) -> list[Name]:
    """All names, the preferred reading of an ambiguous form first; a form that is rather a given name is none."""
    preferred = rows.preferred(folder)

    def rank(name: Name) -> tuple[bool, int]:
        choice = preferred.get(atoms(name.form))
        return choice is not None and choice[1] != name.key, rows.preference(name)

    kept = (name for name in names if preferred.get(atoms(name.form), ("", ""))[0] != "given_names")
    return sorted(kept, key=rank)


def _modifiers(folder: Traversable) -> Iterable[str]:
    for row in rows.rows(folder, "title_modifiers.tsv"):
        for form in (row["modifier"], row["feminine"]):
            yield from rows.inflected(fold(form))
