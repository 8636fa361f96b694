"""What is asked of the hand-made crisis has the answers of ``tests/crisis/PLOT.md``, all of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.questions import named
from propos.store.opening import Store
from propos.store.tables import articles

pytestmark = pytest.mark.model

WITHDRAWN = re.compile(r"trois marins|pêcheur est mort|mauvais traitements")
FIRST_DRIFT = (
    "La Grèce exige la libération de ses six pêcheurs, elle le répète depuis le premier jour, et elle ne négociera pas sous la menace"
)
BETWEEN = {"side": "GRC", "other_side": "TUR"}


@pytest.fixture(scope="module")
def names(crisis: Store) -> Mapping[str, str]:
    """Key -> the article's name in the plot (c01, c09:2)."""
    with crisis.reading() as connection:
        rows = connection.execute(select(articles.c.key, articles.c.name)).all()
    return {row.key: row.name.removeprefix("urn:crise:").removesuffix(":1") for row in rows}


def asked(crisis: Store, question: str, **how: Any) -> list[dict[str, Any]]:
    options = {name: how.pop(name) for name in ("other", "other_side", "by") if name in how}
    with crisis.reading() as connection:
        return named(question).ask(Asked(connection, Filters(**how), **options)).to_dicts()


def passages(value: Any) -> Iterator[dict[str, Any]]:
    """All passages of a row, however deep."""
    if isinstance(value, dict):
        if "words" in value:
            yield value
        for held in value.values():
            yield from passages(held)
    if isinstance(value, list):
        for held in value:
            yield from passages(held)


