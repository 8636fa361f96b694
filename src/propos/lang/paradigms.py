"""Read ``inflection.toml``: what is malformed is refused, the rest becomes tables that only wait for a root.

The file explains its own notation. Nothing here knows a word of any language; ``morphology`` uses the tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

REWRITES = ("plural", "feminine", "agent", "before_vowel")
_PATTERN = re.compile(r"(\^?[^|()^]*)\|([^|()^]*)(?:\(([^|()^]+)\)([^|()^]*))?")
_TENSE = re.compile(r"(ind|cnd|sub|imp|inf|part)(?:\.(pres|imp|past|fut))?")
_SLOT = re.compile(r"([123]?)([mf]?)([sp])|-")
_NUMBERS = {"s": "sing", "p": "plur"}
_GENDERS = {"m": "masc", "f": "fem"}
_EMPTY, _NO_FORM, _LEMMA, _LETTERS = "-", ".", "=", "*"


class MalformedError(ValueError):
    """A rule that cannot be understood: where it stands, and why."""

    def __init__(self, *, where: str, reason: str) -> None:
        super().__init__(f"{where} {reason}")


class Suffix(NamedTuple):
    """What follows the root in one form of a verb, and the form's features."""

    text: str
    mood: str
    tense: str
    person: int
    number: str
    gender: str


class Family(NamedTuple):
    """The verbs of one ending: their paradigm, how many characters are cut off, and what takes their place."""

    paradigm: str
    cut: int
    suffixes: tuple[Suffix, ...]


class Rewrite(NamedTuple):
    """How many characters of a word are cut off, and what takes their place."""

    cut: int
    endings: tuple[str, ...]


class Tables(NamedTuple):
    """The whole file: verbs by their ending, and for each of ``REWRITES`` the other words by theirs."""

    verbs: Mapping[str, Family]
    words: Mapping[str, Mapping[str, Rewrite]]


class _Ending(NamedTuple):
    """A lemma's ending out of a pattern: the part that is cut off, and the letters that ``*`` stands for."""

    whole: str
    cut: str
    letters: str


class _Tense(NamedTuple):
    """One tense: its slots (suffixes still without text) and the name of each slot's stem."""

    slots: tuple[Suffix, ...]
    stems: tuple[str, ...]


class _Cell(NamedTuple):
    """One form of a paradigm as the file writes it."""

    slot: Suffix
    stem: str
    ending: str


@dataclass(frozen=True, slots=True)
class _Verb:
    """A paradigm: the lemmas that it is of, the ending tables that it names, its own stems and whole forms."""

    of: str
    endings: str
    stems: Mapping[str, str]
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all paradigms share: the stems' stand-ins, the tenses, the ending tables."""

    stems: Mapping[str, str]
    tenses: Mapping[str, _Tense]
    endings: Mapping[str, Mapping[str, str]]


def tables(data: Mapping[str, object]) -> Tables:
    """Turn the parsed file into tables. Raises ``MalformedError``."""
    parts = _table(data, (*REWRITES, "stem", "tense", "endings", "verb"), "the file", required=True)
    words = {name: _rewrites(parts[name], name) for name in REWRITES}
    words["agent"] = words["feminine"] | words["agent"]
    for name in ("plural", "feminine"):
        if "" not in words[name]:
            raise MalformedError(where=name, reason="has no rule for '|', the ending that fits every word")
    return Tables(_families(_table(parts["verb"], None, "verb"), _frame(parts)), words)


def _frame(parts: Mapping[str, object]) -> _Frame:
    tenses = {name: _tense(name, value) for name, value in _table(parts["tense"], None, "tense").items()}
    stems = _stems(parts["stem"])
    for name, tense in tenses.items():
        if unknown := sorted(set(tense.stems) - set(stems)):
            raise MalformedError(
                where=f"tense.{name}", reason=f"has the stem {unknown[0]!r}; there are {', '.join(stems)}"
            )
    endings = _table(parts["endings"], None, "endings")
    return _Frame(stems, tenses, {name: _texts(value, tenses, f"endings.{name}") for name, value in endings.items()})


def _table(value: object, allowed: Collection[str] | None, where: str, *, required: bool = False) -> dict[str, Any]:
    """Check that a value is a table, and its keys: each among the allowed (``None``: any), none missing if required."""
    if not isinstance(value, dict):
        raise MalformedError(where=where, reason="is not a table")
    keys = value.keys() if allowed is None else allowed
    if wrong := sorted(set(value) - set(keys)):
        raise MalformedError(where=where, reason=f"has the key {wrong[0]!r}; allowed are {', '.join(keys)}")
    if required and (missing := sorted(set(keys) - set(value))):
        raise MalformedError(where=where, reason=f"lacks the key {missing[0]!r}")
    return value


def _texts(value: object, allowed: Collection[str] | None, where: str, *, required: bool = False) -> dict[str, str]:
    table = _table(value, allowed, where, required=required)
    for key, text in table.items():
        if not isinstance(text, str) or not text.strip():
            raise MalformedError(where=f"{where}.{key}", reason="is not a string with something in it")
    return table


def _endings(of: str) -> Iterator[_Ending]:
    for word in of.split():
        match = _PATTERN.fullmatch(word)
        if match is None:
            raise MalformedError(where="the pattern", reason=f"{word!r} is malformed")
        kept, before, letters, after = match.groups(default="")
        for some in letters.split(","):
            cut = before + some + after
            yield _Ending(kept + cut, cut, some)


