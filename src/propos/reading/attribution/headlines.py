"""Headlines: *X: …*, *X à Y: …*, and quotations that the body gives to a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from propos.lang.loader import Pack
from propos.model import Span
from propos.reading.attribution import extent
from propos.reading.attribution.draft import Draft
from propos.reading.parse import Block, Parsed
from propos.reading.syntax import VERBAL, head_within, noun_phrase

# *Le ministre ukrainien des Affaires étrangères à son homologue: …*
LONGEST_SPEAKER = 12
# Words of so many letters must come again where the body gives a headline's quotation in other words.
LONG_WORD = 5
MARKS = '«»“”" \u00a0\u202f'


def find(parsed: Parsed, body: Sequence[Draft], pack: Pack) -> Iterator[Draft]:
    """Statements of the headlines and cross-heads that a colon or the body's own words attribute."""
    for block in parsed.blocks:
        if not block.heading:
            continue
        if any(d.cue and block.span.covers(d.cue) for d in body):
            continue
        draft = _colon(parsed, block, body, pack) or _repeated(parsed, block, body, pack)
        if draft is not None:
            yield draft


def _colon(parsed: Parsed, block: Block, body: Sequence[Draft], pack: Pack) -> Draft | None:
    colon = next((t for t in range(block.first, min(block.last, block.first + LONGEST_SPEAKER)) if parsed.word[t] == ":"), -1)
    if colon <= block.first or colon + 2 >= block.last or parsed.quoted[colon] >= 0:
        return None
    head = head_within(parsed, block.first, colon - 1)
    last = min(noun_phrase(parsed, head)[1], colon - 1)
    if not _speaks_in(parsed, block, colon, body, pack) or not _tells(parsed, colon + 1, block.last):
        return None
    addressee = _addressee(parsed, block.first, colon, pack)
    speaker = parsed.span(block.first, (addressee[0] - 1) if addressee else last)
    content = extent.with_marks(parsed, colon + 1, extent.trim(parsed, colon + 1, block.last - 1))
    quoted = all(parsed.quoted[t] >= 0 for t in range(colon + 1, block.last) if parsed.pos[t] != "PUNCT")
    return Draft(
        cue=parsed.span(colon, colon), cue_token=colon, content=(content,), form="quote" if quoted else "clause",
        kind="speech", rule=f"{pack.code}.headline.colon", source=head, speaker=speaker,
        addressees=(parsed.span(addressee[0] + 1, addressee[1]),) if addressee else (),
    )  # fmt: skip


def _tells(parsed: Parsed, first: int, last: int) -> bool:
    """Whether words behind the colon are quoted or have a verb: a bare noun phrase (*X: la victoire du maire*) is a topic."""
    return any(parsed.quoted[t] >= 0 or parsed.pos[t] in VERBAL for t in range(first, last))


def _addressee(parsed: Parsed, first: int, colon: int, pack: Pack) -> tuple[int, int] | None:
    for token in range(first + 1, colon - 1):
        if pack.grammar.plain(parsed.word[token]) == pack.grammar.dative:
            return token, colon - 1
    return None


def _speaks_in(parsed: Parsed, block: Block, colon: int, body: Sequence[Draft], pack: Pack) -> bool:
    """Whether the words before the colon name somebody whom the body quotes (a country or a topic is no speaker)."""
    named = (t for t in range(block.first, colon) if parsed.pos[t] == "PROPN" or pack.is_title(parsed.word[t]))
    names = {parsed.word[t] for t in named if not _two_places(parsed.word[t], pack)}
    if not names:
        return False
    quotes = any(parsed.quoted[t] >= 0 for t in range(colon, block.last))
    for draft in body:
        if draft.source >= 0 and draft.speaker is not None:
            first, last = noun_phrase(parsed, draft.source)
            if not names.isdisjoint(parsed.word[first : last + 1]) and (quotes or not names & pack.places):
                return True
    return False


def _two_places(word: str, pack: Pack) -> bool:
    """*Pérou-Bolivie: …*: what goes on between two places is a topic."""
    parts = word.split("-")
    return len(parts) > 1 and all(part in pack.places for part in parts)


def _repeated(parsed: Parsed, block: Block, body: Sequence[Draft], pack: Pack) -> Draft | None:
    """A quotation in a headline whose words the body gives to a source: no cue, no speaker here."""
    for quotation in parsed.quotations:
        if quotation.depth or not block.span.covers(quotation.span):
            continue
        draft = teller(parsed, quotation.inside, body)
        if draft is not None:
            return _headline(parsed, block, quotation.span, draft, pack)
    return None


def teller(parsed: Parsed, inside: Span, body: Sequence[Draft]) -> Draft | None:
    """The statement of the body that gives the quoted words to a source: the very words, else all long ones of them."""
    quoted = inside.of(parsed.text).lower().strip(MARKS)
    if quoted.count(" ") < 2:
        return None
    told = [(draft, " ".join(span.of(parsed.text) for span in draft.content).lower()) for draft in body if draft.source >= 0 and draft.cue]
    long = {word for word in re.findall(r"\w+", quoted) if len(word) >= LONG_WORD}
    exact = (draft for draft, words in told if quoted in words)
    loose = (draft for draft, words in told if len(long) > 1 and long <= set(re.findall(r"\w+", words)))
    return next(exact, None) or next(loose, None)


def _headline(parsed: Parsed, block: Block, quotation: Span, draft: Draft, pack: Pack) -> Draft:
    first = parsed.token_at(quotation.start)
    start, end = parsed.sentences[parsed.sentence[first]]
    content = quotation if _is_cross_head(parsed, block) else extent.with_marks(parsed, start, extent.trim(parsed, start, end - 1))
    return Draft(
        cue=None, cue_token=-1, content=(content,), form="quote", kind="speech",
        rule=f"{pack.code}.headline.quotation", source=draft.source,
    )  # fmt: skip


def _is_cross_head(parsed: Parsed, block: Block) -> bool:
    return block.span.of(parsed.text).startswith("- ")
