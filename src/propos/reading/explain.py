"""Which rules decided the statements of a place, and why other cues there gave none: what ``propos explain`` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from propos.explanation import Explanation, Verdict, from_record, spans_of, statements_at
from propos.lang.loader import Pack
from propos.model import Record, Span, Statement
from propos.reading import accounts, candidates, wording
from propos.reading.attribution import extent
from propos.reading.attribution.refusal import Refusal
from propos.reading.parse import Parsed


def place(parsed: Parsed, pack: Pack, record: Record, at: int | str) -> Explanation:
    """The explanation of the sentences around an offset or a statement's id; raises ``place-invalid``.

    ``record`` is the record of ``parsed``. The rules are run once more and asked for what they refused.
    """
    chosen = statements_at(record, at)
    if not len(parsed):
        return from_record(record, at)
    tokens = _tokens(parsed, chosen, at)
    statements = chosen if isinstance(at, str) else _here(parsed, record, chosen, tokens)
    book = accounts.Book.of(parsed, pack, record)
    verdicts = [_decided(book, statement, number) for statement in statements for number in range(len(statement.evidence))]
    verdicts += [_rejected(item) for item in candidates.rejected(parsed, pack, book.reading, tokens)]
    first, last = tokens[0], tokens[-1]
    return Explanation(record.text, extent.with_marks(parsed, first, last), statements, tuple(verdicts))


def _tokens(parsed: Parsed, chosen: Iterable[Statement], at: int | str) -> list[int]:
    """The tokens of the sentences that the statements and the offset touch, from the first to the last."""
    spans = [span for statement in chosen for span in spans_of(statement)]
    spans += [Span(at, at + 1)] if isinstance(at, int) else []
    touched: set[int] = set()
    for span in spans:
        first = min(parsed.token_at(span.start), len(parsed) - 1)
        last = max(first, min(parsed.token_at(span.end - 1), len(parsed) - 1))
        touched |= {parsed.sentence[first], parsed.sentence[last]}
    return list(range(parsed.sentences[min(touched)][0], parsed.sentences[max(touched)][1]))


def _here(parsed: Parsed, record: Record, chosen: Iterable[Statement], tokens: Sequence[int]) -> tuple[Statement, ...]:
    """The statements at the offset, and those whose cue stands in the same sentences."""
    passage, wanted = parsed.span(tokens[0], tokens[-1]), {statement.id for statement in chosen}
    return tuple(
        item for item in record.statements if item.id in wanted or passage.overlaps(item.cue or item.content[0])
    )


def _decided(book: accounts.Book, statement: Statement, number: int) -> Verdict:
    evidence = statement.evidence[number]
    if number:
        return Verdict(evidence.rule, "supported", f"supports {statement.id}", evidence.cues)
    return Verdict(evidence.rule, "decided", f"read {statement.id}", evidence.cues, notes=book.notes(statement))


def _rejected(refusal: Refusal) -> Verdict:
    return Verdict(refusal.rule, "rejected", wording.refused(refusal), (refusal.span,), refusal.code.value)
