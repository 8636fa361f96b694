"""The spaCy component ``propos``: ``nlp.add_pipe("propos")``, then ``doc._.propos`` is the :class:`propos.Record`.

The component reads ``doc.text`` with a pipeline of its own, made from its settings. It does not use the parse of the
``doc`` it is given: Propos sets sentence borders itself and takes quotation marks out before parsing, because French
parses break on them. So the text is parsed twice; ``spacy.blank("fr")`` with this component alone parses it once.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from propos.ingest import collect
from propos.model import Record
from propos.reader import Reader
from propos.settings import Settings

ATTRIBUTE = "propos"


class Component:
    """Reads each ``Doc`` and keeps the record in ``doc._.propos``; ``settings`` choose the pipeline inside."""

    def __init__(self, settings: Settings) -> None:
        self.reader = Reader(settings)

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc.text``; offsets of the record are those of the text. Raises :class:`propos.errors.ProposError`."""
        doc._.set(ATTRIBUTE, self.read(doc.text))
        return doc

    def read(self, text: str) -> Record | None:
        """The record of a text; ``None`` for one without a word."""
        if not any(character.isalnum() for character in text):
            return None
        return self.reader.pipeline.read(collect.of_text(text, self.reader.settings))


def make(nlp: Language, name: str, model: str, published: str | None) -> Component:  # noqa: ARG001 (spaCy passes them)
    """Make the component; spaCy calls this with the component's settings."""
    return Component(Settings(model=model, published=published))


if not Doc.has_extension(ATTRIBUTE):
    Doc.set_extension(ATTRIBUTE, default=None)

Language.factory("propos", default_config={"model": Settings().model, "published": None}, func=make)
