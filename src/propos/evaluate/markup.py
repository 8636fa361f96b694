"""Gold in the author's hand: a dispatch with tags around its words and a TOML header for the rest.

::

    +++
    id = "d01"
    published = "2023-04-18"
    language = "fr"
    [statements.s1]
    form = "clause"
    kind = "speech"
    actor = "a1"
    [actors.a1]
    name = "Lars Moe"
    kind = "person"
    +++
    <actor a1><speaker s1>Lars Moe</speaker s1></actor a1> <cue s1>a dit</cue s1> que <content s1>tout va</content s1>.

The tags are ``markup_tags.TAGS``, the fields ``markup_header.TABLES``. Reading is strict: whatever is unknown,
unbalanced, undeclared or unmarked is an error that names the line. The notation holds what annotators decide;
evidence, roles, segments, provenance and diagnostics have no place in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Protocol, TypeVar

from propos.errors import FILE_UNREADABLE, MARKUP_INVALID, ProposError
from propos.evaluate.markup_header import (
    ActorHeader,
    EventHeader,
    Header,
    StatementHeader,
    TimeHeader,
    Top,
    line_of,
    read_header,
    write_header,
)
from propos.evaluate.markup_tags import TAGS, Body, BodyReader, Mark, write_body
from propos.evaluate.quotation import mode_of
from propos.model import Actor, Event, Record, Span, Statement, TimeExpression

FENCE = "+++"
SUFFIX = ".propos.txt"
# What every declared id must have marked in the text.
OBLIGATORY = {"statements": "content", "actors": "actor", "times": "time", "events": "trigger"}


def load(path: Path) -> Record:
    """The record of one ``*.propos.txt`` file. Raises ``MarkupError``, or ``InputError`` where it cannot be opened."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FILE_UNREADABLE(name=path, reason=error) from error
    return parse(source, path.name)


def parse(source: str, name: str = "dispatch") -> Record:
    """The record of one dispatch; ``name`` is what errors call it. Raises ``MarkupError``.

    Statements (by cue, else content), events, actors and times come in text order, whatever the header's order.
    The text is what follows the second fence, without one final line break.
    """
    toml, body_source, body_line = _split(source, name)
    header = read_header(toml, name)
    body = BodyReader(name, body_line).read(body_source)
    _Checks(header, body, toml, name).run()
    return Record(
        id=header.top.id,
        language=header.top.language,
        published=header.top.published or None,
        title=header.top.title,
        text=body.text,
        statements=_in_text_order(_statements(header, body), _place_of_statement),
        events=_in_text_order(_events(header, body), lambda event: event.trigger),
        actors=_in_text_order(_actors(header, body), lambda actor: actor.mentions[0]),
        times=tuple(sorted(_times(header, body), key=lambda time: time.span)),
    )


def dump(record: Record) -> str:
    """The record as a dispatch, so that ``parse(dump(record)) == record`` for what the notation holds.

    Items are taken in the record's order; ``mode`` is written where the quotation marks say otherwise.
    """
    header = Header(
        Top(record.id, record.published or "", record.language, record.title),
        statements={item.id: _statement_header(item, record.text) for item in record.statements},
        actors={item.id: ActorHeader(item.name, item.kind, item.country, item.sector) for item in record.actors},
        times={f"t{at}": _time_header(item) for at, item in enumerate(record.times, 1)},
        events={item.id: _event_header(item) for item in record.events},
    )
    return f"{FENCE}\n{write_header(header)}{FENCE}\n{write_body(record.text, _marks(record))}\n"


def _split(source: str, name: str) -> tuple[str, str, int]:
    """Header, body, and the body's first line (from 1) in the file."""
    lines = source.split("\n")
    if lines[0] != FENCE or FENCE not in lines[1:]:
        raise MARKUP_INVALID(
            name=name, line=1, reason="there is no header", hint=f"Begin with a line {FENCE}, TOML, and a line {FENCE}."
        )
    end = lines.index(FENCE, 1)
    body = "\n".join(lines[end + 1 :]).removesuffix("\n")
    return "".join(f"{line}\n" for line in lines[1:end]), body, end + 2


