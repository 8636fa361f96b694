"""brat standoff: a folder with a text and its annotations for each article, and the configuration that brat asks for.

A statement is an event of the type ``Statement`` that hangs on its cue, with speaker, content, addressee, medium and
relay as arguments; a PLOVER event hangs on its trigger. An actor who takes part is the mention nearest to the trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from propos.export.brat_configuration import STATEMENT, configuration
from propos.export.characters import one_line, storable
from propos.export.contract import Options
from propos.export.parties import parties
from propos.model import Actor, Event, Span, Statement
from propos.store.entry import Entry

# What ends a line for readers of annotations (``str.splitlines``), and the tab between their columns.
_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def write(entries: Iterable[Entry], folder: Path, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write two files for each article and ``annotation.conf``; the number of articles."""
    count, types = 0, set[str]()
    for count, entry in enumerate(entries, start=1):
        name = file_name(count, entry.record.id)
        sheet = Sheet(entry)
        (folder / f"{name}.txt").write_bytes(storable(entry.record.text).encode())
        (folder / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in sheet.lines).encode())
        types |= {label(event.type) for event in entry.events}
    (folder / "annotation.conf").write_text(configuration(types), encoding="utf-8", newline="\n")
    return count


def file_name(number: int, id_: str) -> str:
    """A name that no file system refuses, in the order of the export: ``000001-some-article``."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", id_).strip("-")[:60].rstrip("-")
    return f"{number:06}-{plain}" if plain else f"{number:06}"


def label(name: str) -> str:
    """A name as brat lets types have it."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name) or "Event"


def pieces(text: str, span: Span) -> list[Span]:
    """The span without line ends and tabs: brat wants a piece for each line."""
    found, start = [], span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, span.end))
    return [piece for piece in found if piece.of(text).strip()]


class Sheet:
    """The annotations of one article, their lines in the order in which they are made."""

    def __init__(self, entry: Entry) -> None:
        self.lines: list[str] = []
        self._entry = entry
        self._text = storable(entry.record.text)
        self._numbers = {"T": 0, "E": 0, "R": 0, "A": 0, "#": 0}
        self._actors = {actor.id: actor for actor in entry.record.actors}
        self._mentions: dict[Span, str] = {}
        self._statements: dict[str, str] = {}
        self._write()

    def _write(self) -> None:
        known = parties(self._entry)
        for actor in self._actors.values():
            self._actor(actor, known[actor.id].name)
        anchored = [(statement, self._anchor(statement)) for statement in self._entry.statements]
        # Numbers first: a statement may name a later one that relays it.
        for statement, anchor in anchored:
            if anchor:
                self._statements[statement.id] = self._number("E")
        for statement, anchor in anchored:
            if anchor:
                self._statement(statement, anchor)
        for event in self._entry.events:
            self._event(event)
        for time in self._entry.record.times:
            if place := self._span("Time", time.span):
                self._note(place, time.value)

    def _number(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def _span(self, type_: str, span: Span | None) -> str | None:
        """A text-bound annotation; ``None`` where there is nothing to mark."""
        found = pieces(self._text, span) if span else []
        if not found:
            return None
        name = self._number("T")
        places = ";".join(f"{piece.start} {piece.end}" for piece in found)
        self.lines.append(f"{name}\t{type_} {places}\t{' '.join(piece.of(self._text) for piece in found)}")
        return name

    def _note(self, target: str, text: str) -> None:
        if line := one_line(text):
            self.lines.append(f"{self._number('#')}\tAnnotatorNotes {target}\t{line}")

    def _attribute(self, name: str, target: str, value: str | None = None) -> None:
        self.lines.append(f"{self._number('A')}\t{name} {target}{f' {label(value)}' if value else ''}")

    def _actor(self, actor: Actor, name: str) -> None:
        for span in actor.mentions:
            if place := self._span(actor.kind.capitalize(), span):
                self._mentions.setdefault(span, place)
                self._note(place, name)

    def _anchor(self, statement: Statement) -> str | None:
        """What carries a statement: its cue, else the first of its words."""
        return self._span(STATEMENT, statement.cue or next(iter(statement.content), None))

    def _statement(self, statement: Statement, anchor: str) -> None:
        name = self._statements[statement.id]
        speaker = self._span("Speaker", statement.speaker)
        via = statement.via
        relay = self._span("Relay", via) if isinstance(via, Span) else self._statements.get(via or "")
        arguments = [
            ("Speaker", [speaker]),
            ("Content", [self._span("Content", span) for span in statement.content]),
            ("Addressee", [self._span("Addressee", span) for span in statement.addressees]),
            ("Medium", [self._span("Medium", statement.medium)]),
            ("Via", [relay]),
        ]
        self._event_line(name, STATEMENT, anchor, arguments)
        for title, value in (("Mode", statement.mode), ("Form", statement.form), ("Kind", statement.kind)):
            self._attribute(title, name, value)
        if statement.unconfirmed:
            self._attribute("Unconfirmed", name)
        self._same(speaker, statement)

    def _same(self, speaker: str | None, statement: Statement) -> None:
        """Tie the words that name the speaker to the actor who that is."""
        mention = self._nearest(statement.speaker_actor, statement.speaker) if statement.speaker else None
        if speaker and mention:
            self.lines.append(f"{self._number('R')}\tIs Arg1:{speaker} Arg2:{mention}")

    def _event(self, event: Event) -> None:
        type_ = label(event.type)
        anchor = self._span(type_, event.trigger)
        if anchor is None:
            return
        name = self._number("E")
        arguments = [
            ("Actor", [self._nearest(id_, event.trigger) for id_ in event.actors]),
            ("Recipient", [self._nearest(id_, event.trigger) for id_ in event.recipients]),
            ("Condition", [self._span("Condition", event.condition)]),
            ("Holder", [self._statements.get(event.holder or "")]),
        ]
        self._event_line(name, type_, anchor, arguments)
        self._attribute("Factuality", name, event.factuality)
        if event.condition_kind:
            self._attribute("ConditionKind", name, event.condition_kind)
        self._note(name, " ".join(filter(None, (event.mode, *event.contexts, event.date))))

    def _event_line(
        self, name: str, type_: str, anchor: str, arguments: Iterable[tuple[str, list[str | None]]]
    ) -> None:
        """An event with its arguments; of those of one role brat numbers the second and on: ``Content``, ``Content2``."""
        told = [f"{type_}:{anchor}"]
        for role, targets in arguments:
            present = dict.fromkeys(target for target in targets if target and target != name)
            told += [f"{role}{number if number > 1 else ''}:{target}" for number, target in enumerate(present, start=1)]
        self.lines.append(f"{name}\t{' '.join(told)}")

    def _nearest(self, id_: str | None, place: Span) -> str | None:
        """The mention of an actor nearest to a place; ``None`` where the text names him nowhere."""
        return nearest(self._actors.get(id_ or ""), place, self._mentions)


def nearest(actor: Actor | None, place: Span, mentions: Mapping[Span, str]) -> str | None:
    """The name of the annotation of the actor's mention that stands nearest to the place."""
    marked = [span for span in actor.mentions if span in mentions] if actor else []
    if not marked:
        return None
    return mentions[min(marked, key=lambda span: (max(span.start - place.end, place.start - span.end, 0), span.start))]
