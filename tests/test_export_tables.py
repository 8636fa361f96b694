"""Flat tables and JSON Lines: nothing is lost, nothing in a cell runs, offsets find the words again."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from propos.errors import ProposError, SettingsError
from propos.evaluate import read_records
from propos.export import parquet, xlsx
from propos.export.contract import Options, Part
from propos.export.csv import neutralised, restored
from propos.export.registry import FORMATS, named
from propos.export.tables import TABLES
from propos.model import Actor, Event, Record, Span, Statement
from propos.serialise import from_json
from propos.store.entry import CopyGroup, DossierActor, Entry

(VARDAL,) = read_records(Path(__file__).parents[1] / "examples" / "records.jsonl")
ENTRY = Entry.of(VARDAL, 1)
PARTS: tuple[Part, ...] = ("statements", "events")

st.register_type_strategy(Span, st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1])))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
# Any text that JSON can hold, halves of surrogate pairs among it.
TEXTS = st.text(st.characters(codec=None), max_size=30)
RECORDS = st.builds(Record, text=TEXTS, title=st.none() | TEXTS)


def written(name: str, *entries: Entry, **options: Any) -> bytes:
    stream = io.BytesIO()
    named(name).file_format().write(entries, stream, Options(**options))
    return stream.getvalue()


def rows_of(data: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=separator))


def quoting(text: str) -> Entry:
    """An article whose every words are the text."""
    whole = Span(0, len(text))
    statement = Statement("s1", whole, whole, "a1", (whole,), "direct", "quote", "speech", addressees=(whole,))
    event = Event("e1", "ACCUSE", whole, ("a1",), holder="s1", condition=whole)
    return Entry.of(Record("d", "fr", None, text, text, (statement,), (event,), (Actor("a1", text, "person"),)))


# JSON Lines ----------------------------------------------------------------------------------------------------------


@given(st.lists(RECORDS, max_size=3))
@settings(deadline=None, max_examples=40)
def test_json_lines_lose_nothing(records: list[Record]) -> None:
    lines = written("jsonl", *map(Entry.of, records)).decode().split("\n")
    assert lines.pop() == ""
    assert [from_json(line) for line in lines] == records


def test_json_lines_keep_articles_whole_whatever_the_filters_kept() -> None:
    narrowed = replace(ENTRY, statements=(), events=VARDAL.events[:1])
    assert from_json(written("jsonl", narrowed).decode()) == VARDAL


def test_half_of_a_surrogate_pair_survives_json_lines() -> None:
    record = replace(VARDAL, text="a\ud83db")
    assert from_json(written("jsonl", Entry.of(record)).decode()) == record


# The tables ----------------------------------------------------------------------------------------------------------


def test_a_statement_is_a_row_with_its_offsets() -> None:
    third = rows_of(written("csv", ENTRY))[2]
    text = VARDAL.text
    for words in ("speaker_words", "cue", "content"):
        name = words.removesuffix("_words")
        assert third[words] == text[int(third[f"{name}_start"]) : int(third[f"{name}_end"])]
    wanted = {
        "statement_id": "s3", "speaker": "Ivan Petrov", "speaker_country": "RUS", "via": "s2", "relayed_by": "Arne Holt",
        "addressees": "lui", "addressee_spans": "182-185", "events": "e2 CONSULT", "outlet": "La Gazette du Nord",
        "published": "2024-03-14", "url": "https://gazette.example/vardal-1", "article_id": "vardal-1",
        "article_title": "Vardal: Oslo accuse Moscou", "copies": "1", "canonical": "true", "unconfirmed": "false",
    }  # fmt: skip
    assert {key: third[key] for key in wanted} == wanted


def test_an_event_is_a_row_with_who_vouches_for_it() -> None:
    rows = rows_of(written("csv", ENTRY, part="events"))
    assert [row["factuality"] for row in rows] == ["claimed", "hypothetical", "asserted", "denied"]
    second = rows[1]
    assert (second["source"], second["source_chain"], second["attribution_depth"]) == (
        "Ivan Petrov", "Ivan Petrov; Arne Holt", "2",
    )  # fmt: skip
    assert VARDAL.text[int(second["condition_start"]) : int(second["condition_end"])] == second["condition"]
    assert (rows[0]["intensity"], rows[2]["actor_countries"]) == ("-7.0", "NOR; ?")


def test_rows_follow_the_filters_and_references_still_resolve() -> None:
    narrowed = replace(ENTRY, statements=VARDAL.statements[2:], events=VARDAL.events[1:2])
    (statement,) = rows_of(written("csv", narrowed))
    assert statement["relayed_by"] == "Arne Holt"
    (event,) = rows_of(written("csv", narrowed, part="events"))
    assert event["source_chain"] == "Ivan Petrov; Arne Holt"


def test_the_dossier_names_actors_groups_and_copies() -> None:
    known = {"a4": DossierActor(7, "petrov-ivan-rus", "Ivan Petrov (ministre)", "person", "RUS", "GOV")}
    entry = replace(
        ENTRY, article=12, key="k12", actors=known, group=CopyGroup(3, canonical=False, size=2, outlets=("A", "B"))
    )
    row = rows_of(written("csv", entry))[2]
    assert (row["speaker"], row["speaker_key"]) == ("Ivan Petrov (ministre)", "petrov-ivan-rus")
    assert (row["group_id"], row["copies"], row["canonical"], row["copy_outlets"]) == ("3", "2", "false", "A; B")
    assert (row["article_number"], row["article_key"]) == ("12", "k12")


def test_a_content_in_pieces_tells_all_of_them() -> None:
    statement = Statement("s1", None, None, None, (Span(0, 3), Span(8, 11)), "direct", "quote", "speech")
    (row,) = rows_of(written("csv", Entry.of(Record("d", "fr", None, None, "oui, et non", (statement,)))))
    assert (row["content"], row["content_spans"]) == ("oui […] non", "0-3; 8-11")
    assert (row["content_start"], row["content_end"]) == ("0", "11")


def test_relays_that_turn_in_a_circle_end() -> None:
    circle = tuple(
        Statement(own, None, None, None, (), "direct", "quote", "speech", via=other)
        for own, other in (("s1", "s2"), ("s2", "s1"))
    )
    record = Record("d", "fr", None, None, "x", circle, (Event("e1", "AID", Span(0, 1), holder="s1"),))
    (row,) = rows_of(written("csv", Entry.of(record), part="events"))
    assert row["attribution_depth"] == "2"


@pytest.mark.parametrize("part", PARTS)
@given(record=RECORDS)
@settings(deadline=None, max_examples=30)
def test_whatever_a_record_holds_the_tables_stay_tables(part: Part, record: Record) -> None:
    data = written("csv", Entry.of(record), part=part)
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert {len(row) for row in rows} == {len(TABLES[part].columns)}
    assert len(rows) == 1 + len(record.statements if part == "statements" else record.events)


# CSV -----------------------------------------------------------------------------------------------------------------

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0=1", " =1", "\u00a0=1", "＝1", "'=1", "''-1",
    '=HYPERLINK("http://gazette.example";"x")', "=cmd|' /C calc'!A0",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("separator", [",", ";", "|", "tab"])
def test_no_cell_of_csv_is_a_formula(text: str, part: Part, separator: str) -> None:
    data = written("csv", quoting(text), part=part, separator=separator)
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter={"tab": "\t"}.get(separator, separator)))
    cells = [cell for cell in rows[1] if cell and not cell.lstrip("-").replace(".", "").isdigit()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in "=+-@＝＋－＠" or cell[:1] in "\t\r\n\0"]
    assert f"'{text}" in cells


@given(st.text() | st.sampled_from(FORMULAS))
def test_what_stood_in_a_neutralised_cell_can_be_had_back(cell: str) -> None:
    assert restored(neutralised(cell)) == cell


@pytest.mark.parametrize("text", ["Oslo", "« - »", "d'Oslo", "'cité'", "", "1-2", "a=b"])
def test_harmless_cells_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text


def test_csv_has_the_separator_and_the_mark_asked_for() -> None:
    data = written("csv", ENTRY, separator=";", bom=True)
    assert data.startswith(b"\xef\xbb\xbfstatement_id;speaker;")
    assert b"\r\ns2;Arne Holt;" in data
    assert written("csv", ENTRY, separator="tab").startswith(b"statement_id\tspeaker\t")
    assert not written("csv", ENTRY).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("separator", ["", ",,", "x", '"', "\n"])
def test_other_separators_are_refused(separator: str) -> None:
    with pytest.raises(SettingsError, match=r"\[export-separator\]"):
        written("csv", ENTRY, separator=separator)


def test_csv_leaves_the_stream_open_for_whoever_gave_it() -> None:
    stream = io.BytesIO()
    named("csv").file_format().write([ENTRY], stream, Options())
    assert not stream.closed


# XLSX ----------------------------------------------------------------------------------------------------------------

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(data: bytes) -> list[list[list[tuple[str, str]]]]:
    """Type and value of every cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        pages = [etree.fromstring(book.read(name)) for name in names]
    return [
        [
            [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iterfind("m:c", MAIN)]
            for row in page.iterfind(".//m:row", MAIN)
        ]
        for page in pages
    ]


