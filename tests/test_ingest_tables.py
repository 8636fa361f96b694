"""CSV, TSV and Parquet: separators, quotation, encodings, columns, rows that are broken."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import archive, collect
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Columns, Settings

TEXT = "La préfète a promis d’agir.\n\n« Nous\u202ftiendrons », a-t-elle dit ; \"oui\", dit-on, à l'aube."
OTHER = "Le port reste fermé, a indiqué la capitainerie."


def outcomes(data: bytes, form: str | None = "csv", chosen: Settings | None = None) -> list[Document | InputError]:
    """What a reader finds in ``data``; without ``form`` the format is sniffed."""
    return list(archive.or_error(collect._of_raw(Raw.of_bytes(data, "x"), chosen or Settings(), form)))


def told(data: bytes, form: str | None = "csv", chosen: Settings | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else item.text for item in outcomes(data, form, chosen)]


def quoted(*cells: str, mark: str = ",") -> str:
    return mark.join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_separators_and_encodings_are_found(mark: str, encoding: str) -> None:
    text = TEXT.replace("\u202f", "\u00a0") if encoding == "cp1252" else TEXT
    head = quoted("id", "Titre", "TEXTE", "Auteur", "rubrique", "Date", "journal", "lien", "langue", mark=mark)
    row = quoted("7", "Le port", text, "Ana Dupré", "Monde", "2024-03-15T08:30:00+01:00", "La Gazette", "https://example.org/7", "fr", mark=mark)
    for form in ("csv", None):
        (found,) = outcomes((head + row).encode(encoding), form)
        assert isinstance(found, Document)
        assert (found.id, found.title, found.text, found.published) == ("7", "Le port", f"Le port\n\n{text}", "2024-03-15")
        source = found.source
        assert (source.author, source.section, source.outlet, source.url) == ("Ana Dupré", "Monde", "La Gazette", "https://example.org/7")
        assert (source.issued, source.reader) == ("2024-03-15T08:30:00+01:00", "tsv" if mark == "\t" and form is None else "csv")
        assert found.diagnostics == ()


def test_a_row_keeps_its_bytes_and_place(tmp_path: Path) -> None:
    file = tmp_path / "fil.csv"
    row = b'"a\nb",\xc3\xa9t\xc3\xa9'
    file.write_bytes(b"texte,titre\n\nmot,x\n" + row + b"\n")
    first, second = collect.documents([str(file)], Settings())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source.ordinal, first.id, second.source.ordinal, second.id) == (2, "fil-2", 3, "fil-3")
    assert second.source.sha256 == hashlib.sha256(row).hexdigest()
    assert second.text == "été\n\na\nb"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("texte;date\nmot;2024\n", ["mot"]),
        ("sep=;\r\ntexte;date\r\nmot;2024\r\n", ["mot"]),
        ("texte\rmot\rautre mot\r", ["mot", "autre mot"]),
        ("\n\n texte , date \n\n,\nmot,\n", ["mot"]),
        ("texte,date\nmot,,,\n", ["mot"]),
        ("texte,date\nmot,x,y\nautre,z\n", ["row-broken", "autre"]),
        ('texte,date\n,2024\n"  ",2024\nmot,2024', ["input-empty", "input-empty", "mot"]),
        ("nom,date\nmot,x\n", ["column-missing"]),
        ("mot", ["column-missing"]),
        ("\n", ["input-empty"]),
        ("texte,date\n", ["input-empty"]),
        ("texte,texte\nun,deux\n", ["un"]),
        ('texte,date\n"ouvert,2024\nmot,2024\nautre,2024\n', ["row-broken", "mot", "autre"]),
        ('texte,date\n"un "mot" nu",2024\nautre,2024\n', ["row-broken", "autre"]),
    ],
)  # fmt: skip
def test_odd_tables(data: str, found: list[str]) -> None:
    assert told(data.encode()) == found


def test_a_broken_row_is_named_by_its_line() -> None:
    found = outcomes(b'texte,date\n"a\nb",2024\nmot,x,y\n"jamais,2024\nmot,2024\n')
    messages = [str(item) for item in found if isinstance(item, InputError)]
    assert ["line 4 of x" in messages[0], "line 5 of x" in messages[1]] == [True, True]
    assert "never closed" in messages[1]
    assert isinstance(found[-1], Document)


def test_a_short_row_is_read_and_told_of() -> None:
    (found,) = outcomes(b"texte,titre,date\nmot\n")
    assert isinstance(found, Document)
    assert [item.code for item in found.diagnostics] == ["row-short"]


def test_columns_can_be_mapped() -> None:
    data = "a;b;signé\nrien;mot dit;Ana\n".encode()
    chosen = Settings(columns=Columns.parse("text=b,author=signé"))
    (found,) = outcomes(data, "csv", chosen)
    assert isinstance(found, Document)
    assert (found.text, found.source.author) == ("mot dit", "Ana")
    assert told(data, "csv", Settings(columns=Columns.parse("text=c"))) == ["column-missing"]


def test_rows_of_several_encodings_stand_in_one_file() -> None:
    assert told("texte\nété\n".encode() + "hiver doré\n".encode("cp1252") + b"fin\n") == ["été", "hiver doré", "fin"]


def test_the_limit_holds_for_a_row_and_not_for_the_file() -> None:
    many = "texte,date\n" + "mot dit,2024\n" * 20_000
    assert told(many.encode(), chosen=Settings(max_bytes=1_000)) == ["mot dit"] * 20_000
    long = 'texte,date\n"' + "mot\n" * 600 + '",2024\nfin,2024\n'
    found = told(long.encode(), chosen=Settings(max_bytes=1_000))
    assert found[0] == "row-broken"
    assert found[-1] == "fin"
    assert told(b"texte\n" + b"a" * 200_000 + b"\n", chosen=Settings(max_bytes=1_000)) == ["input-too-large"]


def test_work_stays_bounded_where_every_line_opens_a_quotation() -> None:
    """Each line read outside a quotation opens one, and inside one closes it and opens another."""
    found = told(b"texte,date\n" + b'a","b\n' * 20_000, chosen=Settings(max_bytes=50_000))
    assert set(found) == {"row-broken"}


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("texte,date\n", "csv"), ("Titre;Texte\r\n", "csv"), ("text\ttitle\n", "tsv"), ("title|body\n", "csv"),
        ("Le texte, a-t-il dit\n", "text"), ("texte\n", "text"), ("titre,date\n", "text"), ("x" * 3000 + ",texte,date", "text"),
    ],
)  # fmt: skip
def test_tables_are_found_by_their_header(head: str, form: str) -> None:
    assert sniff(Raw.of_bytes(head.encode(), "standard input")) == form


GOOD = (quoted("titre", "texte", "date") + quoted("Un", TEXT, "2024") + quoted("Deux", OTHER, "15/03/2024")).encode()


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """The good bytes cut, or with some of them changed; or noise."""
    kind = draw(st.sampled_from(("noise", "cut", "changed", "doubled")))
    if kind == "noise":
        return draw(st.binary(min_size=1, max_size=300))
    if kind == "cut":
        return good[: draw(st.integers(1, len(good)))]
    data = bytearray(good)
    for at in draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=8)):
        data[at % len(data)] = draw(st.integers(0, 255))
        if kind == "doubled":
            data[at:at] = data[at : at + 20]
    return bytes(data)


@pytest.mark.parametrize("form", ["csv", "tsv"])
@given(data=damaged(GOOD))
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_documents_or_errors(form: str, data: bytes) -> None:
    assert all(isinstance(item, Document | InputError) for item in outcomes(data, form))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).filter(
    lambda text: not any(ord(letter) < 32 and letter != "\n" for letter in text)
)


@given(st.lists(CELLS.filter(lambda text: any(letter.isalnum() for letter in text)), min_size=1, max_size=5), st.sampled_from(",;\t|"))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_what_is_quoted_comes_back(cells: list[str], mark: str) -> None:
    table = quoted("texte", "date", mark=mark) + "".join(quoted(cell, "2024", mark=mark) for cell in cells)
    assert told(table.encode()) == cells


# Parquet -------------------------------------------------------------------------------------------------------------


def parquet(path: Path, select: str) -> Path:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


SELECT = """SELECT 7 AS id, 'Le port' AS titre, 'La préfète a promis d’agir.' AS texte, DATE '2024-03-15' AS date,
    ['a'] AS tags, 1.5 AS poids, 'Ana' AS auteur, 'x' AS journal
    UNION ALL SELECT 8, NULL, NULL, NULL, [], 0, NULL, NULL
    UNION ALL SELECT 9, NULL, 'Fin de l’alerte, dit-on', DATE '2024-03-16', [], 0, NULL, NULL"""


def test_parquet_columns_are_guessed(tmp_path: Path) -> None:
    for name in ("fil.parquet", "fil [1].parquet", "fil*"):
        file = parquet(tmp_path / name, SELECT)
        first, empty, last = collect.documents([str(file)], Settings())
        assert isinstance(first, Document)
        assert (first.id, first.title, first.published) == ("7", "Le port", "2024-03-15")
        assert first.text == "Le port\n\nLa préfète a promis d’agir."
        assert (first.source.author, first.source.outlet, first.source.reader) == ("Ana", "x", "parquet")
        assert isinstance(empty, InputError)
        assert (empty.code, "row 2 of" in str(empty)) == ("input-empty", True)
        assert isinstance(last, Document)
        assert (last.id, last.source.ordinal) == ("9", 2)


def test_parquet_times_are_told_in_universal_time(tmp_path: Path) -> None:
    file = parquet(tmp_path / "a.parquet", "SELECT 'mot' AS texte, TIMESTAMPTZ '2024-03-15 00:30:00+01' AS date")
    (found,) = collect.documents([str(file)], Settings())
    assert isinstance(found, Document)
    assert (found.published, found.source.issued) == ("2024-03-14", "2024-03-14T23:30:00+00:00")


def test_parquet_from_standard_input_and_with_a_map(tmp_path: Path) -> None:
    data = parquet(tmp_path / "a.parquet", "SELECT 'mot dit' AS \"a\"\"b\", 3 AS texte").read_bytes()
    assert told(data, None) == ["column-missing"]
    assert told(data, None, Settings(columns=Columns(text='a"b'))) == ["mot dit"]
    assert told(data, None, Settings(max_bytes=50)) == ["input-too-large"]


def test_a_parquet_row_is_bounded_and_a_file_is_not(tmp_path: Path) -> None:
    select = "SELECT repeat('mot dit ', CASE WHEN i = 5 THEN 1000 ELSE 1 END) AS texte FROM range(3000) t(i)"
    file = parquet(tmp_path / "a.parquet", select)
    found = list(collect.documents([str(file)], Settings(max_bytes=2_000)))
    codes = [item.code if isinstance(item, InputError) else "read" for item in found]
    assert (len(codes), [at for at, code in enumerate(codes) if code != "read"]) == (3000, [5])


def test_duckdb_may_open_this_file_and_nothing_else(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    from propos.ingest.parquet import _opened

    mine, other = parquet(tmp_path / "a.parquet", SELECT), parquet(tmp_path / "b.parquet", SELECT)
    connection = _opened(str(mine))
    assert connection.execute(f"DESCRIBE TABLE '{mine}'").fetchall()
    for forbidden in (f"DESCRIBE TABLE '{other}'", "INSTALL httpfs", "SELECT * FROM 'https://example.org/a.parquet'", "SET enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            connection.execute(forbidden)


def test_without_duckdb_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (error,) = outcomes(b"PAR1", None)
    assert isinstance(error, InputError)
    assert (error.code, "pip install 'propos[parquet]'" in error.hint) == ("extra-missing", True)


@pytest.fixture(scope="module")
def good_parquet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return parquet(tmp_path_factory.mktemp("p") / "a.parquet", SELECT).read_bytes()


@given(data=st.data())
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_rows_or_errors(good_parquet: bytes, data: st.DataObject) -> None:
    written = data.draw(damaged(good_parquet))
    assert all(isinstance(item, Document | InputError) for item in outcomes(written, "parquet"))
