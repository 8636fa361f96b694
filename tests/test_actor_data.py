"""The lint of the French actor data: well-formed, complete, and nowhere ambiguous without a stated reason."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "src" / "propos" / "lang" / "fr"

HEADERS = {
    "states.tsv": (
        "iso3 name article gender number status parent aliases english demonyms prefixes "
        "capital capital_aliases seats valid_from valid_to source"
    ),
    "states_hand.tsv": (
        "iso3 name article gender number status parent aliases demonyms prefixes "
        "capital capital_aliases seats valid_from valid_to"
    ),
    "regions.tsv": "name article gender number aliases kind country demonyms source",
    "organisations.tsv": "name aliases kind country sector gender number wikidata valid_from valid_to source",
    "titles.tsv": (
        "lemma feminine plural feminine_plural gender number kind sector "
        "takes_country plural_group country example counter source"
    ),
    "title_modifiers.tsv": "modifier feminine position sense example source",
    "civilities.tsv": "form gender number kind sector long example source",
    "given_names.tsv": "name gender origin source",
    "epithets.tsv": "epithet target_kind target gender number example counter source",
    "ambiguous.tsv": "form readings preferred reason source",
    "cities.tsv": "city country source",
    "persons.tsv": "name aliases kind country sector wikidata valid_from valid_to source",
    "offices.tsv": "lemma country office source",
}
KEYS = {
    "organisations.tsv": "name",
    "regions.tsv": "name",
    "titles.tsv": "lemma",
    "given_names.tsv": "name",
    "civilities.tsv": "form",
    "epithets.tsv": "epithet",
    "title_modifiers.tsv": "modifier",
    "ambiguous.tsv": "form",
    "cities.tsv": "city",
}
ALLOWED = {
    ("states.tsv", "article"): {"le", "la", "les", "l'", "none"},
    ("states.tsv", "status"): {"sovereign", "partial", "territory", "former"},
    ("states.tsv", "source"): {"cldr+hand", "hand"},
    ("regions.tsv", "article"): {"le", "la", "les", "l'", "none"},
    ("regions.tsv", "kind"): {"region", "disputed", "de facto", "continent", "sea", "former"},
    ("organisations.tsv", "kind"): {"igo", "organisation", "group", "state"},
    ("titles.tsv", "kind"): {"person", "organisation", "group", "state", "igo"},
    ("titles.tsv", "takes_country"): {"yes", "no"},
    ("titles.tsv", "plural_group"): {"yes", "no"},
    ("title_modifiers.tsv", "position"): {"before", "after", "both", "prefix"},
    ("civilities.tsv", "kind"): {"civility", "title", "style"},
    ("epithets.tsv", "target_kind"): {"state", "organisation"},
}
GENDERS = {"m", "f"}
NUMBERS = {"sing", "plur"}
SECTORS = {
    *("GOV", "MIL", "JUD", "LEG", "PTY", "REB", "SPY", "IGO"),
    *("NGO", "MED", "EDU", "BUS", "CVL", "CRM", "REF", "UNK"),
}
NOT_STATES = {"ASC", "CPT", "DGA", "QUU", "TAA"}  # reserved by ISO, or the European Union
NAMED = ("name", "aliases", "capital", "capital_aliases", "seats")
EXAMPLES = {
    "titles.tsv": ("lemma", "feminine", "plural", "feminine_plural"),
    "title_modifiers.tsv": ("modifier", "feminine"),
    "civilities.tsv": ("form",),
    "epithets.tsv": ("epithet",),
}

Row = dict[str, str]


def rows(file: str) -> list[Row]:
    """The lines of a table, keyed by the header; every line has as many cells as the header."""
    lines = (PACK / file).read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:] if line]


def parts(cell: str) -> list[str]:
    """The values of a cell that holds a list."""
    return [value for value in cell.split(";") if value]


def builder() -> ModuleType:
    """The build script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("build_states", ROOT / "scripts" / "build_states.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", sorted(HEADERS))
