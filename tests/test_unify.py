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

from propos.cli.main import run
from propos.errors import SettingsError
from propos.model import Actor, ActorKind, Document, Event, Record, Source, Span, Statement
from propos.store import corrections
from propos.store.corrections import NONE, Corrections
from propos.store.opening import Store
from propos.store.tables import actor_names, actors, addressees, article_actors, parties, readings, statements
from propos.store.tending import correct, corrections_of, tend
from propos.store.unify import unify
from propos.store.writing import Writer

Shelf = Any
Given = tuple[str, ActorKind, str | None]


def put(shelf: Shelf, name: str, *people: Given, outlet: str = "La Rade") -> int:
    found = tuple(Actor(f"a{n}", who, kind, country, "UNK") for n, (who, kind, country) in enumerate(people, 1))
    document = Document("x", name, source=Source(outlet=outlet))
    return int(shelf.put(document, Record(name, "fr", None, None, "x", actors=found)))


def groups(shelf: Shelf) -> dict[str, set[str]]:
    """Key -> all names of the actor; checks that everybody has one."""
    assert not shelf.connection.execute(
        select(article_actors.c.id)
        .join(readings, readings.c.id == article_actors.c.reading)
        .where(article_actors.c.actor.is_(None), readings.c.current.is_(True))
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


# Kept in the dossier -------------------------------------------------------------------------------------------------

MERGE = '[[merge]]\nnames = ["La Ligue", "LLD"]\n'


def taken_in(store: Store, name: str) -> None:
    text = f"{name} parle au port."
    person = Actor("a1", name, "organisation", "SEN", mentions=(Span(0, len(name)),))
    with Writer(store) as writer:
        writer.add(Document(text, name), Record(name, "fr", None, None, text, actors=(person,)))


def keys(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(actors.c.key).order_by(actors.c.key)).scalars())


def test_corrections_stay_with_the_dossier(dossier: str) -> None:
    with Store.open(dossier) as store:
        taken_in(store, "La Ligue")
        tend(store)
        assert correct(store, MERGE, "who.toml") == 0
        taken_in(store, "LLD")
        tend(store)
        assert keys(store) == ["body:SEN:la ligue"]
        assert correct(store, None, "none") == 1
        assert keys(store) == ["body:SEN:la ligue", "body:SEN:lld"]


def test_a_file_with_a_mistake_changes_nothing(dossier: str) -> None:
    with Store.open(dossier) as store:
        correct(store, MERGE, "who.toml")
        with pytest.raises(SettingsError, match="corrections-invalid"):
            correct(store, "[[merge]]\nnames = 1\n", "who.toml")
        with store.reading() as connection:
            assert corrections_of(connection).merges == {"la ligue": "La Ligue", "lld": "La Ligue"}


def test_tending_again_unifies_nothing(dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(dossier) as store:
        taken_in(store, "La Ligue")
        tend(store)
        monkeypatch.setattr("propos.store.unify.unify", None)
        tend(store)


def test_the_command_keeps_shows_and_forgets(dossier: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "who.toml"
    file.write_text(MERGE, encoding="utf-8")
    with Store.open(dossier) as store:
        taken_in(store, "La Ligue")
        taken_in(store, "LLD")
        tend(store)
    assert run(["unify", dossier, str(file)]) == 0
    assert "1 mentions have another actor now" in capsys.readouterr().err
    assert run(["unify", dossier]) == 0
    assert capsys.readouterr().out.strip() == MERGE.strip()
    assert run(["unify", dossier, "--forget"]) == 0
    assert run(["unify", dossier]) == 0
    assert capsys.readouterr().out.startswith("# no merges")


def test_speakers_addressees_and_parties_have_the_actor_too(shelf: Shelf) -> None:
    text = "La Ligue a promis au port."
    people = (Actor("a1", "La Ligue", "group", "SEN", mentions=(Span(0, 8),)), Actor("a2", "port", "group", None, mentions=(Span(21, 25),)))
    said = Statement("s1", Span(9, 17), Span(0, 8), "a1", (Span(9, 25),), "indirect", "clause", "speech", (Span(18, 25),))
    event = Event("e1", "AGREE", Span(11, 17), ("a1",), ("a2",))
    record = Record("x", "fr", None, None, text, (said,), (event,), people)
    shelf.put(Document(text, "x"), record)
    unify(shelf.connection)
    ids = dict(shelf.connection.execute(select(article_actors.c.id, article_actors.c.actor)).all())
    ask = shelf.connection.execute
    assert ask(select(statements.c.actor)).scalars().all() == [ids["a1"]]
    assert ask(select(addressees.c.words, addressees.c.member, addressees.c.actor)).all() == [("au port", "a2", ids["a2"])]
    assert set(ask(select(parties.c.role, parties.c.actor)).all()) == {("actor", ids["a1"]), ("recipient", ids["a2"])}