@pytest.mark.parametrize("part", PARTS)
def test_xlsx_has_the_table_with_its_types(part: Part) -> None:
    (sheet,) = sheets(written("xlsx", ENTRY, part=part))
    assert [value for _, value in sheet[0]] == [column.name for column in TABLES[part].columns]
    assert len(sheet) == 1 + len(VARDAL.statements if part == "statements" else VARDAL.events)
    assert sheet[1][0] == ("inlineStr", "s1" if part == "statements" else "e1")
    assert ("b", "1") in sheet[1]  # canonical
    if part == "events":
        assert ("n", "-7") in sheet[1]
        assert ("inlineStr", "-7") not in sheet[1]


@pytest.mark.parametrize("text", [*FORMULAS, "https://gazette.example", "mailto:a@gazette.example", "{=1}"])
def test_text_in_xlsx_is_never_a_formula_or_a_link(text: str) -> None:
    data = written("xlsx", quoting(text))
    (sheet,) = sheets(data)
    assert {kind for kind, _ in sheet[1]} <= {"inlineStr", "b", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        page = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in page
        assert b"hyperlink" not in page
        assert not [name for name in book.namelist() if name.endswith("sheet1.xml.rels")]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("a" * 32_767, 32_767), ("a" * 32_768, 32_760), ("😀" * 16_383, 16_383), ("😀" * 16_384, 16_380)],
)
def test_long_cells_are_cut_with_a_mark(cell: str, kept: int) -> None:
    shown = xlsx.fitted(cell)
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert shown.removesuffix(xlsx.CUT) == cell[:kept]
    assert shown.endswith(xlsx.CUT) == (kept < len(cell))


