"""An explanation in lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from propos.explanation import Explanation, Outcome, Verdict
from propos.view import events, rows

SIGNS: dict[Outcome, str] = {"decided": "+", "supported": "·", "rejected": "-"}
PASSAGE = 400
"""Characters shown of the passage."""


def lines(explanation: Explanation) -> Iterator[str]:
    """The passage, what was read in it, then the rules: ``+`` decided, ``·`` supported, ``-`` did not read it.

    Under a decided rule, indented: why entry, speaker, content and the rest are as they are.
    """
    record = explanation.record
    if explanation.sentence is not None:
        passage = rows.words(explanation.sentence, record.text)
        yield passage if len(passage) <= PASSAGE else passage[: PASSAGE - 1] + "…"
        yield ""
    yield from _read(explanation)
    if explanation.verdicts:
        yield ""
    for verdict in explanation.verdicts:
        yield _line(verdict, record.text)
        width = max((len(note.topic) for note in verdict.notes), default=0)
        yield from (f"    {note.topic:<{width}}  {note.text}" for note in verdict.notes)


def _read(explanation: Explanation) -> Iterator[str]:
    """One line a statement and an event."""
    record = explanation.record
    names = {actor.id: actor.name for actor in record.actors}
    for row in rows.of_statements(explanation.statements, record.text, names):
        yield f"{row.id}  {row.speaker}: {row.content} ({row.mode}, {row.form}, {row.kind})"
    for told in events.of_events(explanation.events, record):
        yield f"{told.id}  {events.line(told)} ({', '.join(told.details)})"
    if not explanation.statements and not explanation.events:
        yield "No statement was read here."


def _line(verdict: Verdict, text: str) -> str:
    cues = ", ".join(f"{rows.words(span, text)!r} at {span.start}" for span in verdict.spans)
    code = f" [{verdict.code}]" if verdict.code else ""
    return f"{SIGNS[verdict.outcome]} {verdict.rule}: {verdict.reason}" + (f" ({cues})" if cues else "") + code
