"""What could have attributed and gave no statement: words that no rule took up, and quotations that nobody speaks.

What the rules did take up and refused comes from ``assemble.read``; here is the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from propos.lang.loader import Entry, Pack
from propos.model import Span
from propos.reading.attribution import nouns, quoted
from propos.reading.attribution.assemble import Reading
from propos.reading.attribution.refusal import Code, Refusal
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL


def rejected(parsed: Parsed, pack: Pack, reading: Reading, tokens: Sequence[int]) -> list[Refusal]:
    """Every refusal among the tokens, in text order, one a place."""
    low, high = parsed.start[tokens[0]], parsed.end[tokens[-1]]
    decided = [item for item in reading.refusals if low <= item.span.start < high]
    known = [item.span for item in decided] + [draft.cue for draft in reading.drafts if draft.cue is not None]
    for token in tokens:
        here = parsed.span(token, token)
        if not any(span.covers(here) for span in known):
            decided += _word(parsed, pack, token, here)
    return sorted([*decided, *_quotations(parsed, pack, reading, low, high)], key=lambda item: item.span)


def _word(parsed: Parsed, pack: Pack, token: int, here: Span) -> Iterator[Refusal]:
    """Why a word of the lexicon was no cue at all."""
    for pos, known in (("verb", pack.verbs), ("noun", pack.nouns), ("adjective", pack.adjectives)):
        entries = known.get(pack.lemma(parsed.word[token], pos) or "", ())
        code = _code(parsed, pack, token, pos, entries) if entries else None
        if code is not None:
            entry = _shortest(entries)
            # An auxiliary is in the lexicon only with the phrases that it begins: none of them stands here.
            yield Refusal(f"{pack.code}.{pos}.{entry.head}" if entry.tail else entry.id, here, code, entry.frames)
            return


def _shortest(entries: Sequence[Entry]) -> Entry:
    return min(entries, key=lambda entry: len(entry.tail))


def _code(parsed: Parsed, pack: Pack, token: int, pos: str, entries: Sequence[Entry]) -> Code | None:
    """The reason, or ``None`` where the word is of another class here."""
    tag = parsed.pos[token]
    if pos == "verb":
        return _verb(parsed, token, entries) if tag in VERBAL else None
    if pos == "noun" and tag == "NOUN":
        if parsed.quoted[token] >= 0:
            return Code.QUOTED
        return Code.NOUN if nouns.stands_alone(parsed, token, pack) else Code.OBJECT
    if pos == "adjective" and tag == "ADJ":
        return Code.QUOTED if parsed.quoted[token] >= 0 else Code.NO_COPULA
    return None


def _verb(parsed: Parsed, token: int, entries: Sequence[Entry]) -> Code | None:
    """A verb that the lexicon has in phrases only is no candidate where none of them stands."""
    if parsed.pos[token] == "AUX" or parsed.dep[token].startswith("aux") or parsed.dep[token] == "cop":
        return Code.AUXILIARY
    if _shortest(entries).tail:
        return None
    return Code.QUOTED if parsed.quoted[token] >= 0 else Code.REFLEXIVE


def _quotations(parsed: Parsed, pack: Pack, reading: Reading, low: int, high: int) -> Iterator[Refusal]:
    """The outermost quotations between two offsets that no statement holds."""
    contents = [span for draft in reading.drafts for span in draft.content]
    taken = [*contents, *(draft.cue for draft in reading.drafts if draft.cue is not None)]
    for quotation in parsed.quotations:
        inside = low <= quotation.inside.start < high and quotation.depth == 0
        if not inside or any(quotation.span.overlaps(span) for span in taken):
            continue
        token = min(parsed.token_at(quotation.inside.start), len(parsed) - 1)
        first, end = parsed.sentences[parsed.sentence[token]]
        code = quoted.objection(parsed, first, end, taken)
        if code is not None:
            yield Refusal(f"{pack.code}.quotation.stand-alone", quotation.span, code)
