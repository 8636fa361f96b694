"""Archives of any other format: zip, gzip, tar and tar.gz, and such archives inside them.

Members are read as streams, never written to a disk; their names are labels only. Hidden members, those of ``__MACOSX``
and those whose ending Propos does not read are passed over. See :mod:`propos.ingest.bounds` for what may come out.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Literal, cast

from propos import errors
from propos.ingest import tar
from propos.ingest.bounds import BOUNDS, Budget, Metered, damaged
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

NAME = "archive"

Outcome = Document | errors.InputError
MemberReader = Callable[[Raw, Settings], Iterator[Outcome]]
Kind = Literal["zip", "gzip", "tar"]

_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"mimetype")
"""First members of documents that only happen to be zip archives."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The others cannot be unpacked in bounded steps: bzip2 and LZMA give, or ask for, as much memory as the file wants."""
_METHOD_NAMES = {9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_ENCRYPTED = 0x1


def kind(head: bytes) -> Kind | None:
    """Which archive ``head`` starts, if any; office documents are none."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"PK\x05\x06"):
        return "zip"
    if head.startswith(b"PK\x03\x04") and not head[30:].startswith(_OFFICE):
        return "zip"
    return "tar" if tar.starts(head) else None


def read(raw: Raw, settings: Settings, of_member: MemberReader) -> Iterator[Outcome]:
    """What ``of_member`` finds in the members; a member that cannot be read gives its error in its place."""
    found = kind(raw.head)
    if found is None:
        raise errors.ARCHIVE_DAMAGED(name=raw.name, reason="it is neither zip, gzip nor tar")
    if raw.depth >= BOUNDS.depth:
        raise errors.ARCHIVE_TOO_DEEP(name=raw.name, depth=raw.depth)
    walk = {"zip": _of_zip, "gzip": _of_gzip, "tar": _of_tar}[found]
    return walk(raw, settings, of_member)


# zip -----------------------------------------------------------------------------------------------------------------


class _Capped:
    """A file whose single reads are bounded: zipfile takes the list of members in one."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1, /) -> bytes:
        if size < 0 or size > self._limit:
            size = self._limit + 1
        data = self._stream.read(size)
        if len(data) > self._limit:
            msg = f"its list of members has more than {self._limit} bytes"
            raise zipfile.BadZipFile(msg)
        return data


def _of_zip(raw: Raw, settings: Settings, of_member: MemberReader) -> Iterator[Outcome]:
    stream = raw.rest if raw.rest.seekable() else io.BytesIO(raw.all(settings.max_bytes))
    budget = raw.budget or Budget()
    if raw.budget is None:
        budget.packed = stream.seek(0, io.SEEK_END)
    try:
        packed = zipfile.ZipFile(cast("IO[bytes]", _Capped(stream, BOUNDS.directory)))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, IndexError, OverflowError) as error:
        raise damaged(raw.name, error) from error
    with packed:
        members = [info for info in packed.infolist() if _is_file(info) and is_readable(info.filename)]
        if not members:
            raise _empty(raw)
        for info in sorted(members, key=lambda info: PurePosixPath(info.filename).parts):
            yield from or_error(_of_zip_member(packed, info, raw, settings, budget, of_member))
            if budget.spent:
                return


def _of_zip_member(
    packed: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    raw: Raw,
    settings: Settings,
    budget: Budget,
    of_member: MemberReader,
) -> Iterator[Outcome]:
    name = _label(raw.name, info.filename)
    if info.flag_bits & _ENCRYPTED:
        raise errors.ARCHIVE_ENCRYPTED(name=name)
    if info.compress_type not in _METHODS:
        raise errors.ARCHIVE_METHOD(
            name=name, method=_METHOD_NAMES.get(info.compress_type, f"number {info.compress_type}")
        )
    try:
        stream = packed.open(info)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
        raise damaged(name, error) from error
    with stream:
        metered = Metered(stream, name, budget, lambda: info.compress_size)
        yield from of_member(_member(metered, raw, info.filename, budget), settings)


# gzip and tar --------------------------------------------------------------------------------------------------------


