"""The ontology of events, PLOVER 2.0: types, modes, quad classes, intensities, contexts and folding (``plover.toml``).

It belongs to no language. Source of the codes and scores: PLOVER manual, draft version 2.0 (2021).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

from propos.errors import PACK_INVALID

FILE = "plover.toml"


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen types.

    ``quad`` 1 to 4; ``intensity`` -10 to +10, ``modes`` the intensity of each mode; ``recipient``: the codebook asks
    for one; ``verbal``: the saying is the act; ``future``: what announcing it is, ``threatened``: what announcing it
    against somebody is (both empty where it stays what it is).
    """

    name: str
    quad: int
    intensity: float
    recipient: bool = False
    verbal: bool = False
    future: str = ""
    threatened: str = ""
    modes: Mapping[str, float] = field(default_factory=dict)

    def score(self, mode: str | None) -> float:
        """The intensity of the type, or of its mode."""
        return self.modes.get(mode or "", self.intensity)


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types by name, and the contexts in the codebook's order."""

    types: Mapping[str, EventType]
    contexts: tuple[str, ...]


@lru_cache(maxsize=1)
def load() -> Ontology:
    """The ontology. Raises ``PackError`` where the file is malformed."""
    table = tomllib.loads((files("propos.lang") / FILE).read_text(encoding="utf-8"))
    types = {name: _type(name, dict(values)) for name, values in table["types"].items()}
    folded = {other for item in types.values() for other in (item.future, item.threatened) if other}
    if folded - types.keys():
        raise PACK_INVALID(file=FILE, reason=f"unknown types {sorted(folded - types.keys())}")
    return Ontology(types, tuple(table["contexts"]))


def _type(name: str, values: dict[str, Any]) -> EventType:
    unknown = sorted(set(values) - {item.name for item in fields(EventType)})
    if unknown:
        raise PACK_INVALID(file=FILE, reason=f"unknown keys {unknown} in {name}")
    return EventType(name, **values)
