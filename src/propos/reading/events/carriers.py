"""Which statement carries a place of the text: by its content, or because its cue stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from propos.model import Span, Statement


@dataclass(frozen=True)
class Carriers:
    """The statements of a text, asked by place."""

    statements: Sequence[Statement]

    @cached_property
    def _contents(self) -> list[tuple[int, int, Statement]]:
        """Start, end and statement of every content, the shortest first."""
        rows = [(span.start, span.end, item) for item in self.statements for span in item.content]
        return sorted(rows, key=lambda row: (row[1] - row[0], row[0]))

    def cued(self, trigger: Span) -> Statement | None:
        """The statement whose cue is the trigger, or part of it."""
        touching = [item for item in self.statements if item.cue is not None and item.cue.overlaps(trigger)]
        return min(touching, key=lambda item: abs(item.cue.start - trigger.start) if item.cue else 0, default=None)

    def holding(self, place: Span) -> Statement | None:
        """The innermost statement whose content covers a place."""
        return next((item for start, end, item in self._contents if start <= place.start and place.end <= end), None)
