"""Records without a model: what surrounds the reading is tested with them, in this process and in others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from propos.model import Actor, Document, Event, Provenance, Record, Span, Statement
from propos.reader import Reader
from propos.settings import Settings

QUOTED = re.compile(r'("[^"]+"), a dit (\w+)')
HOSTILE = "brings the reading down"
"""A text with these words makes the stub fail."""

MADE_BY = Provenance("0", "s", "p")


def record_of(document: Document, made_by: Provenance) -> Record:
    """One statement for each ``"…", a dit X``, with a speaker and an event of hers."""
    found = list(enumerate(QUOTED.finditer(document.text), start=1))
    return Record(
        id=document.id,
        language=document.language,
        published=document.published,
        title=document.title,
        text=document.text,
        statements=tuple(
            Statement(f"s{n}", None, Span(*m.span(2)), f"a{n}", (Span(*m.span(1)),), "direct", "quote", "speech")
            for n, m in found
        ),
        events=tuple(Event(f"e{n}", "SUPPORT", Span(*m.span(1)), (f"a{n}",), ("a1",), holder=f"s{n}") for n, m in found),
        actors=tuple(Actor(f"a{n}", m[2], "person", "FRA", mentions=(Span(*m.span(2)),)) for n, m in found),
        propos=made_by,
        source=document.source,
        segments=document.segments,
        diagnostics=document.diagnostics,
    )


class Pipeline:
    """Reads in batches like the real one, and counts."""

    def __init__(self, made_by: Provenance) -> None:
        self.provenance = made_by
        self.read_texts: list[str] = []

    def read(self, document: Document) -> Record:
        """The record of one document."""
        if HOSTILE in document.text:
            raise ZeroDivisionError(HOSTILE)
        self.read_texts.append(document.text)
        return record_of(document, self.provenance)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Record]:
        """The records of all documents; three documents are taken before the first record comes."""
        batch: list[Document] = []
        for document in documents:
            batch.append(document)
            if len(batch) == 3:
                yield from map(self.read, batch)
                batch = []
        yield from map(self.read, batch)


class StubReader(Reader):
    """A reader whose pipeline is the stub, made by ``made_by``."""

    def __init__(self, made_by: Provenance = MADE_BY, settings: Settings | None = None) -> None:
        super().__init__(settings)
        self.stub = Pipeline(made_by)
        vars(self)["pipeline"] = self.stub
