"""The crisis of ``tests/crisis`` as a dossier: what its outlets told, read by the real program. ``PLOT.md`` says what it holds."""

from __future__ import annotations

from pathlib import Path

from propos.ingesting import Taken, ingest_into
from propos.reader import Reader
from propos.store.opening import Store

FOLDER = Path(__file__).parents[1] / "crisis"


def take_in(dossier: Path) -> Taken:
    """Reads the dispatches into a new dossier."""
    with Store.open(str(dossier)) as store:
        return ingest_into(store, [str(FOLDER)], Reader())
