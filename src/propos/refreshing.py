"""The dossier brought up to date: articles that another pipeline read are read again, their old readings kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from propos import errors
from propos.ingesting import Watch, read_each
from propos.lang import loader
from propos.model import Document, Provenance, Record
from propos.query import proposing
from propos.reader import Reader
from propos.settings import Settings
from propos.store import ledger, reading
from propos.store.opening import Store
from propos.store.tending import tend
from propos.store.writing import Writer
from propos.version import VERSION


@dataclass
class Refreshed:
    """What came of it: how many articles were read again, had a reading of this pipeline, could not be read."""

    read: int = 0
    revived: int = 0
    skipped: int = 0
    seconds: float = 0.0
    stopped: bool = False


def refresh(
    store: Store, settings: Settings | None = None, *, watch: Watch | None = None, reader: Reader | None = None
) -> Refreshed:
    """Read again what another version, other settings or another language pack read; old readings are kept.

    Where the dossier has a reading by the present pipeline already, that one becomes current again without being
    read. Raises :class:`propos.errors.StoreError`, :class:`propos.errors.ModelError`.
    """
    begun = time.monotonic()
    watch = watch or Watch()
    with Writer(store) as writer:
        renewal = _Renewal(store, writer, reader or Reader(settings), watch)
        renewal.run()
    tend(store, begin=watch.begin)
    proposing.renew(store, renewal.reader.settings, watch.begin)
    renewal.result.seconds = round(time.monotonic() - begun, 3)
    return renewal.result


def pipeline_in_force(settings: Settings) -> str:
    """What the ledger calls readings with these settings; the spaCy model is not loaded for it."""
    return ledger.pipeline_of(Provenance(VERSION, settings.digest(), loader.load(settings.language).digest))


@dataclass
class _Renewal:
    store: Store
    writer: Writer
    reader: Reader
    watch: Watch
    result: Refreshed = field(default_factory=Refreshed)
    waiting: deque[int] = field(default_factory=deque)
    """Numbers of the articles that are being read, in order."""

    def run(self) -> None:
        for document, outcome in read_each(self.reader, self.outdated()):
            article = self.waiting.popleft()
            if isinstance(outcome, Record):
                self.writer.read_again(article, outcome)
                self.result.read += 1
            else:
                self.skip(outcome)
            self.watch.done(document)
            if self.watch.stop():
                self.result.stopped = True
                return

    def outdated(self) -> Iterator[Document]:
        pipeline = pipeline_in_force(self.reader.settings)
        for item in reading.outdated(self.store, pipeline):
            if self.writer.revive(item.article, pipeline):
                self.result.revived += 1
                self.watch.done(item.document)
            else:
                self.waiting.append(item.article)
                yield item.document
            if self.watch.stop():
                self.result.stopped = True
                return

    def skip(self, error: errors.InputError) -> None:
        self.writer.note_failure(error)
        self.result.skipped += 1
        self.watch.skip(error)
