"""The hand-made crisis comes in as ``tests/crisis/PLOT.md`` tells it: articles, copies, the correction, the kill."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from sqlalchemy import select

from crisis import FOLDER, name_of
from propos.store import tables
from propos.store.opening import Store

pytestmark = pytest.mark.model

OUTLETS = {
    "Agence Méridienne": 10,
    "Agence Scaldis": 6,
    "L'Écho de la Meuse": 6,
    "Le Fanal": 7,
    "Le Quotidien du Léman": 7,
}
# The earliest article of each group first.
COPIES = {("c01", "c02", "c03"), ("c09:2", "c10"), ("c16", "c17"), ("c26", "c27"), ("c31", "c32")}


def test_every_file_is_an_article(crisis: Store) -> None:
    with crisis.engine.connect() as connection:
        outlets = Counter(connection.scalars(select(tables.articles.c.outlet)))
        failures = connection.scalars(select(tables.failures.c.code)).all()
    assert outlets == OUTLETS
    assert outlets.total() == len(list(FOLDER.glob("*.xml")))
    assert not failures


def test_the_correction_and_the_kill_hold(crisis: Store) -> None:
    gone = select(tables.articles.c.name, tables.articles.c.status).where(tables.articles.c.status != "current")
    with crisis.engine.connect() as connection:
        found = {row.name: row.status for row in connection.execute(gone)}
    assert found == {
        name_of("c09:1"): "superseded",
        name_of("c19:1"): "withdrawn",
        name_of("c19:2"): "withdrawn",
    }


def test_copies_are_together(crisis: Store) -> None:
    articles, copies, groups = tables.articles.c, tables.copies.c, tables.copy_groups.c
    joined = tables.copies.join(tables.copy_groups, copies.copy_group == groups.id)
    with crisis.engine.connect() as connection:
        names = {row.id: row.name for row in connection.execute(select(articles.id, articles.name))}
        placed = connection.execute(select(groups.canonical, copies.article).select_from(joined)).all()
    found: dict[str, set[str]] = defaultdict(set)
    for canonical, article in placed:
        found[names[canonical]].add(names[article])
    together = {(first, *sorted(members - {first})) for first, members in found.items() if members - {first}}
    assert together == {tuple(map(name_of, group)) for group in COPIES}
