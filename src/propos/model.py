"""The record's types: what Propos reads in one article.

Every offset is half-open and counts Unicode code points of ``Document.text``.
The types are frozen and slotted: a stage returns new values, nothing is changed on the way.
Field names and meanings are those of the annotation guidelines; see ``docs/record.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Mode = Literal["direct", "indirect", "mixed"]
Form = Literal["quote", "clause", "infinitive", "nominal", "prepositional"]
Kind = Literal["speech", "attitude"]
ActorKind = Literal["person", "state", "organisation", "igo", "group"]
Factuality = Literal["asserted", "claimed", "denied", "hypothetical", "planned"]
ConditionKind = Literal["if", "unless", "until", "otherwise", "provided"]
SegmentKind = Literal["title", "lead", "heading", "body", "dateline", "byline"]
EditionStatus = Literal["usable", "withdrawn"]


class Span(NamedTuple):
    """Half-open range ``[start, end)`` in code points of the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a record exists: the id of the rule that decided, and the spans of its cues."""

    rule: str
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something odd in the text that did not stop the reading."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the document with a job of its own; segments do not overlap."""

    kind: SegmentKind
    span: Span


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a wire's item a document is.

    ``guid`` names the item over all its versions; of two versions the higher one holds. ``withdrawn``: the desk took
    the item back (a kill). ``note`` is what the desk says to editors.
    """

    guid: str
    version: int = 1
    status: EditionStatus = "usable"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from.

    ``sha256`` is the hexadecimal digest of the raw bytes; ``ordinal`` counts documents in one file from 0; in CSV, TSV and
    JSON Lines it counts lines, of which a document has that of its first.
    ``issued`` is the full time of publication as ISO 8601 where the input gives one; ``external`` are the article's
    names elsewhere, each as ``scheme:name`` (``europresse:news·20240315·XX·1``).
    """

    reader: str = "text"
    file: str | None = None
    ordinal: int = 0
    sha256: str = ""
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    issued: str | None = None
    external: tuple[str, ...] = ()
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article, as read.

    ``published`` is an ISO date, month or year (``2024-03-15``, ``2024-03``, ``2024``), as exact as the input is;
    ``None`` where unknown.
    """

    text: str
    id: str = ""
    title: str | None = None
    published: str | None = None
    language: str = "fr"
    source: Source = field(default_factory=Source)
    segments: tuple[Segment, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of the text that the outlet attributes to somebody else.

    ``via`` is the id of the relaying statement, or the span of a relay phrase.
    ``speaker_actor`` is an actor's id. ``date`` is an ISO date, month or year.
    """

    id: str
    cue: Span | None
    speaker: Span | None
    speaker_actor: str | None
    content: tuple[Span, ...]
    mode: Mode
    form: Form
    kind: Kind
    addressees: tuple[Span, ...] = ()
    via: str | Span | None = None
    medium: Span | None = None
    unconfirmed: bool = False
    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event. ``actors`` and ``recipients`` are actors' ids; ``holder`` is a statement's id."""

    id: str
    type: str
    trigger: Span
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    factuality: Factuality = "asserted"
    holder: str | None = None
    condition: Span | None = None
    condition_kind: ConditionKind | None = None
    date: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int | None = None
    intensity: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What the text calls a person: the words of the title and where they stand."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks, acts or is acted on.

    ``country`` is ISO 3166-1 alpha-3, ``sector`` a PLOVER sector code.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    mentions: tuple[Span, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 value with its calendar interval (ISO dates, end included)."""

    span: Span
    value: str
    start: str | None = None
    end: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the record: version of Propos, digest of the settings and of the language pack."""

    version: str
    settings: str
    pack: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that Propos read in one document."""

    id: str
    language: str
    published: str | None
    title: str | None
    text: str
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    actors: tuple[Actor, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    propos: Provenance = Provenance("", "", "")
    source: Source = field(default_factory=Source)
    segments: tuple[Segment, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def _repr_html_(self) -> str:
        """The article with its statements marked, for notebooks."""
        from propos.view.highlight import html  # the view knows the model, not the other way round

        return html(self)
