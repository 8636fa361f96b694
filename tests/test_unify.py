"""Actors over the whole dossier: who is one, who stays apart, and what a user corrects."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from propos.errors import SettingsError
from propos.model import Actor, ActorKind, Document, Record, Source
from propos.store import corrections
from propos.store.corrections import NONE, Corrections
from propos.store.tables import actor_names, actors, cast, readings
from propos.store.unify import unify

Shelf = Any
Given = tuple[str, ActorKind, str | None]


def put(shelf: Shelf, name: str, *people: Given, outlet: str = "La Rade") -> int:
    found = tuple(Actor(f"a{n}", who, kind, country, "UNK") for n, (who, kind, country) in enumerate(people, 1))
    document = Document("x", name, source=Source(outlet=outlet))
    return int(shelf.put(document, Record(name, "fr", None, None, "x", actors=found)))


def groups(shelf: Shelf) -> dict[str, set[str]]:
    """Key -> all names of the actor; checks that everybody has one."""
    assert not shelf.connection.execute(
        select(cast.c.id)
        .join(readings, readings.c.id == cast.c.reading)
        .where(cast.c.actor.is_(None), readings.c.current.is_(True))
    ).all()
    found: dict[str, set[str]] = {}
    for key, name in shelf.connection.execute(
        select(actors.c.key, actor_names.c.name).join(actor_names, actor_names.c.actor == actors.c.id)
    ):
        found.setdefault(key, set()).add(name)
    return found


CASES: list[tuple[str, list[Given], dict[str, set[str]]]] = [
    ("states", [("la France", "state", "FRA"), ("Paris", "state", "FRA")], {"state:FRA": {"la France", "Paris"}}),
    ("accents", [("Élodie Morel", "person", "BEL"), ("ELODIE MOREL", "person", "BEL")], {"person:BEL:elodie morel": {"Élodie Morel", "ELODIE MOREL"}}),
    ("surname", [("Élodie Morel", "person", "BEL"), ("Morel", "person", "BEL")], {"person:BEL:elodie morel": {"Élodie Morel", "Morel"}}),
    ("particle", [("Jo van der Aa", "person", "BEL"), ("van der Aa", "person", "BEL")], {"person:BEL:jo van der aa": {"Jo van der Aa", "van der Aa"}}),
    ("two-of-a-name", [("Élodie Morel", "person", "BEL"), ("Jean Morel", "person", "BEL"), ("Morel", "person", "BEL")],
     {"person:BEL:elodie morel": {"Élodie Morel"}, "person:BEL:jean morel": {"Jean Morel"}, "person:BEL:morel": {"Morel"}}),
    ("abroad", [("Élodie Morel", "person", "BEL"), ("Morel", "person", "FRA"), ("Morel", "person", None)],
     {"person:BEL:elodie morel": {"Élodie Morel"}, "person:FRA:morel": {"Morel"}, "person::morel": {"Morel"}}),
    ("no-country", [("Élodie Morel", "person", None), ("Élodie Morel", "person", "BEL")], {"person:BEL:elodie morel": {"Élodie Morel"}}),
    ("namesakes", [("Élodie Morel", "person", None), ("Élodie Morel", "person", "BEL"), ("Élodie Morel", "person", "FRA")],
     {key: {"Élodie Morel"} for key in ("person::elodie morel", "person:BEL:elodie morel", "person:FRA:elodie morel")}),
    ("body", [("Ligue des docks", "organisation", "BEN"), ("ligue des Docks", "group", "BEN")], {"body:BEN:ligue des docks": {"Ligue des docks", "ligue des Docks"}}),
    ("bodies-abroad", [("ministère de la Mer", "organisation", "BEN"), ("ministère de la Mer", "organisation", None)],
     {"body:BEN:ministere de la mer": {"ministère de la Mer"}, "body::ministere de la mer": {"ministère de la Mer"}}),
    ("person-and-body", [("Morel", "person", "FRA"), ("Morel", "organisation", "FRA")], {"person:FRA:morel": {"Morel"}, "body:FRA:morel": {"Morel"}}),
]  # fmt: skip


@pytest.mark.parametrize(("people", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_is_one_and_who_stays_apart(shelf: Shelf, people: list[Given], expected: dict[str, set[str]]) -> None:
    for number, person in enumerate(people):
        put(shelf, f"d{number}", person)
    assert unify(shelf.connection) == len(people)
    assert groups(shelf) == expected
    assert unify(shelf.connection) == 0


def test_an_actor_is_called_by_the_full_name(shelf: Shelf) -> None:
    for number, name in enumerate(["Morel", "Morel", "Élodie Morel"]):
        put(shelf, f"d{number}", (name, "person", "BEL"))
    unify(shelf.connection)
    assert shelf.connection.execute(select(actors.c.name, actors.c.country, actors.c.sector)).all() == [
        ("Élodie Morel", "BEL", None)
    ]


def test_what_comes_later_changes_only_what_it_must(shelf: Shelf) -> None:
    put(shelf, "a", ("Morel", "person", "BEL"), ("la Belgique", "state", "BEL"))
    unify(shelf.connection)
    state = shelf.connection.execute(select(actors.c.id).where(actors.c.key == "state:BEL")).scalar()
    put(shelf, "b", ("Élodie Morel", "person", "BEL"), ("la Belgique", "state", "BEL"))
    assert unify(shelf.connection) == 3
    assert set(groups(shelf)) == {"state:BEL", "person:BEL:elodie morel"}
    assert shelf.connection.execute(select(actors.c.id).where(actors.c.key == "state:BEL")).scalar() == state


def test_readings_that_no_longer_hold_are_forgotten(shelf: Shelf) -> None:
    article = put(shelf, "a", ("Morel", "person", "BEL"))
    unify(shelf.connection)
    shelf.connection.execute(update(readings).where(readings.c.article == article).values(current=False))
    unify(shelf.connection)
    assert groups(shelf) == {}


PEOPLE = st.tuples(
    st.sampled_from(["Élodie Morel", "Jean Morel", "Morel", "de Morel", "la Ligue"]),
    st.sampled_from(["person", "organisation", "state"]),
    st.sampled_from([None, "BEL", "FRA"]),
)
SOME = Corrections({"la ligue": "la Ligue", "jean morel": "la Ligue"}, {})


@settings(max_examples=40, deadline=None)
@given(data=st.data(), people=st.lists(PEOPLE, max_size=7), chosen=st.sampled_from([NONE, SOME]))
def test_the_order_of_arrival_does_not_matter(
    shelves: Callable[[], AbstractContextManager[Any]], data: st.DataObject, people: list[Given], chosen: Corrections
) -> None:
    with shelves() as at_once:
        for person in people:
            put(at_once, "x", person, outlet=str(people.index(person)) + str(len(groups_of(at_once))))
        unify(at_once.connection, chosen)
        expected = groups(at_once), facts(at_once)
    with shelves() as one_by_one:
        for person in data.draw(st.permutations(people)):
            put(one_by_one, "x", person, outlet=str(len(groups_of(one_by_one))))
            if data.draw(st.booleans()):
                unify(one_by_one.connection, chosen)
        unify(one_by_one.connection, chosen)
        assert (groups(one_by_one), facts(one_by_one)) == expected


def groups_of(shelf: Shelf) -> list[Any]:
    return list(shelf.connection.execute(select(readings.c.id)).all())


def facts(shelf: Shelf) -> list[tuple[Any, ...]]:
    columns = (actors.c.key, actors.c.name, actors.c.kind, actors.c.country, actors.c.sector)
    return sorted((tuple(row) for row in shelf.connection.execute(select(*columns))), key=str)


def test_a_merge_makes_one_of_several(shelf: Shelf) -> None:
    put(shelf, "a", ("Union du littoral", "organisation", "SEN"), ("UDL", "group", None), ("Ligue", "group", None))
    merged = corrections.parse({"merge": [{"names": ["Union du littoral", "udl", "Front côtier"]}]}, "x")
    unify(shelf.connection, merged)
    assert groups(shelf) == {"body:SEN:union du littoral": {"Union du littoral", "UDL"}, "body::ligue": {"Ligue"}}
    unify(shelf.connection)
    assert len(groups(shelf)) == 3


@pytest.mark.parametrize(
    ("scope", "apart"), [({"outlet": "la gazette"}, "@outlet:la gazette"), ({"article": "b"}, "@article:b")]
)
def test_a_split_takes_a_name_out_of_one_outlet_or_article(shelf: Shelf, scope: dict[str, str], apart: str) -> None:
    put(shelf, "a", ("Morel", "person", "BEL"))
    put(shelf, "b", ("Morel", "person", "BEL"), outlet="La Gazette")
    put(shelf, "c", ("Élodie Morel", "person", "BEL"))
    unify(shelf.connection, corrections.parse({"split": [{"name": "Morel", **scope}]}, "x"))
    assert groups(shelf) == {
        "person:BEL:elodie morel": {"Élodie Morel", "Morel"},
        f"person:BEL:morel{apart}": {"Morel"},
    }
    unify(shelf.connection, corrections.parse({"split": [{"name": "Morel", "as": "Jean Morel", **scope}]}, "x"))
    assert groups(shelf)["person:BEL:jean morel"] == {"Morel", "Jean Morel"}
    assert ("person:BEL:jean morel", "Jean Morel") in {row[:2] for row in facts(shelf)}


BROKEN = {
    "[[merg]]\nnames=[]": "'merg' is unknown",
    "[merge]\nnames=['a','b']": "write [[merge]]",
    "merge=3": "write [[merge]]",
    "[[merge]]\nname='a'": "'name' is unknown",
    "[[merge]]": '"names" must be a list',
    "[[merge]]\nnames=['a', 3]": '"names" must be a list',
    "[[merge]]\nnames=['É', 'e']": "two different names",
    "[[merge]]\nnames=['a','b']\n[[merge]]\nnames=['B','c']": "'b' stands in another merge",
    "[[split]]\noutlet='a'": '"name" is missing',
    "[[split]]\nname='a'": 'either "outlet" or "article"',
    "[[split]]\nname='a'\noutlet='b'\narticle='c'": 'either "outlet" or "article"',
    "[[split]]\nname='a'\noutlet=1": '"outlet" must be a text',
    "[[split]]\nname='a'\noutlet='b'\n[[split]]\nname='A'\noutlet='B'": "split off there twice",
}


@pytest.mark.parametrize(("written", "reason"), BROKEN.items(), ids=range(len(BROKEN)))
def test_errors_say_where_and_why(tmp_path: Path, written: str, reason: str) -> None:
    path = tmp_path / "who.toml"
    path.write_text(written)
    with pytest.raises(SettingsError, match=re.escape(reason)) as caught:
        corrections.load(path)
    assert caught.value.code == "corrections-invalid"


@pytest.mark.parametrize("written", [b"[[merge", b"\xff\xfe", None, b"a=" + b"[" * 5000])
def test_a_file_that_cannot_be_read(tmp_path: Path, written: bytes | None) -> None:
    path = tmp_path / "who.toml"
    if written is not None:
        path.write_bytes(written)
    with pytest.raises(SettingsError) as caught:
        corrections.load(path)
    assert caught.value.code == "corrections-unreadable"


def test_the_page_shows_a_file_that_is_accepted() -> None:
    page = (Path(__file__).parent.parent / "docs" / "unify.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    found = corrections.parse(tomllib.loads(example), "docs/unify.md")
    assert found.merges
    assert found.splits
