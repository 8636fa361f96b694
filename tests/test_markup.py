from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propos.errors import MarkupError
from propos.evaluate import load_gold
from propos.evaluate.markup import dump, load, parse
from propos.evaluate.quotation import mode_of
from propos.model import Actor, Event, Record, Span, Statement, TimeExpression

HEADER = """\
+++
id = "d01"
title = "Oslo met en garde"
published = "2023-04-18"
language = "fr"
[statements.s1]
form = "clause"
kind = "speech"
actor = "a1"
[actors.a1]
name = "Lars Moe"
kind = "person"
country = "NOR"
sector = "GOV"
[times.t1]
value = "2023-04-18"
[events.e1]
type = "REQUEST"
factuality = "hypothetical"
actors = ["a1"]
holder = "s1"
+++
"""
BODY = (
    "<actor a1><speaker s1>Le ministre Lars Moe</actor a1></speaker s1> <cue s1>a déclaré</cue s1> "
    "<time t1>mardi</time t1> que <content s1>son pays <trigger e1>exigerait</trigger e1> « des preuves »</content s1>.\n"
)
DISPATCH = HEADER + BODY
TEXT = "Le ministre Lars Moe a déclaré mardi que son pays exigerait « des preuves »."


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_offsets_are_those_of_the_text_without_tags() -> None:
    assert parse(DISPATCH) == Record(
        id="d01",
        language="fr",
        published="2023-04-18",
        title="Oslo met en garde",
        text=TEXT,
        statements=(
            Statement(
                id="s1",
                cue=at("a déclaré"),
                speaker=at("Le ministre Lars Moe"),
                speaker_actor="a1",
                content=(at("son pays exigerait « des preuves »"),),
                mode="mixed",
                form="clause",
                kind="speech",
            ),
        ),
        events=(
            Event("e1", "REQUEST", at("exigerait"), actors=("a1",), factuality="hypothetical", holder="s1"),
        ),
        actors=(Actor("a1", "Lars Moe", "person", "NOR", "GOV", (at("Le ministre Lars Moe"),)),),
        times=(TimeExpression(at("mardi"), "2023-04-18"),),
    )  # fmt: skip


def test_several_contents_addressees_and_a_relay_phrase() -> None:
    header = HEADER.replace("[actors.a1]", '[statements.s2]\nform = "quote"\nkind = "speech"\n[actors.a1]', 1)
    source = header + BODY + (
        "<content s2>« Oui »</content s2>, <cue s2>a-t-il lancé</cue s2> à <to s2>Anna</to s2> et <to s2>Paul</to s2>, "
        "<content s2>« sans doute »</content s2>, <via s2>selon l'agence</via s2> dans <medium s2>une note</medium s2>.\n"
    )  # fmt: skip
    record = parse(source)
    second = record.statements[1]
    assert [span.of(record.text) for span in second.content] == ["« Oui »", "« sans doute »"]
    assert [span.of(record.text) for span in second.addressees] == ["Anna", "Paul"]
    assert isinstance(second.via, Span)
    assert second.via.of(record.text) == "selon l'agence"
    assert second.medium
    assert second.mode == "direct"


def test_a_literal_angle_bracket_is_escaped() -> None:
    source = DISPATCH.replace("mardi", "le 3 &lt; 4 &amp;lt; R&D")
    assert "le 3 < 4 &lt; R&D" in parse(source).text
    assert parse(dump(parse(source))) == parse(source)


def test_items_come_in_text_order() -> None:
    second = '[actors.a0]\nname = "Oslo"\nkind = "state"\n[times.t1]'
    record = parse(DISPATCH.replace("[times.t1]", second) + "<actor a0>Oslo</actor a0>")
    assert [actor.id for actor in record.actors] == ["a1", "a0"]


