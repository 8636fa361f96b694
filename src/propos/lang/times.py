"""What a language pack says about time: words with values, pattern fragments, rules; read from ``times.toml``.

A rule's pattern is written over words (``docs/data/times.md`` explains the notation); what it captures is a ``Parts``.
The calendar itself, and what a rule's ``means`` does with the parts, is the engine's: no arithmetic stands in the data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeVar, get_args

from propos.errors import PACK_INVALID
from propos.lang.morphology import Inflection

T = TypeVar("T")
FILE = "times.toml"

Means = Literal["date", "relative", "duration", "decade", "century", "reference", "nothing"]
Unit = Literal["hour", "day", "weekend", "week", "month", "year", "decade", "century"]
Side = Literal["last", "this", "next"]
Value = int | str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a pattern captures, by name. A name that is not listed here is refused.

    ``weekday`` 1 (Monday) to 7; ``short_year`` two digits; ``century`` as counted in speech (20th: 20);
    ``season`` ``SP SU FA WI``; ``quarter`` 1 to 4, ``half`` 1 or 2; ``plus`` is added to ``number``;
    ``side`` and ``year_of`` (the year in which a month is) ``last this next``; ``edge`` ``start mid end``; ``bound`` ``since`` (up to now),
    ``from``, ``until``, ``by`` (from now).
    Marks, true where their group stands: ``few`` an unnamed number; ``about``; ``limit`` less or more than;
    ``scene`` a year that holds for the days named after it in the sentence; ``night`` lasts into the next day.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    short_year: int | None = None
    century: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    unit: Unit | None = None
    number: int | None = None
    plus: int = 0
    side: Side | None = None
    year_of: Side | None = None
    edge: str | None = None
    bound: str | None = None
    few: bool = False
    about: bool = False
    limit: bool = False
    scene: bool = False
    night: bool = False


@dataclass(frozen=True, slots=True)
class TimeExample:
    """A sentence whose expressions stand in square brackets with their values: ``a parlé [jeudi|2024-03-14]``.

    ``published`` is the publication date, or ``None`` where unknown.
    """

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way to write a time.

    ``means``
        ``date``: weekday, day, month, season or year; ``relative``: so many units from the publication date, or from
        the story's last date (``story``); ``duration``; ``decade``; ``century``; ``reference``: vague, its ``value``
        given; ``nothing``: looks like a time and is none (an age, a clock time), and hides what it covers.
    ``unit number side``
        fixed parts, where the pattern captures none. ``value``: the value of a ``reference``, or the one that a
        ``relative`` takes in the present tense (*aujourd'hui*, nowadays).
    ``unless_next unless_before``
        Universal part-of-speech tags that the next token, or the one before, must not have.
    ``lower``: a single word must not be capitalised inside a sentence (*Mars*, *Mai*).
    """

    id: str
    pattern: tuple[str, ...]
    means: Means
    example: tuple[TimeExample, ...]
    counter: tuple[str, ...] = ()
    unit: Unit | None = None
    number: int | None = None
    side: Side | None = None
    story: bool = False
    value: str = ""
    unless_next: tuple[str, ...] = ()
    unless_before: tuple[str, ...] = ()
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Words told by their form, such as numbers: a regular expression for the whole word.

    The group ``value`` is the word's value in the classes of ``kinds``; other groups are parts by their own names.
    """

    name: str
    form: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tense:
    """Verbs that point to the future: ``modals`` before an infinitive, ``coming`` past participles of what is to come."""

    modals: frozenset[str]
    coming: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class TimeRules:
    """The times of one language. Compared by identity: each pack is loaded once.

    ``capitals``: a word written so, with its capital, is read as its value (French *A* for *à*).
    """

    words: Mapping[str, Mapping[str, Value]]
    shapes: tuple[Shape, ...]
    capitals: Mapping[str, str]
    fragments: Mapping[str, str]
    rules: tuple[TimeRule, ...]
    tense: Tense


@lru_cache(maxsize=4)
def load(code: str) -> TimeRules:
    """The times of a language. Raises ``PackError`` where the file is missing or breaks the schema."""
    folder = files("propos.lang") / code
    if not (folder / FILE).is_file():
        raise PACK_INVALID(file=FILE, reason="it is missing")
    return read((folder / FILE).read_text(encoding="utf-8"), Inflection.load(folder / "inflection.toml"))


def read(text: str, inflection: Inflection) -> TimeRules:
    """The times written in a TOML text. Raises ``PackError`` on an unknown or missing key, or a value not allowed."""
    table = tomllib.loads(text)
    _check("the file", table, {"words", "lists", "shape", "capitals", "fragments", "rule", "tense"})
    rules = tuple(_rule(dict(item)) for item in table["rule"])
    twice = {rule.id for rule in rules if sum(rule.id == other.id for other in rules) > 1}
    if twice:
        raise PACK_INVALID(file=FILE, reason=f"the id {min(twice)!r} stands twice")
    return TimeRules(
        words=table["words"] | {name: dict.fromkeys(words, 1) for name, words in table["lists"].items()},
        shapes=tuple(_build(Shape, dict(item)) for item in table["shape"]),
        capitals=table["capitals"],
        fragments=table["fragments"],
        rules=rules,
        tense=_tense(table["tense"], inflection),
    )


def _rule(item: dict[str, Any]) -> TimeRule:
    if item.get("means") not in get_args(Means):
        raise PACK_INVALID(file=FILE, reason=f"means is {item.get('means')!r} in {item!r}, allowed: {get_args(Means)}")
    item["example"] = tuple(_build(TimeExample, dict(example)) for example in item.get("example", ()))
    rule = _build(TimeRule, item)
    if rule.means != "nothing" and not rule.example:
        raise PACK_INVALID(file=FILE, reason=f"the rule {rule.id!r} has no example")
    if rule.means == "nothing" and not rule.counter:
        raise PACK_INVALID(file=FILE, reason=f"the rule {rule.id!r} has no counter")
    return rule


def _tense(table: Mapping[str, Iterable[str]], inflection: Inflection) -> Tense:
    _check("tense", table, {"modals", "coming"})
    modals = (form.text for lemma in table["modals"] for form in inflection.verb(lemma))
    coming = (form.text for lemma in table["coming"] for form in inflection.adjective(lemma))
    return Tense(frozenset(modals), frozenset(coming))


def _build(kind: type[T], values: dict[str, Any]) -> T:
    known = fields(kind)  # type: ignore[arg-type]
    needed = {item.name for item in known if item.default is MISSING} - ({"example"} if "example" in values else set())
    _check(values.get("id", values.get("name", kind.__name__)), values, {item.name for item in known}, needed)
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})


def _check(where: object, got: Mapping[str, object], known: set[str], needed: set[str] | None = None) -> None:
    unknown, missing = sorted(set(got) - known), sorted((known if needed is None else needed) - set(got))
    if unknown or missing:
        raise PACK_INVALID(file=FILE, reason=f"unknown keys {unknown}, missing keys {missing} in {where}")
