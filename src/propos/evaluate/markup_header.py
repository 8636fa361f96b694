"""The header of a marked-up dispatch: TOML tables for what the text's tags name by id."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, TypeVar

from propos.errors import MARKUP_INVALID, ProposError
from propos.model import ActorKind, ConditionKind, Factuality, Form, Kind, Mode
from propos.serialise import MismatchError, decode


@dataclass(frozen=True, slots=True)
class Top:
    """The document's own fields. ``published`` is an ISO date, or empty where it is not known."""

    id: str
    published: str
    language: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class StatementHeader:
    """``actor`` is ``speaker_actor``; ``via`` a statement's id; ``mode`` is worked out where it is not given."""

    form: Form
    kind: Kind
    actor: str | None = None
    via: str | None = None
    unconfirmed: bool = False
    mode: Mode | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class ActorHeader:
    """The fields of an actor but its mentions."""

    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class TimeHeader:
    """The fields of a time expression but its span."""

    value: str
    start: str | None = None
    end: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class EventHeader:
    """The fields of an event but its spans."""

    type: str
    factuality: Factuality
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    holder: str | None = None
    date: str | None = None
    condition_kind: ConditionKind | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int | None = None
    intensity: float | None = None


HeaderTable = Top | StatementHeader | ActorHeader | TimeHeader | EventHeader
Table = TypeVar("Table", Top, StatementHeader, ActorHeader, TimeHeader, EventHeader)
TABLES = ("statements", "actors", "times", "events")


@dataclass(frozen=True, slots=True)
class Header:
    """The header, its tables by id in the order of the file."""

    top: Top
    statements: Mapping[str, StatementHeader]
    actors: Mapping[str, ActorHeader]
    times: Mapping[str, TimeHeader]
    events: Mapping[str, EventHeader]

    def ids(self, table: str) -> frozenset[str]:
        """The ids that one table declares."""
        declared: Mapping[str, object] = getattr(self, table)
        return frozenset(declared)


def read_header(source: str, name: str) -> Header:
    """Read the TOML between the two fences; ``source`` starts at line 2 of the file. Raises ``MarkupError``."""
    reader = _Reader(source, name)
    data = reader.toml()
    return Header(
        reader.top(data),
        reader.table(StatementHeader, data, "statements"),
        reader.table(ActorHeader, data, "actors"),
        reader.table(TimeHeader, data, "times"),
        reader.table(EventHeader, data, "events"),
    )


def line_of(source: str, place: str, key: str = "") -> int:
    """The file's line with the table ``place`` (``statements.s1``), or with its ``key``; 2 where there is none."""
    lines = source.split("\n")
    start = lines.index(f"[{place}]") if f"[{place}]" in lines else 0
    for at in range(start + bool(place), len(lines)):
        if lines[at].startswith("["):
            break
        if key and re.match(rf"{re.escape(key)}\s*=", lines[at]):
            return at + 2
    return start + 2


def write_header(header: Header) -> str:
    """TOML that ``read_header`` reads back; fields with their default value are left out."""
    blocks = [_pairs(header.top)]
    for table in TABLES:
        for name, values in getattr(header, table).items():
            blocks.append(f"[{table}.{name}]\n{_pairs(values)}")
    return "".join(blocks)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A header's source and the dispatch's name, for messages with a line."""

    source: str
    name: str

    def toml(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) + 1 if found else self.source.count("\n") + 1
            raise self._fault(line, f"the header is not TOML, {error}", "Mend it there.") from error

    def top(self, data: Mapping[str, object]) -> Top:
        top = self.decode(Top, {key: value for key, value in data.items() if key not in TABLES}, "")
        if top.published and not _is_date(top.published):
            line = line_of(self.source, "", "published")
            raise self._fault(line, f"{top.published!r} is no date", "Write it as YYYY-MM-DD.")
        return top

    def table(self, kind: type[Table], data: Mapping[str, object], table: str) -> dict[str, Table]:
        items = data.get(table, {})
        if not isinstance(items, dict):
            raise self._fault(line_of(self.source, "", table), f"{table} is no table", f"Write [{table}.id].")
        return {key: self.decode(kind, values, f"{table}.{key}") for key, values in items.items()}

    def decode(self, kind: type[Table], data: object, place: str) -> Table:
        try:
            return decode(kind, data, complete=False)
        except MismatchError as error:
            key = re.split(r"[:\[]", str(error), maxsplit=1)[0]
            reason = f"[{place}] {error}" if place else str(error)
            raise self._fault(line_of(self.source, place, key), reason, _mandatory(kind)) from error

    def _fault(self, line: int, reason: str, hint: str) -> ProposError:
        return MARKUP_INVALID(name=self.name, line=line, reason=reason, hint=hint)


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _mandatory(kind: type[HeaderTable]) -> str:
    names = [field.name for field in fields(kind) if _is_mandatory(field)]
    return f"Mandatory here: {', '.join(names)}; allowed: {', '.join(field.name for field in fields(kind))}."


def _pairs(values: HeaderTable) -> str:
    lines = ""
    for field in fields(values):
        value = getattr(values, field.name)
        if _is_mandatory(field) or value != field.default:
            lines += f"{field.name} = {_toml(value)}\n"
    return lines


def _is_mandatory(field: Field[Any]) -> bool:
    return field.default is MISSING


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # A JSON string is a TOML string but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return repr(value)
