"""Which statement carries a place of the text: by its content, or because its cue stands there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from propos.model import Span, Statement


@dataclass(frozen=True)
class Carriers:
    """The statements of a text, asked by place: found from where they begin, so that long texts stay quick."""

    statements: Sequence[Statement]

    @cached_property
    def _contents(self) -> list[tuple[Span, int]]:
        """Every content with the index of its statement, by where it begins."""
        return sorted((span, number) for number, item in enumerate(self.statements) for span in item.content)

    @cached_property
    def _cues(self) -> list[tuple[Span, int]]:
        """Every cue with the index of its statement, by where it begins."""
        return sorted((item.cue, number) for number, item in enumerate(self.statements) if item.cue is not None)

    @cached_property
    def _longest_content(self) -> int:
        return max((span.end - span.start for span, _ in self._contents), default=0)

    @cached_property
    def _longest_cue(self) -> int:
        return max((span.end - span.start for span, _ in self._cues), default=0)

    def cued(self, trigger: Span) -> Statement | None:
        """The statement whose cue is the trigger, or part of it: the one that begins nearest, the first of several alike."""
        found: list[tuple[int, int]] = []
        for at in range(bisect_left(self._cues, trigger.end, key=_begin) - 1, -1, -1):
            cue, number = self._cues[at]
            if cue.start + self._longest_cue <= trigger.start:
                break  # no cue is long enough to reach from here
            if cue.overlaps(trigger):
                found.append((abs(cue.start - trigger.start), number))
        return self.statements[min(found)[1]] if found else None

    def holding(self, place: Span) -> Statement | None:
        """The innermost statement whose content covers a place."""
        best: tuple[int, int, int] | None = None
        for at in range(bisect_right(self._contents, place.start, key=_begin) - 1, -1, -1):
            span, number = self._contents[at]
            if place.end - span.start > (best[0] if best is not None else self._longest_content):
                break  # whatever begins sooner is longer than the best
            if span.covers(place):
                rank = (span.end - span.start, span.start, number)
                best = rank if best is None else min(best, rank)
        return self.statements[best[2]] if best is not None else None


def _begin(row: tuple[Span, int]) -> int:
    return row[0].start
