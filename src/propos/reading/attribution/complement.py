"""What a cue takes, as found: the frame, the form, the ranges of the content."""

from __future__ import annotations

from dataclasses import dataclass

from propos.lang.schema import Frame
from propos.model import Form, Span
from propos.reading.attribution import extent
from propos.reading.parse import Parsed


@dataclass(frozen=True, slots=True)
class Complement:
    """The content of a cue: token ranges ``[(first, last), …]``, both included; ``object`` the addressee's or target's token."""

    frame: Frame
    form: Form
    parts: tuple[tuple[int, int], ...]
    object: int = -1

    def spans(self, parsed: Parsed) -> tuple[Span, ...]:
        """The content's spans with their quotation marks."""
        return tuple(extent.with_marks(parsed, first, last) for first, last in self.parts)
