"""WARC: which records become documents, and what a broken crawl leaves."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect, http_body
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

FOLDER = Path(__file__).parent / "fixtures" / "warc"
WORDS = [f"Le ministre a parlé {number} fois de la paix à l'assemblée réunie." for number in range(5)]
PAGE = f"<html><body><article>{''.join(f'<p>{words}</p>' for words in WORDS)}</article></body></html>".encode()


def read(data: bytes, settings: Settings | None = None) -> list[collect.Outcome]:
    found: list[collect.Outcome] = []
    try:
        found += collect.READERS["warc"](Raw.of_bytes(data, "a.warc", "a.warc"), settings or Settings())
    except InputError as error:
        found.append(error)
    return found


def codes(data: bytes, settings: Settings | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else "read" for item in read(data, settings)]


def record(body: bytes = PAGE, head: str = "", first: str = "HTTP/1.1 200 OK", kind: str = "response") -> bytes:
    http = f"{first}\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    about = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://cap.example/x>\r\nContent-Type: application/http; msgtype={kind}\r\n"
    return about.encode() + f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def test_pages_keep_their_address_and_the_time_of_the_fetch() -> None:
    found = list(collect.documents([str(FOLDER / "crawl.warc")], Settings()))
    first, error, second, third = found
    assert isinstance(first, Document)
    assert isinstance(error, InputError)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.text.startswith("Moreau exige un retrait\n\nLa présidente du conseil")
    assert (first.id, first.published, first.source.ordinal) == ("crawl-0", "2024-03-15", 0)
    assert (first.source.url, first.source.outlet) == ("https://cap.example/a", "Le Cap")
    assert first.source.external == (
        "warc-record:urn:uuid:00000000-0000-4000-8000-000000000001",
        "warc-date:2024-03-16T06:01:00Z",
    )
    assert error.code == "html-no-article"
    assert "record 2 of" in str(error)
    assert "https://cap.example/vide" in str(error)
    assert second.title == "L'armée dément", "out of its chunks"
    assert third.title == "Le cap tenu", "unpacked, and in the server's encoding"
    assert "démenti" in third.text
    assert third.source.ordinal == 3


def test_a_packed_crawl_is_the_same() -> None:
    plain = list(collect.documents([str(FOLDER / "crawl.warc")], Settings()))
    packed = list(collect.documents([str(FOLDER / "crawl.warc.gz")], Settings()))
    texts = [[item.text if isinstance(item, Document) else item.code for item in found] for found in (plain, packed)]
    assert texts[0] == texts[1]
    assert isinstance(packed[0], Document)
    assert packed[0].source.file == f"{FOLDER / 'crawl.warc.gz'}!crawl.warc"


def test_a_crawl_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "crawl").write_bytes(record())
    (found,) = collect.documents([str(tmp_path / "crawl")], Settings())
    assert isinstance(found, Document)
    assert (found.source.reader, found.source.url) == ("warc", "https://cap.example/x")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (record(), ["read"]),
        (record(first="HTTP/1.1 404 Not Found"), ["input-empty"]),
        (record(first="nonsense"), ["input-empty"]),
        (record(kind="request"), ["input-empty"]),
        (record(kind="resource"), ["input-empty"]),
        (record() + record()[:-100], ["read", "warc-damaged"]),
        (record() + b"WARC/1.0\r\nContent-Length: x", ["read", "warc-damaged"]),
        (record(b"a" * 5000) + record(), ["input-too-large", "read"]),
        (record(gzip.compress(b" " * 10**6), "Content-Encoding: gzip\r\n") + record(), ["input-too-large", "read"]),
        (record(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip\r\n") + record(), ["warc-damaged", "read"]),
        (record(b"\x0b\x02\x80", "Content-Encoding: br\r\n") + record(), ["warc-damaged", "read"]),
        (b"no WARC" + record(), ["warc-damaged"]),
        (record(b"<html></html>") + record(), ["html-no-article", "read"]),
        (record(b"\x00\x01\x02" * 99) + record(), ["input-binary", "read"]),
    ],
    ids=[str(number) for number in range(14)],
)
def test_records_good_and_bad(data: bytes, expected: list[str]) -> None:
    assert codes(data, Settings(max_bytes=4000)) == expected


def test_a_cut_crawl_gives_what_stands_before_the_cut() -> None:
    small, whole = record(b"\x00\x01\x02" * 9), record()
    for cut in range(1, len(whole) - 4):
        assert codes(small + whole[:cut]) == ["input-binary", "warc-damaged"], cut


CHUNKED = b"4\r\n<p>O\r\n5;x=y\r\nui</p\r\n1\r\n>\r\n0\r\n\r\n"
RAW_DEFLATE = zlib.compress(PAGE)[2:-4]


@pytest.mark.parametrize(
    ("data", "transfer", "content", "expected"),
    [
        (PAGE, "", "", PAGE),
        (PAGE, "chunked", "gzip", PAGE),
        (CHUNKED, "Chunked", "", b"<p>Oui</p>"),
        (CHUNKED[:11], "chunked", "", b"<p>O"),
        (b"", "chunked", "", b""),
        (b"-1\r\n<p>", "chunked", "", b""),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE)), "chunked", "gzip", PAGE),
        (zlib.compress(PAGE), "", "deflate", PAGE),
        (RAW_DEFLATE, "", "deflate", PAGE),
        (PAGE, "", "br", PAGE),
    ],
)
def test_bodies_as_crawlers_keep_them(data: bytes, transfer: str, content: str, expected: bytes) -> None:
    assert http_body.decoded(data, transfer, content, "x", 10_000) == expected


def test_the_page_shows_what_comes_out() -> None:
    page = (Path(__file__).parent.parent / "docs" / "readers" / "warc.md").read_text()
    (document, *_) = collect.documents([str(FOLDER / "crawl.warc")], Settings())
    assert isinstance(document, Document)
    shown = dict(re.findall(r"^\| `source\.(\w+)` \| [^|]* \| `([^|]*)` \|$", page, re.MULTILINE))
    assert shown == {
        "url": document.source.url,
        "ordinal": str(document.source.ordinal),
        "outlet": document.source.outlet,
        "external": "`, `".join(document.source.external),
    }