def test_header_and_form(file: str) -> None:
    text = (PACK / file).read_text(encoding="utf-8")
    assert text.split("\n")[0] == HEADERS[file].replace(" ", "\t")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    # No quoting, typewriter apostrophes, plain spaces.
    assert not set(text) & {'"', "\r", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{NO-BREAK SPACE}"}
    assert not re.search(r"(^|\t)[ ;]|[ ;](\t|$)|;;|; |  ", text, re.MULTILINE), "stray separator or space"


@pytest.mark.parametrize("file", sorted(KEYS))
def test_sorted_and_unique(file: str) -> None:
    if file not in {"title_modifiers.tsv", "civilities.tsv"}:
        keys = [row[KEYS[file]] for row in rows(file)]
        assert keys == sorted(keys)
    assert [key for key, count in Counter(row[KEYS[file]] for row in rows(file)).items() if count > 1] == []


@pytest.mark.parametrize("file", sorted(set(HEADERS) - {"states_hand.tsv"}))
def test_every_row_names_its_source(file: str) -> None:
    assert all(row["source"] for row in rows(file))


@pytest.mark.parametrize(("file", "column"), sorted(ALLOWED))
def test_closed_lists(file: str, column: str) -> None:
    assert {row[column] for row in rows(file)} <= ALLOWED[file, column]


@pytest.mark.parametrize("file", ["states.tsv", "regions.tsv", "organisations.tsv", "titles.tsv", "epithets.tsv"])
def test_gender_and_number(file: str) -> None:
    assert {row["gender"] for row in rows(file)} <= GENDERS
    assert {row["number"] for row in rows(file)} <= NUMBERS


@pytest.mark.parametrize("file", ["organisations.tsv", "titles.tsv"])
def test_sectors(file: str) -> None:
    assert {row["sector"] for row in rows(file)} <= SECTORS
    assert {row["sector"] for row in rows("civilities.tsv") if row["sector"]} <= SECTORS


def test_countries_are_known() -> None:
    known = {row["iso3"] for row in rows("states.tsv")}
    used = {row["country"] for file in ("organisations.tsv", "regions.tsv", "titles.tsv") for row in rows(file)}
    used |= {row["parent"] for row in rows("states.tsv")}
    used |= {row["target"] for row in rows("epithets.tsv") if row["target_kind"] == "state"}
    assert used - {""} <= known


def test_iso_codes_come_from_babel() -> None:
    codes = set(builder().alpha2_codes())
    present = {row["iso3"] for row in rows("states.tsv") if row["status"] != "former"}
    assert present <= codes
    reserved = {code for code in codes if code[0] == "Q" and code != "QAT"} | {code for code in codes if code[0] == "X"}
    missing = codes - present - NOT_STATES - reserved - {"AAA", "ZZZ"}
    assert missing == set(), "a territory of ISO 3166-1 has no line"


def test_states_are_regenerated_to_the_byte() -> None:
    build = builder()
    assert build.build(build.read_hand(PACK / "states_hand.tsv")) == (PACK / "states.tsv").read_text(encoding="utf-8")


def test_one_current_line_a_state() -> None:
    current = Counter(row["iso3"] for row in rows("states.tsv") if row["status"] != "former")
    assert set(current.values()) == {1}
    assert sum(row["status"] == "sovereign" for row in rows("states.tsv")) == 194  # members of the UN, and the Holy See
    assert all(row["valid_to"] for row in rows("states.tsv") if row["status"] == "former")


def test_states_are_complete() -> None:
    for row in rows("states.tsv"):
        if row["status"] in {"sovereign", "partial"}:
            assert all(row[column] for column in ("english", "demonyms", "capital")), row["iso3"]


@pytest.mark.parametrize("file", ["states.tsv", "regions.tsv"])
def test_demonyms_have_four_forms(file: str) -> None:
    for row in rows(file):
        for group in parts(row["demonyms"]):
            forms = group.split("/")
            assert [form for form in forms if form and form == form.lower()] == forms, (row["name"], group)
            assert len(forms) == 4, (row["name"], group)


@pytest.mark.parametrize("file", ["states.tsv", "organisations.tsv"])
def test_dates(file: str) -> None:
    for row in rows(file):
        bounds = [date.fromisoformat(row[column]) for column in ("valid_from", "valid_to") if row[column]]
        assert bounds == sorted(bounds), row["name"]


def test_enough_of_everything() -> None:
    assert len(rows("organisations.tsv")) >= 300
    assert len(rows("titles.tsv")) >= 250
    assert len(rows("given_names.tsv")) >= 800


def test_wikidata_ids() -> None:
    ids = [row["wikidata"] for row in rows("organisations.tsv") if row["wikidata"]]
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in ids)
    assert len(ids) == len(set(ids))


