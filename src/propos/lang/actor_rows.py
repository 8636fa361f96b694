"""From the rows of a pack's actor tables to typed entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import cast

from propos.errors import PACK_INVALID
from propos.lang.actor_entries import Civility, Demonym, Gender, Index, Name, Number, Sort, Title
from propos.lang.folding import atoms, fold
from propos.model import ActorKind

Row = Mapping[str, str]
NUMBERS: Mapping[str, Number] = {"sing": "sing", "plur": "plur"}
GENDERS: Mapping[str, Gender] = {"m": "m", "f": "f"}


def inflected(word: str) -> tuple[str, str]:
    """Singular and plural of an adjective."""
    return word, word if word.endswith(("s", "x")) else word + ("x" if word.endswith("eau") else "s")


def preference(name: Name) -> int:
    """Where one form names two actors the first is taken: an international body before a state, a region last."""
    order = ("igo", "state", "organisation", "group", "person")
    return order.index(name.kind) + (3 if name.sort == "region" else 0)


def preferred(folder: Traversable) -> dict[tuple[str, ...], tuple[str, str]]:
    """The reading to take of each ambiguous form, by its atoms: table and key (``ambiguous.tsv``)."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in rows(folder, "ambiguous.tsv"):
        if row["preferred"]:
            table, _, key = row["preferred"].partition(":")
            found[atoms(row["form"])] = table, key
    return found


