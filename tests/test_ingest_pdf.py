"""PDF: reading order, paragraphs, what pages repeat, metadata, and documents that cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import archive, collect, pdf
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Settings

Words = tuple[float, float, float, str]
"""Left, baseline, size, text."""


def stream(words: Sequence[Words]) -> bytes:
    out = b"BT\n"
    for left, base, size, text in words:
        shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        out += b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj\n" % (size, left, base, shown)
    return out + b"ET"


def document(pages: Sequence[Sequence[Words]], info: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF with one standard font, written by hand."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<<" + info + b">>",
    ]
    for at, words in enumerate(pages):
        body = stream(words)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (6 + 2 * at))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R/Info 4 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))


def lines(texts: Sequence[str], left: float = 60, top: float = 780, step: float = 14, size: float = 11) -> list[Words]:
    return [(left, top - step * at, size, text) for at, text in enumerate(texts)]


def outcome(data: bytes, chosen: Settings | None = None) -> Document | InputError:
    (found,) = archive.or_error(collect._of_raw(Raw.of_bytes(data, "x"), chosen or Settings(), "pdf"))
    return found


def text_of(*pages: Sequence[Words]) -> str:
    found = outcome(document(pages))
    assert isinstance(found, Document), found
    return found.text


BODY = (
    "Le préfet maritime a promis mardi de rouvrir le port avant la fin du mois,",
    "au lendemain d'une réunion avec les pêcheurs. « Nous tiendrons », a-t-il",
    "déclaré à la presse.",
)


def test_lines_become_paragraphs() -> None:
    first = lines(BODY)
    second = lines(("La capitainerie a démenti : le chenal reste fermé, a-t-elle indiqué,", "faute de balises."), top=780 - 14 * 4)
    assert text_of([*first, *second]).split("\n\n") == [
        " ".join(BODY),
        "La capitainerie a démenti : le chenal reste fermé, a-t-elle indiqué, faute de balises.",
    ]


def test_headings_and_points_stand_apart() -> None:
    page = [(60, 780, 14, "La digue tiendra"), *lines(BODY, top=765), (60, 723, 11, "Ce qui reste à faire"), *lines(BODY, top=709)]
    assert text_of(page).split("\n\n") == ["La digue tiendra", " ".join(BODY), "Ce qui reste à faire", " ".join(BODY)]
    points = ("Le préfet a promis :", "\u2022 de rouvrir le port,", "\u2022 d'indemniser les pêcheurs, qui", "attendent depuis mars.")
    assert text_of(lines(points)).split("\n\n") == [*points[:2], " ".join(points[2:])]


def test_columns_are_read_one_after_the_other() -> None:
    left = ("Le maire a dit que la", "digue tiendrait, et que", "les travaux iraient")
    right = ("vite. Le conseil s'est", "réuni jeudi, a-t-on", "appris à la mairie.")
    page = [word for pair in zip(lines(left), lines(right, left=320), strict=True) for word in pair]
    assert text_of(page) == " ".join((*left, *right))
    headed = [(60, 810, 20, "La digue tiendra, dit le maire de la ville"), *page]
    assert text_of(headed).split("\n\n") == ["La digue tiendra, dit le maire de la ville", " ".join((*left, *right))]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("Il loue le gouverne-", "ment pour son calme."), "Il loue le gouvernement pour son calme."),
        (("« Nous irons », a-t-", "il dit à tous."), "« Nous irons », a-t-il dit à tous."),
        (("Rendez-vous est pris. Ils ont rendez-", "vous demain."), "Rendez-vous est pris. Ils ont rendez-vous demain."),
        (("Elle dit oui. Il a dit non, dit-", "il, et il part."), "Elle dit oui. Il a dit non, dit-il, et il part."),
        (("La ligne Paris-", "Brest est coupée."), "La ligne Paris-Brest est coupée."),
        (("Un mot -", "un autre mot."), "Un mot - un autre mot."),
    ],
)
def test_hyphens_at_line_ends(texts: tuple[str, ...], joined: str) -> None:
    assert text_of(lines(texts)) == joined


def test_running_headers_and_page_numbers_go_and_are_told_of() -> None:
    def page(number: int) -> list[Words]:
        head = [(60, 815, 9, f"Préfecture du Ponant - note {number}"), (300, 30, 9, f"Page {number} / 3")]
        return [*head, *lines([f"Le point {'xyz'[number - 1]}{name} a été démenti par le préfet lui-même." for name in "abcd"])]

    found = outcome(document([page(1), page(2), page(3)]))
    assert isinstance(found, Document)
    assert "Préfecture" not in found.text
    assert "Page" not in found.text
    assert found.text.count("Le point") == 12
    assert [item.code for item in found.diagnostics] == ["pdf-lines-dropped"]
    assert found.diagnostics[0].message.startswith("6 ")


def test_a_sentence_goes_on_over_the_page() -> None:
    assert text_of(lines(BODY[:2]), lines(BODY[2:])) == " ".join(BODY)


def test_metadata(tmp_path: Path) -> None:
    info = "/Title(Le port rouvrira)/Author(Ana Dupré)/CreationDate(D:20240315083000+01'00')".encode("cp1252")
    data = document([lines(BODY)], info)
    (tmp_path / "note.pdf").write_bytes(data)
    (found,) = collect.documents([str(tmp_path)], Settings())
    assert isinstance(found, Document)
    assert (found.title, found.published, found.id) == ("Le port rouvrira", "2024-03-15", "note")
    assert found.text == "Le port rouvrira\n\n" + " ".join(BODY)
    source = found.source
    assert (source.author, source.issued, source.reader) == ("Ana Dupré", "2024-03-15T08:30:00+01:00", "pdf")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    for title in ("note finale.docx", "Microsoft Word - note", ""):
        other = outcome(document([lines(BODY)], b"/Title(%s)" % title.encode()))
        assert isinstance(other, Document)
        assert other.text == " ".join(BODY)


def test_a_title_on_the_page_is_not_put_there_twice() -> None:
    page = [(60, 800, 9, "Préfecture du Ponant"), (60, 770, 18, "Le port rouvrira"), *lines(BODY, top=730)]
    found = outcome(document([page], b"/Title(Le port rouvrira)"))
    assert isinstance(found, Document)
    assert found.text.count("Le port rouvrira") == 1


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("D:20240315083000+01'00'", "2024-03-15T08:30:00+01:00"), ("D:20240315083000Z", "2024-03-15T08:30:00+00:00"),
        ("20240315", "2024-03-15"), ("D:202403150830", "2024-03-15T08:30:00"), ("D:20241315", None), ("hier", None), ("", None),
    ],
)  # fmt: skip
def test_dates(written: str, iso: str | None) -> None:
    assert pdf.issue_time(written) == iso


LOCK = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<" + b"00" * 32 + b">/U<" + b"00" * 32 + b">>>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document([lines(BODY)], trailer=LOCK), "pdf-locked"),
        (document([[]]), "pdf-without-text"),
        (document([lines(["- ... -"])]), "pdf-without-text"),
        (document([[]] * 501), "pdf-too-long"),
        (document([lines(["mot " * 40] * 50)] * 20), "text-too-long"),
        (b"%PDF-1.4\nrien", "format-damaged"),
        (document([lines(BODY)])[:60], "format-damaged"),
    ],
    ids=["locked", "empty", "only marks", "pages", "characters", "no objects", "cut"],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    found = outcome(data, Settings(max_chars=20_000))
    assert isinstance(found, InputError)
    assert found.code == code


def test_a_pdf_is_found_under_any_name() -> None:
    assert sniff(Raw.of_bytes(document([[]]), "standard input")) == "pdf"


GOOD = document([lines(BODY), lines(BODY)], b"/Title(Le port)")


@given(data=st.data())
@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_a_document_or_an_error(data: st.DataObject) -> None:
    noise = st.binary(max_size=200).map(lambda rest: b"%PDF-" + rest)
    written = bytearray(data.draw(st.one_of(noise, st.integers(6, len(GOOD)).map(lambda end: GOOD[:end]))))
    for at in data.draw(st.lists(st.integers(0, len(GOOD)), max_size=8)):
        written[at % len(written)] = data.draw(st.integers(0, 255))
    assert isinstance(outcome(bytes(written)), Document | InputError)


def note() -> bytes:
    """The PDF that the page on PDF describes."""
    texts = (
        ("Le préfet maritime a promis de rouvrir le port au gouverne-", "ment et aux pêcheurs avant la", "fin du mois,"),
        ("au lendemain d'une réunion.", "« Nous tiendrons »,", "a-t-il dit."),
    )
    pages = [
        [(60, 815, 9, "Préfecture du Ponant"), *lines(words), (300, 30, 9, str(number))] for number, words in enumerate(texts, start=1)
    ]
    return document(pages, "/Title(Le port rouvrira)/Author(Ana Dupré)/CreationDate(D:20240315)".encode("cp1252"))


def test_the_example_of_its_page_comes_out(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "readers" / "pdf.md").read_text(encoding="utf-8")
    (in_folder / "note.pdf").write_bytes(note())
    code, shown = (page.split(f"```{language}\n")[1].split("```")[0] for language in ("python", "text"))
    exec(code, {})  # noqa: S102 (our own page)
    assert capsys.readouterr().out == shown
