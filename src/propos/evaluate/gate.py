"""The quality gate: no figure over the annotated dispatches may fall below its pinned floor.

Floors are pinned together with the fingerprint of the corpus that they were measured on, so that nobody can raise a
figure by quietly changing the gold. Pinning anew refuses to lower a floor unless it is told to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propos.errors import FLOOR_LOWERED, FLOORS_INVALID
from propos.evaluate.score import Report

# Of a tally its F1 is held, of a rate its accuracy; precision and recall may be traded for each other.
HELD = ("f1", "accuracy")


@dataclass(frozen=True, slots=True)
class Floors:
    """Percentages by figure (``statements @0.5 f1``), and the SHA-256 of the corpus that they were measured on."""

    corpus: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure below its floor, or gone (``got`` is ``None``); or, as figure ``corpus``, another corpus."""

    figure: str
    floor: float | None
    got: float | None

    def __str__(self) -> str:
        if self.floor is None:
            return "the corpus is not the one that the floors were pinned on: pin them anew"
        if self.got is None:
            return f"{self.figure}: no longer measured, floor {self.floor}"
        return f"{self.figure}: {self.got}, floor {self.floor}"


def fingerprint(folder: Path, pattern: str = "*.propos.txt") -> str:
    """SHA-256 over names and bytes of the folder's dispatches, independent of where the folder stands."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob(pattern)):
        digest.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def measure(report: Report, corpus: str) -> Floors:
    """What a report would pin: one figure a tally, one a rate."""
    scores = report.to_dict()["scores"].items()
    return Floors(
        corpus, {f"{label} {held}": score[held] for label, score in scores for held in HELD if _given(score, held)}
    )


def check(scores: Floors, floors: Floors) -> list[Breach]:
    """Every figure that fell below its floor; figures without a floor are free. Empty where all is well."""
    breaches = [] if scores.corpus == floors.corpus else [Breach("corpus", None, None)]
    for figure, floor in floors.figures.items():
        got = scores.figures.get(figure)
        if got is None or got < floor:
            breaches.append(Breach(figure, floor, got))
    return breaches


def pin(scores: Floors, floors: Floors | None, *, allow_regression: bool = False) -> Floors:
    """The floors to write: what was measured now.

    Raises ``EvaluationError`` where that would lower or lose one of the old ``floors``, unless ``allow_regression``.
    """
    old = Floors(scores.corpus, floors.figures if floors else {})
    if not allow_regression and (lowered := check(scores, old)):
        raise FLOOR_LOWERED(floors="; ".join(map(str, lowered)))
    return scores


def load_floors(path: Path) -> Floors | None:
    """Floors as written by ``save_floors``, ``None`` where none are pinned. Raises ``EvaluationError``."""
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Floors(str(data["corpus"]), {str(name): float(floor) for name, floor in data["floors"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FLOORS_INVALID(name=path.name, reason=f"{type(error).__name__} {error}") from error


def save_floors(path: Path, floors: Floors) -> None:
    """Write floors as JSON, one line a figure, so that a change shows in review."""
    data = {"corpus": floors.corpus, "floors": dict(sorted(floors.figures.items()))}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _given(score: Mapping[str, float | int | None], held: str) -> bool:
    return score.get(held) is not None