class _Whole:
    """An input from its first byte on, its bytes counted and those of an outermost archive put to the budget."""

    def __init__(self, raw: Raw, budget: Budget) -> None:
        self._head, self._rest = io.BytesIO(raw.head), raw.rest
        self._budget = budget if raw.budget is None else None
        self.given = 0

    def read(self, size: int = 65_536, /) -> bytes:
        data = self._head.read(size) or self._rest.read(size)
        self.given += len(data)
        if self._budget is not None:
            self._budget.packed += len(data)
        return data


class _Gunzip:
    """The bytes behind gzip, as far as they are whole: ``read1`` gives what there is before it raises."""

    def __init__(self, source: _Whole) -> None:
        self._file = gzip.GzipFile(fileobj=cast("BinaryIO", source), mode="rb")

    def read(self, size: int, /) -> bytes:
        return self._file.read1(size)


def _of_gzip(raw: Raw, settings: Settings, of_member: MemberReader) -> Iterator[Outcome]:
    budget = raw.budget or Budget()
    whole = _Whole(raw, budget)
    inner = _name_inside(raw.file or raw.name)
    stream = Metered(_Gunzip(whole), raw.name, budget, lambda: whole.given)
    member = _member(stream, raw, inner, budget)
    if tar.starts(member.head):
        yield from _of_tar_stream(_Whole(member, budget), raw, settings, budget, of_member)
    else:
        yield from of_member(member, settings)


def _of_tar(raw: Raw, settings: Settings, of_member: MemberReader) -> Iterator[Outcome]:
    budget = raw.budget or Budget()
    yield from _of_tar_stream(_Whole(raw, budget), raw, settings, budget, of_member)


def _of_tar_stream(
    stream: _Whole, raw: Raw, settings: Settings, budget: Budget, of_member: MemberReader
) -> Iterator[Outcome]:
    """Members in the order in which they were packed: a stream cannot be sorted."""
    empty = True
    for entry in tar.entries(stream, raw.name):
        if not is_readable(entry.name):
            continue
        empty = False
        yield from or_error(of_member(_member(cast("Metered", entry), raw, entry.name, budget), settings))
        if budget.spent:
            return
    if empty:
        raise _empty(raw)


# Names ---------------------------------------------------------------------------------------------------------------


def is_readable(name: str) -> bool:
    """Whether a member is one that a folder's file of that name would be."""
    from propos.ingest.sniff import READABLE_SUFFIXES  # sniffing knows archives

    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in path.parts)
    return not hidden and path.suffix.lower() in READABLE_SUFFIXES


def _member(stream: Metered, raw: Raw, inner: str, budget: Budget) -> Raw:
    file = _label(raw.file, inner) if raw.file is not None else _printable(inner)
    return Raw.open(cast("BinaryIO", stream), _label(raw.name, inner), file, raw.depth + 1, budget)


def _label(outer: str, inner: str) -> str:
    return f"{outer}!{_printable(inner)}"


def _printable(name: str) -> str:
    """A label without characters that a terminal obeys and halves of characters that no file can hold."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)


def _name_inside(name: str) -> str:
    """``a.csv`` for ``folder/a.csv.gz``; ``a.tar`` for ``a.tgz``."""
    last = PurePosixPath(name.replace("\\", "/").rpartition("!")[2]).name
    path = PurePosixPath(last or "member")
    return path.stem + {".tgz": ".tar", ".gz": ""}.get(path.suffix.lower(), path.suffix)


def _empty(raw: Raw) -> errors.ProposError:
    from propos.ingest.sniff import READABLE_SUFFIXES

    return errors.ARCHIVE_EMPTY(name=raw.name, allowed=", ".join(READABLE_SUFFIXES))


def or_error(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """The outcomes; an input error that is raised comes as the last of them."""
    try:
        yield from outcomes
    except errors.InputError as error:
        yield error


def _is_file(info: zipfile.ZipInfo) -> bool:
    """A member without a name is none; zipfile itself fails over it."""
    return bool(info.filename) and not info.is_dir()
