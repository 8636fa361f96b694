"""Evaluation."""

from __future__ import annotations

from propos.errors.kinds import EvaluationError, Fault, MarkupError

MARKUP_INVALID = Fault("markup-invalid", "{name}, line {line}: {reason}.", "{hint}", MarkupError)
ID_TWICE = Fault(
    "id-twice", "The id {got} stands twice in {where}.", "Give each document an id of its own.", EvaluationError
)
TEXT_DIFFERS = Fault(
    "text-differs",
    "The text of {got} differs between the two sides, so their offsets cannot be compared.",
    "Read the gold's own text, unchanged.",
    EvaluationError,
)
FLOORS_INVALID = Fault(
    "floors-invalid",
    "{name} cannot be read as floors: {reason}.",
    "Pin them with scripts/pin_floors.py.",
    EvaluationError,
)
FLOOR_LOWERED = Fault(
    "floor-lowered",
    "Pinning would lower {floors}.",
    "Mend the reading, or pin with --allow-regression and say why in the changelog.",
    EvaluationError,
)
