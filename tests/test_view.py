"""Records for people: overlapping spans stay readable, nothing from the text becomes markup."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from propos.model import Actor, Diagnostic, Record, Role, Segment, Span, Statement, TimeExpression
from propos.view import cast, highlight, marks, rows, terminal

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


def test_a_record_without_statements_says_so() -> None:
    assert "No statement found." in shown(replace(RECORD, statements=()))
    assert "No statement found." in highlight.html(replace(RECORD, statements=()))


def test_html_is_escaped_and_keeps_the_text() -> None:
    page = RECORD._repr_html_()
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


@given(st.text(max_size=60), st.lists(spans, max_size=4))
def test_any_record_can_be_shown(text: str, found: list[Span]) -> None:
    inside = [one for one in found if one.end <= len(text)]
    statements = tuple(replace(INNER, content=(one,), cue=None, speaker=one) for one in inside)
    record = Record("x", "fr", None, None, text, statements)
    assert shown(record)
    assert "<script" not in highlight.html(record)
