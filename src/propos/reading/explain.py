"""Which rules decided the statements and events of a place, and why other cues gave none: what ``propos explain`` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from propos.explanation import Explanation, Item, Verdict, from_record, items_at, spans_of
from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.model import Event, Record, Span, Statement
from propos.reading import accounts, candidates, event_accounts, wording
from propos.reading.attribution import extent
from propos.reading.attribution.refusal import Refusal
from propos.reading.parse import Parsed


def place(parsed: Parsed, pack: Pack, lexicon: EventLexicon, record: Record, at: int | str) -> Explanation:
    """The explanation of an event, of a statement, or of the sentence around an offset; raises ``place-invalid``.

    ``record`` is the record of ``parsed``. The rules for statements are run once more and asked for what they refused;
    an event's evidence tells which rules decided it.
    """
    statements, events = items_at(record, at)
    if not len(parsed):
        return from_record(record, at)
    tokens = _tokens(parsed, (*statements, *events), at)
    passage = extent.with_marks(parsed, tokens[0], tokens[-1])
    if isinstance(at, int):
        statements, events = _here(parsed, record, (*statements, *events), tokens)
    verdicts: list[Verdict] = []
    if statements or isinstance(at, int):
        verdicts += _said(parsed, pack, record, statements, tokens)
    told = event_accounts.Ledger.of(record, lexicon)
    verdicts += (verdict for event in events for verdict in told.verdicts(event))
    return Explanation(record, passage, statements, events, tuple(verdicts))


def _tokens(parsed: Parsed, chosen: Iterable[Item], at: int | str) -> list[int]:
    """The tokens of the sentences that the items and the offset touch, from the first to the last."""
    spans = [span for item in chosen for span in spans_of(item)]
    spans += [Span(at, at + 1)] if isinstance(at, int) else []
    touched: set[int] = set()
    for span in spans:
        first = min(parsed.token_at(span.start), len(parsed) - 1)
        last = max(first, min(parsed.token_at(span.end - 1), len(parsed) - 1))
        touched |= {parsed.sentence[first], parsed.sentence[last]}
    return list(range(parsed.sentences[min(touched)][0], parsed.sentences[max(touched)][1]))


def _here(
    parsed: Parsed, record: Record, chosen: Iterable[Item], tokens: Sequence[int]
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """The items at the offset, and those whose cue or trigger stands in the same sentences."""
    passage, wanted = parsed.span(tokens[0], tokens[-1]), {item.id for item in chosen}
    statements = (
        item for item in record.statements if item.id in wanted or passage.overlaps(item.cue or item.content[0])
    )
    events = (item for item in record.events if item.id in wanted or passage.overlaps(item.trigger))
    return tuple(statements), tuple(events)


def _said(
    parsed: Parsed, pack: Pack, record: Record, statements: Iterable[Statement], tokens: Sequence[int]
) -> list[Verdict]:
    """The verdicts on the statements, and on what could have attributed among the tokens."""
    book = accounts.Book.of(parsed, pack, record)
    verdicts = [_decided(book, statement, number) for statement in statements for number in range(len(statement.evidence))]
    return verdicts + [_rejected(item) for item in candidates.rejected(parsed, pack, book.reading, tokens)]


def _decided(book: accounts.Book, statement: Statement, number: int) -> Verdict:
    evidence = statement.evidence[number]
    if number:
        return Verdict(evidence.rule, "supported", f"supports {statement.id}", evidence.cues)
    return Verdict(evidence.rule, "decided", f"read {statement.id}", evidence.cues, notes=book.notes(statement))


def _rejected(refusal: Refusal) -> Verdict:
    return Verdict(refusal.rule, "rejected", wording.refused(refusal), (refusal.span,), refusal.code.value)
