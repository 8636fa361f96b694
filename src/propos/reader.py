"""The library's main face: texts, files and documents in, records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from propos import errors
from propos.ingest import collect
from propos.ingest.sniff import READABLE_SUFFIXES
from propos.model import Document, Record
from propos.settings import Settings, check_date

if TYPE_CHECKING:  # spaCy is loaded with the first reading, not with this module
    from propos.reading.pipeline import Pipeline

LONGEST_PATH = 4096

Source = str | PathLike[str] | Document
Skip = Callable[[errors.InputError], None]


class Reader:
    """Reads many documents with one pipeline; the spaCy model is loaded once, when first needed."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings if settings is not None else Settings()

    @cached_property
    def pipeline(self) -> Pipeline:
        """The reading pipeline; raises :class:`propos.errors.ModelError` and :class:`propos.errors.PackError`."""
        from propos.lang.loader import load
        from propos.reading.pipeline import Pipeline

        return Pipeline(self.settings, load(self.settings.language))

    def read(self, source: Source) -> Record:
        """The record of one text, file or document; raises :class:`propos.errors.ProposError`."""
        return self.pipeline.read(self.document(source))

    def read_many(self, sources: Iterable[Source], skip: Skip | None = None) -> Iterator[Record]:
        """The records of all sources, in order, streamed.

        A file with several documents (JSON Lines) or a folder gives one record a document. An input that cannot be
        read is handed to ``skip`` and left out; without ``skip`` its :class:`propos.errors.InputError` is raised.
        """
        return self.pipeline.read_many(self.documents(sources, skip))

    def read_again(self, records: Iterable[Record]) -> Iterator[Record]:
        """Fresh records of texts that have one already, gold annotations for one; streamed, in order."""
        return self.pipeline.read_many(collect.of_record(record, self.settings) for record in records)

    def documents(self, sources: Iterable[Source], skip: Skip | None = None) -> Iterator[Document]:
        """The documents of all sources, not yet read; ``skip`` as for :meth:`read_many`."""
        return _kept((outcome for source in sources for outcome in self._outcomes(source)), skip)

    def files(self, names: Iterable[str], skip: Skip | None = None, form: str | None = None) -> Iterator[Document]:
        """The documents of files, folders and ``-`` (standard input), not yet read.

        ``form`` names their format instead of having it found; ``skip`` as for :meth:`read_many`.
        """
        return _kept(collect.documents(names, self.settings, form), skip)

    def document(self, source: Source) -> Document:
        """The one document of ``source``; raises ``several-documents`` where it has more."""
        return _single(self.documents([source]), str(source)[:80])

    def file(self, name: str) -> Document:
        """The one document of a file, or of standard input (``-``); raises ``several-documents``."""
        return _single(self.files([name]), name)

    def _outcomes(self, source: Source) -> Iterator[collect.Outcome]:
        if isinstance(source, Document):
            yield source
        elif isinstance(source, str) and not _is_path(source):
            yield _text_outcome(source, self.settings)
        else:
            yield from collect.documents([fspath(source)], self.settings)


def read(text_or_path: Source, date: str | None = None, settings: Settings | None = None) -> Record:
    """Read one article: its text, or the path of its file; ``date`` is the day of publication (``2024-03-15``).

    A string is a path when a file has that name, or when it looks like one: no space, and a slash or an ending that
    Propos reads (``x.txt``); an address (``https://…``) is fetched. Raises :class:`propos.errors.ProposError`. The model is loaded once for each settings.
    """
    chosen = settings if settings is not None else Settings()
    if date is not None:
        chosen = replace(chosen, published=check_date(date))
    reader = Reader(chosen)
    document = reader.document(text_or_path)
    return _pipeline(replace(chosen, published=None)).read(document)


@lru_cache(maxsize=2)
def _pipeline(settings: Settings) -> Pipeline:
    return Reader(settings).pipeline


def _kept(outcomes: Iterable[collect.Outcome], skip: Skip | None) -> Iterator[Document]:
    for outcome in outcomes:
        if isinstance(outcome, Document):
            yield outcome
        elif skip is None:
            raise outcome
        else:
            skip(outcome)


def _single(found: Iterator[Document], name: str) -> Document:
    first = next(found)
    if next(found, None) is not None:
        raise errors.SEVERAL_DOCUMENTS(name=name)
    return first


def _text_outcome(words: str, settings: Settings) -> collect.Outcome:
    try:
        return collect.of_text(words, settings)
    except errors.InputError as error:
        return error


def _is_path(words: str) -> bool:
    if "\n" in words or len(words) > LONGEST_PATH or not words or "\0" in words:
        return False
    if not any(map(str.isspace, words)) and ("/" in words or words.lower().endswith(READABLE_SUFFIXES)):
        return True
    try:
        return Path(words).exists()
    except OSError:  # the system refuses the name as too long: it is a text
        return False
