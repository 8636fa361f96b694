"""Spans and ids of one record in words, so that two records of the same article can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable

from propos.model import Record, Span


class Names:
    """Says what the spans and ids of one record stand for."""

    def __init__(self, record: Record) -> None:
        self._text = record.text
        self._actors = {actor.id: actor.name for actor in record.actors}
        self._statements = {item.id: item for item in record.statements}

    def words(self, *spans: Span | None) -> str:
        """The words that the spans cover; ``None`` covers none."""
        return " … ".join(span.of(self._text) for span in spans if span)

    def places(self, spans: Iterable[Span | None]) -> str | None:
        """Words with their offset: the same words at another place are not the same. ``None`` for no span."""
        return " … ".join(f"{span.of(self._text)} @{span.start}" for span in spans if span) or None

    def actors(self, ids: Iterable[str | None]) -> str | None:
        """Names of the actors, sorted; ``None`` for nobody."""
        return ", ".join(sorted(self._actors.get(name, name) for name in ids if name)) or None

    def statement(self, name: str | None) -> str | None:
        """The cue of a statement, or its content where it has none, with the offset."""
        if name is None or name not in self._statements:
            return name
        item = self._statements[name]
        return self.places([item.cue or item.content[0]])

    def via(self, via: str | Span | None) -> str | None:
        """The relay phrase, or the cue of the relaying statement."""
        return self.places([via]) if isinstance(via, Span) else self.statement(via)
