"""Every reader has good and broken fixtures, the fields that its format has, a page with an example: a new one without fails here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect
from propos.model import Document
from propos.settings import Settings

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
FIELDS = frozenset({"title", "lead", "byline", "dateline", "outlet", "author", "published", "issued", "section", "url", "external"})
PARTS = frozenset({"lead", "byline", "dateline"})


@dataclass(frozen=True)
class Kept:
    """What a reader has: ``broken`` tells what comes out of each file in order (``read`` or the error's code).

    ``without``: fields that the format has no place for.
    """

    page: str
    good: tuple[str, ...]
    broken: dict[str, list[str]]
    without: frozenset[str] = frozenset()


def without(*names: str) -> frozenset[str]:
    assert FIELDS.issuperset(names)
    return frozenset(names)


UNREADABLE = "article-unreadable"
ROWS = ["read", "row-broken", "row-broken", "input-empty", "read"]
MATRIX = {
    "text": Kept("texts", ("text/depeche.txt",), {"text/bad-vide.txt": ["input-empty"], "text/bad-binaire.txt": ["input-binary"]}, without("byline", "outlet", "author", "published", "issued", "section", "url", "external")),
    "markdown": Kept("texts", ("markdown/billet.md",), {"markdown/bad-vide.md": ["input-empty"]}, without("issued", "external")),
    "html": Kept("texts", ("html/page.html",), {"html/bad-menu.html": ["html-no-article"]}, without("byline", "external")),
    "jsonl": Kept("tables", ("jsonl/fil.jsonl",), {"jsonl/bad-lignes.jsonl": ["read", "json-invalid", "column-missing", "json-not-object", "read", "read"]}, without("external")),
    "json": Kept("tables", ("json/objet.json",), {"json/bad-liste.json": ["read", "json-not-object", "column-missing", "column-missing", "read"], "json/bad-cut.json": ["json-invalid"]}, without("external")),
    "csv": Kept("tables", ("csv/fil.csv",), {"csv/bad-lignes.csv": ROWS, "csv/bad-colonnes.csv": ["column-missing"], "csv/bad-vide.csv": ["input-empty"]}, without("external")),
    "tsv": Kept("tables", ("tsv/fil.tsv",), {"tsv/bad-lignes.tsv": ROWS}, without("external")),
    "parquet": Kept("tables", ("parquet/fil.parquet",), {"parquet/bad-rangs.parquet": ["read", "input-empty", "read", "read"], "parquet/bad-cut.parquet": ["format-damaged"]}, without("external")),
    "europresse": Kept("europresse", ("europresse/layout_a.HTML", "europresse/layout_b.html"), {
        "europresse/broken.HTML": ["read", UNREADABLE, "read", "read", "read"], "europresse/layout_b_broken.html": ["read", UNREADABLE, "read"],
    }),
    "factiva-html": Kept("factiva", ("factiva/indexed.html", "factiva/bare.html"), {"factiva/broken.html": [UNREADABLE, "read", "read", UNREADABLE, "read"]}, without("url")),
    "factiva-rtf": Kept("factiva", ("factiva/full.rtf", "factiva/indexed.rtf"), {"factiva/broken.rtf": [UNREADABLE, UNREADABLE, "read", "read"]}, without("url", "dateline")),
    "factiva-xml": Kept("factiva", ("factiva/articles.xml",), {"factiva/broken.xml": ["read", UNREADABLE, "read", UNREADABLE, UNREADABLE, UNREADABLE]}, without("url", "dateline")),
    "nexis": Kept("nexis", ("nexis/uni.docx", "nexis/uni.rtf", "nexis/uni.txt", "nexis/classic.txt"), {
        f"nexis/{name}": [UNREADABLE, UNREADABLE, "read", "read"] for name in ("uni_broken.docx", "uni_broken.txt", "classic_broken.txt")
    }, without("url", "external")),
    "newsml-g2": Kept("newsml", ("newsml_g2/v1.xml", "newsml_g2/v2-correction.xml", "newsml_g2/v3-kill.xml"), {
        "newsml_g2/message.xml": ["read", "read", "read", "input-empty"], "newsml_g2/bad-cut.xml": ["read", "read", "xml-invalid"],
        "newsml_g2/bad-bomb.xml": ["xml-unsafe"], "newsml_g2/bad-pictures.xml": ["wire-no-text"],
    }, without("url")),
    "newsml1": Kept("newsml", ("newsml1/v1.xml", "newsml1/v2-correction.xml", "newsml1/v3-kill.xml", "newsml1/parts-v1.xml"), {
        "newsml1/several.xml": ["read", "read", "input-empty"], "newsml1/bad-cut.xml": ["xml-invalid"], "newsml1/bad-bomb.xml": ["xml-unsafe"],
    }, without("url")),
    "nitf": Kept("nitf", ("nitf/v1.xml", "nitf/v2-correction.xml", "nitf/v3-kill.xml", "nitf/replaces.xml"), {"nitf/bad-cut.xml": ["xml-invalid"], "nitf/bad-bomb.xml": ["xml-unsafe"]}),
    "ninjs": Kept("ninjs", ("ninjs/v1.json", "ninjs/v2-correction.json", "ninjs/v3-kill.json"), {
        "ninjs/list.json": ["read", "read", "read", "json-not-object"], "ninjs/wire.jsonl": ["read", "json-invalid", "read"],
        "ninjs/bad-types.json": ["input-empty", "read"], "ninjs/bad-cut.json": ["json-invalid"],
    }, without("url")),
    "mbox": Kept("mail", ("mbox/courrier.mbox",), {"mbox/bad-messages.mbox": ["read", "format-damaged", "format-damaged", "input-empty", "read"]}, without("section", "url")),
    "eml": Kept("mail", ("eml/lettre.eml",), {"eml/bad-sans-tete.eml": ["format-damaged"]}, without("section", "url")),
    "pdf": Kept("pdf", ("pdf/note.pdf",), {"pdf/bad-cut.pdf": ["format-damaged"], "pdf/bad-image.pdf": ["pdf-without-text"]}, without("byline", "outlet", "section", "url", "external")),
    "feed": Kept("feeds", ("feeds/agence.atom", "feeds/ancien.rdf.xml"), {"feeds/casse.xml": ["read", "input-empty"], "feeds/monde-du-fjord.rss": ["read", "read", "input-empty", "read"]}, without("byline", "dateline")),
    "warc": Kept("warc", ("warc/crawl.warc", "warc/crawl.warc.gz"), {"warc/coupe.warc": ["read", "html-no-article", "read", "warc-damaged"]}, without("byline", "dateline", "author", "section")),
    "archive": Kept("archives", ("archives/chemins.zip", "archives/lot.tar.gz", "archives/seul.txt.gz"), {
        "archives/bad-membre.zip": ["read", "archive-damaged", "read", "json-invalid", "read"],
        "archives/mixte.zip": ["read", "read", "column-missing", "read", "read", "read", "input-empty", "read"],
    }, FIELDS),
}  # fmt: skip
HOLDS_ERRORS_TOO = {"warc/crawl.warc", "warc/crawl.warc.gz"}
"""Good crawls have pages without an article."""
SEVERAL = re.compile(r"\b(?:article|line|entry|row|message|record) \d+ of |!")


def outcomes(name: str, form: str | None = None) -> list[collect.Outcome]:
    return list(collect.documents([str(FIXTURES / name)], Settings(), form))


def test_every_reader_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(collect.READERS), "a new reader needs good and broken fixtures and a page in docs/readers"


def test_every_fixture_has_its_place() -> None:
    told = {name for kept in MATRIX.values() for name in (*kept.good, *kept.broken)}
    folders = {name.split("/")[0] for name in told}
    assert {path.parent.name for path in FIXTURES.glob("*/*")} <= folders


@pytest.mark.parametrize("form", MATRIX)
def test_good_files_give_articles(form: str) -> None:
    for name in MATRIX[form].good:
        found = outcomes(name)
        assert found
        assert name in HOLDS_ERRORS_TOO or all(isinstance(item, Document) for item in found)
        for item in found:
            if isinstance(item, Document):
                assert form in ("archive", item.source.reader)
                assert re.fullmatch(r"[0-9a-f]{64}", item.source.sha256)


@pytest.mark.parametrize("form", MATRIX)
def test_a_broken_article_is_told_with_its_place_and_the_others_are_read(form: str) -> None:
    broken = MATRIX[form].broken
    assert broken
    for name, expected in broken.items():
        found = outcomes(name)
        assert [item.code if isinstance(item, InputError) else "read" for item in found] == expected, name
        for item in found:
            if isinstance(item, InputError):
                assert Path(name).name in item.message
                whole_file = len(expected) == 1 or item.code in {"xml-invalid", "warc-damaged"}
                assert whole_file or SEVERAL.search(item.message), item.message
    assert any(code != "read" for expected in broken.values() for code in expected)


@pytest.mark.parametrize("form", MATRIX)
def test_the_fields_that_the_format_has_are_filled(form: str) -> None:
    """Over all good files together: neither fewer nor more than the matrix says."""
    filled: set[str] = set()
    for name in MATRIX[form].good:
        for item in outcomes(name):
            if isinstance(item, Document):
                filled |= {part.kind for part in item.segments} & PARTS
                filled |= {field for field in ("title", "published") if getattr(item, field)}
                filled |= {field for field in FIELDS - PARTS - {"title", "published"} if getattr(item.source, field)}
    if form != "archive":  # its members have what their own formats have
        assert filled == FIELDS - MATRIX[form].without


def test_dates_are_as_precise_as_the_input() -> None:
    day, month = outcomes("json/objet.json")[0], outcomes("json/liste.json")[0]
    assert isinstance(day, Document)
    assert isinstance(month, Document)
    assert (day.published, day.source.issued, month.published) == ("2024-03-17", "2024-03-17T09:30:00+01:00", "2024-03")


@pytest.mark.parametrize("name", ["text/depeche.txt", "markdown/billet.md", "html/page.html", "eml/lettre.eml", "pdf/note.pdf", "nitf/v1.xml"])
def test_the_digest_of_a_file_with_one_article_is_the_files(name: str) -> None:
    (document,) = outcomes(name)
    assert isinstance(document, Document)
    assert document.source.sha256 == hashlib.sha256((FIXTURES / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("form", MATRIX)
def test_its_page_names_it_and_shows_an_example(form: str) -> None:
    page = (ROOT / "docs" / "readers" / f"{MATRIX[form].page}.md").read_text(encoding="utf-8")
    assert re.search(r"^```\w+\n.+?^```$", page, re.MULTILINE | re.DOTALL)
    assert form == "archive" or f"`{form}`" in page or re.search(rf"--(?:from|format) {form}\b", page), form


@pytest.mark.parametrize("form", MATRIX)
def test_the_example_of_its_page_is_run_by_a_test(form: str) -> None:
    page = MATRIX[form].page
    tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("test_*.py") if file.name != Path(__file__).name)
    assert re.search(rf'"{page}(?:\.md)?"', tests)
