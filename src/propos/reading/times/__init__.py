"""Time expressions of a document and their values (``find``), and which of them dates a cue (``date_of``)."""

from propos.reading.times.dating import date_of
from propos.reading.times.expressions import Reading, find, readings

__all__ = ["Reading", "date_of", "find", "readings"]
