"""Copies: groups by wording, the earliest canonical, whatever the order of arrival."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from propos.model import Document, Segment, Source, Span
from propos.store import copies, wording
from propos.store.tables import articles, copy_groups, fingerprints
from propos.store.tables import copies as copies_table

Shelf = Any
LEAD = (
    "Le gouvernement du Val-Sourd a exigé mardi le départ des patrouilleurs arrivés la veille dans la baie de Corne. "
)
SENTENCES = (
    LEAD,
    "« Nous ne tolérerons aucune présence étrangère dans nos eaux », a déclaré la ministre de la Mer, Odile Ferrant. ",
    "Les trois navires battent pavillon de la république voisine d'Ostal, qui parle d'une escale technique de deux jours. ",
    "Selon la capitainerie, un seul d'entre eux a demandé l'autorisation d'entrer au port, vers cinq heures du matin. ",
    "« Cette escale était prévue de longue date », a répondu à la radio le porte-parole de l'amirauté, Bruno Malec. ",
    "Les deux pays se disputent depuis neuf ans le tracé de leur frontière maritime et les droits de pêche au large. ",
    "Une commission d'arbitrage doit remettre son rapport avant la fin de l'automne, mais Ostal en conteste le mandat. ",
    "Des pêcheurs rassemblés sur la jetée ont accueilli les marins par des sifflets, sans qu'aucun incident n'éclate. ",
    "La ministre se rendra jeudi dans la capitale d'Ostal pour y rencontrer son homologue et le chef de la marine. ",
)
TITLE = "Le Val-Sourd exige le départ de trois navires"
DISPATCH = "".join(SENTENCES).strip()
TRANSLATED = DISPATCH.replace(
    "Nous ne tolérerons aucune présence étrangère dans nos eaux", "We will not put up with foreign ships in our waters"
).replace("Cette escale était prévue de longue date", "This call had been planned for a long time")
ADDED = DISPATCH + " L'opposition réclame un débat. Son chef, absent de la séance, s'exprimera demain devant la presse."
COPIES = {
    "same": (TITLE, DISPATCH),
    "title": ("Bras de fer en baie de Corne autour de patrouilleurs", DISPATCH),
    "cut": (TITLE, "".join(SENTENCES[:4]).strip()),
    "added": (TITLE, ADDED),
    "translated": (TITLE, TRANSLATED),
    "accents": (TITLE, DISPATCH.replace("é", "e").replace("«", '"').replace("»", '"')),
}
OTHERS = {
    "flash": ("Urgent", LEAD.strip()),
    "sequel": (
        "Ostal retire ses navires",
        "Les trois navires d'Ostal ont quitté jeudi la baie de Corne, a annoncé la capitainerie. La ministre de la Mer, "
        "Odile Ferrant, y voit « un premier pas ». Les deux pays se disputent depuis neuf ans le tracé de leur frontière "
        "maritime. Bruno Malec, le porte-parole de l'amirauté, a précisé que l'escale technique avait pris fin comme prévu "
        "et que rien n'avait été négocié. Le rapport de la commission est attendu pour l'hiver, a dit un diplomate.",
    ),
    "else": (
        "Neige sur les cols",
        "Il est tombé quarante centimètres de neige dans la nuit sur les cols du massif, où la circulation reste coupée. "
        "Les services de la voirie espèrent rouvrir la route principale avant le soir si le vent faiblit.",
    ),
}


def article(name: str, title: str, body: str, day: int = 5, *, dateline: str = "", outlet: str = "") -> Document:
    text = f"{title}\n\n{dateline}{body}"
    start = len(title) + 2
    parts = [Segment("title", Span(0, len(title)))]
    if dateline:
        parts.append(Segment("dateline", Span(start, start + len(dateline))))
    parts.append(Segment("body", Span(start + len(dateline), len(text))))
    source = Source(outlet=outlet or name, issued=f"2024-03-{day:02}T08:00:00Z")
    return Document(text, name, title, f"2024-03-{day:02}", source=source, segments=tuple(parts))


def groups(shelf: Shelf) -> dict[str, list[str]]:
    """Name of the canonical article -> names of all of its group; checks what the tables say of it."""
    names = {row.id: row.name for row in shelf.connection.execute(select(articles.c.id, articles.c.name))}
    found = {}
    for group in shelf.connection.execute(select(copy_groups)).all():
        members = (
            shelf.connection.execute(select(articles.c.id).where(articles.c.copy_group == group.id)).scalars().all()
        )
        beside = select(copies_table.c.article).where(copies_table.c.copy_group == group.id)
        assert sorted([group.canonical, *shelf.connection.execute(beside).scalars()]) == sorted(members)
        assert group.size == len(members)
        found[names[group.canonical]] = sorted(names[item] for item in members)
    return found


def test_copies_are_alike_and_others_are_not() -> None:
    def runs(title: str, body: str) -> wording.Shingles:
        document = article("x", title, body)
        segments = [{"kind": part.kind, "span": list(part.span)} for part in document.segments]
        return wording.shingles(document.text, json.dumps({"segments": segments}))

    original = runs(TITLE, DISPATCH)
    assert all(wording.similarity(original, runs(*copy)) > wording.ALIKE + 0.2 for copy in COPIES.values())
    assert all(wording.similarity(original, runs(*other)) < wording.ALIKE - 0.2 for other in OTHERS.values())


def test_copies_are_grouped_around_the_earliest(shelf: Shelf) -> None:
    for name, (title, body) in {**COPIES, **OTHERS}.items():
        shelf.put(article(name, title, body, 4 if name == "title" else 5))
    assert copies.regroup(shelf.connection) == copies.Regrouped(len(COPIES) + len(OTHERS), 1)
    assert groups(shelf) == {"title": sorted(COPIES)}
    assert copies.regroup(shelf.connection) == copies.Regrouped(0, 0)


def test_each_outlets_dateline_is_left_out(shelf: Shelf) -> None:
    short = "Le port de Corne a rouvert."
    shelf.put(article("a", "T", short, dateline="CORNE, 5 mars (AGA) - "))
    shelf.put(article("b", "U", short, dateline="Corne (Val-Sourd), envoyé spécial de la Gazette du matin - "))
    copies.regroup(shelf.connection)
    assert groups(shelf) == {"a": ["a", "b"]}


def test_an_hour_comes_before_a_day_without_one() -> None:
    moments = [
        copies.moment("2024-03-05", "2024-03-05T23:00:00Z"),
        copies.moment("2024-03-05", None),
        copies.moment("2024-03-06", "2024-03-06T01:00:00Z"),
        copies.moment("2024-03", None),
        copies.moment("2024-04-01", None),
        copies.moment(None, None),
    ]
    assert moments == sorted(moments)


def test_differences_are_kept(shelf: Shelf) -> None:
    shelf.put(article("a", TITLE, DISPATCH, 4))
    shelf.put(article("b", TITLE, ADDED.replace("neuf ans", "dix ans"), 5))
    copies.regroup(shelf.connection)
    old, new = (
        shelf.connection.execute(select(articles.c.text).where(articles.c.name == name)).scalar() for name in "ab"
    )
    (row,) = shelf.connection.execute(select(copies_table)).all()
    shown = [(op, Span(*one).of(old), Span(*two).of(new)) for op, one, two in json.loads(row.changes)]
    assert shown == [("replace", "neuf", "dix"), ("insert", "", ADDED[len(DISPATCH) :].strip())]
    assert wording.ALIKE < row.similarity < 1


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_articles_that_no_longer_hold_are_in_no_group(shelf: Shelf, status: str) -> None:
    names = ("a", "b", "c")
    ids = [shelf.put(article(name, TITLE, DISPATCH, day)) for day, name in enumerate(names, 1)]
    shelf.put(article("old", TITLE, DISPATCH, 1), status=status)
    copies.regroup(shelf.connection)
    assert groups(shelf) == {"a": ["a", "b", "c"]}
    for gone, left in ((ids[0], {"b": ["b", "c"]}), (ids[1], {})):
        shelf.connection.execute(update(articles).where(articles.c.id == gone).values(status=status))
        copies.regroup(shelf.connection)
        assert groups(shelf) == left
    shelf.connection.execute(update(articles).where(articles.c.id == ids[0]).values(status="current"))
    copies.regroup(shelf.connection)
    assert groups(shelf) == {"a": ["a", "c"]}


def test_a_story_rewritten_step_by_step_does_not_become_one_group(shelf: Shelf) -> None:
    for step in range(7):
        shelf.put(article(f"v{step}", TITLE, "".join(f"{s} numéro {step + k} du jour, selon {chr(97 + step + k)}{step + k}. " for k, s in enumerate(
            [f"Bulletin {chr(97 + step + k) * 3} sur le vent {chr(107 + step + k) * 4} et la houle {chr(100 + step + k) * 5}" for k in range(8)]
        )), step + 1))  # fmt: skip
    copies.regroup(shelf.connection)
    found = groups(shelf)
    assert found
    assert all("v6" not in members for canonical, members in found.items() if canonical == "v0")


CHOICE = st.sampled_from(sorted({**COPIES, **OTHERS}))
SHELVES = Callable[[], AbstractContextManager[Any]]


@settings(max_examples=25, deadline=None)
@given(data=st.data(), chosen=st.lists(st.tuples(CHOICE, st.integers(1, 3)), min_size=1, max_size=7))
def test_groups_do_not_depend_on_the_order_of_arrival(
    shelves: SHELVES, data: st.DataObject, chosen: list[tuple[str, int]]
) -> None:
    stories = {**COPIES, **OTHERS}
    documents = [article(f"{name}{number}", *stories[name], day) for number, (name, day) in enumerate(chosen)]
    with shelves() as at_once:
        for document in documents:
            at_once.put(document)
        copies.regroup(at_once.connection)
        expected = groups(at_once)
        rows = at_once.connection.execute(select(copies_table.c.changes)).scalars().all()
    with shelves() as one_by_one:
        for document in data.draw(st.permutations(documents)):
            one_by_one.put(document)
            if data.draw(st.booleans()):
                copies.regroup(one_by_one.connection)
        copies.regroup(one_by_one.connection)
        assert groups(one_by_one) == expected
        assert sorted(one_by_one.connection.execute(select(copies_table.c.changes)).scalars()) == sorted(rows)


WORDS = st.lists(st.sampled_from(["le", "port", "été", "«", "🚢", "a"]), max_size=40).map(" ".join)


@given(old=WORDS | st.text(), new=WORDS | st.text())
@settings(deadline=None)
def test_changes_turn_one_text_into_the_other(old: str, new: str) -> None:
    words, end = [], 0
    for change in wording.changes(old, new):
        assert end <= change.old.start
        words += [*old[end : change.old.start].split(), *change.new.of(new).split()]
        end = change.old.end
    assert [*words, *old[end:].split()] == new.split()


def test_changes_are_bounded() -> None:
    many = " ".join(f"a{n} b" for n in range(1500))
    found = wording.changes(many, many.replace("a", "c"))
    assert len(found) <= wording.MOST_CHANGES
    long = "x y " * wording.MOST_WORDS
    assert [change.op for change in wording.changes("début " + long + "fin", "début " + long[::-1] + " fin")] == [
        "replace"
    ]


def test_articles_without_words_do_no_harm(shelf: Shelf) -> None:
    for number, body in enumerate(["", "…", "mot"]):
        shelf.put(replace(Document(body, f"d{number}"), segments=()))
    copies.regroup(shelf.connection)
    assert shelf.connection.execute(select(func.count()).select_from(copies_table)).scalar() == 1


def test_a_dossier_without_fingerprints_gets_them(shelf: Shelf) -> None:
    fingerprints.drop(shelf.connection)
    shelf.put(article("a", TITLE, DISPATCH))
    assert copies.regroup(shelf.connection).articles == 1


def test_the_page_tells_the_thresholds() -> None:
    page = (Path(__file__).parent.parent / "docs" / "copies.md").read_text(encoding="utf-8")
    assert f"{wording.ALIKE:.0%}".replace("%", " %") in page
    assert f"{wording.SHORTEST:.0%}".replace("%", " %") in page