class _Checks:
    """That header and body name the same things, and that references lead somewhere."""

    def __init__(self, header: Header, body: Body, toml: str, name: str) -> None:
        self._header = header
        self._body = body
        self._toml = toml
        self._name = name

    def run(self) -> None:
        for mark in self._body.marks:
            table = TAGS[mark.tag].table
            if mark.id not in self._header.ids(table):
                raise self._fault(mark.line, f"<{mark.tag} {mark.id}> is not declared", f"Add [{table}.{mark.id}].")
        marked = {(mark.tag, mark.id) for mark in self._body.marks}
        for table, tag in OBLIGATORY.items():
            for item in getattr(self._header, table):
                if (tag, item) not in marked:
                    line = line_of(self._toml, f"{table}.{item}")
                    raise self._fault(line, f"{item} has no <{tag} {item}> in the text", "Mark it, or take it out.")
        self._references()

    def _references(self) -> None:
        for name, statement in self._header.statements.items():
            place = f"statements.{name}"
            self._known(place, "actor", [statement.actor], "actors")
            self._known(place, "via", [statement.via], "statements")
            if statement.via and self._body.span("via", name):
                raise self._fault(line_of(self._toml, place, "via"), f"{name} has via twice", "Keep tag or field.")
        for name, event in self._header.events.items():
            place = f"events.{name}"
            self._known(place, "actors", event.actors, "actors")
            self._known(place, "recipients", event.recipients, "actors")
            self._known(place, "holder", [event.holder], "statements")

    def _known(self, place: str, key: str, got: Iterable[str | None], table: str) -> None:
        for item in got:
            if item is not None and item not in self._header.ids(table):
                line = line_of(self._toml, place, key)
                raise self._fault(
                    line, f"[{place}] {key} names {item}, which is not declared", f"Add [{table}.{item}]."
                )

    def _fault(self, line: int, reason: str, hint: str) -> ProposError:
        return MARKUP_INVALID(name=self._name, line=line, reason=reason, hint=hint)


def _statements(header: Header, body: Body) -> Iterable[Statement]:
    for name, given in header.statements.items():
        content = body.spans("content", name)
        yield Statement(
            id=name,
            cue=body.span("cue", name),
            speaker=body.span("speaker", name),
            speaker_actor=given.actor,
            content=content,
            mode=given.mode or mode_of(body.text, content),
            form=given.form,
            kind=given.kind,
            addressees=body.spans("to", name),
            via=given.via or body.span("via", name),
            medium=body.span("medium", name),
            unconfirmed=given.unconfirmed,
            date=given.date,
        )


def _events(header: Header, body: Body) -> Iterable[Event]:
    for name, given in header.events.items():
        yield Event(
            id=name,
            type=given.type,
            trigger=body.spans("trigger", name)[0],
            actors=given.actors,
            recipients=given.recipients,
            factuality=given.factuality,
            holder=given.holder,
            condition=body.span("condition", name),
            condition_kind=given.condition_kind,
            date=given.date,
            mode=given.mode,
            contexts=given.contexts,
            quad=given.quad,
            intensity=given.intensity,
        )


def _actors(header: Header, body: Body) -> Iterable[Actor]:
    for name, given in header.actors.items():
        yield Actor(name, given.name, given.kind, given.country, given.sector, body.spans("actor", name))


def _times(header: Header, body: Body) -> Iterable[TimeExpression]:
    for name, given in header.times.items():
        span = body.spans("time", name)[0]
        yield TimeExpression(span, given.value, given.start, given.end, given.approximate)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)


def _in_text_order(items: Iterable[Item], place: Callable[[Item], Span]) -> tuple[Item, ...]:
    """By place, then by id, ``s2`` before ``s10``."""
    return tuple(sorted(items, key=lambda item: (place(item), len(item.id), item.id)))


def _place_of_statement(statement: Statement) -> Span:
    return statement.cue or statement.content[0]


def _statement_header(item: Statement, text: str) -> StatementHeader:
    return StatementHeader(
        form=item.form,
        kind=item.kind,
        actor=item.speaker_actor,
        via=item.via if isinstance(item.via, str) else None,
        unconfirmed=item.unconfirmed,
        mode=None if item.mode == mode_of(text, item.content) else item.mode,
        date=item.date,
    )


def _event_header(item: Event) -> EventHeader:
    shared = {field.name: getattr(item, field.name) for field in fields(EventHeader)}
    return EventHeader(**shared)


def _time_header(item: TimeExpression) -> TimeHeader:
    return TimeHeader(item.value, item.start, item.end, item.approximate)


def _marks(record: Record) -> Iterator[Mark]:
    for actor in record.actors:
        yield from _tagged("actor", actor.id, actor.mentions)
    for statement in record.statements:
        yield from _tagged("speaker", statement.id, (statement.speaker,))
        yield from _tagged("cue", statement.id, (statement.cue,))
        yield from _tagged("content", statement.id, statement.content)
        yield from _tagged("to", statement.id, statement.addressees)
        yield from _tagged("medium", statement.id, (statement.medium,))
        yield from _tagged("via", statement.id, (statement.via if isinstance(statement.via, Span) else None,))
    for number, time in enumerate(record.times, 1):
        yield from _tagged("time", f"t{number}", (time.span,))
    for event in record.events:
        yield from _tagged("trigger", event.id, (event.trigger,))
        yield from _tagged("condition", event.id, (event.condition,))


def _tagged(tag: str, name: str, spans: Iterable[Span | None]) -> Iterator[Mark]:
    return (Mark(tag, name, span, 0) for span in spans if span)
