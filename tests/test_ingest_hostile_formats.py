"""Every registered reader against broken and hostile input: documents and input errors come out, nothing else.

Readers and fixtures are found, not listed: a new format is held to this by being registered.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import collect
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

FIXTURES = sorted(file for file in (Path(__file__).parent / "fixtures").glob("*/**/*") if file.is_file())
FORMS = sorted(collect.READERS)
LIMITS = Settings(max_bytes=1_000_000, max_chars=100_000)
MOST = 2_000
"""Outcomes looked at: an input of this size has no more articles."""

quick = settings(deadline=None, derandomize=True, max_examples=25, suppress_health_check=list(HealthCheck))

MAGIC = (
    b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"WARC/1.0\r\n", b"%PDF-1.4\n", b"{\\rtf1\\ansi ", b"PAR1",
    b"<?xml version='1.0'?>", b"<rss><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"<html>",
    b"<nitf>", b"<NewsML>", b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>", b"From a@b Fri Mar 15 08:00:00 2024\n",
    b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b'{"text": "', b'[{"text": "', b"text;title\n", b"---\ntitle: ",
    b"\xff\xfe", b"\xfe\xff\x00<", b"\xef\xbb\xbf",
)  # fmt: skip


def outcomes(data: bytes, name: str, form: str | None = None) -> list[collect.Outcome]:
    """All that comes out, by way of sniffing or of one reader."""
    raw = Raw.of_bytes(data, name, name)
    found: list[collect.Outcome] = []
    try:
        found.extend(itertools.islice(collect._of_raw(raw, LIMITS, form), MOST))
    except InputError as error:
        found.append(error)
    for item in found:
        assert isinstance(item, Document | InputError)
        if isinstance(item, Document):
            check(item)
    return found


def check(document: Document) -> None:
    """A document is whole whatever it was read from."""
    assert any(character.isalnum() for character in document.text)
    assert len(document.text) <= LIMITS.max_chars
    document.text.encode()
    (document.title or "").encode()
    (document.source.file or "").encode()
    assert all(0 <= part.span.start < part.span.end <= len(document.text) for part in document.segments)
    ends = [(part.span.start, part.span.end) for part in document.segments]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(sorted(ends)))
    assert len(document.source.sha256) == 64


@pytest.mark.parametrize("form", FORMS)
@quick
@given(data=st.data())
def test_any_bytes(form: str, data: st.DataObject) -> None:
    head = data.draw(st.sampled_from(MAGIC))
    tail = data.draw(st.binary(max_size=600) | st.text(max_size=300).map(str.encode))
    outcomes(head + tail, "a", form)
    outcomes(head + tail, "a")


@pytest.mark.parametrize("form", FORMS)
@quick
@given(data=st.data())
def test_the_wrong_reader(form: str, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FIXTURES))
    outcomes(data.draw(mutated(file.read_bytes())), file.name, form)


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """``data`` cut, with bytes changed, parts taken out or repeated."""
    out = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(out) - 1)))
        size = draw(st.integers(1, 64))
        match draw(st.sampled_from(("cut", "flip", "change", "drop", "repeat", "insert"))):
            case "cut":
                del out[at + 1 :]
            case "flip" if out:
                out[at] ^= 1 << draw(st.integers(0, 7))
            case "change" if out:
                out[at] = draw(st.sampled_from(b"\x00\xff<>&\"'{}[]();,\n\r=/\\%!-"))
            case "drop":
                del out[at : at + size]
            case "repeat":
                out[at:at] = bytes(out[at : at + size]) * draw(st.integers(1, 50))
            case _:
                out[at:at] = draw(st.binary(max_size=20))
    return bytes(out)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: f"{file.parent.name}/{file.name}")
@quick
@given(data=st.data())
def test_a_mutated_fixture(file: Path, data: st.DataObject) -> None:
    outcomes(data.draw(mutated(file.read_bytes())), file.name)


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_fixture_cut_anywhere(file: Path) -> None:
    data = file.read_bytes()
    for cut in range(0, len(data), max(1, len(data) // 12)):
        assert outcomes(data[:cut], file.name), "an input never vanishes without a word"


def test_fixtures_and_readers_are_found() -> None:
    assert len(FIXTURES) > 5
    assert {"feed", "warc", "archive"} <= set(FORMS)


# Bombs ---------------------------------------------------------------------------------------------------------------

MEBI = 1 << 20
ALLOWED = 250
"""MiB that any reader may need beyond what the program has before: ten times the largest input and more."""
BIG = 400
"""MiB of a bomb, more than that."""
DEEP = 20_000

CHILD = """
import itertools, json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
import trafilatura, feedparser
from propos.errors import InputError
from propos.ingest import collect
from propos.settings import Settings
collect.of_text("Le maire a promis.", Settings())
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, found = peak(), {}
for form in [None, *sorted(collect.READERS)]:
    try:
        items = list(itertools.islice(collect.documents([sys.argv[1]], Settings(), form), 1000))
    except MemoryError:
        found[str(form)] = "memory"
        continue
    assert all(isinstance(item, (collect.Document, InputError)) for item in items), items
    text = " ".join(item.text if isinstance(item, collect.Document) else item.code for item in items)
    found[str(form)] = text[:2000]
