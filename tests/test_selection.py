"""Which entries filters keep, what of each, in which order, and how many."""

from __future__ import annotations

from typing import Any

import pytest

from propos.errors import SettingsError
from propos.model import Actor, Document, Event, Factuality, Record, Source, Span, Statement
from propos.query import scope, selection
from propos.query.filters import Filters
from propos.store import copies, search
from propos.store.unify import unify

Shelf = Any
TEXT = "Élodie Morel a menacé la Ligue. La Ligue a promis une aide au port, dit-elle."
PEOPLE = (Actor("a1", "Élodie Morel", "person", "BEL"), Actor("a2", "La Ligue", "organisation", "SEN"))
ONE = Record("one", "fr", "2024-03-05", None, TEXT, actors=PEOPLE)


def said(number: int, speaker: str | None, content: Span) -> Statement:
    return Statement(f"s{number}", None, None, speaker, (content,), "indirect", "clause", "speech")


def event(number: int, kind: str, trigger: Span, who: str, whom: str, how: Factuality = "asserted", holder: str | None = None) -> Event:  # fmt: skip
    return Event(f"e{number}", kind, trigger, (who,) if who else (), (whom,) if whom else (), how, holder)


STATEMENTS = (said(1, "a1", Span(0, 30)), said(2, "a2", Span(32, 60)))
EVENTS = (
    event(1, "THREATEN", Span(15, 21), "a1", "a2"),
    event(2, "AID", Span(50, 55), "a2", "", "planned", "s2"),
)


@pytest.fixture
def dossier(shelf: Shelf) -> Shelf:
    """*one* with statements and events in two outlets, *bare* without; *old* withdrawn; *month* with part of a date."""

    def put(name: str, text: str, published: str | None, record: Record, *, status: str = "current", issued: str | None = None, outlet: str = "La Rade") -> None:  # fmt: skip
        document = Document(text, name, None, published, source=Source(outlet=outlet, issued=issued))
        shelf.put(document, record, status=status)

    full = Record("one", "fr", "2024-03-05", None, TEXT, STATEMENTS, EVENTS, PEOPLE)
    put("late", TEXT, "2024-03-05", full, issued="2024-03-05T20:00:00Z", outlet="L'Écho")
    put("one", TEXT, "2024-03-05", full, issued="2024-03-05T08:00:00Z")
    put("old", TEXT, "2024-03-01", full, status="withdrawn")
    put("bare", "Rien de neuf au phare ce matin.", "2024-03-07", Record("bare", "fr", None, None, "Rien de neuf."))
    put("month", "Le brouillard gagne la côte.", "2024-03", Record("month", "fr", None, None, "Le brouillard."))
    put("undated", "Une barque dérive.", None, Record("undated", "fr", None, None, "Une barque."))
    unify(shelf.connection)
    copies.regroup(shelf.connection)
    search.update(shelf.connection)
    return shelf


EVERYTHING = ["month", "one", "late", "bare", "undated"]
KEPT: list[tuple[str, Filters, list[str]]] = [
    ("all", Filters(), EVERYTHING),
    ("group", Filters(unit="group"), ["month", "one", "bare", "undated"]),
    ("from", Filters(start="2024-03-06"), ["month", "bare"]),
    ("to", Filters(end="2024-03-05"), ["month", "one", "late"]),
    ("day", Filters(start="2024-03-05", end="2024-03-05"), ["month", "one", "late"]),
    ("year", Filters(end="2023-12-31"), []),
    ("outlet", Filters(outlet="l'echo"), ["late"]),
    ("no-outlet", Filters(outlet="x"), []),
    ("query", Filters(query="phare"), ["bare"]),
    ("no-query", Filters(query="*"), []),
    ("actor", Filters(actor="elodie MOREL"), ["one", "late"]),
    ("key", Filters(actor="person:BEL:elodie morel"), ["one", "late"]),
    ("side", Filters(side="SEN", unit="group"), ["one"]),
    ("type", Filters(types=("AID",), outlet="La Rade"), ["one"]),
    ("no-type", Filters(types=("ASSAULT",)), []),
    ("both", Filters(types=("THREATEN",), factuality=("planned",)), []),
]


