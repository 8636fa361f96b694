"""Small inputs that once took minutes, or that never end: each would outlast the whole run if the work grew as it did."""

from __future__ import annotations

import io
import itertools
import os
import zipfile
from pathlib import Path

import pytest
from trafilatura import load_html

from propos.errors import InputError
from propos.ingest import collect, html, lines, page_weight
from propos.ingest.raw import Raw, lines_of
from propos.model import Document
from propos.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"


def codes(data: bytes, form: str | None = None, name: str = "x", limits: Settings | None = None) -> set[str]:
    """What came out: ``read`` or errors' codes."""
    found: set[str] = set()
    try:
        for item in collect._of_raw(Raw.of_bytes(data, name, name), limits or Settings(), form):
            found.add(item.code if isinstance(item, InputError) else "read")
    except InputError as error:
        found.add(error.code)
    return found


def rss(item: bytes) -> bytes:
    return b"<rss version='2.0'><channel><item>" + item + b"</item></channel></rss>"


def page(words: bytes) -> bytes:
    return b"<html><head><title>a</title></head><body><article>" + words + b"</article></body></html>"


COLUMNS = b",".join(b'"k %d": 1' % number for number in range(100_000))
SLOW: dict[str, tuple[str | None, bytes, set[str]]] = {
    "comments before no page": (None, b"<!---->" * 30 + b"x", {"read"}),
    "comments before no feed": (None, b"<?a?>" + b"<!-- -->\n" * 500 + b"mot", {"read"}),
    "front matter in lines of Windows": (None, b"---\n" + b"a: b\r\n" * 40 + b"x mot", {"read"}),
    "front matter of dashes": ("markdown", b"---\n" + b"-a: b\n" * 40 + b"x mot", {"read"}),
    "blanks before a key": ("json", b'{"text": "mot",' + b" " * 60_000 + b'"a": 1}', {"read"}),
    "times in a line of mail": (None, b"From a@b " + b"12:12 " * 10_000, {"read"}),
    "blanks in an entry": ("feed", rss(b"<title>a</title><description><![CDATA[<p>a" + b" " * 200_000 + b"b</p>]]></description>"), {"read"}),
    "a title of a million letters": ("feed", rss(b"<title>" + b"a " * 500_000 + b"</title><description>mot</description>"), {"text-too-long"}),
    "a row of many columns": ("jsonl", b'{"text": "mot", ' + COLUMNS + b"}", {"read"}),
    "a header of many columns": ("csv", b"texte" + b"," * 2_000_000 + b"\na\n", {"row-broken"}),
    "mail of many parts": ("eml", b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: a/b; c=d\n\na\n" * 10_000, {"format-damaged"}),
    "rows of an odd encoding": ("csv", b"texte\n" + b"\xa9menti.\n" * 6_000, {"read"}),
    "blanks before a feed": ("feed", b"\n" * 60_000 + b"<!ENTITY", {"feed-invalid"}),
    "section marks": ("europresse", b"<article>" + b"<p class=DocTitreSousSection>a</p>" * 30_000, {"article-unreadable"}),
    "a page of many tags": ("html", page(b"<p>" + b"<span>a</span>" * 100_000), {"format-damaged"}),
    "a tag of many attributes": ("html", page(b"<p " + b" ".join(b"a%d" % number for number in range(50_000)) + b">mot"), {"format-damaged"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_work_grows_with_the_input(name: str) -> None:
    form, data, expected = SLOW[name]
    assert codes(data, form) == expected


@pytest.mark.parametrize("name", ["a", "a.json", "a.jsonl", "a.html", "a.xml", "a.txt"])
@pytest.mark.parametrize("data", [b" " * 60_000 + b'x{"a":1}', b'{"uri":"a"' + b" " * 60_000 + b"}", b"\xef\xbb\xbf" + b"[ " * 30_000])
def test_blanks_are_sniffed_at_once(name: str, data: bytes) -> None:
    assert codes(data, None, name)


def test_front_matter_is_still_found() -> None:
    for end in (b"\n", b"\r\n"):
        text = end.join((b"---", b"title: Un mot", b"tags:", b"  - a", b"# note", b"", b"---", b"Le maire a promis.", b"---", b"Fin."))
        (found,) = collect._of_raw(Raw.of_bytes(text, "x"), Settings())
        assert isinstance(found, Document)
        assert (found.source.reader, found.title) == ("markdown", "Un mot")
        assert "Fin." in found.text


def test_boxes_in_boxes_of_a_word_file_are_gone_through_once() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = "<w:p><w:t>b</w:t></w:p>" * 20_000
    text = f"<w:document {space}><w:body>{'<w:p><w:t>a</w:t>' * 100}{inner}{'<w:t>c</w:t></w:p>' * 100}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", text)
    found = lines.of_file(out.getvalue(), "x", 20_000_000)
    assert [line.text for line in found[:101]] == ["ac"] * 100 + ["b"]
    assert sum(len(line.markup) for line in found) < 2 * len(text)


def test_half_a_character_in_a_message_can_be_printed() -> None:
    (error,) = collect._of_raw(Raw.of_bytes(rb'[{"\ud800": 5}]', "x"), Settings(), "json")
    assert isinstance(error, InputError)
    assert r"\ud800" in str(error)
    assert str(error).encode()


def test_a_member_without_a_name_is_none() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        nameless = zipfile.ZipInfo("a")
        nameless.filename = ""
        packed.writestr(nameless, "Le maire a promis.")
        packed.writestr("b.txt", "Le maire a promis.")
    assert codes(out.getvalue(), None, "x.zip") == {"read"}


def test_a_page_within_bounds_is_let_through() -> None:
    page_weight.check("<html><body>" + "<p>" * (page_weight.MOST_TAGS - 2), "x")
    page_weight.check("<p " + " ".join(f"a{number}" for number in range(page_weight.MOST_ATTRIBUTES)) + ">", "x")


def test_a_long_line_comes_whole_out_of_its_pieces() -> None:
    chunks = [b"ab", b"", b"c\nd", b"\n", b"\n", b"e"]
    assert list(lines_of(chunks, 3, "x")) == [b"abc", b"d", b"", b"e"]
    with pytest.raises(InputError, match="a line of x has more than 2 bytes"):
        list(lines_of(chunks, 2, "x"))


class Endless(io.RawIOBase):
    """A beginning, then one letter for ever."""

    def __init__(self, head: bytes, filling: bytes) -> None:
        self.head, self.filling, self.given = head, filling, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0, "all of it is asked for"
        data, self.head = self.head[:size], self.head[size:]
        data += self.filling * (size - len(data))
        self.given += len(data)
        return data


@pytest.mark.parametrize("form", collect.READERS)
@pytest.mark.parametrize("filling", [b"a", b"\n", b"<", b"\x00", b" "])
def test_a_stream_without_end_ends(form: str, filling: bytes) -> None:
    folder = {"archive": "archives", "feed": "feeds", "newsml-g2": "newsml_g2"}.get(form, form.split("-", maxsplit=1)[0])
    head = min((FIXTURES / folder).iterdir()).read_bytes()[:300]
    stream = Endless(head, filling)
    limits = Settings(max_bytes=500_000, max_chars=50_000)
    items = collect._of_raw(Raw.open(stream, "x"), limits, form)  # type: ignore[arg-type]
    try:
        found = list(itertools.islice(items, 200)) if filling != b"\n" or form not in STREAMED else [next(items, None)]
        assert all(isinstance(item, Document | InputError) for item in found)
    except InputError:
        pass
    assert stream.given < 200_000_000


STREAMED = {"jsonl", "csv", "tsv", "mbox", "ninjs"}
"""Blank lines without end are read for ever, as a pipe that waits is: no article is made of them, no memory taken."""


def test_links_of_a_folder_lead_in_no_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le maire a promis.")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert collect.expand(str(tmp_path)) == [str(tmp_path / "a.txt")]


def _news(tail: str) -> str:
    told = "".join(f"<p>Le ministre a reçu la délégation numéro {n} au palais, puis il a répondu aux questions de la presse.</p>" for n in range(6))
    return f"<html><head><title>Audience</title></head><body><article>{told}</article>{tail}</body></html>"


@pytest.mark.parametrize(("length", "kept"), [(page_weight.LONGEST_VALUE, ["title"]), (page_weight.LONGEST_VALUE + 1, [])])
def test_an_attribute_of_excessive_length_is_left_out(length: int, kept: list[str]) -> None:
    tree = load_html(_news(tail=f'<p title="{"<" * length}">fin</p>'))
    assert tree is not None
    page_weight.lighten(tree)
    assert [key for paragraph in tree.iter("p") for key in paragraph.attrib] == kept


@pytest.mark.parametrize("extra", [f'<meta name="x" content="{"<" * 400_000}">', "<a href='/x'>x</a>" * (page_weight.THOROUGH_TAGS + 1)])
def test_a_page_with_an_endless_attribute_or_very_many_tags_keeps_its_article(extra: str) -> None:
    article = html.extract(_news(tail=f"<nav>{extra}</nav>"), "page")
    assert article is not None
    assert article.text.count("délégation") == 6
