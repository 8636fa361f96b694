"""Statements as rows of readable words: speaker → addressee, mode, content, relay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from propos.model import Record, Span, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One statement in words; an empty string where there is nothing to say."""

    id: str
    speaker: str
    addressee: str
    mode: str
    form: str
    kind: str
    content: str
    relay: str
    medium: str
    unconfirmed: bool
    date: str


def of_record(record: Record) -> tuple[Row, ...]:
    """The rows of a record's statements, in text order."""
    return of_statements(record.statements, record.text, {actor.id: actor.name for actor in record.actors})


def of_statements(statements: Sequence[Statement], text: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows of statements in ``text``; ``names`` are the actors' by id, as far as they are known."""
    known = {statement.id: statement for statement in statements}
    return tuple(_row(statement, text, names, known) for statement in statements)


def _row(statement: Statement, text: str, names: Mapping[str, str], known: Mapping[str, Statement]) -> Row:
    return Row(
        id=statement.id,
        speaker=speaker(statement, text, names),
        addressee=", ".join(words(span, text) for span in statement.addressees),
        mode=statement.mode,
        form=statement.form,
        kind=statement.kind,
        content=" […] ".join(words(span, text) for span in statement.content),
        relay=_relay(statement, text, names, known),
        medium=words(statement.medium, text) if statement.medium is not None else "",
        unconfirmed=statement.unconfirmed,
        date=f"on {statement.date}" if statement.date is not None else "",
    )


def speaker(statement: Statement, text: str, names: Mapping[str, str]) -> str:
    """The actor's name with the words used here in brackets; one of them where they agree or the other is unknown."""
    name = names.get(statement.speaker_actor or "", "")
    written = words(statement.speaker, text) if statement.speaker is not None else ""
    if not name or name in written:
        return written or name or "?"
    return f"{name} ({written})" if written and written not in name else name


def words(span: Span, text: str) -> str:
    """What a span covers, on one line."""
    return " ".join(span.of(text).split())


def _relay(statement: Statement, text: str, names: Mapping[str, str], known: Mapping[str, Statement]) -> str:
    if statement.via is None:
        return ""
    if isinstance(statement.via, Span):
        return words(statement.via, text)
    relaying = known.get(statement.via)
    return f"{statement.via} ({speaker(relaying, text, names)})" if relaying is not None else statement.via
