"""Records to and from JSON: one object a document, keys in the order of ``propos.model``.

Writing and reading follow the types, so that the format cannot drift away from them: a dataclass is an object with
all of its fields, a span is ``[start, end]``, a tuple is a list. Reading refuses unknown and missing keys.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Hashable
from collections.abc import Set as AbstractSet
from typing import Any, Literal, TypeVar

from propos.errors import RECORD_INVALID
from propos.model import Record, Span

T = TypeVar("T")
# Reads plain JSON values into a value of the model; the string is the place in the record, for messages.
Decoder = Callable[[object, str], Any]


class MismatchError(ValueError):
    """What stands at which place and is not what the type asks for."""


def to_dict(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, keys in the order of the types."""
    encoded: dict[str, Any] = encode(record)
    return encoded


def from_dict(data: object, *, complete: bool = True, name: str = "The object") -> Record:
    """The record that ``to_dict`` wrote; ``name`` is what an error calls it.

    With ``complete=False`` a key whose field has a default may be missing (hand-written gold).
    Raises ``RecordError`` for an unknown or missing key and for a value of the wrong type; the message has its path.
    """
    try:
        return decode(Record, data, complete=complete)
    except MismatchError as error:
        raise RECORD_INVALID(name=name, reason=error) from error


def to_json(record: Record) -> str:
    """One line of compact JSON, without a final newline; the same record gives the same bytes in UTF-8."""
    return json.dumps(to_dict(record), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(line: str, *, name: str = "The line") -> Record:
    """The record in one line of JSON; ``name`` is what an error calls it. Raises ``RecordError`` where it is not one."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise RECORD_INVALID(name=name, reason=f"not JSON at character {error.pos}, {error.msg}") from error
    return from_dict(data, name=name)


def encode(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Any value of the model as plain JSON values."""
    return _encoder(typing.cast("Hashable", type(value)))(value)


@functools.cache
def _encoder(kind: Hashable) -> Callable[[Any], Any]:
    """How values of a type are encoded; looked up once a type, as a record has a thousand values."""
    if not isinstance(kind, type):
        return lambda value: value
    if issubclass(kind, Span):
        return lambda span: [span.start, span.end]
    if issubclass(kind, tuple):
        return lambda items: [encode(item) for item in items]
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    return lambda value: value


def decode(kind: type[T], data: object, *, complete: bool = True) -> T:
    """A value of the given dataclass from plain values. Raises ``MismatchError``."""
    value: T = _decoder(typing.cast("Hashable", kind), complete)(data, "")
    return value


@functools.cache
def _decoder(kind: Hashable, complete: bool) -> Decoder:  # noqa: FBT001 - cached by position
    if kind is Span:
        return _span
    if dataclasses.is_dataclass(kind):
        return _object(kind, complete=complete)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _list(_decoder(typing.get_args(kind)[0], complete))
    if origin is Literal:
        return _choice(typing.get_args(kind))
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(kind), complete=complete)
    return _plain(typing.cast("type", kind))


def _object(kind: Any, *, complete: bool) -> Decoder:  # noqa: ANN401 - any dataclass
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    decoders = {field.name: _decoder(hints[field.name], complete) for field in fields}
    needed = {field.name for field in fields if complete or _has_no_default(field)}

    def read(data: object, path: str) -> object:
        if not isinstance(data, dict):
            raise _wrong(path, data, f"an object ({kind.__name__})")
        _check_keys(data.keys(), decoders.keys(), needed, path or kind.__name__)
        dot = f"{path}." if path else ""
        return kind(**{key: decoders[key](value, dot + key) for key, value in data.items()})

    return read


def _has_no_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _check_keys(got: AbstractSet[str], known: AbstractSet[str], needed: set[str], where: str) -> None:
    if unknown := sorted(str(key) for key in got - known):
        reason = f"{where}: unknown key {', '.join(unknown)} (known: {', '.join(known)})"
        raise MismatchError(reason)
    if missing := sorted(needed - got):
        reason = f"{where}: missing key {', '.join(missing)}"
        raise MismatchError(reason)


def _span(data: object, path: str) -> Span:
    match data:
        case [int(start), int(end)] if 0 <= start <= end and not isinstance(start, bool) and not isinstance(end, bool):
            return Span(start, end)
    raise _wrong(path, data, "a span [start, end] with 0 <= start <= end")


def _list(item: Decoder) -> Decoder:
    def read(data: object, path: str) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise _wrong(path, data, "a list")
        return tuple(item(value, f"{path}[{index}]") for index, value in enumerate(data))

    return read


def _choice(allowed: tuple[Any, ...]) -> Decoder:
    def read(data: object, path: str) -> object:
        if data not in allowed:
            raise _wrong(path, data, "one of " + ", ".join(allowed))
        return data

    return read


def _union(members: tuple[Any, ...], *, complete: bool) -> Decoder:
    """Exactly what the model has: null, a list (a span) and at most one other type beside them."""
    optional = type(None) in members
    span = Span in members
    rest = [member for member in members if member not in (type(None), Span)]
    other = _decoder(rest[0], complete) if rest else _span

    def read(data: object, path: str) -> object:
        if data is None and optional:
            return None
        if span and isinstance(data, list):
            return _span(data, path)
        return other(data, path)

    return read


def _plain(kind: type) -> Decoder:
    accepted = (int, float) if kind is float else (kind,)

    def read(data: object, path: str) -> object:
        if not isinstance(data, accepted) or (isinstance(data, bool) and kind is not bool):
            raise _wrong(path, data, kind.__name__)
        return data

    return read


def _wrong(path: str, data: object, allowed: str) -> MismatchError:
    got = json.dumps(data, ensure_ascii=False, default=repr)
    return MismatchError(f"{path or 'record'}: got {got[:80]}, allowed is {allowed}")
