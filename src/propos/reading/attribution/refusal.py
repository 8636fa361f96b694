"""Why a word that could attribute, or a quotation, gave no statement: one code a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from propos.lang.schema import Frame
from propos.model import Span


class Code(StrEnum):
    """The reasons. The deciding functions return them, ``propos explain`` puts them into words."""

    QUOTED = "quoted"
    AUXILIARY = "auxiliary"
    REFLEXIVE = "reflexive"
    NO_FRAME = "no-frame"
    NO_HOST = "no-host"
    QUOTE_ONLY = "quote-only"
    NEGATED = "negated"
    SILENCE = "silence"
    CANNOT_SPEAK = "cannot-speak"
    NO_AGENT = "no-agent"
    PASSIVE = "passive"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    OUTLET = "outlet"
    INSIDE_CUE = "inside-cue"
    RELAYS = "relays"
    EMPTY = "empty"
    NOUN = "noun"
    OBJECT = "object"
    NO_COPULA = "no-copula"
    NO_SOURCE = "no-source"
    NOT_PEOPLE = "not-people"
    RELATIVE = "relative"
    MEASURE = "measure"
    HEADING = "heading"
    SHORT = "short"
    SCARE = "scare"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that gave no statement: the rule or entry that looked at it, its place, the reason.

    ``frames``: what the entry could have taken.
    """

    rule: str
    span: Span
    code: Code
    frames: tuple[Frame, ...] = ()
