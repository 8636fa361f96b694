"""Exports of press databases: what is taken from where, which articles are refused, and how a format is told."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect, lines, printed_date, rtf
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"


def read(name: str | Path, settings: Settings | None = None) -> list[Document | InputError]:
    return list(collect.documents([str(FIXTURES / name)], settings or Settings()))


def documents(name: str | Path) -> list[Document]:
    return [item for item in read(name) if isinstance(item, Document)]


def fields(document: Document) -> tuple[object, ...]:
    source = document.source
    return (
        document.title, document.published, document.language, source.outlet, source.author, source.section,
        source.issued, source.url, source.external,
    )  # fmt: skip


def parts(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(document.text)) for part in document.segments]


def told(item: Document | InputError) -> str | tuple[str | None, tuple[str, ...]]:
    """An error's code, or a document's title and its diagnostics."""
    if isinstance(item, InputError):
        return item.code
    return item.title, tuple(diagnostic.code for diagnostic in item.diagnostics)


KERSAL = ("Le pont de Kersal rouvre", "2024-03-18", "fr", "Le Fanal", "Léa Morvan", "MONDE; Pg. 3", "2024-03-18T18:04+00:00", None, ())
BRIDGE = ("Bridge reopens", "2024-03-19", "en", "The Harbour Gazette", None, None, None, None, ())
ARCHIVES = (
    "Le Bélun ouvre ses archives", "2023-02-03", "fr", "Le Fanal", "Léa Morvan", "Monde", "2023-02-03T08:05", None,
    ("factiva:FANALX0020230203ej2300001",),
)  # fmt: skip
TRUCE = ("Truce in Kersal", "2023-02-04", "en", "The Harbour Gazette", None, None, None, None, ("factiva:HARGAZ0020230204ej24000gs",))
GOOD: dict[str, list[tuple[object, ...]]] = {
    "europresse/layout_a.HTML": [
        ("La Norvège promet de répondre à ses voisins", "2024-03-15", "fr", "Le Courrier de Valmont", "Solène Vautrin", "International", "2024-03-15T16:04+01:00", "https://exemple.invalid/oslo", ("europresse:news·20240315·VLM·106702",)),
        ("Talks stall in the north", "2024-03-17", "en", "The Harbour Gazette", "Ada Fennick", "World", None, None, ("europresse:news·20240317·HGZ·77",)),
    ],
    "europresse/layout_b.html": [
        ("Le Sénat repousse le traité", "2013-10-05", "fr", "Le Fanal", None, "Politique", None, None, ("europresse:news·20131005·FNL·0021",)),
        ("Une grève commence", "2013-10-06", "fr", "Le Fanal", "Jeanne Kerdoc", None, None, None, ("europresse:news·20131006·FNL·0022",)),
    ],
    "factiva/indexed.html": [
        ("Le Bélun refuse de négocier", "2021-12-29", "fr", "Agence Boréale", "Léa Morvan", "International", "2021-12-29T15:32", None, ("factiva:BOREAL0020211229ehct0001r",)),
        ("Minister quits", "2022-01-04", "en", "The Harbour Gazette", None, None, None, None, ("factiva:HARGAZ0020220104ei14000gs",)),
    ],
    "factiva/bare.html": [
        ("Trêve à Kersal", "2023-02-03", "fr", "Le Fanal", "Léa Morvan", "Monde", "2023-02-03T08:05", None, ("factiva:FANALX0020230203ej23003e9",)),
        TRUCE,
    ],
    "factiva/full.rtf": [ARCHIVES, TRUCE],
    "factiva/indexed.rtf": [(*ARCHIVES[:4], None, *ARCHIVES[5:])],
    "factiva/articles.xml": [
        ("Le Bélun & ses archives", *ARCHIVES[1:]),
        ("Trêve", "2023-02-04", "fr", None, None, None, None, None, ("factiva:FANALX0020230204ej2400001",)),
    ],
    "nexis/uni.docx": [KERSAL, BRIDGE],
    "nexis/uni.rtf": [KERSAL, BRIDGE],
    "nexis/uni.txt": [KERSAL, BRIDGE],
    "nexis/classic.txt": [
        ("Le pont de Kersal rouvre enfin", "2014-03-18", "fr", "Le Fanal", "Léa Morvan", "MONDE; Pg. 3", None, None, ()),
        ("Bridge reopens", "2014-03-19", "en", "The Harbour Gazette", "Ada Fennick", "NEWS", None, None, ()),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_each_field_comes_from_its_place(name: str) -> None:
    found = read(name)
    assert [fields(item) for item in found if isinstance(item, Document)] == GOOD[name]
    assert [item.source.ordinal for item in found if isinstance(item, Document)] == list(range(len(found)))


UNI = [
    ("title", "Le pont de Kersal rouvre"), ("byline", "Par Léa Morvan"), ("lead", "Un chantier de deux ans s’achève."), ("dateline", "KERSAL"),
    ("body", "Le pont a rouvert lundi, a annoncé le préfet Paul Desnoix.\n\n« La région respire\u00a0», a-t-il dit : les camions passent."),
]  # fmt: skip
PARTS = {
    "europresse/layout_a.HTML": [
        ("title", "La Norvège promet de répondre à ses voisins"), ("heading", "Nord"), ("heading", "Un accord est attendu avant l’été"),
        ("byline", "Par Solène Vautrin"), ("dateline", "OSLO (Agence Boréale) - "),
        ("lead", "La ministre Ingrid Sollund a dit vendredi que son pays « répondra\u00a0» à toute demande."),
        ("body", "Elle a reçu l’ambassadeur étranger.\n\nL’entretien a duré une heure & demie."),
    ],
    "europresse/layout_b.html": [
        ("title", "Le Sénat repousse le traité"), ("lead", "Le Sénat a rejeté jeudi le traité d’amitié."),
        ("body", "« Nous n’en voulons pas\u00a0», a dit le rapporteur Paul Desnoix."),
    ],
    "factiva/indexed.html": [
        ("title", "Le Bélun refuse de négocier"), ("byline", "Par Léa Morvan"), ("dateline", "VALMONT, 29 déc 2021 (Boréale) - "),
        ("lead", "Le président Anton Kerval a refusé mercredi toute négociation."),
        ("body", "« Nous ne céderons pas\u00a0», a-t-il dit.\n\nUn observateur a parlé d’« impasse »."),
    ],
    "factiva/bare.html": [
        ("title", "Trêve à Kersal"), ("byline", "Léa Morvan"), ("lead", "Les deux camps ont signé une trêve."),
        ("body", "Elle durera\u00a0trois mois, a précisé le médiateur."),
    ],
    "factiva/full.rtf": [
        ("title", "Le Bélun ouvre ses archives"), ("byline", "Par Léa Morvan"),
        ("lead", "Les archives s’ouvrent lundi à Москва, a dit M. Kerval 🕊."), ("body", "« Tout sera public\u00a0», a-t-il promis."),
    ],
    "factiva/articles.xml": [
        ("title", "Le Bélun & ses archives"), ("byline", "Par Léa Morvan"), ("lead", "Les archives s'ouvrent lundi."),
        ("body", "« Tout sera public », a dit M. Kerval.\n\nIl n'a pas répondu."),
    ],
    "nexis/uni.docx": UNI,
    "nexis/uni.rtf": UNI,
    "nexis/uni.txt": UNI,
    "nexis/classic.txt": [
        ("title", "Le pont de Kersal rouvre enfin"), ("byline", "Par Léa Morvan"), ("dateline", "KERSAL"),
        ("lead", "Le pont a rouvert mardi, a annoncé le préfet Paul Desnoix."),
        ("body", "« La région respire », a-t-il dit : les camions passent."),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_the_first_article_has_its_parts_and_nothing_of_the_database(name: str) -> None:
    assert parts(documents(name)[0]) == PARTS[name]


def test_the_old_layout_has_kicker_and_author() -> None:
    second = documents("europresse/layout_b.html")[1]
    assert parts(second) == [
        ("title", "Une grève commence"), ("heading", "Ports"), ("byline", "Jeanne Kerdoc"),
        ("body", "Les dockers ont cessé le travail."),
    ]  # fmt: skip


def test_an_old_article_ends_before_the_next_ones_tags(tmp_path: Path) -> None:
    whole = (FIXTURES / "europresse/layout_b.html").read_bytes()
    (tmp_path / "b.html").write_bytes(whole.replace(b"<p><br><table", b"<p><hr><br><table"))
    first, second = documents("europresse/layout_b.html")
    found = documents(tmp_path / "b.html")
    assert found[0].source.sha256 == first.source.sha256
    assert found[1].text == second.text


BROKEN = {
    "europresse/broken.HTML": [
        ("Le port rouvre", ("date-missing",)), "article-unreadable", ("Le maire démissionne", ("article-unclosed",)),
        ("La mer en partage", ()), ("Un convoi est arrivé", ("article-unclosed",)),
    ],
    "europresse/layout_b_broken.html": [
        ("Le Sénat repousse le traité", ()), "article-unreadable", ("La grève dure", ("article-unclosed",)),
    ],
    "europresse/wrong_charset.HTML": [("La Norvège promet de répondre à ses voisins", ("encoding-guessed",))],
    "factiva/broken.html": [
        "article-unreadable", ("Sans date", ("date-missing",)), ("Table ouverte", ("article-unclosed",)),
        "article-unreadable", ("Coupé", ("article-unclosed",)),
    ],
    "factiva/broken.rtf": [
        "article-unreadable", "article-unreadable", ("Sans date", ("date-missing",)), ("Article coupé", ("article-unclosed",)),
    ],
    "factiva/broken.xml": [
        ("Le Bélun & ses archives", ()), "article-unreadable", ("Sans date", ("date-missing",)), "article-unreadable",
        "article-unreadable", "article-unreadable",
    ],
    "nexis/uni_broken.txt": [
        "article-unreadable", "article-unreadable", ("Sans date", ("date-missing",)), ("Coupé", ("article-unclosed",)),
    ],
    "nexis/uni_broken.docx": [
        "article-unreadable", "article-unreadable", ("Sans date", ("date-missing",)), ("Coupé", ("article-unclosed",)),
    ],
    "nexis/classic_broken.txt": [
        "article-unreadable", "article-unreadable", ("Sans date", ("date-missing",)), ("Coupé", ("article-unclosed",)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_article_does_not_stop_the_others(name: str) -> None:
    found = read(name)
    assert [told(item) for item in found] == BROKEN[name]
    for number, item in enumerate(found, start=1):
        if isinstance(item, InputError):
            assert f"article {number} of " in item.message
            assert name in item.message


def test_unclosed_tags_leak_into_no_other_field() -> None:
    unclosed = documents("europresse/broken.HTML")[1]
    assert (unclosed.source.outlet, unclosed.published) == ("La Gazette des Îles", "2024-03-05")
    assert unclosed.text.endswith("Le maire a quitté ses fonctions mardi.\n\nIl n’a rien ajouté.")
    table = documents("factiva/broken.html")[1]
    assert table.text == "Table ouverte\n\nLe texte tient bon."


def test_two_dates_that_differ_are_both_told() -> None:
    document = documents("europresse/layout_a.HTML")[1]
    (found,) = [item for item in document.diagnostics if item.code == "dates-differ"]
    assert "2024-03-16" in found.message
    assert "2024-03-17" in found.message


def test_the_digest_is_that_of_the_articles_own_markup(tmp_path: Path) -> None:
    whole = (FIXTURES / "europresse/layout_a.HTML").read_bytes()
    pieces = re.findall(rb"<article>.*?</article>", whole, re.DOTALL)
    digests = [hashlib.sha256(piece).hexdigest() for piece in pieces]
    assert [item.source.sha256 for item in documents("europresse/layout_a.HTML")] == digests
    (tmp_path / "other.html").write_bytes(b"<html><body>" + pieces[1] + pieces[0])
    assert [item.source.sha256 for item in documents(tmp_path / "other.html")] == digests[::-1]


@pytest.mark.parametrize("name", ["factiva/indexed.html", "factiva/bare.html", "factiva/articles.xml", "nexis/uni.docx"])
def test_an_article_keeps_its_digest_wherever_it_stands(name: str, tmp_path: Path) -> None:
    copied = tmp_path / Path(name).name
    shutil.copy(FIXTURES / name, copied)
    first, second = (item.source.sha256 for item in documents(name))
    assert first != second
    assert [item.source.sha256 for item in documents(copied)] == [first, second]


# Telling the format --------------------------------------------------------------------------------------------------

FORMATS = {"europresse": "europresse", "factiva.html": "factiva-html", "factiva.rtf": "factiva-rtf", "factiva.xml": "factiva-xml", "nexis": "nexis"}


@pytest.mark.parametrize("name", [*GOOD, *BROKEN])
@pytest.mark.parametrize("called", ["x.html", "x.txt", "x", None])
def test_the_content_tells_the_format(name: str, called: str | None) -> None:
    folder, suffix = name.split("/", maxsplit=1)[0], Path(name).suffix.lower()
    data = (FIXTURES / name).read_bytes()
    found = sniff(Raw.open(io.BytesIO(data), called or "standard input", called))
    assert found == FORMATS.get(folder) or found == FORMATS[folder + suffix]


@pytest.mark.parametrize(
    ("data", "called", "form"),
    [
        (b"<html><body><article><p>Un article.</p></article></body></html>", "x.html", "html"),
        (b'<html><body><div class="article"><p class="frHeadline">Un article.</p></div></body></html>', "x.html", "html"),
        (b"Body\n\nLe corps d'un texte.", "x.txt", "text"),
        ("Longueur : deux mètres.\n\nLe document 3 de 4 manque.".encode(), "x.txt", "text"),
        (b'{"text": "End of Document"}\n', "x.jsonl", "jsonl"),
    ],
    ids=["article", "headline", "body", "length", "jsonl"],
)
def test_what_only_looks_like_it_is_not_taken(data: bytes, called: str, form: str) -> None:
    assert sniff(Raw.open(io.BytesIO(data), called, called)) == form


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.rtf", rb"{\rtf1\ansi Un texte.\par}", "input-binary"),
        ("a.html", b'<p class="rdp__DocPublicationName">', "no-articles"),
        ("a.xml", b"<ppsarticle></ppsarticle>", "no-articles"),
        ("a.txt", b"Load-Date: March 3, 2024", "no-articles"),
        ("a.docx", b"PK\x03\x04[Content_Types].xml word/", "file-damaged"),
    ],
    ids=["rtf", "html", "xml", "txt", "docx"],
)
def test_a_file_without_articles_is_told(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert [told(item) for item in read(tmp_path / name)] == [code]


def test_a_folder_gives_the_exports_in_it() -> None:
    found = list(collect.documents([str(FIXTURES / "nexis"), str(FIXTURES / "factiva")], Settings()))
    readers = {item.source.reader for item in found if isinstance(item, Document)}
    assert readers == {"nexis", "factiva-html", "factiva-rtf", "factiva-xml"}


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value", "language"),
    [
        ("Politique, lundi 28 janvier 2013 134 mots, p. 93_T_17", "2013-01-28", "fr"),
        ("World, Friday, November 13, 2015", "2015-11-13", "en"),
        ("1er mars 2024", "2024-03-01", "fr"),
        ("FÉVRIER 2020", "2020-02", "fr"),
        ("3rd of nothing, 3 March 2024", "2024-03-03", "en"),
        ("31 février 2024, puis 2 août 2024", "2024-08-02", "fr"),
        ("mars 2024, 4 mai 2024", "2024-05-04", "fr"),
        ("le 12 courant", None, None),
        ("5 octobre 20134", None, None),
    ],
)
def test_printed_dates(line: str, value: str | None, language: str | None) -> None:
    found = printed_date.find(line)
    assert (found and found.value, found and found.language) == (value, language)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        (", p. 4 16:04 UTC +01:00", "16:04+01:00"), ("12:30 AM GMT", "00:30+00:00"), ("à 8 h 05", "08:05"),
        ("10:45 a.m.", "10:45"), ("25:10", None), ("13:10 pm", None), ("p. 93_T_17", None), ("8:05:30", "08:05"),
    ],
)  # fmt: skip
def test_clocks(line: str, clock: str | None) -> None:
    assert printed_date.clock(line) == clock


@pytest.mark.parametrize(
    ("printed", "named", "published", "codes"),
    [
        ("2024-03-15", "2024-03-15", "2024-03-15", []),
        ("2024-03", "2024-03-01", "2024-03", []),
        ("2024-03-15", None, "2024-03-15", []),
        (None, "2024-03-15", "2024-03-15", []),
        ("2024-03-15", "2024-03-16", "2024-03-16", ["dates-differ"]),
        (None, None, None, ["date-missing"]),
    ],
)
def test_the_identifiers_date_is_the_safer_one(printed: str | None, named: str | None, published: str | None, codes: list[str]) -> None:
    found, odd = printed_date.settle(printed, named)
    assert (found, [item.code for item in odd]) == (published, codes)


# RTF and DOCX --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (rb"{\rtf1\ansi a\par b}", ["a", "b"]),
        (rb"{\rtf1\ansi\ansicpg1252 \'e9t\'e9 \u8217?\u-10179?\u-8886?}", ["été ’🕊"]),
        (rb"{\rtf1{\fonttbl{\f1\fcharset204 A;}}{\f1 \'cc}\'cc}", ["МÌ"]),
        (rb"{\rtf1 a{\*\x b}{\pict\bin4 }{}{c}d}", ["ad"]),
        (rb"{\rtf1 {\uc2\u233 ??}\uc0\u233 ?\~\-\_\{\}\\}", ["éé?\u00a0\u00ad\u2011{}\\"]),
        (rb"{\rtf1 a\u99999999 ?\ansicpg77777\'e9}}}}", ["a\ue0ffé"]),
    ],
    ids=["paragraphs", "characters", "fonts", "hidden", "escapes", "odd"],
)
def test_rtf(data: bytes, texts: list[str]) -> None:
    found = list(rtf.lines(data))
    assert [line.text for line in found if line.text] == texts
    assert b"".join(line.markup for line in found) == data


def test_a_link_of_an_rtf_adds_no_address() -> None:
    assert "exemple.invalid" not in documents("factiva/full.rtf")[1].text


def test_a_docx_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b"<w>" + b" " * 30_000_000)
    assert (tmp_path / "bomb.docx").stat().st_size < 100_000
    assert [told(item) for item in read(tmp_path / "bomb.docx")] == ["input-too-large"]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


def test_entities_of_a_docx_are_refused() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"{ENTITIES}<w:d {space}><w:p><w:r><w:t>x&b;&f;</w:t></w:r></w:p></w:d>")
    with pytest.raises(InputError, match="declares entities"):
        list(lines.of_docx(stream.getvalue(), "x", 10_000))


def test_entities_of_an_xml_export_are_refused(tmp_path: Path) -> None:
    article = "<ppsarticle><article><headline>x</headline><leadParagraph>&b;&f;</leadParagraph></article></ppsarticle>"
    (tmp_path / "a.xml").write_text(ENTITIES + article)
    assert [told(item) for item in read(tmp_path / "a.xml")] == ["article-unreadable"]


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(InputError, match="file-damaged"):
        lines.of_file(b"\n" * (lines.MOST + 1), "x", 10_000_000)
