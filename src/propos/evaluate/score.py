"""Scores records against gold: found and overlooked items of each layer, and right fields of the matched ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from propos.errors import ID_TWICE, TEXT_DIFFERS
from propos.evaluate.figures import Figures, Tally
from propos.evaluate.layers import actors, events, statements, times
from propos.evaluate.matching import Alignment
from propos.evaluate.spans import TextChars
from propos.model import Record, Statement

# The report names this many documents.
WORST = 10
Score = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's figures. ``forms`` and ``kinds`` are the recall of statements (@0.5) by form and kind."""

    id: str
    figures: Figures
    forms: Figures
    kinds: Figures

    @property
    def statements(self) -> Tally:
        """Statements found at the middle floor."""
        return self.figures.tallies[f"statements @{statements.FIELD_FLOOR}"]


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a collection.

    ``missing`` names gold documents without a record, ``extra`` records without gold (they do not count).
    """

    documents: tuple[DocumentScore, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    figures: Figures
    forms: Figures
    kinds: Figures

    def worst(self, count: int = WORST) -> tuple[DocumentScore, ...]:
        """The documents with the lowest F1 of statements; those with nothing to find come last."""
        with_gold = [document for document in self.documents if document.statements.gold]
        return tuple(sorted(with_gold, key=lambda document: (document.statements.f1, document.id))[:count])

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON values, percentages with one decimal."""
        return {
            "documents": len(self.documents),
            "missing": list(self.missing),
            "extra": list(self.extra),
            "scores": self.figures.to_dict(),
            "recall_by_form": _recalls(self.forms),
            "recall_by_kind": _recalls(self.kinds),
            "worst": [{"id": document.id, **_tally(document.statements)} for document in self.worst()],
        }

    def table(self) -> str:
        """The figures as plain text, one line a figure, then recall by form and kind and the worst documents."""
        lines = [f"{len(self.documents)} documents" + _without_record(self.missing)]
        lines += [_line(label, score) for label, score in self.figures.to_dict().items()]
        lines += ["", "recall of statements @0.5 by form and kind"]
        for figures in (self.forms, self.kinds):
            lines += [
                f"{label:52s} R {score['recall']:5.1f}  ({score['gold']})" for label, score in _recalls(figures).items()
            ]
        lines += ["", "worst documents by F1 of statements @0.5"]
        lines += [_line(document.id, _tally(document.statements)) for document in self.worst()]
        return "\n".join(lines)


def evaluate(gold: Sequence[Record], system: Sequence[Record]) -> Report:
    """Score the system's records against gold; documents pair by their ``id``.

    Raises ``EvaluationError`` for an id that stands twice, and where the two texts differ.
    """
    expected, found = by_id(gold, "gold"), by_id(system, "the records")
    documents = tuple(score_document(record, found.get(name)) for name, record in sorted(expected.items()))
    return Report(
        documents,
        missing=tuple(sorted(expected.keys() - found.keys())),
        extra=tuple(sorted(found.keys() - expected.keys())),
        figures=_sum(document.figures for document in documents),
        forms=_sum(document.forms for document in documents),
        kinds=_sum(document.kinds for document in documents),
    )


def score_document(gold: Record, system: Record | None) -> DocumentScore:
    """Score one record; without one, everything in the gold counts as overlooked. Raises ``EvaluationError``."""
    found = system or unread(gold)
    check_same_text(gold, found)
    chars = TextChars(gold.text)
    aligned = actors.align(gold, found, chars)
    result = Figures()
    result.add(actors.figures(gold, found, aligned))
    result.add(statements.figures(gold, found, aligned, chars))
    result.add(events.figures(gold, found, aligned, chars))
    result.add(times.figures(gold, found, chars))
    return DocumentScore(gold.id, result, *_recall_by_form_and_kind(statements.align(gold, found, chars)))


def unread(gold: Record) -> Record:
    """A record of the same text in which nothing was found."""
    return Record(gold.id, gold.language, gold.published, gold.title, gold.text)


def by_id(records: Iterable[Record], where: str) -> dict[str, Record]:
    """Records by their id. Raises ``EvaluationError`` for an id that stands twice in ``where``."""
    result: dict[str, Record] = {}
    for record in records:
        if record.id in result:
            raise ID_TWICE(got=record.id, where=where)
        result[record.id] = record
    return result


def check_same_text(gold: Record, system: Record) -> None:
    """Raises ``EvaluationError`` where offsets of the one do not mean the same in the other."""
    if gold.text != system.text:
        raise TEXT_DIFFERS(got=gold.id)


def _recall_by_form_and_kind(aligned: Alignment[Statement]) -> tuple[Figures, Figures]:
    forms, kinds = Figures(), Figures()
    matched = {pair.gold for pair in aligned.matches}
    for at, statement in enumerate(aligned.gold):
        hit = int(at in matched)
        forms.count(f"form {statement.form}", hit, hit, 1)
        kinds.count(f"kind {statement.kind}", hit, hit, 1)
    return forms, kinds


def _sum(parts: Iterable[Figures]) -> Figures:
    total = Figures()
    for part in parts:
        total.add(part)
    return total


def _recalls(figures: Figures) -> dict[str, Score]:
    scores = figures.to_dict()
    return {label: {"recall": score["recall"], "gold": score["gold"]} for label, score in scores.items()}


def _tally(tally: Tally) -> Score:
    single = Figures({"": tally})
    return single.to_dict()[""]


def _without_record(missing: Sequence[str]) -> str:
    return f", {len(missing)} without a record" if missing else ""


def _line(label: str, score: Score) -> str:
    if "f1" in score:
        shares = f"P {score['precision']:5.1f}  R {score['recall']:5.1f}  F1 {score['f1']:5.1f}  ({score['gold']})"
    else:
        shares = f"acc {score['accuracy']}  ({score['of']})"
    return f"{label:52s} {shares}"
