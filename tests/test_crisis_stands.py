"""Positions, changes and disputes of the hand-made crisis are those of ``tests/crisis/PLOT.md``, all of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.questions import named
from propos.store.opening import Store
from propos.store.tables import articles

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def names(crisis: Store) -> Mapping[str, str]:
    """Key -> the article's name in the plot (c01, c09:2)."""
    with crisis.reading() as connection:
        rows = connection.execute(select(articles.c.key, articles.c.name)).all()
    return {row.key: row.name.removeprefix("urn:crise:").removesuffix(":1") for row in rows}


def asked(crisis: Store, question: str, **how: Any) -> list[dict[str, Any]]:
    with crisis.reading() as connection:
        return named(question).ask(Asked(connection, Filters(**how))).to_dicts()


# type, article, outlets; without what is only planned.
POSITIONS = {
    "Markaki": [
        "ACCUSE c01 3", "REQUEST c01 3", "REQUEST c06 1", "AGREE c06 1", "REJECT c08 1", "AGREE c11 1", "REJECT c12 1",
        "REJECT c14 1", "ACCUSE c16 2", "REQUEST c16 2", "REQUEST c20 1", "SUPPORT c24 1", "SUPPORT c26 2", "SUPPORT c29 1",
        "SUPPORT c31 2", "AGREE c34 1", "AGREE c34 1",
    ],
    "Petridis": [
        "REJECT c04 1", "REJECT c05 1", "REQUEST c05 1", "ACCUSE c15 1", "ACCUSE c15 1", "ACCUSE c16 2", "THREATEN c18 1",
        "THREATEN c21 1", "REJECT c23 1",
    ],
    "Delios": ["ACCUSE c07 1", "REJECT c08 1", "ACCUSE c22 1", "REJECT c24 1", "REJECT c24 1", "CONCEDE c29 1"],
    "Aydemir": [
        "REJECT c04 1", "ACCUSE c04 1", "REQUEST c04 1", "THREATEN c05 1", "AGREE c06 1", "ACCUSE c11 1", "REQUEST c12 1",
        "ACCUSE c13 1", "REQUEST c14 1", "REQUEST c15 1", "AGREE c22 1", "SUPPORT c30 1", "CONCEDE c31 2", "AGREE c34 1",
    ],
    "Sonmez": [
        "REJECT c01 3", "ACCUSE c01 3", "ACCUSE c07 1", "REQUEST c07 1", "REJECT c09:2 2", "ACCUSE c20 1", "REJECT c20 1",
        "ACCUSE c25 1", "ACCUSE c25 1", "REQUEST c28 1", "SUPPORT c29 1",
    ],
    "Bulut": ["THREATEN c08 1", "ACCUSE c08 1", "REJECT c18 1", "ACCUSE c18 1", "CONCEDE c28 1", "SUPPORT c33 1"],
    "Ferreira": [
        "REQUEST c07 1", "AGREE c14 1", "SUPPORT c23 1", "REQUEST c23 1", "SUPPORT c28 1", "REQUEST c30 1",
    ],
    "Traoré": ["REQUEST c22 1"],
}  # fmt: skip


@pytest.mark.parametrize("who", POSITIONS)
def test_positions(who: str, crisis: Store, names: Mapping[str, str]) -> None:
    rows = [row for row in asked(crisis, "positions", actor=who) if row["factuality"] == "asserted"]
    found = [(row["type"], names[row["passage"]["article"]], len(row["outlets"])) for row in rows]
    assert sorted(f"{kind} {article} {outlets}" for kind, article, outlets in found) == sorted(POSITIONS[who])


def test_no_position_comes_from_what_was_withdrawn(crisis: Store, names: Mapping[str, str]) -> None:
    rows = [row for side in ("GRC", "TUR") for row in asked(crisis, "positions", side=side)]
    assert not {"c09", "c19", "c19:2"} & {names[row["passage"]["article"]] for row in rows}


