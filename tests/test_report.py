from __future__ import annotations

import re
from dataclasses import replace

import pytest

from propos.evaluate.mistakes import FieldPair, find_mistakes
from propos.evaluate.report import errors_page
from propos.model import Actor, Event, Evidence, Record, Span, Statement, TimeExpression

TEXT = "« Oui <demain> », a dit Anna Lind lundi. Oslo exige des garanties."


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SAID = Statement("s1", at("a dit"), at("Anna Lind"), "a1", (at("« Oui <demain> »"),), "direct", "quote", "speech")
ASKED = Statement("s2", at("exige"), at("Oslo"), "a2", (at("des garanties"),), "indirect", "nominal", "speech")
GOLD = Record(
    id="d<1>",
    language="fr",
    published="2024-01-01",
    title='Un "titre"',
    text=TEXT,
    statements=(SAID, ASKED),
    events=(Event("e1", "REQUEST", at("exige"), actors=("a2",), holder="s2", date="2024"),),
    actors=(
        Actor("a1", "Anna Lind", "person", mentions=(at("Anna Lind"),)),
        Actor("a2", "Norvège", "state", "NOR", mentions=(at("Oslo"),)),
    ),
    times=(TimeExpression(at("lundi"), "2024-01-01"),),
)
OTHER = Record(
    id="d<1>",
    language="fr",
    published=None,
    title=None,
    text=TEXT,
    statements=(replace(SAID, speaker=None, mode="mixed"), replace(ASKED, content=(at("Oslo"),))),
    events=(Event("e1", "THREATEN", at("exige")), Event("e2", "AID", at("dit"))),
    actors=(Actor("a1", "Oslo", "igo", None, mentions=(at("Oslo"),)),),
    times=(TimeExpression(at("lundi"), "2024-01-08"),),
)


def test_no_mistakes_in_the_gold_itself() -> None:
    assert find_mistakes(GOLD, GOLD) == ()


def test_every_mistake_has_its_layer_kind_and_fields() -> None:
    found = [(item.layer, item.kind, item.words) for item in find_mistakes(GOLD, OTHER)]
    assert found == [
        ("statements", "field", "« Oui <demain> »"),
        ("events", "false alarm", "dit"),
        ("actors", "miss", "Anna Lind"),
        ("times", "field", "lundi"),
        ("statements", "false alarm", "Oslo"),
        ("actors", "field", "Oslo"),
        ("events", "type", "exige"),
        ("statements", "miss", "des garanties"),
    ]


def test_wrong_fields_show_both_sides() -> None:
    fields = {item.words: item.fields for item in find_mistakes(GOLD, OTHER) if item.paired}
    assert fields["lundi"] == (FieldPair("value", "2024-01-01", "2024-01-08"),)
    assert fields["exige"] == (FieldPair("type", "REQUEST", "THREATEN"),)
    assert [field.name for field in fields["Oslo"]] == ["country", "kind"]
    assert [field.name for field in fields["« Oui <demain> »"]] == ["speaker", "speaker_actor", "mode"]


def test_wrong_fields_of_events_show_both_sides() -> None:
    event = replace(GOLD.events[0], condition=at("lundi"), condition_kind="if")
    wrong = replace(
        event, actors=(), recipients=("a1",), factuality="claimed", holder="s1", condition_kind="until", date="2023",
        evidence=(Evidence("fr.request.verb.exiger"),),
    )  # fmt: skip
    (mistake,) = find_mistakes(replace(GOLD, events=(event,)), replace(GOLD, events=(wrong,)))
    assert (mistake.layer, mistake.kind, mistake.group, mistake.words) == ("events", "field", "REQUEST", "exige")
    assert mistake.fields == (
        FieldPair("actors", "Norvège", None),
        FieldPair("recipients", None, "Anna Lind"),
        FieldPair("factuality", "asserted", "claimed"),
        FieldPair("holder", f"exige @{at('exige').start}", f"a dit @{at('a dit').start}"),
        FieldPair("condition_kind", "if", "until"),
        FieldPair("date", "2024", "2023"),
    )
    page = errors_page([replace(GOLD, events=(event,))], [replace(GOLD, events=(wrong,))])
    assert "read by fr.request.verb.exiger" in page


@pytest.mark.parametrize("holder", [None, "s2"])
def test_a_holder_is_compared_by_its_statement_not_by_its_id(holder: str | None) -> None:
    """``s2`` of the record is another statement than ``s2`` of the gold."""
    other = replace(GOLD, statements=(replace(SAID, id="s2"),), events=(replace(GOLD.events[0], holder=holder),))
    found = [item for item in find_mistakes(GOLD, other) if item.layer == "events"]
    assert [[field.name for field in item.fields] for item in found] == [["holder"]]


def test_missed_extra_and_wrong_events_can_be_filtered() -> None:
    extra = Event("e2", "AID", at("dit"))
    missed = Event("e0", "CONSULT", at("garanties"))
    gold = replace(GOLD, events=(*GOLD.events, missed))
    found = replace(GOLD, events=(replace(GOLD.events[0], type="THREATEN"), extra))
    kinds = {(item.kind, item.group) for item in find_mistakes(gold, found)}
    assert kinds == {("miss", "CONSULT"), ("false alarm", "AID"), ("type", "REQUEST")}
    page = errors_page([gold], [found])
    for kind, group in kinds:
        assert f'data-layer="events" data-kind="{kind}" data-group="{group}"' in page
    assert '<option value="type">type</option>' in page


def test_the_page_is_escaped_and_whole() -> None:
    page = errors_page([GOLD], [OTHER])
    assert "<demain>" not in page
    assert "&lt;demain&gt;" in page
    assert "d&lt;1&gt; · 2024-01-01 · Un &quot;titre&quot;" in page
    assert "http" not in page
    text = re.search(r'<div class="text" lang="fr">(.*?)</div>', page, re.DOTALL)
    assert text
    assert re.sub(r"<[^>]*>", "", text[1]) == "« Oui &lt;demain&gt; », a dit Anna Lind lundi. Oslo exige des garanties."


def test_every_mark_leads_to_a_card() -> None:
    page = errors_page([GOLD], [OTHER])
    cards = set(re.findall(r'<article class="[^"]*" id="([^"]*)"', page))
    marked = {of[1:] for marks in re.findall(r'data-of="([^"]*)"', page) for of in marks.split()}
    assert len(cards) == 8
    assert marked == cards


def test_a_document_without_a_record_is_all_misses() -> None:
    page = errors_page([GOLD], [])
    assert 'data-kind="miss"' in page
    assert 'data-kind="false alarm"' not in page