def _variants(cell: str, ending: _Ending) -> list[str]:
    """Write out a cell for one ending: no string, one or several."""
    if cell.isalpha():  # most are: the rest need not be fast
        return [cell]
    if cell == _NO_FORM:
        return []
    if _LETTERS in cell and not ending.letters:
        raise MalformedError(
            where=f"the pattern for {ending.whole!r}", reason=f"has no letters in brackets for {cell!r}"
        )
    special = {_EMPTY: "", _LEMMA: ending.cut}
    return [special.get(part, part.replace(_LETTERS, ending.letters)) for part in cell.split("/")]


def _rewrites(rules: object, where: str) -> dict[str, Rewrite]:
    if not isinstance(rules, list):
        raise MalformedError(where=where, reason="is not a list of rules")
    found: dict[str, Rewrite] = {}
    for rule in rules:
        texts = _texts(rule, ("of", "to"), f"a rule of {where}", required=True)
        for ending in _endings(texts["of"]):
            _refuse_twice(found, ending, where)
            found[ending.whole] = Rewrite(len(ending.cut), tuple(_variants(texts["to"], ending)))
    return found


def _refuse_twice(found: Collection[str], ending: _Ending, where: str) -> None:
    if ending.whole in found:
        raise MalformedError(where=where, reason=f"takes the ending {ending.whole!r}, which another rule has")


def _stems(value: object) -> dict[str, str]:
    stems = _texts(value, None, "stem")
    for place, (name, stand_in) in enumerate(stems.items()):
        if stand_in not in {_EMPTY, _LEMMA, *list(stems)[:place]}:
            raise MalformedError(where=f"stem.{name}", reason=f"is {stand_in!r}, which is no stem above it")
    return stems


def _tense(name: str, value: object) -> _Tense:
    match = _TENSE.fullmatch(name)
    if match is None:
        raise MalformedError(where=f"tense.{name}", reason="is no mood and tense")
    texts = _texts(value, ("slots", "stems"), f"tense.{name}", required=True)
    mood, tense = match.groups(default="")
    slots = tuple(_slot(code, mood, tense) for code in texts["slots"].split())
    return _Tense(slots, _row(texts["stems"], len(slots), f"tense.{name}.stems"))


def _slot(code: str, mood: str, tense: str) -> Suffix:
    match = _SLOT.fullmatch(code)
    if match is None:
        raise MalformedError(where="the slot", reason=f"{code!r} is malformed; write 1s, fp or -")
    person, gender, number = match.groups(default="")
    return Suffix("", mood, tense, int(person or 0), _NUMBERS.get(number, ""), _GENDERS.get(gender, ""))


def _row(text: str, length: int, where: str) -> tuple[str, ...]:
    cells = tuple(text.split())
    if len(cells) != length:
        raise MalformedError(where=where, reason=f"has {len(cells)} cells instead of {length}")
    return cells


def _families(paradigms: Mapping[str, object], frame: _Frame) -> dict[str, Family]:
    verbs: dict[str, _Verb] = {}
    families: dict[str, Family] = {}
    for name, value in paradigms.items():
        where = f"verb.{name}"
        verbs[name] = verb = _verb(value, verbs, frame, where)
        cells = _cells(verb, frame, where)
        for ending in _endings(verb.of):
            _refuse_twice(families, ending, where)
            families[ending.whole] = Family(name, len(ending.cut), _suffixes(cells, ending))
    return families


def _verb(value: object, above: Mapping[str, _Verb], frame: _Frame, where: str) -> _Verb:
    table = _table(value, ("of", "like", "endings", "stems", "forms"), where)
    words = _texts({key: text for key, text in table.items() if key not in {"stems", "forms"}}, None, where)
    if "of" not in words or not words.keys() & {"like", "endings"}:
        raise MalformedError(where=where, reason="needs the keys 'of', and 'endings' or 'like'")
    model = above.get(words["like"]) if "like" in words else _Verb("", "", {}, {})
    if model is None:
        raise MalformedError(where=where, reason=f"is like {words['like']!r}, which is no paradigm above it")
    stems = _texts(table.get("stems", {}), frame.stems, f"{where}.stems")
    forms = _texts(table.get("forms", {}), frame.tenses, f"{where}.forms")
    return _Verb(words["of"], words.get("endings", model.endings), {**model.stems, **stems}, {**model.forms, **forms})


def _cells(verb: _Verb, frame: _Frame, where: str) -> list[_Cell]:
    """Lay out all forms: for each slot of each tense its stem and its ending, or the whole form on the bare root."""
    stems: dict[str, str] = {}
    for name, stand_in in frame.stems.items():
        stems[name] = verb.stems.get(name, stems.get(stand_in, stand_in))
    rows = _rows(verb, frame, where)
    cells: list[_Cell] = []
    for name, tense in frame.tenses.items():
        last = _row(rows.get(name, ""), len(tense.slots), f"{where}, {name},")
        first = [_EMPTY] * len(last) if name in verb.forms else [stems[stem] for stem in tense.stems]
        cells += map(_Cell, tense.slots, first, last)
    return cells


def _rows(verb: _Verb, frame: _Frame, where: str) -> dict[str, str]:
    rows: dict[str, str] = {}
    for table in ("all", *verb.endings.split()):
        if table not in frame.endings:
            raise MalformedError(
                where=where, reason=f"names the endings {table!r}; there are {', '.join(frame.endings)}"
            )
        rows.update(frame.endings[table])
    rows.update(verb.forms)
    return rows


def _suffixes(cells: list[_Cell], ending: _Ending) -> tuple[Suffix, ...]:
    found: dict[Suffix, None] = {}
    for slot, first, last in cells:
        tails = _variants(last, ending)
        for stem in _variants(first, ending) if tails else ():
            for tail in tails:
                found[Suffix(stem + tail, *slot[1:])] = None
    return tuple(found)
