"""The user's own actors: read, refused with a line, over the pack, and part of the settings' digest."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from spacy.language import Language

from propos.cli.main import run
from propos.errors import SettingsError
from propos.lang import actors, knowledge, loader
from propos.lang.actors import ActorLexicon
from propos.model import Actor, Document
from propos.reading import mentions, models, parse
from propos.reading.actors.linking import link
from propos.reading.attribution import assemble
from propos.settings import Settings

PACK = files("propos.lang") / "fr"
HEADER = "\t".join(knowledge.COLUMNS)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load(Settings().model)


@pytest.fixture(scope="module")
def pack() -> ActorLexicon:
    return actors.load(PACK)


def table(folder: Path, *rows: str) -> Path:
    """A table whose rows are written with ``|`` for tabs, short rows filled up."""
    cells = [row.split("|") for row in rows]
    width = len(knowledge.COLUMNS)
    lines = [HEADER, *("\t".join(row + [""] * (width - len(row))) for row in cells)]
    path = folder / "actors.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def cast(text: str, path: Path, nlp: Language, published: str | None = None) -> dict[str, Actor]:
    lexicon = actors.load(PACK, path)
    parsed = next(parse.parse_many([Document(text, published=published)], nlp))
    speakers = [draft.source for draft in assemble.find(parsed, loader.load("fr")) if draft.source >= 0]
    found = link(mentions.find(parsed, lexicon, speakers), parsed, lexicon)
    return {actor.name: actor for actor in found.actors}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("|X|igo", "no name"),
        ("X|Y|personne", "kind"),
        ("X||igo|FR", "ISO 3166-1"),
        ("X||state", "needs its country"),
        ("X||igo||GOVT", "sector"),
        ("X||igo||||2024-02-30", "valid_from"),
        ("X||igo||||2024-02-01|2023-02-01", "lies after"),
        ("X||igo|||142", "Q142"),
        ("X||igo||||||", "9 cells"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, pack: ActorLexicon, row: str, reason: str) -> None:
    path = table(tmp_path, "Union du littoral|UDL|organisation|SEN|PTY", row)
    problems = knowledge.check(path, pack.states, pack.names)
    assert [problem.line for problem in problems if reason in problem.message] == [3]
    with pytest.raises(SettingsError, match="line 3") as raised:
        actors.load(PACK, path)
    assert raised.value.code == "knowledge-invalid"


def test_a_header_is_needed_and_its_order_is_free(tmp_path: Path, pack: ActorLexicon) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("name\tkind\nX\tigo\n", encoding="utf-8")
    assert [problem.line for problem in knowledge.check(path, pack.states, pack.names)] == [1]
    row = dict.fromkeys(knowledge.COLUMNS, "") | {"name": "Forum des lacs", "kind": "igo"}
    columns = sorted(row)
    path.write_text("\t".join(columns) + "\n" + "\t".join(row[c] for c in columns) + "\n", encoding="utf-8")
    (actor,) = knowledge.read(path, pack.states)
    assert (actor.line, actor.name, actor.kind) == (2, "Forum des lacs", "igo")


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path, pack: ActorLexicon) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(f"{HEADER}\n# ours\n\nForum des lacs\t\tigo\t\t\t\t\t\n", encoding="utf-8")
    assert [actor.line for actor in knowledge.read(path, pack.states)] == [4]


def test_one_name_twice_is_refused_unless_the_days_differ(tmp_path: Path, pack: ActorLexicon) -> None:
    path = table(tmp_path, "Ligue A|LDF|organisation", "Ligue B|ldf|organisation")
    assert [problem.line for problem in knowledge.check(path, pack.states, pack.names)] == [3]
    path = table(tmp_path, "Ligue A|LDF|organisation|||||2020-01-01", "Ligue B|LDF|organisation||||2020-01-02")
    assert knowledge.check(path, pack.states, pack.names) == []


def test_a_name_of_the_pack_is_only_noted(tmp_path: Path, pack: ActorLexicon) -> None:
    path = table(tmp_path, "Office du thé|ONU|organisation")
    (note,) = knowledge.check(path, pack.states, pack.names)
    assert (note.line, note.level) == (2, "note")
    assert "'ONU'" in str(note)


def test_an_organisation_is_found_under_its_alias(tmp_path: Path, nlp: Language) -> None:
    path = table(tmp_path, "Union du littoral|UDL|organisation|SEN|PTY")
    actor = cast("L'UDL a condamné l'attaque. L'Union du littoral a quitté le gouvernement.", path, nlp)[
        "Union du littoral"
    ]
    assert (actor.kind, actor.country, actor.sector, len(actor.mentions)) == ("organisation", "SEN", "PTY", 2)


def test_a_line_wins_over_the_pack(tmp_path: Path, nlp: Language) -> None:
    path = table(tmp_path, "Wagner||organisation|BLR|BUS")
    assert cast("Le groupe Wagner a quitté la base.", path, nlp)["Wagner"].country == "BLR"


def test_a_person_gets_side_and_sector(tmp_path: Path, nlp: Language) -> None:
    path = table(tmp_path, "Ilya Zorbane|Zorbane|person|MDA|BUS")
    found = cast("Zorbane a vendu ses parts à la France. Ilya Zorbane a quitté Paris, a-t-il dit.", path, nlp)
    actor = found["Ilya Zorbane"]
    assert (actor.country, actor.sector) == ("MDA", "BUS")
    assert len(actor.mentions) >= 2


def test_a_state_gets_another_name(tmp_path: Path, nlp: Language) -> None:
    path = table(tmp_path, "Pays du Matin||state|KOR")
    assert cast("Le Pays du Matin a rappelé son ambassadeur.", path, nlp)["Corée du Sud"].country == "KOR"


@pytest.mark.parametrize(("published", "found"), [("2019-05-01", True), ("2021-05-01", False), (None, True)])
def test_a_line_holds_on_its_days(tmp_path: Path, nlp: Language, published: str | None, found: object) -> None:
    path = table(tmp_path, "Union du littoral|UDL|organisation|SEN|PTY|||2020-12-31")
    actors_found = cast("L'UDL a condamné l'attaque de mardi.", path, nlp, published)
    assert ("Union du littoral" in actors_found) is found


def test_the_digest_follows_the_contents(tmp_path: Path) -> None:
    path = table(tmp_path, "Union du littoral")
    settings = Settings(knowledge=str(path))
    first = settings.digest()
    assert first != Settings().digest()
    copy = tmp_path / "copy.tsv"
    copy.write_bytes(path.read_bytes())
    assert replace(settings, knowledge=str(copy)).digest() == first
    table(tmp_path, "Union du fleuve")
    assert settings.digest() != first


def test_a_missing_table_is_said_so(tmp_path: Path) -> None:
    for reading in (Settings(knowledge=str(tmp_path / "none")).digest, lambda: actors.load(PACK, tmp_path / "none")):
        with pytest.raises(SettingsError) as raised:
            reading()
        assert raised.value.code == "knowledge-unreadable"


def test_check_tells_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, "Office du thé|ONU|organisation")
    assert run(["actors", "check", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "line 2: note" in out
    assert "0 errors, 1 notes" in err
    table(tmp_path, "X||nobody")
    assert run(["actors", "check", str(path)]) == 1
    assert "line 2: error: the kind is 'nobody'" in capsys.readouterr().out
    assert run(["actors", "check", str(tmp_path / "none")]) == 2
