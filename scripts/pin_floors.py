"""Pin the quality gate's floors to what the reading reaches now on the annotated dispatches.

usage: pin_floors.py [--allow-regression]
Refuses to lower a floor without --allow-regression; say in the changelog why it had to be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from propos.errors import ProposError
from propos.evaluate import evaluate, load_gold
from propos.evaluate.gate import fingerprint, load_floors, measure, pin, save_floors
from propos.reader import Reader

GOLD = Path(__file__).parents[1] / "tests" / "gold"


def main(arguments: list[str]) -> None:
    """Measure, compare with the old floors, write."""
    if set(arguments) - {"--allow-regression"}:
        raise SystemExit(__doc__)
    dispatches, target = GOLD / "dispatches", GOLD / "floors.json"
    try:
        gold = load_gold(dispatches)
        scores = measure(evaluate(gold, tuple(Reader().read_again(gold))), fingerprint(dispatches))
        save_floors(target, pin(scores, load_floors(target), allow_regression=bool(arguments)))
    except ProposError as error:
        raise SystemExit(str(error)) from error
    print(f"{len(scores.figures)} floors pinned over {len(gold)} dispatches")


if __name__ == "__main__":
    main(sys.argv[1:])
