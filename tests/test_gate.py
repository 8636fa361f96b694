from __future__ import annotations

from pathlib import Path

import pytest

from propos.evaluate import evaluate, load_gold
from propos.evaluate.gate import check, fingerprint, load_floors, measure

GOLD = Path(__file__).parent / "gold"
DISPATCHES = GOLD / "dispatches"


def test_every_dispatch_follows_the_notation() -> None:
    gold = load_gold(DISPATCHES)
    assert len({record.id for record in gold}) == len(gold)


@pytest.mark.model
def test_no_figure_falls_below_its_floor() -> None:
    from propos.reader import Reader

    floors = load_floors(GOLD / "floors.json")
    assert floors, "no floors yet: run scripts/pin_floors.py"
    gold = load_gold(DISPATCHES)
    report = evaluate(gold, tuple(Reader().read_again(gold)))
    breaches = check(measure(report, fingerprint(DISPATCHES)), floors)
    assert not breaches, "\n".join(map(str, breaches))
