"""The people and bodies of a record, and its dates, as rows of readable words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from propos.model import Actor, Record, TimeExpression
from propos.view.rows import words


@dataclass(frozen=True, slots=True)
class Member:
    """One actor in words; ``statements`` and ``mentions`` are counts, empty strings stand for what is not known."""

    id: str
    name: str
    about: str
    roles: str
    statements: int
    mentions: int


def of_record(record: Record) -> tuple[Member, ...]:
    """The actors: those who speak first, the most talkative before the others, then the most mentioned."""
    said = Counter(item.speaker_actor for item in record.statements if item.speaker_actor is not None)
    members = [_member(actor, said[actor.id]) for actor in record.actors]
    return tuple(sorted(members, key=lambda member: (-member.statements, -member.mentions)))


def _member(actor: Actor, statements: int) -> Member:
    known = [actor.kind, actor.country or "", actor.sector or ""]
    return Member(
        id=actor.id,
        name=actor.name,
        about=" ".join(part for part in known if part and part != "UNK"),
        roles=", ".join(dict.fromkeys(role.title for role in actor.roles if role.title != actor.name)),
        statements=statements,
        mentions=len(actor.mentions),
    )


def dates(record: Record) -> tuple[tuple[str, str], ...]:
    """The times as they are written, each with its value, those with the same words and value once."""
    return tuple(dict.fromkeys((words(item.span, record.text), _value(item)) for item in record.times))


def _value(item: TimeExpression) -> str:
    about = "about " if item.approximate else ""
    if item.start is not None and item.end is not None and item.start != item.end:
        return f"{about}{item.start} to {item.end}"
    return f"{about}{item.start or item.value}"
