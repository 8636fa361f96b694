"""Where contents must end, and where they may go on: found once a document, asked by every form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Borders:
    """``stops``: tokens at which a running content ends; ``tails``: commas behind which a condition goes on with it."""

    stops: frozenset[int]
    tails: frozenset[int]

    def __contains__(self, token: int) -> bool:
        return token in self.stops
