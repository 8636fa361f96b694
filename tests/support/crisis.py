"""The crisis of ``tests/crisis`` as a dossier: what its outlets told, read by the real program; ``PLOT.md`` says what it holds."""

from __future__ import annotations

from pathlib import Path

from propos.ingesting import Taken, ingest_into
from propos.store.opening import Store

FOLDER = Path(__file__).parents[1] / "crisis" / "dispatches"


def take_in(dossier: Path) -> Taken:
    """Read the dispatches into a new dossier."""
    with Store.open(dossier) as store:
        return ingest_into(store, [str(FOLDER)])


def name_of(article: str) -> str:
    """An article's name in a dossier (``urn:crise:c09:2``) from its name in ``PLOT.md`` (``c09:2``, ``c01``)."""
    item, _, version = article.partition(":")
    return f"urn:crise:{item}:{version or '1'}"
