"""Events as rows of readable words: type and mode, who → to whom, whether it happened, on what it hangs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from propos.model import Event, Record, Statement
from propos.view.rows import speaker, words

OPENINGS: Mapping[str, str] = {
    "if": "if", "unless": "unless", "until": "until", "otherwise": "otherwise: unless", "provided": "provided that",
}  # fmt: skip
"""What stands before a condition's own words, by its kind."""
CONTEXTS = 3
"""So many of an event's contexts are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event in words; an empty string where there is nothing to say.

    ``certainty`` says in words whether it happened; ``holder`` is the id of the statement that carries it, ``source``
    who makes that statement.
    """

    id: str
    type: str
    actors: str
    recipients: str
    words: str
    factuality: str
    certainty: str
    condition: str
    date: str
    contexts: str
    holder: str
    source: str

    @property
    def parties(self) -> str:
        """*who → to whom*; a question mark for whoever acts where only the other is known."""
        return f"{self.actors or '?'} → {self.recipients}" if self.recipients else self.actors

    @property
    def details(self) -> tuple[str, ...]:
        """Whether it happened, on what condition, when, and what it is about, as far as that is known."""
        return tuple(part for part in (self.certainty, self.condition, self.date, self.contexts) if part)


def of_record(record: Record) -> tuple[Row, ...]:
    """The rows of a record's events, in text order."""
    return of_events(record.events, record)


def of_events(events: Iterable[Event], record: Record) -> tuple[Row, ...]:
    """The rows of some of a record's events."""
    names = {actor.id: actor.name for actor in record.actors}
    carriers = {statement.id: statement for statement in record.statements}
    return tuple(_row(event, record.text, names, carriers.get(event.holder or "")) for event in events)


def by_holder(record: Record) -> dict[str, list[Row]]:
    """The rows by the id of the statement that carries them; under an empty string those that no statement carries."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in of_record(record):
        grouped[row.holder].append(row)
    return grouped


def line(row: Row) -> str:
    """Type, parties and words: *ACCUSE (allege): Estonie → Russie “a accusé”*."""
    return f"{row.type}: " + " ".join(part for part in (row.parties, f"“{row.words}”") if part)


def summary(row: Row) -> str:
    """One event on one line: *e4: ACCUSE (allege), Estonie → Russie, happened according to the outlet*."""
    return f"{row.id}: " + ", ".join(part for part in (row.type, row.parties, *row.details) if part)


def _row(event: Event, text: str, names: Mapping[str, str], holder: Statement | None) -> Row:
    source = _source(holder, text, names)
    condition = words(event.condition, text) if event.condition is not None else ""
    return Row(
        id=event.id,
        type=event.type + (f" ({event.mode})" if event.mode else ""),
        actors=", ".join(names.get(actor, actor) for actor in event.actors),
        recipients=", ".join(names.get(actor, actor) for actor in event.recipients),
        words=words(event.trigger, text),
        factuality=event.factuality,
        certainty=_certainty(event, source),
        condition=f"{OPENINGS.get(event.condition_kind or '', 'on condition')} “{condition}”" if condition else "",
        date=f"on {event.date}" if event.date is not None else "",
        contexts=_about(event.contexts),
        holder=holder.id if holder is not None else "",
        source=source,
    )


def _about(contexts: Sequence[str]) -> str:
    """The first contexts: a paragraph may have many."""
    shown = ", ".join(name.replace("_", " ") for name in contexts[:CONTEXTS])
    return f"about {shown}" + (", …" if len(contexts) > CONTEXTS else "") if shown else ""


def _source(holder: Statement | None, text: str, names: Mapping[str, str]) -> str:
    """Who makes a statement, by the actor's name alone where it is known."""
    if holder is None:
        return ""
    return names.get(holder.speaker_actor or "") or speaker(holder, text, names)


def _certainty(event: Event, source: str) -> str:
    """Whether it happened, and who says so."""
    if event.factuality == "asserted":
        return "happened according to the outlet"
    if event.factuality == "claimed":
        return f"claimed by {source} only" if source.strip("?") else "claimed only, the outlet does not vouch for it"
    if event.factuality == "denied":
        return f"denied by {source}" if source.strip("?") else "denied"
    return "possible" if event.factuality == "hypothetical" else "announced"
