"""What the form finders hand to each other: a statement before actors and ids are known."""

from __future__ import annotations

from dataclasses import dataclass

from propos.lang.schema import Frame
from propos.model import Form, Span


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    ``source`` is the token that heads the source's noun phrase, wherever it stands (-1: none is known);
    ``speaker`` its span where it is written at this place. ``follows`` says that the source is the one of the
    statement before. ``asides``: offsets at which the relative clauses around the cue begin; nothing goes on the
    speaker of such a cue. ``document``: the source is a text, which says things and has no attitudes.
    ``cue_token`` is -1 for statements without a cue.
    ``frame``: how the cue takes its content, for cues with frames.
    """

    cue: Span | None
    cue_token: int
    content: tuple[Span, ...]
    form: Form
    kind: str
    rule: str
    source: int = -1
    speaker: Span | None = None
    follows: bool = False
    addressees: tuple[Span, ...] = ()
    medium: Span | None = None
    via: Span | None = None
    unconfirmed: bool = False
    past: bool = False
    asides: tuple[int, ...] = ()
    document: bool = False
    shape: str = "finite"
    frame: Frame | None = None

    def says(self, text: str) -> bool:
        """Whether any content is left of more than marks."""
        return any(char.isalnum() for span in self.content for char in span.of(text))

    def tidy(self, text: str) -> None:
        """Keep each stretch of the content once, in text order, without space at its edges.

        Two paths to one quotation (a colon and an apposition) or a parse that puts a clause before its own cue would
        otherwise repeat or cross stretches, which :class:`~propos.model.Statement` refuses.
        """
        kept: list[Span] = []
        for span in sorted(self.content):
            start = max(span.start, kept[-1].end if kept else 0)
            part = trimmed(text, start, span.end)
            if part is not None:
                kept.append(part)
        self.content = tuple(kept)
        if self.speaker is not None:
            self.speaker = trimmed(text, self.speaker.start, self.speaker.end)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without the white space at its edges; ``None`` where nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
