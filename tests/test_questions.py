"""The questions over a small crisis, told by three outlets: the whole answer of each."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from propos.cli.ask import QUESTION_NAMES
from propos.cli.main import run
from propos.errors import SettingsError
from propos.model import Actor, Document, Event, Factuality, Record, Source, Span, Statement
from propos.query import proposing, recent, themes, wordings
from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.questions import QUESTIONS, named
from propos.store import copies, marks, search
from propos.store.opening import Store
from propos.store.sentences import sentence
from propos.store.tending import tend
from propos.store.unify import unify
from propos.store.writing import Writer

Shelf = Any
PAGE = (Path(__file__).parents[1] / "docs" / "questions.md").read_text(encoding="utf-8")
PEOPLE: dict[str, tuple[Any, str | None]] = {
    "la Norvège": ("state", "NOR"),
    "l'Islande": ("state", "ISL"),
    "Astrid Dahl": ("person", "NOR"),
    "Karl Jonsson": ("person", "ISL"),
    "une source diplomatique": ("group", None),
}


@dataclass(frozen=True)
class Said:
    """A statement: who, the words, how."""

    who: str
    words: str
    mode: Any = "indirect"
    via: str | None = None


@dataclass(frozen=True)
class Done:
    """An event: its type and word, who, whom."""

    kind: str
    word: str
    who: str
    whom: str = ""
    how: Factuality = "asserted"
    holder: str | None = None
    when: str | None = None
    condition: str | None = None
    intensity: float = 0.0


def article(name: str, outlet: str, day: str, text: str, *facts: Said | Done) -> tuple[Document, Record]:
    """A document with the record that its facts make; every word is looked up in the text."""

    def span(words: str) -> Span:
        assert text.count(words) >= 1, words
        return Span(text.index(words), text.index(words) + len(words))

    ids = {who: f"a{n}" for n, who in enumerate(PEOPLE, start=1)}
    actors = tuple(
        Actor(ids[who], who, kind, country, "GOV", (span(who),) if who in text else ())
        for who, (kind, country) in PEOPLE.items()
    )
    statements = tuple(
        Statement(f"s{n}", None, span(said.who), ids[said.who], (span(said.words),), said.mode, "clause", "speech", via=said.via)
        for n, said in enumerate((fact for fact in facts if isinstance(fact, Said)), start=1)
    )
    events = tuple(
        Event(
            f"e{n}", done.kind, span(done.word), (ids[done.who],), (ids[done.whom],) if done.whom else (), done.how,
            done.holder, span(done.condition) if done.condition else None, "if" if done.condition else None, done.when,
            intensity=done.intensity,
        )
        for n, done in enumerate((fact for fact in facts if isinstance(fact, Done)), start=1)
    )  # fmt: skip
    source = Source(outlet=outlet, sha256=name)
    return (
        Document(text, name, name, day, source=source),
        Record(name, "fr", day, name, text, statements, events, actors, source=source),
    )


THREAT = "Astrid Dahl menace de fermer la frontière maritime si les chalutiers islandais entrent dans les eaux de Vardø."
CRISIS = (
    article("refus", "La Rade", "2024-03-01", "Astrid Dahl refuse de rouvrir le port de Vardø aux chalutiers de l'Islande.",
            Done("REJECT", "refuse", "Astrid Dahl", "l'Islande", intensity=-4.0)),
    article("menace", "La Rade", "2024-03-04", f"{THREAT} Rien ne bouge au large depuis une semaine, disent les pêcheurs du port voisin.",
            Said("Astrid Dahl", THREAT[12:]),
            Done("THREATEN", "menace", "Astrid Dahl", "", condition="si les chalutiers islandais entrent dans les eaux de Vardø", intensity=-6.0)),
    article("menace-copie", "Le Cap", "2024-03-04", f"{THREAT} Rien ne bouge au large depuis une semaine, disent les pêcheurs du port.",
            Said("Astrid Dahl", THREAT[12:]),
            Done("THREATEN", "menace", "Astrid Dahl", "", condition="si les chalutiers islandais entrent dans les eaux de Vardø", intensity=-6.0)),
    article("redite", "L'Écho", "2024-03-08", "La ministre Astrid Dahl promet une riposte si des chalutiers islandais entrent de nouveau dans les eaux de Vardø.",
            Done("THREATEN", "riposte", "Astrid Dahl", "", condition="si des chalutiers islandais entrent de nouveau dans les eaux de Vardø", intensity=-6.0)),
    article("abordage", "La Rade", "2024-03-10", "Selon Karl Jonsson, la Norvège a arraisonné deux chalutiers islandais près du phare. Tout va mal à Vardø, où les chalutiers islandais mouillent.",
            Said("Karl Jonsson", "la Norvège a arraisonné deux chalutiers islandais près du phare"),
            Done("COERCE", "arraisonné", "la Norvège", "Karl Jonsson", "claimed", "s1", "2024-03-09", intensity=-7.0)),
    article("démenti", "Le Cap", "2024-03-11", "Astrid Dahl nie que la Norvège ait arraisonné des chalutiers près du phare de Karl Jonsson.",
            Said("Astrid Dahl", "la Norvège ait arraisonné des chalutiers près du phare"),
            Done("COERCE", "arraisonné", "la Norvège", "Karl Jonsson", "denied", "s1", "2024-03-09", intensity=-7.0)),
    article("citation", "La Rade", "2024-03-12", "Karl Jonsson : « Nous ne céderons pas un seul mille de nos eaux à la flotte voisine, ni demain ni jamais ».",
            Said("Karl Jonsson", "« Nous ne céderons pas un seul mille de nos eaux à la flotte voisine, ni demain ni jamais »", "direct")),
    article("citation-coupée", "Le Cap", "2024-03-13", "« Nous ne céderons pas un seul mille de nos eaux à la flotte voisine », a lancé Karl Jonsson devant une source diplomatique.",
            Said("Karl Jonsson", "« Nous ne céderons pas un seul mille de nos eaux à la flotte voisine »", "direct"),
            Said("une source diplomatique", "Nous ne céderons pas un seul mille", via="s1")),
    article("accord", "L'Écho", "2024-03-20", "Astrid Dahl accepte de rouvrir le port de Vardø aux chalutiers de l'Islande. Elle annonce une rencontre le 28 mars.",
            Done("AGREE", "accepte", "Astrid Dahl", "l'Islande", intensity=3.0),
            Done("CONSULT", "rencontre", "Astrid Dahl", "l'Islande", "planned", when="2024-03-28", intensity=1.0)),
)  # fmt: skip


@pytest.fixture
def shelf_of_crisis(shelf: Shelf) -> Shelf:
    for document, record in CRISIS:
        shelf.put(document, record, key=document.id)
    unify(shelf.connection)
    copies.regroup(shelf.connection)
    search.update(shelf.connection)
    return shelf


def answered(shelf: Shelf, question: str, **how: Any) -> list[dict[str, Any]]:
    asked = {name: how.pop(name) for name in ("other", "other_side", "by", "themes") if name in how}
    return named(question).ask(Asked(shelf.connection, Filters(**how), **asked)).to_dicts()


def some(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_positions_are_told_once_for_all_copies(shelf_of_crisis: Shelf) -> None:
    rows = answered(shelf_of_crisis, "positions", actor="Dahl")
    assert some(rows, "type", "recipients", "published", "outlets", "articles") == [
        ("REJECT", ["l'Islande"], "2024-03-01", ["La Rade"], 1),
        ("THREATEN", [], "2024-03-04", ["La Rade", "Le Cap"], 2),
        ("THREATEN", [], "2024-03-08", ["L'Écho"], 1),
        ("AGREE", ["l'Islande"], "2024-03-20", ["L'Écho"], 1),
    ]
    assert rows[1]["condition"] == "si les chalutiers islandais entrent dans les eaux de Vardø"
    assert rows[1]["passage"] == {
        "article": "menace", "outlet": "La Rade", "published": "2024-03-04", "start": 0, "end": len(THREAT), "words": THREAT,
    }  # fmt: skip
    assert answered(shelf_of_crisis, "positions", side="NOR") == rows


def test_positions_by_theme(shelf_of_crisis: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "themes.toml"
    file.write_text('ports = ["port de Vardø"]\n"frontières" = ["frontières maritimes"]\n', encoding="utf-8")
    rows = answered(shelf_of_crisis, "positions", actor="Dahl", themes=themes.load(file))
    assert some(rows, "type", "themes") == [("REJECT", ["ports"]), ("THREATEN", ["frontières"]), ("AGREE", ["ports"])]


def test_a_change_is_proposed_with_both_sentences(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "changes", actor="Dahl")
    assert (row["before_actor"], row["after_actor"]) == ("Astrid Dahl", "Astrid Dahl")
    assert (row["before_type"], row["after_type"], row["pairs"]) == ("REJECT", "AGREE", 1)
    assert row["shared"] == ["chalutier", "islande", "port", "rouvrir", "vardø"]
    assert (row["before"]["article"], row["after"]["article"]) == ("refus", "accord")
    assert 0 < row["score"] <= 1


def test_exchanges_go_both_ways(shelf_of_crisis: Shelf) -> None:
    rows = answered(shelf_of_crisis, "exchanges", side="NOR", other_side="ISL")
    assert some(rows, "day", "sender", "direction", "receiver", "type", "factuality") == [
        ("2024-03-01", ["Astrid Dahl"], "→", ["l'Islande"], "REJECT", "asserted"),
        ("2024-03-09", ["la Norvège"], "→", ["Karl Jonsson"], "COERCE", "claimed"),
        ("2024-03-09", ["la Norvège"], "→", ["Karl Jonsson"], "COERCE", "denied"),
        ("2024-03-20", ["Astrid Dahl"], "→", ["l'Islande"], "AGREE", "asserted"),
        ("2024-03-28", ["Astrid Dahl"], "→", ["l'Islande"], "CONSULT", "planned"),
    ]
    back = answered(shelf_of_crisis, "exchanges", side="ISL", other_side="NOR")
    assert [row["direction"] for row in back] == ["←"] * 5


def test_intensity_has_the_counts_behind_it(shelf_of_crisis: Shelf) -> None:
    rows = answered(shelf_of_crisis, "intensity", side="NOR", other_side="ISL")
    assert some(rows, "period", "events", "there", "back", "intensity") == [
        ("2024-W09", 1, 1, 0, -4.0), ("2024-W10", 1, 1, 0, -7.0), ("2024-W11", 0, 0, 0, 0.0), ("2024-W12", 1, 1, 0, 3.0),
    ]  # fmt: skip
    assert [row["smoothed"] for row in rows] == [-5.0, -6.0, -2.0, 3.0]
    assert some(answered(shelf_of_crisis, "intensity", side="NOR", other_side="ISL", by="month"), "period", "events") == [
        ("2024-03", 3)
    ]


def test_a_condition_that_is_said_again_is_one(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "conditions")
    assert (row["sort"], row["who"], row["said"], row["first"], row["last"]) == (
        "threat", ["Astrid Dahl"], 2, "2024-03-04", "2024-03-08",
    )  # fmt: skip
    assert row["outlets"] == ["La Rade", "Le Cap", "L'Écho"]
    assert len(row["wordings"]) == 2
    assert [(later["type"], later["passage"]["article"]) for later in row["later"]] == [("COERCE", "abordage")]


def test_a_reader_says_what_became_of_it(shelf_of_crisis: Shelf) -> None:
    (before,) = answered(shelf_of_crisis, "conditions")
    assert before["status"] == "open"
    marks.mark(shelf_of_crisis.connection, before["key"], "met", "arraisonnement du 9 mars")
    marks.mark(shelf_of_crisis.connection, before["key"], "not met", "démenti")
    (after,) = answered(shelf_of_crisis, "conditions")
    assert after == before | {"status": "not met", "note": "démenti"}


def test_a_claim_and_its_denial_stand_together(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "disputes")
    assert (row["verdict"], row["type"], row["first"]) == ("disputed", "COERCE", "2024-03-09")
    assert (row["claimed_by"], row["denied_by"], row["asserted_by"]) == (["Karl Jonsson"], ["Astrid Dahl"], [])
    assert (row["claim"]["article"], row["denial"]["article"]) == ("abordage", "démenti")
    (alone,) = answered(shelf_of_crisis, "disputes", end="2024-03-10")
    assert (alone["verdict"], alone["denial"]) == ("one-sided", None)
    (denied,) = answered(shelf_of_crisis, "disputes", start="2024-03-11")
    assert (denied["verdict"], denied["claim"]) == ("denied", None)


def test_a_quotation_that_is_cut(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "drift")
    assert (row["drift"], row["speaker"], row["other_speaker"]) == ("cut", "Karl Jonsson", "Karl Jonsson")
    assert (row["first"]["article"], row["other"]["article"]) == ("citation", "citation-coupée")
    assert row["changes"] == "Nous ne céderons pas un seul mille de nos eaux à la flotte voisine, [-ni demain ni jamais-]".replace(
        "voisine,", "voisine"
    )


def test_who_relays_whom(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "chains")
    assert (row["relay"], row["source"], row["anonymous"], row["statements"]) == (
        "Karl Jonsson", "une source diplomatique", True, 1,
    )  # fmt: skip
    assert row["passage"]["article"] == "citation-coupée"


def test_nobody_relays_whom_they_speak_for(shelf: Shelf) -> None:
    text = "Selon la Norvège, Astrid Dahl juge la loi bonne. Selon Karl Jonsson, Astrid Dahl juge la mer calme."
    said = (
        Said("la Norvège", "Astrid Dahl juge la loi bonne"), Said("Astrid Dahl", "la loi bonne", via="s1"),
        Said("Karl Jonsson", "Astrid Dahl juge la mer calme"), Said("Astrid Dahl", "la mer calme", via="s3"),
        Said("l'Islande", "la mer calme", via="par la voix d'Astrid Dahl"),
    )  # fmt: skip
    shelf.put(*article("voix", "La Rade", "2024-03-01", text + " Devant l'Islande.", *said), key="voix")
    unify(shelf.connection)
    assert some(answered(shelf, "chains"), "relay", "source") == [("Karl Jonsson", "Astrid Dahl")]


def test_what_has_no_day_stands_last_and_long_silence_is_left_out(shelf: Shelf) -> None:
    text = "La presse : la Norvège accuse l'Islande."
    for name, day in (("tard", "2024-09-01"), ("tôt", "2024-03-01"), ("sans jour", None)):
        document, record = article(name, "La Rade", "2024-03-01", text, Done("ACCUSE", "accuse", "la Norvège", "l'Islande", intensity=-2.0))
        shelf.put(replace(document, published=day), replace(record, published=day), key=name)
    unify(shelf.connection)
    how = {"side": "NOR", "other_side": "ISL"}
    assert [row["day"] for row in answered(shelf, "exchanges", **how)] == ["2024-03-01", "2024-09-01", ""]
    rows = answered(shelf, "intensity", by="month", **how)
    assert some(rows, "period", "events") == [("2024-03", 1), ("2024-04", 0), ("2024-08", 0), ("2024-09", 1)]
    assert [len(row["passages"]) for row in rows] == [1, 0, 0, 1]


def test_how_much_rests_on_sources_without_a_name(shelf_of_crisis: Shelf) -> None:
    rows = answered(shelf_of_crisis, "sources")
    assert some(rows, "who", "statements", "named", "anonymous", "unknown", "share") == [
        ("Le Cap", 4, 3, 1, 0, 0.25), ("La Rade", 3, 3, 0, 0, 0.0),
    ]  # fmt: skip
    assert some(answered(shelf_of_crisis, "sources", by="side"), "who", "statements") == [("ISL", 3), ("NOR", 3), ("", 1)]


def test_the_agenda_has_what_lay_ahead(shelf_of_crisis: Shelf) -> None:
    (row,) = answered(shelf_of_crisis, "agenda")
    assert (row["date"], row["type"], row["who"], row["whom"], row["told"]) == (
        "2024-03-28", "CONSULT", ["Astrid Dahl"], ["l'Islande"], "2024-03-20",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("actor", [("Astrid Dahl", 3, 0, 3), ("Karl Jonsson", 3, 2, 1), ("une source diplomatique", 1, 0, 1)]),
        ("side", [("ISL", 3, 2, 1), ("NOR", 3, 0, 3)]),
        ("sector", [("GOV", 7, 2, 5)]),
        ("gender", [("f", 3, 0, 3), ("m", 3, 2, 1)]),
        ("outlet", [("Le Cap", 4, 1, 3), ("La Rade", 3, 1, 2)]),
        ("month", [("2024-03", 7, 2, 5)]),
    ],
)
def test_who_speaks(by: str, expected: list[tuple[Any, ...]], shelf_of_crisis: Shelf) -> None:
    assert some(answered(shelf_of_crisis, "speakers", by=by), "who", "statements", "direct", "indirect") == expected


def test_copies_may_count_once(shelf_of_crisis: Shelf) -> None:
    rows = answered(shelf_of_crisis, "speakers", actor="Dahl", unit="group")
    assert some(rows, "statements", "articles") == [(2, 2)]


@pytest.mark.parametrize(
    ("question", "how", "code"),
    [
        ("positions", {}, "question-needs"),
        ("exchanges", {"side": "NOR"}, "question-needs"),
        ("intensity", {"side": "NOR", "other_side": "ISL", "by": "actor"}, "question-by"),
        ("speakers", {"by": "week"}, "question-by"),
        ("weather", {}, "question-unknown"),
    ],
)
def test_what_cannot_be_answered_is_said(question: str, how: dict[str, Any], code: str, shelf_of_crisis: Shelf) -> None:
    with pytest.raises(SettingsError, match=code):
        answered(shelf_of_crisis, question, **how)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_empty_dossier_has_empty_answers(name: str, shelf: Shelf) -> None:
    if name in {"positions", "changes", "exchanges", "intensity"}:
        assert answered(shelf, name, side="NOR", other_side="ISL") == []
    else:
        assert answered(shelf, name) == []


def test_a_passage_is_the_sentence_and_its_place(shelf_of_crisis: Shelf) -> None:
    texts = {document.id: document.text for document, _ in CRISIS}
    for row in answered(shelf_of_crisis, "positions", side="NOR"):
        place = row["passage"]
        assert texts[place["article"]][place["start"] : place["end"]] == place["words"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Un. Deux trois. Quatre", "trois", "Deux trois."),
        ("M. Dahl part. Elle rit.", "part", "M. Dahl part."),
        ("a\nb c\nd", "c", "b c"),
        ("« Oui. » Non", "Non", "Non"),
        ("x" * 900 + " mot " + "y" * 900, "mot", "x" * 199 + " mot " + "y" * 199),
    ],
)
def test_the_sentence_around_a_word(text: str, word: str, expected: str) -> None:
    start = text.index(word)
    assert sentence(text, Span(start, start + len(word))).of(text) == expected


def test_rare_words_weigh_more() -> None:
    made = wordings.Wordings.of(["le gazoduc du nord", "le gazoduc du sud", "la pêche du nord", "la pêche du nord"])
    assert made.likeness(2, 3) == pytest.approx(1)
    assert made.likeness(0, 1) < 1
    assert made.near(0) == [1, 2, 3]


# The command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> str:
    target = str(tmp_path / "crise.propos")
    with Store.open(target) as store:
        with Writer(store) as writer:
            for document, record in CRISIS:
                writer.add(document, record)
        tend(store)
        (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
        proposing.keep(store, text, "questions.md")
    return target


def test_the_command_knows_all_questions() -> None:
    assert tuple(QUESTIONS) == QUESTION_NAMES


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_every_answer_in_every_format(form: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in QUESTIONS:
        assert run(["ask", file, name, "--side", "NOR", "--with-side", "ISL", "--format", form]) == 0
        out, _ = capsys.readouterr()
        if form == "json":
            assert all(json.loads(line) for line in out.splitlines())
        elif form == "md" and out:
            assert len({line.replace("\\|", "").count("|") for line in out.splitlines()}) == 1


def test_a_limit_keeps_the_first(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", file, "positions", "--actor", "Dahl", "--limit", "2", "--format", "json"]) == 0
    assert [json.loads(line)["type"] for line in capsys.readouterr().out.splitlines()] == ["REJECT", "THREATEN"]


def test_nothing_found_is_said(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", file, "agenda", "--from", "2025-01-01"]) == 0
    assert capsys.readouterr() == ("", "propos: nothing found.\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "weather"], "question-unknown"),
        (["ask", "positions"], "question-needs"),
        (["ask", "agenda", "--format", "ods"], "answer-format"),
        (["ask", "positions", "--actor", "Dahl", "--themes", "none.toml"], "themes-invalid"),
        (["mark", "x", "perhaps"], "status-unknown"),
    ],
)
def test_mistakes_have_a_code(arguments: list[str], code: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([arguments[0], file, *arguments[1:]]) == 2
    assert f"[{code}]" in capsys.readouterr().err


def test_a_mark_is_kept(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    def shown() -> Iterator[dict[str, Any]]:
        assert run(["ask", file, "conditions", "--format", "json"]) == 0
        return map(json.loads, capsys.readouterr().out.splitlines())

    (row,) = shown()
    assert run(["mark", file, row["key"], "lapsed", "--note", "rien ne vient"]) == 0
    assert list(shown()) == [row | {"status": "lapsed", "note": "rien ne vient"}]


def test_the_order_in_which_articles_came_does_not_count(tmp_path: Path) -> None:
    answers = []
    for number, order in enumerate((CRISIS, CRISIS[::-1])):
        with Store.open(tmp_path / f"{number}.propos") as store:
            with Writer(store) as writer:
                for document, record in order:
                    writer.add(replace(document), record)
            tend(store)
            with store.reading() as connection:
                asked = Asked(connection, Filters(side="NOR"), other_side="ISL")
                answers.append({name: question.ask(asked).to_dicts() for name, question in QUESTIONS.items()})
    assert answers[0] == answers[1]


def test_a_large_dossier_is_asked_about_its_latest_articles(
    file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(recent, "MOST", 4)
    assert run(["ask", file, "disputes", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["denied"]
    assert "articles published after 2024-03-10" in err
    assert run(["ask", file, "disputes", "--side", "NOR", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["disputed"]
    assert err == ""


# The page ------------------------------------------------------------------------------------------------------------

EXAMPLES = re.findall(r"```sh\npropos (.*?)\n```\n\n```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "printed"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_the_page_shows_what_is_answered(
    command: str, printed: str, file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(file).parent)
    assert run(shlex.split(command)) == 0
    assert capsys.readouterr().out == printed


def test_the_page_has_every_question() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(QUESTIONS)
    assert {shlex.split(command)[2] for command, _ in EXAMPLES} == set(QUESTIONS)


def test_the_snippet_of_the_page_runs(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(file).parent)
    (snippet,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    known: dict[str, Any] = {}
    exec(snippet, known)  # noqa: S102 (our own page)
    assert [row["type"] for row in known["table"]] == ["REJECT", "THREATEN", "THREATEN", "AGREE"]
