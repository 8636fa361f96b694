"""Statements as rows of readable words: speaker → addressee, mode, content, relay."""

from __future__ import annotations

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
    names = {actor.id: actor.name for actor in record.actors}
    return tuple(_row(statement, record, names) for statement in record.statements)


def _row(statement: Statement, record: Record, names: dict[str, str]) -> Row:
    return Row(
        id=statement.id,
        speaker=speaker(statement, record.text, names),
        addressee=", ".join(words(span, record.text) for span in statement.addressees),
        mode=statement.mode,
        form=statement.form,
        kind=statement.kind,
        content=" […] ".join(words(span, record.text) for span in statement.content),
        relay=_relay(statement, record, names),
        medium=words(statement.medium, record.text) if statement.medium is not None else "",
        unconfirmed=statement.unconfirmed,
        date=f"on {statement.date}" if statement.date is not None else "",
    )


def speaker(statement: Statement, text: str, names: dict[str, str]) -> str:
    """The actor's name with the words used here in brackets; one of them where they agree or the other is unknown."""
    name = names.get(statement.speaker_actor or "", "")
    written = words(statement.speaker, text) if statement.speaker is not None else ""
    if not name or name in written:
        return written or name or "?"
    return f"{name} ({written})" if written and written not in name else name


def words(span: Span, text: str) -> str:
    """What a span covers, on one line."""
    return " ".join(span.of(text).split())


def _relay(statement: Statement, record: Record, names: dict[str, str]) -> str:
    if statement.via is None:
        return ""
    if isinstance(statement.via, Span):
        return words(statement.via, record.text)
    relaying = next((item for item in record.statements if item.id == statement.via), None)
    return f"{statement.via} ({speaker(relaying, record.text, names)})" if relaying is not None else statement.via