def places(cities: Iterable[Row], regions: Iterable[Row]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Cities and regions, and the demonyms of regions, with the state in which they lie."""
    for row in cities:
        yield atoms(row["city"]), row["country"]
    for row in regions:
        if row["country"]:
            for form in (row["name"], *split(row["aliases"]), *split(row["demonyms"], ";/")):
                yield atoms(form), row["country"]


def rows(folder: Traversable, name: str) -> Iterator[Row]:
    """The rows of a table, keyed by its header. Raises ``PackError`` where the file is missing or malformed."""
    file = folder / name
    if not file.is_file():
        raise PACK_INVALID(file=name, reason="it is missing")
    header, *lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    columns = header.split("\t")
    for number, line in enumerate(lines, start=2):
        values = line.split("\t")
        if len(values) != len(columns):
            raise PACK_INVALID(file=name, reason=f"line {number} has {len(values)} columns, the header {len(columns)}")
        yield dict(zip(columns, values, strict=True))


def split(cell: str, separators: str = ";") -> list[str]:
    """The values of a cell that holds a list."""
    return [piece.strip() for piece in re.split(f"[{separators}]", cell) if piece.strip()]


def state(row: Row, form: str, sort: Sort) -> Name:
    """One name of a state."""
    gender: Gender = "" if sort in {"capital", "seat"} else GENDERS.get(row["gender"], "")
    number: Number = "sing" if sort in {"capital", "seat"} else NUMBERS.get(row["number"], "sing")
    bare = sort == "capital" or row["article"] == "none"
    return Name(row["iso3"], row["name"], form, sort, "state", row["iso3"], "GOV", gender, number, bare)


def state_names(table: Iterable[Row]) -> Iterator[Name]:
    """Every name, capital and seat of power."""
    columns: tuple[tuple[str, Sort], ...] = (
        ("name", "state"), ("aliases", "state"), ("capital", "capital"), ("capital_aliases", "capital"), ("seats", "seat"),
    )  # fmt: skip
    for row in table:
        for column, sort in columns:
            for form in split(row[column]):
                yield state(row, form, sort)


def organisation_names(table: Iterable[Row]) -> Iterator[Name]:
    """Every name and alias of the organisations."""
    for row in table:
        for form in (row["name"], *split(row["aliases"])):
            yield Name(
                row["name"], row["name"], form, "organisation", cast("ActorKind", row["kind"]), row["country"] or None,
                row["sector"] or "UNK", GENDERS.get(row["gender"], ""), NUMBERS.get(row["number"], "sing"),
            )  # fmt: skip


def region_names(table: Iterable[Row]) -> Iterator[Name]:
    """Every name and alias of the regions."""
    for row in table:
        for form in (row["name"], *split(row["aliases"])):
            yield Name(
                row["name"], row["name"], form, "region", "group", row["country"] or None, "GOV",
                GENDERS.get(row["gender"], ""), NUMBERS.get(row["number"], "sing"), row["article"] == "none",
            )  # fmt: skip


def epithets(folder: Traversable, states: Mapping[str, Name], organisations: Mapping[str, Name]) -> Iterator[Name]:
    """Every epithet, as a name of the state or body that it stands for."""
    for row in rows(folder, "epithets.tsv"):
        target = (states if row["target_kind"] == "state" else organisations).get(row["target"])
        if target is None:
            raise PACK_INVALID(file="epithets.tsv", reason=f"{row['epithet']!r} names no known {row['target_kind']}")
        yield Name(
            target.key, target.shown, row["epithet"], "epithet", target.kind, target.country, target.sector,
            GENDERS.get(row["gender"], ""), NUMBERS.get(row["number"], "sing"),
        )  # fmt: skip


def titles(folder: Traversable) -> Index[Title]:
    """Every form of every title."""
    offices = {(row["lemma"], row["country"]): row["office"] for row in rows(folder, "offices.tsv")}
    found: dict[tuple[str, ...], Title] = {}
    for row in sorted(rows(folder, "titles.tsv"), key=lambda row: row["number"] != "plur"):
        office = offices.get((row["lemma"], row["country"])) or offices.get((row["lemma"], "")) or row["lemma"]
        for form, gender, number in _title_forms(row):
            title = Title(
                row["lemma"],
                office,
                cast("ActorKind", row["kind"]),
                row["sector"],
                row["country"] or None,
                gender,
                number,
            )
            known = found.get(form)
            found[form] = title if known is None else _merged(known, title)
    return Index(found.items())


def _title_forms(row: Row) -> Iterator[tuple[tuple[str, ...], Gender, Number]]:
    gender = GENDERS.get(row["gender"], "")
    if row["number"] == "plur":
        yield atoms(row["lemma"]), gender, "plur"
        return
    yield atoms(row["lemma"]), gender, "sing"
    if row["feminine"]:
        yield atoms(row["feminine"]), "f", "sing"
    if row["plural"]:
        yield atoms(row["plural"]), gender, "plur"
    if row["feminine_plural"]:
        yield atoms(row["feminine_plural"]), "f", "plur"


def _merged(known: Title, other: Title) -> Title:
    """One written form of several genders or numbers says nothing of them; the first lemma keeps it."""
    if known.lemma != other.lemma:
        return known
    return Title(
        known.lemma, known.office, known.kind, known.sector, known.country,
        known.gender if known.gender == other.gender else "", known.number if known.number == other.number else "",
    )  # fmt: skip


def civility(row: Row) -> Civility:
    """A civility."""
    return Civility(
        row["form"], GENDERS.get(row["gender"], ""), NUMBERS.get(row["number"], "sing"), row["sector"] or "UNK",
        row["kind"] == "civility",
    )  # fmt: skip


def demonyms(table: Iterable[Row]) -> dict[str, tuple[Demonym, ...]]:
    """Every form of every demonym; where several states have one, the first in the table comes first."""
    shapes: tuple[tuple[Gender, Number], ...] = (("m", "sing"), ("f", "sing"), ("m", "plur"), ("f", "plur"))
    found: dict[str, tuple[Demonym, ...]] = {}
    for row in sorted(table, key=lambda row: row["status"] != "sovereign"):
        for group in split(row["demonyms"]):
            for form, (gender, number) in zip(group.split("/"), shapes, strict=False):
                entry = Demonym(row["iso3"], gender, number)
                found[fold(form)] = (*found.get(fold(form), ()), entry)
    return found
