"""Files into a dossier: what is in already is passed over before it is read, every other article is read and kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import cast

from propos import errors
from propos.model import Document, Record
from propos.query import proposing
from propos.reader import Reader
from propos.settings import Settings
from propos.store import ledger
from propos.store.opening import Store
from propos.store.tending import tend
from propos.store.writing import Writer

WITHOUT_NAME = "standard input"


@dataclass
class Taken:
    """What came of it: how many articles are new, were known, could not be read.

    ``superseded`` and ``withdrawn`` count articles of the dossier that stopped being current, new ones among them.
    ``stopped``: whether it was asked to stop before the end.
    """

    added: int = 0
    known: int = 0
    skipped: int = 0
    superseded: int = 0
    withdrawn: int = 0
    seconds: float = 0.0
    stopped: bool = False


def _ignore(_: object) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows the work: told of each article that could not be read, of each that is done with, of what comes after.

    ``stop`` is asked after every article; where it says yes, the work ends there.
    """

    skip: Callable[[errors.InputError], None] = _ignore
    done: Callable[[Document], None] = _ignore
    stop: Callable[[], bool] = bool
    begin: Callable[[str], None] = _ignore


def ingest_into(
    store: Store,
    paths: Iterable[str],
    settings: Settings | None = None,
    *,
    form: str | None = None,
    watch: Watch | None = None,
    reader: Reader | None = None,
) -> Taken:
    """Read files, folders and ``-`` into a dossier, each article whole or not at all.

    ``form`` names the format instead of having it found; ``reader`` is used instead of a new one with ``settings``.
    Copies, full text and actors of the dossier are brought up to date at the end (``tend``).
    Articles that cannot be read are noted in the dossier and handed to ``watch.skip``.
    Raises :class:`propos.errors.StoreError`, :class:`propos.errors.ModelError`.
    """
    begun = time.monotonic()
    watch = watch or Watch()
    with Writer(store) as writer:
        intake = _Intake(writer, reader or Reader(settings), watch)
        intake.take(paths, form)
    tend(store, begin=watch.begin)
    proposing.renew(store, intake.reader.settings, watch.begin)
    intake.taken.seconds = round(time.monotonic() - begun, 3)
    return intake.taken


@dataclass
class _Intake:
    writer: Writer
    reader: Reader
    watch: Watch
    taken: Taken = field(default_factory=Taken)
    keys: set[str] = field(default_factory=set)
    """Keys of articles that are being read."""

    def take(self, paths: Iterable[str], form: str | None) -> None:
        documents = self.reader.files(paths, self.skip, form)
        for document, outcome in read_each(self.reader, self.new(documents)):
            self.keys.discard(ledger.key_of(document))
            if isinstance(outcome, Record):
                self.keep(document, outcome)
            else:
                self.skip(outcome)
            self.watch.done(document)
            if self.watch.stop():
                self.taken.stopped = True
                return

    def new(self, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents that are not in; asked for some at a time."""
        while some := list(islice(documents, self.reader.settings.batch_size)):
            keys = [ledger.key_of(document) for document in some]
            known = self.writer.known(keys)
            self.writer.clear_failures(document for key, document in zip(keys, some, strict=True) if key in known)
            for key, document in zip(keys, some, strict=True):
                if key in known or key in self.keys:
                    self.taken.known += 1
                    self.watch.done(document)
                    continue
                self.keys.add(key)
                yield document
            if self.watch.stop():
                self.taken.stopped = True
                return

    def keep(self, document: Document, record: Record) -> None:
        added = self.writer.add(document, record)
        if added is None:  # another process was faster
            self.taken.known += 1
        else:
            self.taken.added += 1
            self.taken.superseded += added.retired.superseded
            self.taken.withdrawn += added.retired.withdrawn

    def skip(self, error: errors.InputError) -> None:
        self.writer.note_failure(error)
        self.taken.skipped += 1
        self.watch.skip(error)


def read_each(reader: Reader, documents: Iterator[Document]) -> Iterator[tuple[Document, Record | errors.InputError]]:
    """Every document with its record, in order, read in batches; the model is loaded when the first one comes.

    A document that brings the reading down gives ``reading-failed`` in its place, the others are read all the same.
    """
    first = next(documents, None)
    if first is None:
        return
    batches = _Batches(reader, chain([first], documents))
    while not batches.ended:
        yield from batches.read()


class _Batches:
    """Documents on their way through the reading, which takes several at a time."""

    def __init__(self, reader: Reader, documents: Iterator[Document]) -> None:
        self._reader = reader
        self._documents = documents
        self._handed: deque[Document] = deque()
        self._broken = False
        self.ended = False

    def read(self) -> Iterator[tuple[Document, Record | errors.InputError]]:
        """Read until the documents end, or until one brings the reading down; that batch is then read one by one."""
        pipeline = self._reader.pipeline
        try:
            for record in pipeline.read_many(self._hand_on()):
                yield self._handed.popleft(), record
        except errors.ProposError:
            raise
        except Exception:
            if self._broken or not self._handed:  # where the documents come from, not in reading them
                raise
            while self._handed:
                yield self._alone(self._handed.popleft())

    def _hand_on(self) -> Iterator[Document]:
        self._broken = True
        for document in self._documents:
            self._handed.append(document)
            self._broken = False
            yield document
            self._broken = True
        self._broken = False
        self.ended = True

    def _alone(self, document: Document) -> tuple[Document, Record | errors.InputError]:
        try:
            return document, self._reader.pipeline.read(document)
        except Exception as error:  # noqa: BLE001 (one article must not keep the others out)
            source = document.source
            name = f"article {source.ordinal + 1} of {source.file or WITHOUT_NAME}"
            reason = f"{type(error).__name__}: {error}"
            return document, cast("errors.InputError", errors.READING_FAILED(name=name, reason=reason))
