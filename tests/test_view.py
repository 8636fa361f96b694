"""Records for people: overlapping spans stay readable, nothing from the text becomes markup."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from propos.model import (
    Actor,
    ConditionKind,
    Diagnostic,
    Event,
    Factuality,
    Record,
    Role,
    Segment,
    Span,
    Statement,
    TimeExpression,
)
from propos.view import cast, events, highlight, marks, rows, table, terminal

TEXT = (
    '<b>Oslo</b> & Kiev\n\nLa Norvège a jugé "utile" un <dialogue>, a indiqué le ministère à l\'ONU dans un communiqué.'
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


INNER = Statement(
    "s1", span("a jugé"), span("La Norvège"), "a1", (span('"utile" un <dialogue>'),), "mixed", "nominal", "attitude",
    via="s2",
)  # fmt: skip
OUTER = Statement(
    "s2", span("a indiqué"), span("le ministère"), None, (span('La Norvège a jugé "utile" un <dialogue>'),),
    "indirect", "clause", "speech", addressees=(span("l'ONU"),), medium=span("un communiqué"), unconfirmed=True,
)  # fmt: skip
RECORD = Record(
    "d1", "fr", "2024-03-15", "<b>Oslo</b> & Kiev", TEXT, (INNER, OUTER),
    actors=(Actor("a1", "Royaume de Norvège", "state"),),
    segments=(Segment("title", Span(0, 18)), Segment("body", Span(20, len(TEXT)))),
    diagnostics=(Diagnostic("odd", "Something <odd>.", Span(0, 3)),),
)  # fmt: skip


EVENTS = (
    Event("e1", "ACCUSE", span("a jugé"), ("a1",), ("a2",), holder="s1", mode="allege", date="2024-03"),
    Event("e2", "CONSULT", span("dialogue"), ("a1", "a3"), (), "claimed", "s1", span("à l'ONU"), "unless"),
    Event("e3", "AID", span("communiqué"), (), ("a2",), "denied"),
)
HAPPENED = replace(
    RECORD,
    events=EVENTS,
    actors=(*RECORD.actors, Actor("a2", "Kiev <b>", "state"), Actor("a3", "ONU", "igo")),
)


def shown(record: Record, width: int = 200) -> str:
    console = Console(file=io.StringIO(), width=width)
    terminal.show(record, console)
    written = console.file
    assert isinstance(written, io.StringIO)
    return written.getvalue()


def test_rows_say_who_to_whom_and_through_whom() -> None:
    first, second = rows.of_record(RECORD)
    assert (first.speaker, first.relay, first.kind) == (
        "Royaume de Norvège (La Norvège)",
        "s2 (le ministère)",
        "attitude",
    )
    assert (second.speaker, second.addressee, second.medium) == ("le ministère", "l'ONU", "un communiqué")
    assert second.unconfirmed


def test_the_terminal_brackets_nest() -> None:
    view = shown(RECORD)
    assert '[s2 La Norvège a jugé [s1 "utile" un <dialogue>]], a indiqué' in view
    assert "note: Something <odd>. at 0: <b> [odd]" in view
    assert "le ministère → l'ONU: La Norvège" in view
    assert "indirect · clause · unconfirmed · through un communiqué" in view
    assert "mixed · nominal · attitude · via s2 (le ministère)" in view


def test_the_cast_begins_with_those_who_speak() -> None:
    silent = Actor("a0", "Kiev", "state", "UKR", "GOV", mentions=(span("Kiev"),))
    speaking = replace(
        RECORD.actors[0], country="NOR", sector="UNK", mentions=(span("La Norvège"),), roles=(Role("hôte", span("Oslo")),)
    )
    first, second = cast.of_record(replace(RECORD, actors=(silent, speaking)))
    assert (first.name, first.about, first.roles, first.statements) == ("Royaume de Norvège", "state NOR", "hôte", 1)
    assert (second.name, second.about, second.statements, second.mentions) == ("Kiev", "state UKR GOV", 0, 1)
    view = shown(replace(RECORD, actors=(silent, speaking)))
    assert "Royaume de Norvège, hôte  state NOR      1 said  1 mentioned" in view


def test_dates_show_their_calendar_values() -> None:
    times = (
        TimeExpression(span("Oslo"), "2024-03", "2024-03-01", "2024-03-31", approximate=True),
        TimeExpression(span("Kiev"), "P2D"),
    )
    assert cast.dates(replace(RECORD, times=times)) == (("Oslo", "about 2024-03-01 to 2024-03-31"), ("Kiev", "P2D"))
    assert "Oslo  about 2024-03-01 to 2024-03-31" in shown(replace(RECORD, times=times))


def test_events_are_told_in_words() -> None:
    first, second, third = events.of_record(HAPPENED)
    assert (first.type, first.parties, first.words) == ("ACCUSE (allege)", "Royaume de Norvège → Kiev <b>", "a jugé")
    assert first.details == ("happened according to the outlet", "on 2024-03")
    assert (second.parties, second.source) == ("Royaume de Norvège, ONU", "Royaume de Norvège")
    assert second.details == ("claimed by Royaume de Norvège only", "unless “à l'ONU”")
    assert (third.parties, third.details) == ("? → Kiev <b>", ("denied",))
    about = replace(EVENTS[2], contexts=("military", "human_rights", "legal", "health"))
    (row,) = events.of_events([about], HAPPENED)
    assert row.details == ("denied", "about military, human rights, legal, …")


@pytest.mark.parametrize(
    ("factuality", "holder", "words"),
    [
        ("claimed", "s2", "claimed by le ministère only"),
        ("claimed", None, "claimed only, the outlet does not vouch for it"),
        ("denied", "s2", "denied by le ministère"),
        ("hypothetical", "s2", "possible"),
        ("planned", "s2", "announced"),
        ("asserted", "s2", "happened according to the outlet"),
    ],
)
def test_whether_it_happened_says_who_vouches(factuality: Factuality, holder: str | None, words: str) -> None:
    event = replace(EVENTS[0], factuality=factuality, holder=holder)
    (row,) = events.of_events([event], HAPPENED)
    assert row.certainty == words


def test_a_source_that_nobody_names_claims_nothing_by_name() -> None:
    nobody = replace(OUTER, speaker=None, speaker_actor=None)
    (row,) = events.of_events([replace(EVENTS[1], holder="s2")], replace(HAPPENED, statements=(nobody,)))
    assert row.certainty == "claimed only, the outlet does not vouch for it"


@pytest.mark.parametrize("kind", get_args(ConditionKind))
def test_every_kind_of_condition_has_words(kind: ConditionKind) -> None:
    (row,) = events.of_events([replace(EVENTS[1], condition_kind=kind)], HAPPENED)
    assert row.condition == f"{events.OPENINGS[kind]} “à l'ONU”"


def test_the_terminal_lists_events_under_their_statement() -> None:
    lines = [line.rstrip() for line in shown(HAPPENED).splitlines()]
    at = lines.index("    mixed · nominal · attitude · via s2 (le ministère)")
    assert lines[at + 1 : at + 3] == [
        "    e1  ACCUSE (allege): Royaume de Norvège → Kiev <b> “a jugé” · happened according to the outlet · on 2024-03",
        "    e2  CONSULT: Royaume de Norvège, ONU “dialogue” · claimed by Royaume de Norvège only · unless “à l'ONU”",
    ]
    at = lines.index("told outside the statements")
    assert lines[at + 1] == "e3  AID: ? → Kiev <b> “communiqué” · denied"
    assert '[s2 La Norvège a jugé[e1] [s1 "utile" un <dialogue[e2]>]], a indiqué' in shown(HAPPENED)


def test_an_event_of_an_unknown_holder_is_not_lost() -> None:
    lost = replace(HAPPENED, statements=(), events=EVENTS[:1])
    assert "told outside the statements\ne1" in re.sub(r" *\n", "\n", shown(lost))
    assert "Told outside the statements" in highlight.html(lost)


def test_the_notebook_lists_events_and_marks_their_words() -> None:
    page = highlight.html(HAPPENED)
    assert "<dialogue" not in page
    assert "Kiev <b>" not in page
    assert '">a jugé</span><sup>e1</sup></span>' in page
    row = "<td>e1</td><td>Royaume de Norvège → Kiev &lt;b&gt;</td><td>ACCUSE (allege)</td>"
    assert page.index("<td>s1</td>") < page.index(row) < page.index("<td>s2</td>") < page.index("<td>e3</td>")
    assert "e2: CONSULT, Royaume de Norvège, ONU, claimed by Royaume de Norvège only, unless “à l&#x27;ONU”" in page


def test_the_table_of_events_has_one_line_an_event() -> None:
    header, *lines = [table.EVENTS.header(), *table.EVENTS.lines(HAPPENED)]
    assert header.split()[:6] == ["document", "id", "type", "actors", "recipients", "factuality"]
    assert len(lines) == len(EVENTS)
    assert lines[1][header.index("factuality") :].split()[0] == "claimed"
    assert lines[1].endswith("unless “à l'ONU”")
    assert lines[0][header.index("date") :].startswith("2024-03 ")


def test_a_record_without_statements_says_so() -> None:
    assert "No statement found." in shown(replace(RECORD, statements=()))
    assert "No statement found." in highlight.html(replace(RECORD, statements=()))


@pytest.mark.parametrize("record", [RECORD, HAPPENED], ids=["statements", "events"])
def test_html_is_escaped_and_keeps_the_text(record: Record) -> None:
    page = record._repr_html_()
    assert "<b>" not in page
    assert "<dialogue>" not in page
    paragraphs = re.findall(r'<p class="(?:title|body)">(.*?)</p>', page, re.DOTALL)
    words = [unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", part))) for part in paragraphs]
    assert words == [line for line in TEXT.split("\n") if line]
    assert '<p class="title">' in page


spans = st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=8))
def test_runs_cover_the_text_once_and_know_their_marks(found: list[Span]) -> None:
    every = [marks.Mark(one, "content", INNER) for one in found]
    whole = Span(0, 40)
    runs = list(marks.cut(whole, every))
    assert [run.span.start for run in runs] + [40] == [0] + [run.span.end for run in runs]
    for run in runs:
        assert {mark.span for mark in run.marks} == {one for one in found if one.overlaps(run.span)}
    opened = [mark for run in runs for mark in run.opens]
    closed = [mark for run in runs for mark in run.closes]
    assert len(opened) == len(closed) == sum(one.overlaps(whole) for one in found)


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_runs_know_the_events_that_end_with_them(found: list[Span], said: list[Span]) -> None:
    triggers = [marks.Trigger(one, replace(EVENTS[0], id=f"e{number}")) for number, one in enumerate(said)]
    runs = list(marks.cut(Span(0, 40), [marks.Mark(one, "content", INNER) for one in found], triggers))
    for run in runs:
        assert {trigger.span for trigger in run.triggers} == {one for one in said if one.overlaps(run.span)}
    inside = [trigger.event.id for trigger in triggers if trigger.span.start < 40]
    assert sorted(event.id for run in runs for event in run.told) == sorted(inside)


@given(st.text(max_size=60), st.lists(spans, max_size=4))
def test_any_record_can_be_shown(text: str, found: list[Span]) -> None:
    inside = [one for one in found if one.end <= len(text)]
    statements = tuple(replace(INNER, content=(one,), cue=None, speaker=one) for one in inside)
    happened = tuple(replace(EVENTS[1], trigger=one, condition=one) for one in inside)
    record = Record("x", "fr", None, None, text, statements, happened)
    assert shown(record)
    assert "<script" not in highlight.html(record)
