"""The user's own actors: a table that adds to the language pack or overrules it (``docs/knowledge.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from propos.errors import KNOWLEDGE_INVALID, KNOWLEDGE_UNREADABLE
from propos.lang.actor_entries import Index, Name
from propos.lang.folding import atoms
from propos.model import ActorKind

COLUMNS = ("name", "aliases", "kind", "country", "sector", "wikidata", "valid_from", "valid_to")
KINDS = ("person", "organisation", "group", "igo", "state")
SECTORS = (
    *("GOV", "MIL", "JUD", "LEG", "PTY", "REB", "SPY", "IGO"),
    *("NGO", "MED", "EDU", "BUS", "CVL", "CRM", "REF", "UNK"),
)
_ITEM = re.compile(r"Q[1-9]\d*")
Level = Literal["error", "note"]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One row: an actor, its other names, and what is known about it. ``line`` counts from 1, the header's."""

    line: int
    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    country: str | None
    sector: str
    wikidata: str
    valid_from: str
    valid_to: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return self.name, *self.aliases


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (``error``) or worth a look (``note``) in a line of the table."""

    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.level}: {self.message}"


def read(path: Path, states: Mapping[str, Name]) -> tuple[KnownActor, ...]:
    """The rows of a table. Raises ``knowledge-unreadable`` and ``knowledge-invalid`` (the first error)."""
    actors, problems = parse(path, states)
    for problem in problems:
        if problem.level == "error":
            raise KNOWLEDGE_INVALID(name=path, line=problem.line, reason=problem.message)
    return actors


def entries(rows: Iterable[Mapping[str, str]]) -> tuple[KnownActor, ...]:
    """The rows of a table of the pack, which its tests hold sound."""
    return tuple(_actor(line, row) for line, row in enumerate(rows, start=2))


def check(path: Path, states: Mapping[str, Name], pack: Index[Name]) -> list[Problem]:
    """Everything to mend or to know about a table, by line; ``pack``: the names of the language pack alone."""
    actors, problems = parse(path, states)
    return sorted([*problems, *_clashes(actors, pack)], key=lambda problem: (problem.line, problem.message))


def parse(path: Path, states: Mapping[str, Name]) -> tuple[tuple[KnownActor, ...], list[Problem]]:
    """The sound rows of a table and the problems of the others. Raises ``knowledge-unreadable``."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KNOWLEDGE_UNREADABLE(name=path, reason=error) from error
    header = lines[0].split("\t") if lines else []
    if sorted(header) != sorted(COLUMNS):
        return (), [Problem(1, "error", f"the header must have the columns {' '.join(COLUMNS)}")]
    actors: list[KnownActor] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("\t")]
            row = dict(zip(header, cells, strict=False))
            wrong = list(_faults(row, states) if len(cells) == len(header) else _odd_length(cells))
            problems.extend(Problem(number, "error", message) for message in wrong)
            if not wrong:
                actors.append(_actor(number, row))
    return tuple(actors), [*problems, *_twice(actors)]


def _actor(number: int, row: Mapping[str, str]) -> KnownActor:
    aliases = tuple(form.strip() for form in row["aliases"].split(";") if form.strip())
    return KnownActor(
        number, row["name"], aliases, cast("ActorKind", row["kind"]), row["country"] or None, row["sector"] or "UNK",
        row["wikidata"], row["valid_from"], row["valid_to"],
    )  # fmt: skip


def _odd_length(cells: Sequence[str]) -> Iterator[str]:
    yield f"it has {len(cells)} cells, the header {len(COLUMNS)}"


def _faults(row: Mapping[str, str], states: Mapping[str, Name]) -> Iterator[str]:
    if not atoms(row["name"]):
        yield "it has no name"
    if row["kind"] not in KINDS:
        yield f"the kind is {row['kind']!r}; it must be one of {' '.join(KINDS)}"
    if row["country"] and row["country"] not in states:
        yield f"the country is {row['country']!r}; it must be an ISO 3166-1 code of three letters, such as FRA"
    if row["kind"] == "state" and not row["country"]:
        yield "a state needs its country code"
    if row["sector"] and row["sector"] not in SECTORS:
        yield f"the sector is {row['sector']!r}; it must be one of {' '.join(SECTORS)}"
    if row["wikidata"] and not _ITEM.fullmatch(row["wikidata"]):
        yield f"the Wikidata id is {row['wikidata']!r}; it must be written like Q142"
    yield from _dates(row)


