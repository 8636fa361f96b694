"""Document -> Record: the only place where the order of the stages is written."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from propos.explanation import Explanation
from propos.lang import actors
from propos.lang import events as event_rules
from propos.lang import times as time_rules
from propos.lang.loader import Pack
from propos.model import Document, Provenance, Record
from propos.reading import explain, mentions, models, outlook, parse, times
from propos.reading.actors import linking
from propos.reading.attribution import assemble, finish
from propos.reading.events import assemble as happenings
from propos.reading.events import sites as event_sites
from propos.reading.parse import Parsed
from propos.settings import Settings
from propos.version import VERSION


class Pipeline:
    """Reads documents with one spaCy pipeline and one language pack.

    Raises :class:`propos.errors.ModelError` where the spaCy pipeline is missing or does not fit.
    """

    def __init__(self, settings: Settings, pack: Pack) -> None:
        self.settings = settings
        self.pack = pack
        self.times = time_rules.load(pack.code)
        self.actors = actors.load(
            files("propos.lang") / pack.code, Path(settings.knowledge) if settings.knowledge else None
        )
        self.events = event_rules.load(files("propos.lang") / pack.code, pack)
        self.nlp = models.load(settings.model)
        # Model and pack stay for the life of the process: kept out of the collector's rounds, they make
        # the reading a sixth faster (measured on 61 articles, 16 µs a token without, 13 with).
        gc.collect()
        gc.freeze()
        self.provenance = Provenance(VERSION, settings.digest(), pack.digest)

    def read(self, document: Document) -> Record:
        """The record of one document."""
        return next(self.read_many([document]))

    def read_many(self, documents: Iterable[Document]) -> Iterator[Record]:
        """The records of all documents, in order; parsed in batches, streamed."""
        for parsed in self._parsed(documents, self.settings.batch_size):
            yield self.record(parsed)

    def explain(self, document: Document, at: int | str) -> Explanation:
        """Which rules decided what stands at an offset or has an id, and why others did not. Raises ``place-invalid``."""
        parsed = next(self._parsed([document], 1))
        return explain.place(parsed, self.pack, self.events, self.record(parsed), at)

    def _parsed(self, documents: Iterable[Document], batch_size: int) -> Iterator[Parsed]:
        return parse.parse_many(documents, self.nlp, batch_size, self.pack.openers, self.pack.grammar.time_nouns)

    def record(self, parsed: Parsed) -> Record:
        """The record of a parsed document."""
        document = parsed.document
        drafts = assemble.find(parsed, self.pack)
        finish.inherit(drafts, parsed)
        outlook.mend(parsed, self.events.forms)
        sites = event_sites.find(parsed, self.events, self.pack)
        speakers = [draft.source for draft in drafts if draft.source >= 0]
        found = mentions.find(parsed, self.actors, speakers, event_sites.pointers(sites, parsed, self.pack))
        cast = linking.link(found, parsed, self.actors)
        expressions = times.find(parsed, self.times, _day(document.published))
        statements = finish.dated(finish.statements(drafts, parsed, cast.speaker_at), expressions, parsed)
        return Record(
            id=document.id,
            language=document.language,
            published=document.published,
            title=document.title,
            text=document.text,
            statements=statements,
            events=happenings.find(
                parsed, sites, cast, statements, expressions,
                happenings.Languages(self.pack, self.actors, self.events),
            ),
            actors=cast.actors,
            times=tuple(expressions),
            propos=self.provenance,
            source=document.source,
            segments=document.segments,
            diagnostics=(*document.diagnostics, *parsed.diagnostics),
        )


def _day(published: str | None) -> date | None:
    """The publication date, where it is a full ISO date or begins with one."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