def test_agency_spelling_beside_each_accented_capital() -> None:
    bare = builder().bare_capitals
    for file in ("states.tsv", "regions.tsv", "organisations.tsv"):
        for row in rows(file):
            names = {row["name"], *parts(row["aliases"])}
            assert {bare(name) for name in names} <= names, row["name"]


def test_cities_lie_in_states_and_are_in_no_other_table() -> None:
    states = {row["iso3"] for row in rows("states.tsv")}
    assert {row["country"] for row in rows("cities.tsv")} <= states
    assert len(rows("cities.tsv")) >= 600
    named = {name for name, _ in readings()}
    assert {row["city"] for row in rows("cities.tsv")} & named == set()


def test_epithets_point_somewhere() -> None:
    organisations = {row["name"] for row in rows("organisations.tsv")}
    assert {row["target"] for row in rows("epithets.tsv") if row["target_kind"] == "organisation"} <= organisations


@pytest.mark.parametrize(
    ("file", "row"),
    [
        pytest.param(file, row, id=f"{file}-{next(iter(row.values()))}")
        for file in sorted(EXAMPLES)
        for row in rows(file)
    ],
)
def test_examples_hold_the_entry(file: str, row: Row) -> None:
    forms = [row[column].lower() for column in EXAMPLES[file] if row[column]]
    text = row["example"].lower()
    assert row["example"][-1] in ".?!"
    edge = "" if forms[0].endswith("-") else r"(?!\w)"
    # A complement of nationality may stand inside a title: la ministre allemande des Affaires étrangères.
    gaps = [r"(?: \w+)?\s".join(map(re.escape, form.split())) for form in forms]
    assert any(re.search(rf"(?<!\w){form}{edge}", text) for form in gaps)


def readings() -> Iterator[tuple[str, str]]:
    """Every written name in the pack with the entry that it can mean."""
    for row in rows("states.tsv"):
        for column in NAMED:
            yield from ((name, f"states:{row['iso3']}") for name in parts(row[column]))
        yield from ((form, f"states:{row['iso3']}") for group in parts(row["demonyms"]) for form in group.split("/"))
    for file in ("regions", "organisations"):
        for row in rows(f"{file}.tsv"):
            yield from ((name, f"{file}:{row['name']}") for name in (row["name"], *parts(row["aliases"])))
    for row in rows("regions.tsv"):
        yield from ((form, f"regions:{row['name']}") for group in parts(row["demonyms"]) for form in group.split("/"))
    yield from ((row["epithet"], f"epithets:{row['epithet']}") for row in rows("epithets.tsv"))
    yield from ((row["name"], f"given_names:{row['name']}") for row in rows("given_names.tsv"))
    for row in rows("titles.tsv"):
        forms = {row[column] for column in EXAMPLES["titles.tsv"]} - {""}
        yield from ((form, f"titles:{row['lemma']}") for form in forms)


def test_no_ambiguity_without_a_reason() -> None:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, entry in readings():
        found[name].add(entry)
    several = {name: ";".join(sorted(entries)) for name, entries in found.items() if len(entries) > 1}
    listed = {row["form"]: ";".join(sorted(parts(row["readings"]))) for row in rows("ambiguous.tsv")}
    assert several == listed


def test_ambiguous_prefers_one_of_its_readings() -> None:
    for row in rows("ambiguous.tsv"):
        assert row["reason"]
        assert row["preferred"] in {"", *parts(row["readings"])}
