"""Time expressions of a document and their values (``find``), and which of them dates a cue (``date_of``)."""

from propos.reading.times.dating import by_sentence, date_of, sentence_of
from propos.reading.times.expressions import Reading, find, readings

__all__ = ["Reading", "by_sentence", "date_of", "find", "readings", "sentence_of"]
