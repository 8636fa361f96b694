"""From drafts to statements: mode, kind, relays, ids; what lies inside a direct quotation is dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from propos.model import Evidence, Kind, Mode, Span, Statement, TimeExpression
from propos.reading.attribution.draft import Draft
from propos.reading.parse import Parsed
from propos.reading.times import by_sentence, date_of, sentence_of

# One stray article outside the marks does not make a direct quotation mixed.
STRAY = 3


def inherit(drafts: Sequence[Draft], parsed: Parsed) -> None:
    """Give every statement without a written speaker the source of the statement that it goes on.

    A stand-alone quotation goes on the last speaker (guidelines: *understood from before*); a gerund or *avant de* +
    infinitive the cue before it in its sentence, whatever the parser hung it on.
    """
    last: Draft | None = None
    outer: Draft | None = None
    carriers = Carriers(drafts)
    for draft in drafts:
        if draft.follows:
            draft.source = last.source if last is not None else -1
        elif draft.shape in {"gerund", "infinitive"} and draft.speaker is None and last is not None:
            if _goes_on(draft, last, parsed):
                draft.source = last.source
            elif outer is not None and _opens(draft, parsed):
                draft.source = outer.source
        elif draft.source >= 0 and draft.speaker is not None and draft.shape == "finite" and not draft.asides:
            carried = carriers.of(draft) is not None
            if not carried or last is None or draft.form != "nominal":
                last = draft
            outer = outer if carried else draft


def _goes_on(draft: Draft, last: Draft, parsed: Parsed) -> bool:
    """Whether a cue without subject stands in the sentence of the last cue, behind it and outside its content."""
    if draft.cue is None or last.cue is None or last.cue_token < 0 or draft.cue.start < last.cue.start:
        return False
    if parsed.sentence[draft.cue_token] != parsed.sentence[last.cue_token]:
        return False
    return not any(span.covers(draft.cue) for span in last.content)


def _opens(draft: Draft, parsed: Parsed) -> bool:
    """*Et d'ajouter : « … »*, *Avant de conclure que …*: a sentence that is only an infinitive goes on the one before."""
    token, first = draft.cue_token, parsed.sentences[parsed.sentence[draft.cue_token]][0]
    small = all(parsed.pos[at] in {"CCONJ", "ADP", "SCONJ", "ADV", "PRON"} for at in range(first, token))
    return draft.shape == "infinitive" and token > first and parsed.dep[token] == "ROOT" and small


def statements(
    drafts: Sequence[Draft], parsed: Parsed, actor_at: Callable[[int], str | None]
) -> tuple[Statement, ...]:
    """Statements with ids ``s1``, ``s2``, … in text order. ``actor_at`` gives the id of the actor at a token."""
    kept = [draft for draft in drafts if draft.content]
    ids = {id(draft): f"s{number}" for number, draft in enumerate(kept, start=1)}
    carriers = Carriers(kept)
    return tuple(_statement(draft, ids, carriers, parsed, actor_at) for draft in kept)


def dated(
    statements: Sequence[Statement], expressions: Sequence[TimeExpression], parsed: Parsed
) -> tuple[Statement, ...]:
    """The statements with their dates: that of the time expression that goes with the cue; never invented."""
    grouped = by_sentence(expressions, parsed)
    return tuple(_dated(statement, grouped, parsed) for statement in statements)


def _dated(statement: Statement, grouped: Mapping[int, list[TimeExpression]], parsed: Parsed) -> Statement:
    if statement.cue is None:
        return statement
    here = grouped.get(sentence_of(statement.cue, parsed))
    return replace(statement, date=date_of(here, statement.cue, parsed)) if here else statement


def _statement(
    draft: Draft, ids: dict[int, str], carriers: Carriers, parsed: Parsed, actor_at: Callable[[int], str | None]
) -> Statement:
    relay = carriers.of(draft)
    mode = mode_of(draft.content, parsed)
    return Statement(
        id=ids[id(draft)],
        cue=draft.cue,
        speaker=draft.speaker,
        speaker_actor=actor_at(draft.source) if draft.source >= 0 else None,
        content=draft.content,
        mode=mode,
        form=draft.form,
        kind=kind_of(draft, mode),
        addressees=draft.addressees,
        via=ids[id(relay)] if relay is not None else draft.via,
        medium=draft.medium,
        unconfirmed=draft.unconfirmed,
        evidence=(Evidence(draft.rule, (draft.cue,) if draft.cue else ()),),
    )


class Carriers:
    """The contents of all statements by where they begin, to ask which of them carries a cue."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        rows = [(span, order, draft) for order, draft in enumerate(drafts) if draft.cue for span in draft.content]
        self._rows = sorted(rows, key=lambda row: row[0].start)
        self._count = len(drafts)
        self._starts = [span.start for span, _, _ in self._rows]
        self._longest = max((span.end - span.start for span, _, _ in self._rows), default=0)

    def of(self, draft: Draft) -> Draft | None:
        """The statement whose content carries this one's cue: the innermost, the first of several alike."""
        if draft.cue is None:
            return None
        best: Draft | None = None
        least = (self._longest, self._count)
        for at in range(bisect_right(self._starts, draft.cue.start) - 1, -1, -1):
            span, order, other = self._rows[at]
            if draft.cue.end - span.start > least[0]:
                break  # whatever begins sooner is longer than the best
            found = (span.end - span.start, order)
            if span.end >= draft.cue.end and found < least and _carries(other, span, draft):
                best, least = other, found
        return best


def _carries(other: Draft, span: Span, draft: Draft) -> bool:
    """Whether ``span``, which covers the draft's cue, is the other's own content, and not what goes on behind."""
    if other is draft or other.cue is None or draft.cue is None or other.cue == draft.cue:
        return False
    if other.cue.start < draft.cue.start and any(own.covers(other.cue) for own in draft.content):
        return False  # each holds the other's cue: the outer one comes behind
    # *une version contestée par l'armée*, *des propos qu'il a qualifiés de …*: told beside, of a thing named
    named = all(span.start < own.start and own.end <= draft.cue.start for own in draft.content)
    return not (draft.form == "nominal" and named)


def mode_of(content: Sequence[Span], parsed: Parsed) -> Mode:
    """``direct`` where all letters are inside quotation marks, ``indirect`` where none is, else ``mixed``."""
    inside = total = 0
    for span in content:
        total += _letters(parsed.text, span.start, span.end)
        for quotation in parsed.quotations_from(span.start):
            if quotation.span.start >= span.end:
                break
            if quotation.depth == 0:
                low, high = max(span.start, quotation.span.start), min(span.end, quotation.span.end)
                inside += _letters(parsed.text, low, high) if low < high else 0
    if inside == 0:
        return "indirect"
    return "direct" if total - inside <= STRAY else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(char.isalnum() for char in text[start:end])


def kind_of(draft: Draft, mode: Mode) -> Kind:
    """An opinion verb reports speech where its words are quoted, incised or in the past, else an attitude."""
    if draft.kind == "opinion":
        return "speech" if draft.past or draft.document or mode != "indirect" or draft.form == "quote" else "attitude"
    if draft.document:
        return "speech"
    return "attitude" if draft.kind == "attitude" else "speech"