# before (who, article of one of its sentences), after, the words in common; the five changes of the plot, in
# its order: what is granted on a condition only is weaker.
CHANGES: dict[str, list[tuple[set[str], ...]]] = {
    "GRC": [
        ({"Stavros Delios", "Grèce"}, {"c08", "c21", "c24"}, {"Stavros Delios", "Grèce"}, {"c29"}, {"fregate", "retirer"}),
        ({"Eleni Markaki", "Grèce"}, {"c12", "c13", "c14"}, {"Eleni Markaki"}, {"c34"}, {"negocier"}),
    ],
    "TUR": [
        ({"Leyla Sonmez", "Turquie"}, {"c09:2", "c11"}, {"Kemal Aydemir"}, {"c26"}, {"tirer", "patrouilleur"}),
        ({"Kemal Aydemir", "Turquie"}, {"c04"}, {"Kemal Aydemir", "Leyla Sonmez"}, {"c23", "c28"}, {"liberer", "pecheur"}),
        ({"Orhan Bulut"}, {"c18"}, {"Orhan Bulut"}, {"c28"}, {"rouvrir", "gazoduc"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("side", CHANGES)
def test_changes(side: str, crisis: Store, names: Mapping[str, str]) -> None:
    rows = asked(crisis, "changes", side=side)
    assert len(rows) == len(CHANGES[side])
    for row, (who, refused, later, granted, words) in zip(rows, CHANGES[side], strict=True):
        assert row["before_actor"] in who
        assert row["after_actor"] in later
        assert names[row["before"]["article"]] in refused
        assert names[row["after"]["article"]] in granted
        assert words <= set(row["shared"])
        assert row["country"] == side


def test_a_change_of_one_person(crisis: Store) -> None:
    (row,) = asked(crisis, "changes", actor="Bulut")
    assert (row["before_actor"], row["after_actor"]) == ("Orhan Bulut", "Orhan Bulut")
    assert asked(crisis, "changes", actor="Petridis") == []
    assert asked(crisis, "changes", actor="Sonmez") == []


# verdict, type, actors, recipients, days, asserted, claimed, denied, admitted, articles (copies once)
DISPUTES: list[tuple[Any, ...]] = [
    ("disputed", "ASSAULT", {"marine turque"}, {"deux marins grecs", "Grèce"}, "2023-03-15", "2023-04-03", [],
     {"Stavros Delios"}, {"Kemal Aydemir"}, [], 3),
    ("admitted", "ASSAULT", {"Turquie", "marine turque"}, {"Grèce"}, "2023-03-15", "2023-04-03", [],
     {"Grèce", "Stavros Delios", "Kemal Aydemir"}, {"Leyla Sonmez", "Turquie"}, ["Kemal Aydemir"], 4),
    ("one-sided", "MOBILIZE", {"Turquie"}, set(), "2023-03-13", "2023-03-13", [], {"Méridienne"}, set(), [], 1),
]  # fmt: skip


def test_disputes(crisis: Store) -> None:
    rows = asked(crisis, "disputes")
    found = [
        (
            row["verdict"], row["type"], set(row["actors"]), set(row["recipients"]), row["first"], row["last"], row["asserted_by"],
            set(row["claimed_by"]), set(row["denied_by"]), row["admitted_by"], row["articles"],
        )
        for row in rows
    ]  # fmt: skip
    assert found == DISPUTES


def test_a_dispute_shows_the_claim_and_its_denial(crisis: Store, names: Mapping[str, str]) -> None:
    wounds, shots, submarine = asked(crisis, "disputes")
    assert (names[wounds["claim"]["article"]], names[wounds["denial"]["article"]]) == ("c26", "c26")
    assert names[shots["claim"]["article"]] == "c09:2"
    assert names[shots["denial"]["article"]] in {"c09:2", "c11"}
    assert (names[submarine["claim"]["article"]], submarine["denial"]) == ("c07", None)


def test_before_the_denial_one_side_claims(crisis: Store) -> None:
    """Nobody denies the wounds before 3 April."""
    wounds = [row for row in asked(crisis, "disputes", end="2023-04-02") if "deux marins grecs" in row["recipients"]]
    assert [(row["verdict"], row["claimed_by"]) for row in wounds] == [("one-sided", ["Stavros Delios"])]
