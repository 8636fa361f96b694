"""How an event came about: the frame and its type, what decided that it happened or not, who carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from propos.explanation import Note, Verdict
from propos.lang.events import EventLexicon, Predicate
from propos.model import Event, Evidence, Record, Statement
from propos.reading import event_wording as wording
from propos.reading.events.dates import CARRIED

FOLDED, FACTUALITY, PERFORMED, CONTEXT = "event.folded.", "factuality.", "event.performed.", "context."
"""How the rules begin that fold a type, decide factuality, read an act in what is said, and find a context."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an event's evidence stands for: the record's statements and the lexicon's frames, by id."""

    record: Record
    lexicon: EventLexicon
    statements: Mapping[str, Statement]
    frames: Mapping[str, Predicate]

    @classmethod
    def of(cls, record: Record, lexicon: EventLexicon) -> Ledger:
        """The ledger of one record."""
        statements = {statement.id: statement for statement in record.statements}
        return cls(record, lexicon, statements, {predicate.id: predicate for predicate in lexicon.all()})

    def verdicts(self, event: Event) -> Iterator[Verdict]:
        """The frame that decided an event with its notes, then the evidence that supports it."""
        for number, evidence in enumerate(event.evidence):
            if number:
                yield Verdict(evidence.rule, "supported", self._supports(event, evidence), evidence.cues)
            else:
                yield Verdict(evidence.rule, "decided", f"read {event.id}", evidence.cues, notes=tuple(self._notes(event)))

    def _supports(self, event: Event, evidence: Evidence) -> str:
        if evidence.rule.startswith(FOLDED):
            return f"makes {event.id} {event.type}"
        if evidence.rule.startswith(FACTUALITY):
            return f"decides whether {event.id} happened"
        if evidence.rule.startswith(CONTEXT):
            return f"tells what {event.id} is about"
        if evidence.rule == CARRIED:
            return f"dates {event.id}, whose own sentence does not"
        return f"lends {event.id} its arguments" if evidence.rule == "event.support" else f"supports {event.id}"

    def _notes(self, event: Event) -> Iterator[Note]:
        yield self._entry(event)
        yield _type(event)
        yield self._factuality(event)
        yield self._holder(event)
        if event.condition is not None:
            kind = event.condition_kind or "if"
            yield Note("condition", kind, f"{kind}: it hangs on “{event.condition.of(self.record.text)}”")

    def _entry(self, event: Event) -> Note:
        rule = event.evidence[0].rule
        predicate = self.frames.get(rule)
        if predicate is not None:
            return Note("entry", rule, wording.frame(predicate))
        act = wording.PERFORMED.get(rule.removeprefix(PERFORMED), "read from what is said, not from one word")
        return Note("entry", rule, act)

    def _factuality(self, event: Event) -> Note:
        code = self._certainty(event)
        words = wording.FACTUALITY.get(code, "the words around it say so")
        return Note("factuality", code, f"{event.factuality}: {words}")

    def _certainty(self, event: Event) -> str:
        """The code of the reason why an event is asserted, claimed or otherwise."""
        doubt, fold = _rule(event, FACTUALITY), _rule(event, FOLDED)
        if doubt:
            return "threat" if event.factuality == "asserted" and fold.endswith(("THREATEN", "REJECT")) else doubt
        if event.factuality == "claimed":
            return "carried"
        if event.evidence[0].rule.startswith(PERFORMED):
            return "performed"
        if event.holder is None:
            return "outlet"
        type_ = self.lexicon.ontology.types.get(fold.partition(".")[0] or event.type)
        if type_ is not None and type_.verbal:
            return "saying"
        if self._carried_by(event) == "cue":
            return "cue"
        holder = self.statements.get(event.holder)
        return "named" if holder is not None and holder.form == "nominal" else "known"

    def _carried_by(self, event: Event) -> str:
        holder = self.statements.get(event.holder or "")
        if holder is None:
            return "outlet"
        return "cue" if holder.cue is not None and holder.cue.overlaps(event.trigger) else "content"

    def _holder(self, event: Event) -> Note:
        code = self._carried_by(event)
        return Note("holder", code, f"{event.holder or 'none'}: {wording.HOLDERS[code]}")


def _type(event: Event) -> Note:
    mode = f" ({event.mode})" if event.mode else ""
    source = _rule(event, FOLDED).partition(".")[0]
    if not source:
        return Note("type", "entry", f"{event.type}{mode}: {wording.FOLDINGS['entry']}")
    if source == "AGREE":
        code = "promise"
    elif event.type == "REJECT":
        code = "refused"
    else:
        code = "threat" if event.type == "THREATEN" else "ahead"
    return Note("type", code, f"{event.type}{mode}, folded from {source}: {wording.FOLDINGS[code]}")


def _rule(event: Event, kind: str) -> str:
    """What follows a rule's beginning in the event's evidence; empty where there is none."""
    return next((item.rule.removeprefix(kind) for item in event.evidence if item.rule.startswith(kind)), "")