def test_mode_of_the_header_wins() -> None:
    assert parse(DISPATCH.replace('form = "clause"', 'form = "clause"\nmode = "direct"')).statements[0].mode == "direct"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("« Nous partons. »", "direct"),
        ("“Nous partons”", "direct"),
        ('"Nous partons', "direct"),
        ("une « faute »", "direct"),
        ("une très grave « faute »", "mixed"),
        ("Nous partons", "indirect"),
        ("« Nous » ou « eux » (les autres) et « tous »", "mixed"),
        ("« Nous dirons “non” demain »", "direct"),
    ],
)
def test_mode_follows_the_quotation_marks(text: str, mode: str) -> None:
    assert mode_of(text, [Span(0, len(text))]) == mode


def test_a_quotation_goes_on_in_the_next_paragraph_only_with_a_mark_of_its_own() -> None:
    text = '"Nous partons.\n"Et demain aussi."\nFin.'
    assert mode_of(text, [Span(0, 14), Span(15, 33)]) == "direct"
    assert mode_of(text, [Span(34, 38)]) == "indirect"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("+++\nid", "id", "line 1: there is no header"),
        ('id = "d01"', "id = d01", "line 2: the header is not TOML"),
        ('language = "fr"\n', "", "line 2: Top: missing key language"),
        ('published = "2023-04-18"', "published = 2023-04-18", "line 4: published: got"),
        ('form = "clause"', 'form = "phrase"', r"line 7: \[statements.s1\] form: got \"phrase\", allowed is one of quote"),
        ('form = "clause"', 'fomr = "clause"', r"line 6: \[statements.s1\] StatementHeader: unknown key fomr"),
        ('kind = "speech"\n', "", r"line 6: \[statements.s1\] StatementHeader: missing key kind.*Mandatory here: form, kind"),
        ('actor = "a1"', 'actor = "a2"', r"line 9: \[statements.s1\] actor names a2, which is not declared"),
        ('holder = "s1"', 'holder = "s7"', r"line 21: \[events.e1\] holder names s7"),
        ('actors = ["a1"]', 'actors = ["a9"]', r"line 20: \[events.e1\] actors names a9"),
        ('actors = ["a1"]', 'actors = "a1"', r"line 20: \[events.e1\] actors: got \"a1\", allowed is a list"),
        ("[actors.a1]", '[actors.a3]\nname = "x"\nkind = "state"\n[actors.a1]', "line 10: a3 has no <actor a3>"),
        ("<cue s1>", "<clue s1>", "line 23: there is no tag 'clue'"),
        ("<cue s1>", "<cue>", "line 23: '<cue>a déclaré</cue ' is no tag"),
        ("<cue s1>", "", "line 23: </cue s1> closes what is not open"),
        ("</cue s1>", "", "line 23: <cue s1> is never closed"),
        ("<cue s1>", "<cue s1><cue s1>", "line 23: <cue s1> opens twice"),
        ("<cue s1>a déclaré</cue s1>", "<cue s1>a</cue s1> <cue s1>dit</cue s1>", "line 23: <cue s1> stands twice"),
        ("<cue s1>a", "<cue s1> a", "line 23: <cue s1> is empty, or has space"),
        ("<cue s1>a déclaré</cue s1>", "<cue s1></cue s1>", "<cue s1> is empty"),
        ("a déclaré", "a\ndéclaré", "line 23: <cue s1> runs over"),
        (" que ", " que\n\n<to s4>x</to s4> ", "line 25: <to s4> is not declared"),
        ("ministre", "<ministre", "line 23: '<ministre Lars Moe</' is no tag.*&lt;"),
        ('"2023-04-18"', '"18 avril"', "line 4: '18 avril' is no date"),
    ],
)  # fmt: skip
def test_whatever_breaks_a_rule_is_named_with_its_line(old: str, new: str, message: str) -> None:
    source = DISPATCH.replace(old, new, 1)
    assert source != DISPATCH
    with pytest.raises(MarkupError, match=message):
        parse(source, "d01")


def test_via_cannot_be_given_twice() -> None:
    source = DISPATCH.replace('actor = "a1"', 'via = "s1"', 1).replace(" que ", " que <via s1>ici</via s1> ")
    with pytest.raises(MarkupError, match="line 9: s1 has via twice"):
        parse(source)