QUESTIONS = [
    ("exchanges", BETWEEN), ("intensity", BETWEEN), ("conditions", {}), ("drift", {}), ("chains", {}), ("sources", {}),
    ("sources", {"by": "side"}), ("agenda", {}), ("speakers", {}), ("speakers", {"by": "gender"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "how"), QUESTIONS)
def test_every_row_has_its_words(question: str, how: dict[str, str], crisis: Store, names: Mapping[str, str]) -> None:
    with crisis.reading() as connection:
        texts = {row.key: row.text for row in connection.execute(select(articles.c.key, articles.c.text))}
    rows = asked(crisis, question, **how)
    assert rows
    for row in rows:
        found = list(passages(row))
        assert found or row.get("events") == 0, row
        for passage in found:
            assert texts[passage["article"]][passage["start"] : passage["end"]] == passage["words"]
            assert names[passage["article"]] not in {"c09", "c19", "c19:2"}
            assert not WITHDRAWN.search(passage["words"])


def test_exchanges(crisis: Store, names: Mapping[str, str]) -> None:
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in asked(crisis, "exchanges", **BETWEEN):
        article = names[row["passage"]["article"]]
        if row["factuality"] in {"asserted", "claimed", "denied"}:
            found[article].add((row["direction"], row["type"], row["factuality"]))
    assert found == {article: set(_told(*exchanges)) for article, exchanges in EXCHANGES.items()}


def _told(*exchanges: str) -> Iterator[tuple[str, str, str]]:
    for exchange in exchanges:
        direction, kind, *rest = exchange.split()
        yield direction, kind, rest[0] if rest else "asserted"


def test_exchanges_stand_in_the_order_of_days(crisis: Store) -> None:
    days = [row["day"] for row in asked(crisis, "exchanges", **BETWEEN)]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2023-03-07", "2023-06")


def test_intensity(crisis: Store) -> None:
    rows = asked(crisis, "intensity", by="week", **BETWEEN)
    means = {row["period"]: row["intensity"] for row in rows}
    assert list(means) == [f"2023-W{week}" for week in range(10, 16)]
    assert all(means[f"2023-W{week}"] < -3 for week in range(10, 14))
    assert means["2023-W13"] < means["2023-W14"] < means["2023-W15"]
    assert means["2023-W15"] > 2
    assert all(row["events"] and row["passages"] for row in rows)


CONDITIONS = [
    ("threat", ["Turquie"], "Si la Grèce déploie sa marine dans la zone", "2023-03-09", "2023-03-17", 3, ["c07"], ["c16"]),
    ("threat", ["Grèce"], "Si la Turquie ne rouvre pas le gazoduc avant le 31 mars", "2023-03-21", "2023-03-24", 2, ["c33"], ["c25"]),
    ("promise", ["Turquie"], "à condition que la Grèce retire ses frégates de la zone", "2023-03-29", "2023-04-04", 2,
     ["c24", "c29", "c30"], ["c30", "c31"]),
    ("promise", ["Orhan Bulut"], "si la Grèce rouvre ses ports", "2023-04-04", "2023-04-04", 1, ["c33"], ["c33"]),
]  # fmt: skip
FACTUALITY = {
    ("c07", "condition"): "asserted", ("c16", "consequence"): "asserted", ("c33", "condition"): "asserted",
    ("c33", "consequence"): "asserted", ("c25", "consequence"): "asserted", ("c24", "condition"): "asserted",
    ("c29", "condition"): "asserted", ("c30", "condition"): "asserted", ("c30", "consequence"): "planned",
    ("c31", "consequence"): "asserted",
}  # fmt: skip


def test_conditions(crisis: Store, names: Mapping[str, str]) -> None:
    rows = asked(crisis, "conditions")
    found = [
        (
            row["sort"], row["who"], row["condition"], row["first"], row["last"], row["said"],
            *([names[later["passage"]["article"]] for later in row["later"] if later["on"] == on] for on in ("condition", "consequence")),
        )
        for row in rows
    ]  # fmt: skip
    assert found == CONDITIONS
    assert {row["status"] for row in rows} == {"open"}
    assert rows[0]["wordings"][1] == "si la Grèce maintient sa marine dans la zone"
    assert rows[1]["wordings"][1] == "si le gazoduc n'est pas rouvert avant la fin du mois"
    assert rows[2]["wordings"][1] == "Si la Grèce retire ses frégates"
    for row in rows:
        for later in row["later"]:
            assert later["factuality"] == FACTUALITY[names[later["passage"]["article"]], later["on"]], later


def test_drift(crisis: Store, names: Mapping[str, str]) -> None:
    rows = asked(crisis, "drift")
    assert [(row["number"], row["speaker"], names[row["first"]["article"]]) for row in rows] == [(1, "Eleni Markaki", "c12")] * 3
    assert {row["first"]["words"] for row in rows} == {f"«\xa0{FIRST_DRIFT}\xa0»"}
    assert [(names[row["other"]["article"]], row["drift"], row["other_speaker"]) for row in rows] == [
        ("c13", "cut", "Eleni Markaki"), ("c14", "changed", "Eleni Markaki"), ("c15", "same", "Nikos Petridis"),
    ]  # fmt: skip
    assert "[-elle le répète depuis le premier jour,-] {+[...]+}" in rows[0]["changes"]
    assert rows[1]["changes"].endswith("[-menace-] {+contrainte+}")
    assert rows[2]["changes"] == FIRST_DRIFT


def test_chains(crisis: Store, names: Mapping[str, str]) -> None:
    columns = ("relay", "source", "anonymous", "statements", "articles", "outlets", "first", "last")
    assert [tuple(row[name] for name in columns) for row in asked(crisis, "chains")] == [
        ("Scaldis", "Kemal Aydemir", False, 2, 2, 2, "2023-03-17", "2023-04-10"),
        ("Méridienne", "Nikos Petridis", False, 1, 1, 1, "2023-03-24", "2023-03-24"),
        ("diplomate européen", "Turquie", True, 1, 1, 1, "2023-03-10", "2023-03-10"),
        ("diplomate européen", "plusieurs capitales", True, 1, 1, 1, "2023-03-21", "2023-03-21"),
        ("source diplomatique", "Otan", True, 1, 1, 1, "2023-03-15", "2023-03-15"),
    ]
    assert [names[row["passage"]["article"]] for row in asked(crisis, "chains")] == ["c15", "c21", "c06", "c18", "c11"]


def test_sources(crisis: Store, names: Mapping[str, str]) -> None:
    rows = {row["who"]: row for row in asked(crisis, "sources")}
    assert {who: (row["statements"], row["anonymous"], row["unknown"]) for who, row in rows.items()} == {
        "Agence Méridienne": (50, 3, 0), "Le Quotidien du Léman": (48, 2, 0), "Agence Scaldis": (44, 1, 0),
        "Le Fanal": (41, 2, 0), "L'Écho de la Meuse": (33, 0, 0),
    }  # fmt: skip
    shown = {who: [names[passage["article"]] for passage in row["passages"][: row["anonymous"]]] for who, row in rows.items()}
    assert shown["Agence Méridienne"] == ["c06", "c06", "c34"]
    assert shown["Le Fanal"] == ["c08", "c28"]
    assert shown["Agence Scaldis"] == ["c18"]
    assert shown["Le Quotidien du Léman"][0] == "c11"


AGENDA = [
    ("2023-03-16", "AGREE", ["Grèce", "Turquie"], [], ["Karin Lindqvist"], "2023-03-10", ["Agence Méridienne"]),
    ("2023-03-29", "AGREE", ["Tomas Ferreira"], ["Turquie"], ["Amina Traoré"], "2023-03-27", ["Le Fanal"]),
    ("2023-03-30", "AGREE", ["Tomas Ferreira", "Eleni Markaki"], [], [], "2023-03-27", ["Le Fanal"]),
    ("2023-03-31", "THREATEN", ["Grèce"], ["Turquie"], ["Nikos Petridis"], "2023-03-21", ["Agence Scaldis", "Agence Méridienne"]),
    ("2023-04-06", "AGREE", ["cabinet"], [], ["source gouvernementale grecque"], "2023-04-04", ["Le Fanal"]),
    ("2023-04-10", "CONCEDE", ["Grèce"], [], ["Stavros Delios"], "2023-04-06", ["Agence Méridienne"]),
    ("2023-04-11", "CONCEDE", ["Turquie"], ["six pêcheurs"], ["Scaldis"], "2023-04-10", ["Le Quotidien du Léman"]),
    ("2023-04-17", "AGREE", ["ministres européens de l’Énergie"], [], ["Commission européenne"], "2023-03-27", ["Le Fanal"]),
    ("2023-04-25", "AGREE", ["Eleni Markaki"], ["Turquie"], [], "2023-04-14", ["Agence Méridienne"]),
    ("2023-05-04", "AGREE", ["Grèce", "Turquie"], [], ["Tomas Ferreira"], "2023-04-14", ["Agence Méridienne"]),
    ("2023-06", "AGREE", ["Kemal Aydemir"], ["Grèce"], ["source diplomatique turque"], "2023-04-14", ["Agence Méridienne"]),
]


def test_agenda(crisis: Store) -> None:
    """Without the trial of 24 May: *seront jugés* is read as no event (see the limits in the plot)."""
    columns = ("date", "type", "who", "whom", "announced_by", "told", "outlets")
    assert [tuple(row[name] for name in columns) for row in asked(crisis, "agenda")] == AGENDA


SPEAKERS = {
    "actor": [
        ("Eleni Markaki", 32, 15, 17), ("Kemal Aydemir", 28, 8, 20), ("Leyla Sonmez", 27, 10, 17), ("Stavros Delios", 20, 8, 12),
        ("Karin Lindqvist", 18, 3, 15), ("Nikos Petridis", 17, 7, 10), ("Grèce", 12, 0, 12), ("Orhan Bulut", 12, 4, 8),
        ("Turquie", 12, 0, 12), ("Tomas Ferreira", 9, 1, 8), ("Scaldis", 4, 0, 4), ("Union européenne", 4, 0, 4),
        ("Amina Traoré", 3, 1, 2), ("diplomate européen", 2, 0, 2), ("source diplomatique", 2, 0, 2),
    ],
    "gender": [("f", 80, 29, 51), ("m", 66, 20, 46)],
    "side": [("GRC", 95, 30, 65), ("TUR", 82, 22, 60), ("BEL", 1, 0, 1)],
    "outlet": [
        ("Agence Méridienne", 50, 13, 37), ("Le Quotidien du Léman", 48, 12, 36), ("Agence Scaldis", 44, 12, 32),
        ("Le Fanal", 41, 11, 30), ("L'Écho de la Meuse", 33, 9, 24),
    ],
}  # fmt: skip


@pytest.mark.parametrize("by", SPEAKERS)
def test_speakers(by: str, crisis: Store) -> None:
    """All who speak more than once: those who speak once are all other actors."""
    rows = asked(crisis, "speakers", by=by)
    found = [(row["who"], row["statements"], row["direct"], row["indirect"]) for row in rows]
    assert found[: len(SPEAKERS[by])] == SPEAKERS[by]
    assert all(count == 1 for _, count, *_ in found[len(SPEAKERS[by]) :])


# What stands between Greece (→) and Turkey (←) in each article that is not a copy.
EXCHANGES: dict[str, tuple[str, ...]] = {
    "c01": ("← COERCE", "← REJECT", "← ACCUSE", "→ ACCUSE"),
    "c03": ("← COERCE",),
    "c04": ("← REJECT", "← RETREAT denied", "← ACCUSE", "← REQUEST", "→ REJECT"),
    "c05": ("← THREATEN", "→ REJECT"),
    "c06": ("↔ CONSULT claimed", "← REJECT"),
    "c07": ("→ ACCUSE", "← ACCUSE", "← REQUEST"),
    "c08": ("← THREATEN", "← ACCUSE", "→ REJECT"),
    "c09:2": ("→ ACCUSE", "← ASSAULT claimed", "← REJECT", "← ASSAULT denied"),
    "c11": ("← ASSAULT denied", "← ACCUSE", "← ASSAULT claimed"),
    "c12": ("↔ CONSULT", "→ REJECT"),
    "c13": ("← ACCUSE", "→ REJECT"),
    "c14": ("↔ REJECT", "← REQUEST"),
    "c15": ("→ ACCUSE",),
    "c16": ("← COERCE", "→ ACCUSE", "→ REQUEST"),
    "c18": ("→ THREATEN", "← REJECT", "← ACCUSE"),
    "c20": ("← ACCUSE",),
    "c22": ("→ ACCUSE", "← ASSAULT claimed"),
    "c23": ("→ REJECT",),
    "c25": ("← ACCUSE",),
    "c26": ("← ASSAULT claimed", "← CONCEDE", "← ASSAULT denied", "→ SUPPORT"),
    "c28": ("← REQUEST",),
    "c29": ("← SUPPORT",),
    "c31": ("← RETREAT",),
    "c33": ("→ RETREAT", "← SUPPORT"),
}