def _dates(row: Mapping[str, str]) -> Iterator[str]:
    sound = True
    for column in ("valid_from", "valid_to"):
        if row[column] and not _day(row[column]):
            sound = False
            yield f"{column} is {row[column]!r}; it must be a day written like 2024-03-15"
    if sound and row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
        yield "valid_from lies after valid_to"


def _day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _twice(actors: Iterable[KnownActor]) -> Iterator[Problem]:
    """Names that stand in two rows whose dates overlap, or twice in one."""
    seen: dict[tuple[str, ...], list[KnownActor]] = {}
    for actor in actors:
        for form in actor.forms:
            others = seen.setdefault(atoms(form), [])
            other = next((other for other in others if _overlap(actor, other)), None)
            if other is not None:
                yield Problem(actor.line, "error", f"{form!r} is in line {other.line} already, for the same days")
            others.append(actor)


def _overlap(one: KnownActor, other: KnownActor) -> bool:
    latest = "9999"
    return one.valid_from <= (other.valid_to or latest) and other.valid_from <= (one.valid_to or latest)


def _clashes(actors: Iterable[KnownActor], pack: Index[Name]) -> Iterator[Problem]:
    for actor in actors:
        for form in actor.forms:
            for shown in sorted({name.shown for name in pack.get(form)} - {actor.name}):
                yield Problem(actor.line, "note", f"{form!r} is {shown!r} in the language pack; this line overrules it")


# Into the lexicon ------------------------------------------------------------------------------------------------------


def over(table: Iterable[Mapping[str, str]], known: Sequence[KnownActor]) -> Iterator[Mapping[str, str]]:
    """The pack's organisations, with what the user's rows of the same name say instead."""
    rows = {actor.name: actor for actor in known if actor.kind not in {"person", "state"} and not _dated(actor)}
    for row in table:
        actor = rows.get(row["name"])
        if actor is None:
            yield row
        else:
            facts = {"kind": actor.kind, "country": actor.country or "", "sector": actor.sector}
            yield {**row, **facts}


def _dated(actor: KnownActor) -> bool:
    return bool(actor.valid_from or actor.valid_to)


def names(pack: Iterable[Name], known: Sequence[KnownActor], states: Mapping[str, Name]) -> list[Name]:
    """All names: the user's, and those of the pack that they leave as they are."""
    added = [name for actor in known if actor.kind != "person" for name in _names(actor, states)]
    taken = {atoms(form) for actor in known if not _dated(actor) for form in actor.forms}
    return [*added, *(name for name in pack if atoms(name.form) not in taken)]


def _names(actor: KnownActor, states: Mapping[str, Name]) -> Iterator[Name]:
    state = states[actor.country] if actor.kind == "state" and actor.country else None
    for form in actor.forms:
        yield Name(
            state.key if state else actor.name, state.shown if state else actor.name, form,
            "state" if state else "organisation", actor.kind, actor.country, "GOV" if state else actor.sector,
            state.gender if state else "", state.number if state else "sing",
            valid=(actor.valid_from, actor.valid_to),
        )  # fmt: skip


def persons(known: Iterable[KnownActor]) -> dict[tuple[str, ...], tuple[Name, ...]]:
    """The people of the user's rows, by the atoms of each form."""
    found: dict[tuple[str, ...], tuple[Name, ...]] = {}
    for actor in known:
        for form in actor.forms if actor.kind == "person" else ():
            name = Name(
                actor.name, actor.name, form, "organisation", "person", actor.country, actor.sector, "", "sing",
                valid=(actor.valid_from, actor.valid_to),
            )  # fmt: skip
            found[atoms(form)] = (*found.get(atoms(form), ()), name)
    return found
