"""Files, folders and standard input to documents, in order: arguments as given, a folder's files by name."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from propos import errors
from propos.ingest import archive, json_object, jsonl, text
from propos.ingest.address import is_url
from propos.ingest.article import Article, Origin, to_document
from propos.ingest.raw import Raw
from propos.ingest.sniff import READABLE_SUFFIXES, sniff
from propos.model import Document, Record
from propos.settings import Settings

Outcome = Document | errors.InputError
FormatReader = Callable[[Raw, Settings], Iterator[Outcome]]


def _late(module: str, function: str = "read") -> FormatReader:
    """The reader of a format, loaded when it is needed: trafilatura alone takes half a second."""

    def read(raw: Raw, settings: Settings) -> Iterator[Outcome]:
        reader: FormatReader = getattr(import_module(f"propos.ingest.{module}"), function)
        return reader(raw, settings)

    return read


def _archive(raw: Raw, settings: Settings) -> Iterator[Outcome]:
    return archive.read(raw, settings, _of_raw)


READERS: dict[str, FormatReader] = {
    "text": text.read,
    "markdown": _late("markdown"),
    "html": _late("html"),
    "jsonl": jsonl.read,
    "json": json_object.read,
    "csv": _late("delimited"),
    "tsv": _late("delimited", "read_tabs"),
    "parquet": _late("parquet"),
    "europresse": _late("europresse"),
    "factiva-html": _late("factiva_html"),
    "factiva-rtf": _late("factiva_rtf"),
    "factiva-xml": _late("factiva_xml"),
    "nexis": _late("nexis"),
    "newsml-g2": _late("newsml_g2"),
    "newsml1": _late("newsml1"),
    "nitf": _late("nitf"),
    "ninjs": _late("ninjs"),
    "mbox": _late("mail", "read_mbox"),
    "eml": _late("mail"),
    "pdf": _late("pdf"),
    "feed": _late("feed"),
    "warc": _late("warc"),
    "archive": _archive,
}
STANDARD_INPUT = "-"
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def documents(inputs: Iterable[str], settings: Settings, form: str | None = None) -> Iterator[Outcome]:
    """The documents of all inputs; an input that cannot be read gives its error in its place.

    ``form`` names the format instead of having it found; raises ``format-unknown``.
    """
    if form is not None and form not in READERS:
        raise errors.FORMAT_UNKNOWN(got=form, allowed=", ".join(READERS))
    for name in inputs:
        try:
            paths = expand(name)
        except errors.InputError as error:
            yield error
            continue
        for path in paths:
            yield from archive.or_error(_of_path(path, settings, form))


def of_text(words: str, settings: Settings) -> Document:
    """The document of a string, which stays as it stands; raises :class:`propos.errors.InputError`.

    Only halves of characters (lone surrogates), which no file can hold, become U+FFFD.
    """
    data = words.encode("utf-8", "replace")
    whole = words if words.isascii() else words.translate(_SURROGATES)
    return to_document(Article(whole), Origin("string", "the text", None, data), settings)


def of_record(record: Record, settings: Settings) -> Document:
    """The document that a record or gold annotation was made from: its text as it stands."""
    article = Article(record.text, record.title, record.published, record.id, record.language)
    origin = Origin("record", record.id, None, record.text.encode("utf-8", "replace"))
    return to_document(article, origin, settings)


def expand(name: str) -> list[str]:
    """``name`` itself (a file, an address), or the readable files of the folder it names, in the order of their names.

    Hidden files and folders are left out. Raises ``file-missing`` and ``folder-empty``.
    """
    if not name:
        raise errors.FILE_MISSING(name="''")
    path = Path(name)
    if is_url(name) or name == STANDARD_INPUT or path.is_file():
        return [name]
    if not path.is_dir():
        if path.exists():  # a pipe or a device
            return [name]
        raise errors.FILE_MISSING(name=name)
    found = [item for item in path.rglob("*") if item.suffix.lower() in READABLE_SUFFIXES and _is_plain(item, path)]
    if not found:
        raise errors.FOLDER_EMPTY(name=name, allowed=", ".join(READABLE_SUFFIXES))
    return [str(item) for item in sorted(found, key=lambda item: item.relative_to(path).parts)]


def passed_over(name: str) -> Counter[str]:
    """The endings of the files of a folder that ``expand`` leaves out as not readable, counted; nothing where it is none."""
    path = Path(name)
    if not name or not path.is_dir():
        return Counter()
    return Counter(
        item.suffix.lower() or "without ending"
        for item in path.rglob("*")
        if item.suffix.lower() not in READABLE_SUFFIXES and _is_plain(item, path)
    )


def _is_plain(item: Path, folder: Path) -> bool:
    return item.is_file() and not any(part.startswith(".") for part in item.relative_to(folder).parts)


def _of_path(name: str, settings: Settings, form: str | None) -> Iterator[Outcome]:
    if name == STANDARD_INPUT:
        yield from _of_raw(Raw.open(sys.stdin.buffer, "standard input"), settings, form)
        return
    if is_url(name):
        from propos.ingest import fetch

        yield from _of_raw(Raw.of_bytes(fetch.get(name, settings.max_bytes), name, name), settings, form)
        return
    try:
        with Path(name).open("rb") as stream:
            yield from _of_raw(Raw.open(stream, name, name), settings, form)
    except OSError as error:
        raise errors.FILE_UNREADABLE(name=name, reason=error.strerror or type(error).__name__) from error


def _of_raw(raw: Raw, settings: Settings, form: str | None = None) -> Iterator[Outcome]:
    """The documents of an input; of an archive, ``form`` names the format of its members."""
    if not raw.head:
        raise errors.INPUT_EMPTY(name=raw.name)
    if form not in {None, archive.NAME} and archive.kind(raw.head) is not None:
        yield from archive.read(raw, settings, partial(_of_raw, form=form))
        return
    found = READERS[form or sniff(raw)](raw, settings)
    first = next(found, None)
    if first is None:  # a header without rows, a list of nothing: no input vanishes without a word
        raise errors.INPUT_EMPTY(name=raw.name)
    yield first
    yield from found
