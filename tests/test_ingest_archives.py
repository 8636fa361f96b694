"""Archives: what of them is read, under which names, and what they cannot do."""

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from propos.errors import InputError
from propos.ingest import archive, bounds, collect
from propos.ingest.bounds import Bounds, Budget, Metered
from propos.model import Document
from propos.settings import Settings

FOLDER = Path(__file__).parent / "fixtures" / "archives"
TEXT = "Le maire a promis une réponse."


def read(file: Path, form: str | None = None, settings: Settings | None = None) -> list[collect.Outcome]:
    return list(collect.documents([str(file)], settings or Settings(), form))


def codes(file: Path, form: str | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else "read" for item in read(file, form)]


def inner_names(file: Path, form: str | None = None) -> list[str]:
    """What stands after the archive's own name."""
    found = [item.source.file or "" for item in read(file, form) if isinstance(item, Document)]
    assert all(name.startswith(f"{file}!") for name in found)
    return [name.removeprefix(f"{file}!") for name in found]


def zipped(members: Sequence[tuple[str, bytes | str]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in members:
            packed.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def tarred(members: Sequence[tuple[str, bytes]], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as packed:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return out.getvalue()


# What is read --------------------------------------------------------------------------------------------------------


def test_members_of_all_formats_in_the_order_of_their_names() -> None:
    file = FOLDER / "mixte.zip"
    assert inner_names(file) == [
        "a.html",
        "b.jsonl",
        "fil.rss.gz!fil.rss",
        "fil.rss.gz!fil.rss",
        "lot.zip!dedans.txt",
        "z/dernier.txt",
    ]
    errors = [str(item) for item in read(file) if isinstance(item, InputError)]
    assert len(errors) == 2
    assert errors[0].startswith(f"line 2 of {file}!b.jsonl has no column")
    assert errors[1].startswith(f"{file}!vide.txt holds no text")


def test_what_a_member_gives_is_what_its_file_gives(tmp_path: Path) -> None:
    feed = FOLDER.parent / "feeds" / "agence.atom"
    (tmp_path / "a.zip").write_bytes(zipped([("agence.atom", feed.read_bytes())]))
    packed, plain = read(tmp_path / "a.zip"), read(feed)
    assert len(packed) == len(plain) == 2
    for one, other in zip(packed, plain, strict=True):
        assert isinstance(one, Document)
        assert isinstance(other, Document)
        assert (one.text, one.source.sha256, one.segments) == (other.text, other.source.sha256, other.segments)


def test_gzip_and_tar() -> None:
    assert inner_names(FOLDER / "seul.txt.gz") == ["seul.txt"]
    first, second = inner_names(FOLDER / "lot.tar.gz")
    assert first == "fil/un.txt"
    assert second == "fil/" + "long/" * 30 + "deux.txt"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", ["a.txt", "é" * 40 + ".txt", "d" * 80 + "/" + "e" * 60 + ".txt"])
def test_tars_of_all_kinds(tmp_path: Path, form: int, name: str) -> None:
    (tmp_path / "a.tar").write_bytes(tarred([(name, TEXT.encode()), ("b.txt", TEXT.encode() * 99)], form))
    assert inner_names(tmp_path / "a.tar") == [name, "b.txt"]
    (tmp_path / "a.zip").write_bytes(zipped([("in.tgz", gzip.compress((tmp_path / "a.tar").read_bytes()))]))
    assert codes(tmp_path / "a.zip") == ["read", "read"]


def test_the_format_named_is_that_of_the_members(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("a.html", "<p>« Oui »</p>")]))
    (found,) = read(tmp_path / "a.zip", "text")
    assert isinstance(found, Document)
    assert found.text == "<p>« Oui »</p>"
    assert codes(tmp_path / "a.zip", "archive") == ["html-no-article"]


def test_standard_input_may_be_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=Pipe((FOLDER / "mixte.zip").read_bytes())))
    found = [item for item in collect.documents(["-"], Settings()) if isinstance(item, Document)]
    assert [item.source.file for item in found][:2] == ["a.html", "b.jsonl"]


def test_archives_in_folders_are_read(tmp_path: Path) -> None:
    for name in ("mixte.zip", "lot.tar.gz", "seul.txt.gz"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    assert codes(tmp_path).count("read") == 9


@pytest.mark.parametrize(
    "suffix",
    [
        ".xml",
        ".csv",
        ".tsv",
        ".parquet",
        ".pdf",
        ".eml",
        ".mbox",
        ".rtf",
        ".docx",
        ".warc",
        ".gz",
        ".zip",
        ".rss",
        ".atom",
    ],
)
def test_folders_are_looked_through_for_all_formats(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text(TEXT)
    assert collect.expand(str(tmp_path)) == [str(tmp_path / f"a{suffix}")]


# Names ---------------------------------------------------------------------------------------------------------------


def test_names_are_labels_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = FOLDER / "chemins.zip"
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    before = sorted(tmp_path.rglob("*"))
    assert inner_names(packed) == [
        "../../../etc/evade.txt",
        "/abs/olu.txt",
        "C:\\win\\dows.txt",
        "a\ufffdb\ufffd[31m.txt",
        "bon/../ici.txt",
    ]
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written"


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("a.txt", True),
        ("d.e/a.TXT", True),
        ("../a.txt", True),
        ("./a.txt", True),
        (".a.txt", False),
        ("d/.git/a.txt", False),
        ("d\\.git\\a.txt", False),
        ("__MACOSX/d/a.txt", False),
        ("a.png", False),
        ("txt", False),
        ("", False),
    ],
)
def test_which_members_are_read(name: str, *, readable: bool) -> None:
    assert archive.is_readable(name) is readable