def test_gold_folders_may_hold_dispatches(tmp_path: Path) -> None:
    (tmp_path / "d01.propos.txt").write_text(DISPATCH, encoding="utf-8")
    assert load_gold(tmp_path) == (parse(DISPATCH),)
    assert load(tmp_path / "d01.propos.txt").id == "d01"


# Round trip --------------------------------------------------------------------------------------------------------

LETTERS = 'aé «»"<&;\n’.𝄞ltmp'
DATES = st.sampled_from([None, "2023", "2023-04", "2023-04-18"])
DAYS = st.sampled_from([None, "2023-04-18"])


@st.composite
def spans(draw: st.DrawFn, text: str, least: int = 0, most: int = 1) -> tuple[Span, ...]:
    """Stretches of the text that can be tagged, apart from each other."""
    words = [Span(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    allowed = [word for word in words if word.of(text) == word.of(text).strip() and "\n" not in word.of(text)]
    chosen: list[Span] = []
    for span in draw(st.lists(st.sampled_from(allowed), min_size=least, max_size=most)):
        if not any(span.overlaps(other) for other in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records of what the notation holds, in text order."""
    text = "x" + draw(st.text(LETTERS, max_size=20))
    actor_ids = [f"a{n}" for n in range(1, draw(st.integers(0, 3)) + 1)]
    statement_ids = [f"s{n}" for n in range(1, draw(st.integers(0, 3)) + 1)]
    some_actor = st.sampled_from([None, *actor_ids])
    some_statement = st.sampled_from([None, *statement_ids])
    actors = [
        Actor(name, draw(st.text(max_size=5)), "person", draw(DATES), "GOV", draw(spans(text, 1, 3)))
        for name in actor_ids
    ]
    statements = [draw(statement(name, text, some_actor, some_statement)) for name in statement_ids]
    times = [
        TimeExpression(draw(spans(text, 1))[0], draw(st.text(max_size=5)), approximate=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    ]
    events = [
        Event(
            id=f"e{number}",
            type="AID",
            trigger=draw(spans(text, 1))[0],
            actors=tuple(actor_ids),
            holder=draw(some_statement),
            condition=(draw(spans(text)) or (None,))[0],
            condition_kind=draw(st.sampled_from([None, "if", "until"])),
            contexts=draw(st.sampled_from([(), ("military", "legal")])),
            intensity=draw(st.sampled_from([None, -4.5, 1e300])),
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    return Record(
        id="d",
        language="fr",
        published=draw(DAYS),
        title=draw(st.none() | st.text()),
        text=text,
        statements=tuple(sorted(statements, key=lambda item: (item.cue or item.content[0], item.id))),
        events=tuple(sorted(events, key=lambda item: (item.trigger, item.id))),
        actors=tuple(sorted(actors, key=lambda item: (item.mentions[0], item.id))),
        times=tuple(sorted(times, key=lambda item: item.span)),
    )


@st.composite
def statement(
    draw: st.DrawFn, name: str, text: str, actor: st.SearchStrategy[str | None], other: st.SearchStrategy[str | None]
) -> Statement:
    """A statement with whatever attachments."""
    return Statement(
        id=name,
        cue=(draw(spans(text)) or (None,))[0],
        speaker=(draw(spans(text)) or (None,))[0],
        speaker_actor=draw(actor),
        content=draw(spans(text, 1, 3)),
        mode=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        form=draw(st.sampled_from(["quote", "nominal"])),
        kind=draw(st.sampled_from(["speech", "attitude"])),
        addressees=draw(spans(text, 0, 2)),
        via=draw(other) or (draw(spans(text)) or (None,))[0],
        medium=(draw(spans(text)) or (None,))[0],
        unconfirmed=draw(st.booleans()),
        date=draw(DATES),
    )


@given(records())
@settings(deadline=None, max_examples=60)
def test_parsing_undoes_dumping(record: Record) -> None:
    assert parse(dump(record)) == record
    assert dump(parse(dump(record))) == dump(record)