@pytest.mark.parametrize(("filters", "names"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_articles_that_are_kept_come_in_order(dossier: Shelf, filters: Filters, names: list[str]) -> None:
    found = list(selection.select(dossier.connection, filters))
    assert [entry.key.split("/")[0] for entry in found] == names
    counted = selection.count(dossier.connection, filters)
    assert counted.articles == len(names)
    assert counted.groups == len(set(names) - ({"late"} if "one" in names else set()))
    assert counted.statements == sum(len(entry.statements) for entry in found)


CHOSEN: list[tuple[str, Filters, set[str]]] = [
    ("all", Filters(), {"s1", "s2", "e1", "e2"}),
    ("actor", Filters(actor="Élodie Morel"), {"s1", "e1"}),
    ("side", Filters(side="SEN"), {"s2", "e1", "e2"}),
    ("actor-and-side", Filters(actor="Élodie Morel", side="SEN"), {"e1"}),
    ("type", Filters(types=("THREATEN",)), {"s1", "e1"}),
    ("factuality", Filters(factuality=("planned", "denied")), {"s2", "e2"}),
    ("actor-and-type", Filters(actor="la ligue", types=("THREATEN",)), {"e1"}),
]


@pytest.mark.parametrize(("filters", "ids"), [case[1:] for case in CHOSEN], ids=[case[0] for case in CHOSEN])
def test_statements_and_events_are_those_asked_for(dossier: Shelf, filters: Filters, ids: set[str]) -> None:
    (entry,) = (e for e in selection.select(dossier.connection, filters) if e.key == "one/La Rade")
    assert {item.id for item in entry.statements} | {item.id for item in entry.events} == ids
    assert entry.record.statements == STATEMENTS


def test_an_entry_knows_its_group_and_its_actors(dossier: Shelf) -> None:
    found = {entry.key.split("/")[0]: entry for entry in selection.select(dossier.connection, Filters())}
    one, late = found["one"].group, found["late"].group
    assert one is not None
    assert late is not None
    assert (one.canonical, late.canonical, one.size, late.outlets) == (True, False, 2, ("La Rade", "L'Écho"))
    assert found["bare"].group is None
    assert {key: actor.key for key, actor in found["one"].actors.items()} == {
        "a1": "person:BEL:elodie morel",
        "a2": "body:SEN:la ligue",
    }


def test_what_no_longer_holds_comes_only_when_asked_for(dossier: Shelf) -> None:
    found = [
        entry for entry in selection.select(dossier.connection, Filters(), retired=True) if entry.status != "current"
    ]
    assert [entry.key for entry in found] == ["old/La Rade"]


def test_an_actor_whom_nobody_knows_is_told_with_the_nearest_names(dossier: Shelf) -> None:
    with pytest.raises(SettingsError, match="elodie morel") as caught:
        list(selection.select(dossier.connection, Filters(actor="Elodie Moral")))
    assert caught.value.code == "actor-unknown"


def test_a_last_name_alone_means_all_persons_who_bear_it(dossier: Shelf) -> None:
    assert scope.actors_named(dossier.connection, "morel") == scope.actors_named(dossier.connection, "Élodie Morel")


def test_many_articles_come_batch_by_batch(shelf: Shelf) -> None:
    number = 2 * selection.BATCH + 3
    for place in range(number):
        shelf.put(Document("x", f"d{place:04}", None, f"20{place % 10}0"), ONE)
    unify(shelf.connection)
    found = list(selection.select(shelf.connection, Filters(actor="Élodie Morel")))
    assert found == []  # nobody speaks and nothing happens in them
    assert len(list(selection.select(shelf.connection, Filters()))) == number
