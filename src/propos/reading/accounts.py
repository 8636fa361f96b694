"""How a statement came about: lexicon entry, cue, speaker, border of the content, form, mode and kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from propos.explanation import Note
from propos.lang.loader import Entry, Pack
from propos.model import Record, Span, Statement
from propos.reading import wording
from propos.reading.attribution import assemble, finish
from propos.reading.attribution.assemble import Reading
from propos.reading.attribution.cues import Cue, find_verbs
from propos.reading.attribution.draft import Draft
from propos.reading.parse import Parsed

MODES = {
    "direct": "every word lies inside quotation marks, but for a stray letter or two",
    "indirect": "no word lies inside quotation marks",
    "mixed": "some words lie inside quotation marks, others outside",
}


@dataclass(frozen=True, slots=True)
class Book:
    """The decisions behind a record, found again: its drafts by statement, the cues by token, the lexicon's entries by id."""

    parsed: Parsed
    reading: Reading
    drafts: Mapping[str, Draft]
    cues: Mapping[tuple[int, str], Cue]
    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, parsed: Parsed, pack: Pack, record: Record) -> Book:
        """The decisions behind ``record``, which is the record of ``parsed``."""
        reading = assemble.read(parsed, pack)
        finish.inherit(reading.drafts, parsed)
        kept = [draft for draft in reading.drafts if draft.content]
        drafts = {statement.id: draft for statement, draft in zip(record.statements, kept, strict=True)}
        cues = {(cue.token, cue.entry.id): cue for cue in find_verbs(parsed, pack)}
        known = (pack.verbs, pack.nouns, pack.adjectives)
        entries = {entry.id: entry for groups in known for group in groups.values() for entry in group}
        return cls(parsed, reading, drafts, cues, entries)

    def notes(self, statement: Statement) -> tuple[Note, ...]:
        """Why each part of the statement is as it is."""
        draft = self.drafts[statement.id]
        entry = self.entries.get(draft.rule.rpartition(".")[0])
        cue = self.cues.get((draft.cue_token, entry.id)) if entry is not None else None
        return (
            *_entry_note(entry, draft),
            *_cue_note(cue),
            self._speaker(draft, cue),
            *self._content(draft),
            _form(draft),
            Note("mode", statement.mode, f"{statement.mode}: {MODES[statement.mode]}"),
            _kind(draft, statement),
        )

    def _speaker(self, draft: Draft, cue: Cue | None) -> Note:
        text, parsed = self.parsed.text, self.parsed
        if draft.source < 0:
            return Note("speaker", "nobody", "nobody is named")
        if draft.speaker is None:
            return self._inherited(draft)
        words = f"“{draft.speaker.of(text)}”"
        if draft.form == "prepositional":
            return Note("speaker", "preposition", f"{words}, behind the preposition")
        if cue is not None and (cue.group.passive or cue.group.shape == "participle" and draft.source > cue.last):
            return Note("speaker", "agent", f"{words}, the agent of the passive or participle")
        if cue is None:
            return Note("speaker", "beside", f"{words}, written beside the cue")
        if draft.source >= cue.first and parsed.start[draft.source] > parsed.start[cue.token]:
            return Note("speaker", "inverted", f"{words}, the subject behind the verb")
        return Note("speaker", "subject", f"{words}, the subject of the verb")

    def _inherited(self, draft: Draft) -> Note:
        """The statement that names the same source before this one, or the word that does."""
        earlier = self.reading.drafts[: self.reading.drafts.index(draft)]
        named = [other for other in earlier if other.speaker is not None and other.source == draft.source]
        ids = [key for key, other in self.drafts.items() if named and other is named[-1]]
        if ids:
            return Note("speaker", "inherited", f"not written here; understood from statement {ids[0]}")
        word = self.parsed.phrase(draft.source, draft.source)
        return Note("speaker", "understood", f"not written at this verb; understood from “{word}”")

    def _content(self, draft: Draft) -> Iterator[Note]:
        border = self._border(draft, draft.content[-1])
        if border is not None:
            yield border
        inside = [t for span in draft.content for t in self._between(span) if t in self.reading.borders.tails]
        if inside:
            yield Note("content", "condition", "goes on behind a comma with the condition that belongs to it")
        if len(draft.content) > 1:
            yield Note("content", "parts", f"{len(draft.content)} parts, with something else between them")

    def _between(self, span: Span) -> range:
        return range(self.parsed.token_at(span.start), self.parsed.token_at(span.end - 1) + 1)

    def _border(self, draft: Draft, last: Span) -> Note | None:
        """Why the content ends where it ends."""
        parsed = self.parsed
        if any(quotation.depth == 0 and quotation.span.end == last.end for quotation in parsed.quotations):
            return Note("content", "quotation", "ends with the quotation")
        end = parsed.token_at(last.end - 1)
        after = self._after(end)
        if after < 0:
            return Note("content", "sentence", "runs to the end of the sentence")
        if draft.cue is not None and 0 <= parsed.start[after] - draft.cue.start < len(draft.cue.of(parsed.text)):
            return Note("content", "cue", "ends where its own cue begins")
        if any(token in self.reading.borders for token in range(end, after + 1)):
            return Note("content", "stop", f"ends before “{parsed.word[after]}”: another attribution or a contrast begins")
        return Note("content", "phrase", f"ends before “{parsed.word[after]}”, which no longer belongs to the construction")

    def _after(self, end: int) -> int:
        """The first word behind a token in its sentence that is no mark, or -1."""
        parsed = self.parsed
        stop = parsed.sentences[parsed.sentence[end]][1]
        return next((t for t in range(end + 1, stop) if parsed.pos[t] != "PUNCT"), -1)


def _entry_note(entry: Entry | None, draft: Draft) -> Iterator[Note]:
    if entry is not None:
        lemma = entry.id.split(".", 2)[-1]
        taken = f"; frame: {wording.frame(draft.frame)}" if draft.frame is not None else ""
        yield Note("entry", entry.id, f"{lemma}, {entry.kind}{taken}")


def _cue_note(cue: Cue | None) -> Iterator[Note]:
    """Shape, tense, negation and voice of the verb's group."""
    if cue is None:
        return
    group = cue.group
    parts = [group.shape, "passive" if group.passive else "active"]
    marks = (("past", group.past), ("negated", group.negated), ("reflexive", group.reflexive))
    parts += [name for name, holds in marks if holds]
    parts += ["conditional: unconfirmed"] if group.hearsay else []
    yield Note("cue", group.shape, ", ".join(parts))


def _form(draft: Draft) -> Note:
    if draft.frame is not None:
        return Note("form", draft.form, f"{draft.form}: the frame's complement is a {draft.frame.complement}")
    return Note("form", draft.form, f"{draft.form}: {draft.rule} always reads this form")


def _kind(draft: Draft, statement: Statement) -> Note:
    """Why speech or attitude: the entry's word, unless it is an opinion's or a document's."""
    if draft.kind == "opinion":
        uttered = (("past or incised", draft.past), ("said by a document", draft.document), ("quoted", statement.mode != "indirect"))
        signs = [name for name, holds in uttered if holds] or (["quoted"] if draft.form == "quote" else [])
        why = ", ".join(signs) if signs else "a plain present without quotation marks"
        return Note("kind", statement.kind, f"{statement.kind}: a verb of opinion, {why}")
    if draft.document:
        return Note("kind", statement.kind, f"{statement.kind}: a document says things and has no attitudes")
    return Note("kind", statement.kind, f"{statement.kind}: so the lexicon says")