def test_links_in_a_tar_lead_nowhere(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("a.txt")
            info.type, info.linkname = kind, "/etc/hostname"
            packed.addfile(info)
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    assert codes(tmp_path / "a.tar") == ["archive-empty"]


# Limits --------------------------------------------------------------------------------------------------------------


def nested(levels: int) -> bytes:
    data, name = TEXT.encode(), "a.txt"
    for _ in range(levels):
        data, name = zipped([(name, data)]), "in.zip"
    return data


@pytest.mark.parametrize(
    ("levels", "code"), [(1, "read"), (2, "read"), (3, "archive-too-deep"), (9, "archive-too-deep")]
)
def test_archives_in_archives(tmp_path: Path, levels: int, code: str) -> None:
    (tmp_path / "a.zip").write_bytes(nested(levels))
    assert codes(tmp_path / "a.zip") == [code]


def test_a_bomb_stops_and_its_neighbours_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("a.txt", TEXT), ("b.txt", b" " * 30_000_000), ("c.txt", TEXT)]))
    assert codes(tmp_path / "a.zip") == ["read", "archive-too-large", "read"]
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 30_000_000))
    assert codes(tmp_path / "a.txt.gz") == ["archive-too-large"]
    (tmp_path / "b.zip").write_bytes(zipped([("a.txt.gz", gzip.compress(b" " * 30_000_000)), ("c.txt", TEXT)]))
    assert codes(tmp_path / "b.zip") == ["archive-too-large", "read"]


def test_many_small_bombs_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each member is within its own bound, all together are not: the rest of the archive is left."""
    monkeypatch.setattr(Budget.__init__, "__defaults__", (Bounds(free_total=1 << 20, ratio=2),))
    (tmp_path / "a.zip").write_bytes(zipped([(f"{number}.txt", b"\n" * 900_000) for number in range(9)]))
    assert codes(tmp_path / "a.zip") == ["text-too-long", "archive-too-large"]


def test_members_that_share_their_bytes_are_counted_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip whose list names the same bytes many times over."""
    whole = zipped([("a.txt", b"\n" * 900_000)])
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry, count = whole[at:end], 500
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    (tmp_path / "a.zip").write_bytes(whole[:at] + entry * count + tail)
    monkeypatch.setattr(Budget.__init__, "__defaults__", (Bounds(free_total=1 << 20, ratio=2),))
    found = codes(tmp_path / "a.zip")
    assert set(found) <= {"text-too-long", "archive-too-large", "archive-damaged"}
    assert "archive-too-large" in found


@pytest.mark.parametrize("limit", ["member", "total"])
def test_no_size_is_beyond_the_last_bound(limit: str) -> None:
    budget = Budget(Bounds(ratio=10**9, **{limit: 100}))
    stream = Metered(io.BytesIO(b"a" * 1000), "x", budget, lambda: 1000)
    assert stream.read(100) == b"a" * 100
    with pytest.raises(InputError, match="archive-too-large"):
        stream.read(1)


def test_a_list_of_members_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([(f"{number}.txt", TEXT) for number in range(100)]))
    monkeypatch.setattr(archive, "BOUNDS", Bounds(directory=1000))
    (error,) = read(tmp_path / "a.zip")
    assert "list of members" in str(error)


# Damage --------------------------------------------------------------------------------------------------------------


def test_encrypted_members_are_told(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)], zipfile.ZIP_STORED))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert codes(tmp_path / "a.zip") == ["archive-encrypted", "read"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_without_bounds_are_told(tmp_path: Path, method: int) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("a.txt", TEXT)], method))
    assert codes(tmp_path / "a.zip") == ["archive-method"]


def test_a_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT.upper())], zipfile.ZIP_STORED))
    data[data.index(b"maire")] ^= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert codes(tmp_path / "a.zip") == ["archive-damaged", "read"]


def test_a_cut_stream_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    rows = b"".join(b'{"text": "Le maire a promis %d choses."}\n' % (number * 7919) for number in range(9_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-20])
    found = codes(tmp_path / "a.jsonl.gz")
    assert found[-1] == "archive-damaged"
    assert set(found[:-1]) == {"read"}
    assert len(found) > 6_000
    (tmp_path / "a.tar").write_bytes(tarred([("a.txt", TEXT.encode()), ("b.txt", b"x" * 5000)])[:3000])
    assert codes(tmp_path / "a.tar") == ["read", "archive-damaged"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.zip", b"PK\x03\x04", "archive-damaged"),
        ("a.zip", b"never a zip", "archive-damaged"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "archive-empty"),
        ("a.zip", zipped([("a.png", b"x")]), "archive-empty"),
        ("a.gz", b"\x1f\x8b\x08", "archive-damaged"),
        ("a.gz", gzip.compress(b""), "input-empty"),
        ("a.gz", gzip.compress(bytes(range(32)) * 9), "input-binary"),
        ("a.txt", zipped([("[Content_Types].xml", b"x")]), "input-binary"),
        ("a.tar", tarred([("a.txt", b"x" * 99)])[:600], "archive-damaged"),
    ],
)
def test_broken_archives(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(tmp_path / name) == [code]


def test_the_page_says_the_true_limits() -> None:
    page = (Path(__file__).parent.parent / "docs" / "readers" / "archives.md").read_text()
    limits = bounds.BOUNDS
    assert re.findall(r"(\d+) times", page)[0] == str(limits.ratio)
    assert f"{limits.free >> 20} MiB" in page
    assert f"{limits.free_total >> 20} MiB" in page
    assert f"{limits.member >> 30} GiB" in page
    assert f"{limits.total >> 30} GiB" in page
    named = re.findall(r"`mixte\.zip!([^`]+)`", page)
    assert named
    assert set(named) <= set(inner_names(FOLDER / "mixte.zip"))