def test_a_cell_that_is_too_long_does_not_stop_the_sheet() -> None:
    (sheet,) = sheets(written("xlsx", quoting("x" * 40_000)))
    assert max(len(value) for _, value in sheet[1]) == xlsx.LONGEST


@pytest.mark.parametrize(("rows", "lengths"), [(1, [2, 2, 2]), (2, [3, 2]), (3, [4]), (4, [4])])
def test_rows_beyond_a_sheet_go_to_the_next(rows: int, lengths: list[int]) -> None:
    stream = io.BytesIO()
    assert xlsx.Xlsx(rows).write([ENTRY], stream, Options()) == 3
    assert [len(sheet) for sheet in sheets(stream.getvalue())] == lengths


def test_an_empty_export_has_the_header_alone() -> None:
    (sheet,) = sheets(written("xlsx"))
    assert len(sheet) == 1
    assert rows_of(written("csv")) == []
    assert written("jsonl") == b""


def test_an_input_that_breaks_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def breaking() -> Any:
        yield ENTRY
        raise ValueError("broken")

    for name in ("xlsx", "parquet"):
        with pytest.raises(ValueError, match="broken"):
            named(name).file_format().write(breaking(), io.BytesIO(), Options())
    assert not list(tmp_path.iterdir())


# Parquet -------------------------------------------------------------------------------------------------------------


def parquet_rows(data: bytes, folder: Path) -> tuple[dict[str, str], list[dict[str, Any]]]:
    import duckdb

    file = folder / "t.parquet"
    file.write_bytes(data)
    with duckdb.connect() as connection:
        table = connection.read_parquet(str(file))
        kinds = dict(zip(table.columns, map(str, table.types), strict=True))
        found = table.fetchall()
    return kinds, [dict(zip(kinds, row, strict=True)) for row in found]


@pytest.mark.parametrize("part", PARTS)
def test_parquet_keeps_types_lists_and_nulls(part: Part, tmp_path: Path) -> None:
    kinds, rows = parquet_rows(written("parquet", ENTRY, part=part), tmp_path)
    assert kinds == {column.name: parquet.TYPES[column.kind] for column in TABLES[part].columns}
    assert len(rows) == len(VARDAL.statements if part == "statements" else VARDAL.events)
    assert (rows[0]["canonical"], rows[0]["group_id"]) == (True, None)
    if part == "events":
        assert (rows[0]["contexts"], rows[1]["contexts"]) == (["military", "territory"], [])
        assert (rows[0]["intensity"], rows[0]["trigger_start"]) == (-7.0, 40)


@pytest.mark.parametrize("text", ["=1+1", "\0\ud83d'\"\\\n\t", "a" * 50_000])
def test_parquet_holds_any_text(text: str, tmp_path: Path) -> None:
    _, (row,) = parquet_rows(written("parquet", quoting(text)), tmp_path)
    assert row["content"] == text.replace("\0", "\ufffd").replace("\ud83d", "\ufffd")


def test_an_empty_parquet_file_has_its_columns(tmp_path: Path) -> None:
    kinds, rows = parquet_rows(written("parquet"), tmp_path)
    assert (kinds["content"], rows) == ("VARCHAR", [])


def test_without_duckdb_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ProposError, match=r"propos\[parquet\].*\[export-extra-missing\]"):
        written("parquet", ENTRY)


# All of them ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.folder])
def test_the_same_entries_give_the_same_bytes(name: str) -> None:
    assert written(name, ENTRY) == written(name, ENTRY)


def test_xlsx_does_not_tell_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", ENTRY))) as book:
        assert {item.date_time[0] for item in book.infolist()} == {1980}
        assert b"1980-01-01" in book.read("docProps/core.xml")


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"jsonl, csv, xlsx.*\[export-format-unknown\]"):
        named("ods")
