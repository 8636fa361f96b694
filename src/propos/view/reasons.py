"""An explanation in lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from propos.explanation import Explanation, Outcome, Verdict
from propos.view import rows

SIGNS: dict[Outcome, str] = {"decided": "+", "supported": "·", "rejected": "-"}
PASSAGE = 400
"""Characters shown of the passage."""


def lines(explanation: Explanation) -> Iterator[str]:
    """The passage, the statements read in it, then the rules: ``+`` decided, ``·`` supported, ``-`` did not read it.

    Under a decided rule, indented: why entry, speaker, content and the rest are as they are.
    """
    if explanation.sentence is not None:
        passage = rows.words(explanation.sentence, explanation.text)
        yield passage if len(passage) <= PASSAGE else passage[: PASSAGE - 1] + "…"
        yield ""
    for row in rows.of_statements(explanation.statements, explanation.text, names={}):
        yield f"{row.id}  {row.speaker}: {row.content} ({row.mode}, {row.form}, {row.kind})"
    if not explanation.statements:
        yield "No statement was read here."
    if explanation.verdicts:
        yield ""
    for verdict in explanation.verdicts:
        yield _line(verdict, explanation.text)
        yield from (f"    {note.topic:<8} {note.text}" for note in verdict.notes)


def _line(verdict: Verdict, text: str) -> str:
    cues = ", ".join(f"{rows.words(span, text)!r} at {span.start}" for span in verdict.spans)
    code = f" [{verdict.code}]" if verdict.code else ""
    return f"{SIGNS[verdict.outcome]} {verdict.rule}: {verdict.reason}" + (f" ({cues})" if cues else "") + code