print(json.dumps({"grown": peak() - before, "found": found}))
"""


def laughs(root: str) -> bytes:
    """Ten entities, each ten times the one before: ten gigabytes."""
    entities = '<!ENTITY a0 "haha haha ">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]><{root}>{body(root, "&a9;")}</{root}>'.encode()


def long_entity(root: str) -> bytes:
    """One long entity, named many times: the square of its length."""
    entity = "ha " * 20_000
    return f'<!DOCTYPE {root} [<!ENTITY a "{entity}">]><{root}>{body(root, "&a;" * 20_000)}</{root}>'.encode()


def outside(root: str) -> bytes:
    """Entities that ask for a file."""
    entities = f'<!ENTITY a SYSTEM "{Path(__file__).as_uri()}"><!ENTITY % b SYSTEM "http://127.0.0.1:9/x"> %b;'
    return f"<!DOCTYPE {root} [{entities}]><{root}>{body(root, '&a;')}</{root}>".encode()


def body(root: str, words: str) -> str:
    if root == "rss":
        return f"<channel><item><title>Un mot</title><description>{words}</description></item></channel>"
    if root == "nitf":
        return f"<body><body.head><hedline><hl1>Un mot</hl1></hedline></body.head><body.content><p>{words}</p></body.content></body>"
    return f"<head><title>Un mot</title></head><body><p>{words}</p></body>"


def letters(mebibytes: int, *, wrapped: Callable[[bytes], bytes] = lambda data: data) -> bytes:
    """A raw deflate stream of so many MiB of one letter, made without making them: a block that can follow itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(b"a" * MEBI)
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"a" * MEBI) + packer.flush(zlib.Z_FULL_FLUSH)
    return wrapped(block * mebibytes + packer.flush())


def gzipped(stream: bytes) -> bytes:
    return gzip.compress(b"")[:10] + stream + bytes(8)


def zip_of(*members: tuple[str, bytes, int]) -> bytes:
    """A zip of deflate streams; sizes are as claimed, sums are wrong."""
    files, entries = b"", b""
    for name, stream, size in members:
        fixed = b"\x14\x00\x00\x00\x08\x00" + bytes(8) + len(stream).to_bytes(4, "little") + size.to_bytes(4, "little")
        lengths = len(name).to_bytes(2, "little") + bytes(2)
        entries += (
            b"PK\x01\x02\x14\x00" + fixed + lengths + bytes(10) + len(files).to_bytes(4, "little") + name.encode()
        )
        files += b"PK\x03\x04" + fixed + lengths + name.encode() + stream
    count = len(members).to_bytes(2, "little") * 2
    tail = len(entries).to_bytes(4, "little") + len(files).to_bytes(4, "little") + bytes(2)
    return files + entries + b"PK\x05\x06" + bytes(4) + count + tail


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def word_bomb() -> bytes:
    kinds = raw_deflate(
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return zip_of(("[Content_Types].xml", kinds, 200), ("word/document.xml", letters(BIG), BIG * MEBI))


def bombs() -> Iterator[tuple[str, bytes]]:
    """Names of files and what they hold."""
    for root in ("rss", "nitf", "html"):
        yield f"laughs-{root}.xml", laughs(root)
        yield f"long-{root}.xml", long_entity(root)
        yield f"outside-{root}.xml", outside(root)
    big = BIG * MEBI
    yield "bomb.gz", letters(BIG, wrapped=gzipped)
    yield "bomb.jsonl.gz", letters(BIG, wrapped=gzipped)
    yield "bomb.zip", zip_of(("a.txt", letters(BIG), big), ("b.jsonl", letters(BIG), big), ("c.rss", letters(BIG), 10))
    inner = zip_of(("a.txt", letters(BIG), big))
    yield "nested.zip", zip_of(*((f"{number}.zip", raw_deflate(inner), len(inner)) for number in range(5)))
    yield "word.docx", word_bomb()
    yield "deep.html", b"<div>" * DEEP + b"mot" + b"</div>" * DEEP
    yield "deep.rss", b"<rss><channel><item><title>" + b"<a>" * DEEP + b"mot" + b"</a>" * DEEP
    yield "deep.xml", b"<a>" * DEEP + b"mot" + b"</a>" * DEEP
    content = (b"&lt;div&gt;" * DEEP).join((b"<rss version='2.0'><channel><item><title>a</title><description>", b"mot"))
    yield "entry.rss", content + b"</description></item></channel></rss>"
    yield "deep.json", b"[" * DEEP + b"]" * DEEP
    yield "keys.jsonl", b'{"a":' * DEEP + b"1" + b"}" * DEEP
    yield "number.json", b'{"text": "a", "id": ' + b"9" * 100_000 + b"}"
    yield "deep.rtf", b"{\\rtf1 " + b"{" * DEEP + b"mot" + b"}" * DEEP
    yield "deep.md", b">" * 5_000 + b" mot\n\n" + b"- " * 5_000
    yield (
        "deep.eml",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(1_000)),
    )


BOMBS = dict(bombs())


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_go_off(tmp_path: Path, name: str) -> None:
    """Every reader is given every bomb, in a process of its own that counts its memory."""
    (tmp_path / name).write_bytes(BOMBS[name])
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / name)],
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    said = json.loads(done.stdout)
    assert "memory" not in said["found"].values()
    assert said["grown"] < ALLOWED, said
    if name.startswith("outside"):
        kept = {form: text for form, text in said["found"].items() if form not in {"text", "markdown"}}
        assert "from __future__" not in json.dumps(kept), "a file of this machine was read"


def test_the_bombs_are_bombs() -> None:
    """What the readers are given would indeed fill the memory."""
    unpacker = zlib.decompressobj(-15)
    stream = letters(50)
    assert len(stream) < MEBI
    assert len(unpacker.decompress(stream)) == 50 * MEBI
    assert len(outcomes(zip_of(("a.txt", raw_deflate(b"mot"), 3)), "a.zip")) == 1
