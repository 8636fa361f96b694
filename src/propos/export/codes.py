"""Codes that event data use and records do not: tables under ``data/``, one file a table.

``states.tsv``: ISO 3166-1 alpha-3 -> PLOVER's country, Correlates of War number, English name. ``sectors.tsv``: the
record's sectors -> PLOVER's and ICEWS'. ``bodies.tsv``: bodies with a country code of their own. ``cameo.tsv``: PLOVER
types and modes -> CAMEO roots.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from propos.export.article import Party

QUADS: Mapping[int, str] = MappingProxyType(
    {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
)
"""PLOVER's quad classes in words."""


@dataclass(frozen=True, slots=True)
class State:
    """What other systems call a state: ``plover`` is alpha-3 with dependencies folded, ``cow`` a number as text."""

    plover: str
    cow: str
    name: str


@dataclass(frozen=True, slots=True)
class Sector:
    """What other systems call a sector."""

    plover: str
    icews: str


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO category: its code with leading zeros, its words, its Goldstein score, whether it goes both ways."""

    code: str
    text: str
    goldstein: float
    symmetric: bool


@cache
def states() -> Mapping[str, State]:
    """The states by ISO 3166-1 alpha-3."""
    return {row["iso3"]: State(row["plover"], row["cow"], row["name"]) for row in _rows("states")}


@cache
def sectors() -> Mapping[str, Sector]:
    """The sectors by the record's code."""
    return {row["sector"]: Sector(row["plover"], row["icews"]) for row in _rows("sectors")}


@cache
def cameo() -> Mapping[tuple[str, str], Cameo]:
    """The CAMEO categories by PLOVER type and mode; the mode is empty for all that have no row of their own."""
    return {
        (row["type"], row["mode"]): Cameo(row["cameo"], row["text"], float(row["goldstein"]), row["symmetric"] == "yes")
        for row in _rows("cameo")
    }


def cameo_of(event_type: str, mode: str | None) -> Cameo | None:
    """The CAMEO category of an event; ``None`` for a type that PLOVER does not have."""
    table = cameo()
    return table.get((event_type, mode or "")) or table.get((event_type, ""))


def country(party: Party) -> str | None:
    """PLOVER's country of somebody: a state, or what it has in a state's place (IGO, UNO, EUR, NGO)."""
    if party.country is not None:
        known = states().get(party.country)
        return known.plover if known is not None else party.country
    if party.actor.kind == "igo" or party.sector == "IGO":
        return _bodies().get(party.name, "IGO")
    return "NGO" if party.sector == "NGO" else None


def cow(party: Party) -> str | None:
    """The Correlates of War number of somebody's state; ``None`` for those that are no member of its system."""
    known = states().get(party.country or "")
    return known.cow or None if known is not None else None


def sector(party: Party) -> str | None:
    """PLOVER's sector: its MED is health, ours is the media, its JRN."""
    known = sectors().get(party.sector or "")
    return known.plover if known is not None else party.sector


@cache
def _bodies() -> Mapping[str, str]:
    return {row["name"]: row["code"] for row in _rows("bodies")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("propos.export") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
