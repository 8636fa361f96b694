"""Actors unified over the dossier: who is the same in one article and in another.

States are one by their country; persons by full name and country, other actors by name and country, accents and case
aside. A surname alone is the only person of that surname and country in the dossier, and a full name without a country
the only person of that name; where there are several or none, it stays apart. A user's file (``corrections``) has the last
word. All follows from the set of names in the dossier, not from the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from propos.lang import given_names
from propos.lang.actor_words import load_words
from propos.store import bulk
from propos.store.corrections import NONE, Corrections, Split, folded
from propos.store.tables import actor_names, actors, addressees, article_actors, articles, parties, readings, statements

BATCH = 500
_ACTOR, _NAME = insert(actors), insert(actor_names)
_CLASSES = {"state": "state", "person": "person"}
_BODY = "body"
"""Organisations, groups and intergovernmental organisations: articles call one body by several of these."""


@dataclass(frozen=True, slots=True)
class _Name:
    """What is compared: ``kind`` state, person or body, folded ``name``, ``country``; ``apart`` where a user split it off."""

    kind: str
    name: str
    country: str
    apart: str = ""

    @property
    def key(self) -> str:
        if self.kind == "state" and self.country and not self.apart:
            return f"state:{self.country}"
        return f"{self.kind}:{self.country}:{self.name}" + (f"@{self.apart}" if self.apart else "")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How articles write somebody, and how many of them do.

    ``actor`` is who it was before; ``outlet``, ``article`` and ``article_key`` say where one mention stands.
    """

    name: str
    kind: str
    country: str | None
    sector: str | None
    actor: int | None
    times: int
    outlet: str | None = None
    article: str | None = None
    article_key: str | None = None


@dataclass(slots=True)
class _Portrait:
    """What the articles say of one actor, counted."""

    names: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    sectors: dict[str, int] = field(default_factory=dict)
    called: str | None = None

    def add(self, seen: _Spelling, called: str | None) -> None:
        _count(self.names, seen.name, seen.times)
        _count(self.kinds, seen.kind, seen.times)
        _count(self.countries, seen.country, seen.times)
        _count(self.sectors, seen.sector if seen.sector != "UNK" else None, seen.times)
        self.called = min((name for name in (self.called, called) if name), default=None)

    @property
    def all_names(self) -> set[str]:
        """The names of the articles, and the user's."""
        return set(self.names) | ({self.called} if self.called else set())

    def values(self, key: str, genders: Mapping[str, str]) -> dict[str, object]:
        longest = max(len(folded(name).split()) for name in self.names)
        # Of a person the full name, not the surname that is written more often.
        full = {name: count for name, count in self.names.items() if len(folded(name).split()) == longest}
        chosen = _most(full if key.startswith("person:") else self.names)
        name = self.called or chosen or ""
        return {
            "key": key,
            "name": name,
            "kind": _most(self.kinds),
            "country": _most(self.countries),
            "sector": _most(self.sectors),
            "gender": given_names.gender(name, genders) if key.startswith("person:") else None,
        }


def _count(counted: dict[str, int], value: str | None, times: int) -> None:
    if value:
        counted[value] = counted.get(value, 0) + times


def unify(connection: Connection, corrections: Corrections = NONE, *, language: str = "fr") -> int:
    """Give everybody in the current readings their actor of the dossier; how many mentions of articles changed theirs.

    ``language`` is that of the particles in names (*de*, *van*). Only what changed is written.
    """
    spellings = _spellings(connection, corrections)
    named = [_called(seen, corrections) for seen in spellings]
    keys = _resolve({name for name, _ in named}, corrections, _particles(language))
    portraits: dict[str, _Portrait] = defaultdict(_Portrait)
    for seen, (name, called) in zip(spellings, named, strict=True):
        portraits[keys[name]].add(seen, called or corrections.merges.get(name.name))
    genders = given_names.load(language)
    ids = _write_actors(connection, {key: portrait.values(key, genders) for key, portrait in portraits.items()})
    homes = {name: ids[key] for name, key in keys.items()}
    stale = {seen.actor for seen, (name, _) in zip(spellings, named, strict=True) if seen.actor != homes[name]}
    changed = _assign(connection, stale, homes, corrections)
    _write_names(connection, {ids[key]: portrait.all_names for key, portrait in portraits.items()})
    _forget(connection, set(ids.values()))
    return changed


@lru_cache(maxsize=4)
def _particles(language: str) -> frozenset[str]:
    return load_words(files("propos.lang") / language).name_particles


_READ = article_actors.join(readings, readings.c.id == article_actors.c.reading)
_WRITTEN = (article_actors.c.name, article_actors.c.kind, article_actors.c.country, article_actors.c.sector)
_MENTIONED = (
    *_WRITTEN, article_actors.c.actor, literal(1).label("times"), articles.c.outlet, articles.c.name.label("article"),
    articles.c.key.label("article_key"),
)  # fmt: skip
_IN_ARTICLES = _READ.join(articles, articles.c.id == readings.c.article)


def _spellings(connection: Connection, corrections: Corrections) -> list[_Spelling]:
    """All that current readings write, counted; names that a user split one by one."""
    columns = (*_WRITTEN, article_actors.c.actor)
    wanted = select(*columns, func.count()).select_from(_READ).where(readings.c.current.is_(True)).group_by(*columns)
    counted = [_Spelling(*row) for row in connection.execute(wanted)]
    split = {seen.name for seen in counted if folded(seen.name) in corrections.splits}
    if not split:
        return counted
    each = select(*_MENTIONED).select_from(_IN_ARTICLES).where(readings.c.current.is_(True))
    alone = [_Spelling(*row) for row in connection.execute(each.where(article_actors.c.name.in_(sorted(split))))]
    return [*(seen for seen in counted if seen.name not in split), *alone]


def _called(seen: _Spelling, corrections: Corrections) -> tuple[_Name, str | None]:
    """The name to go by, and what the user calls whom they split off."""
    kind, name, country = _CLASSES.get(seen.kind, _BODY), folded(seen.name), seen.country or ""
    for split in corrections.splits.get(name, ()):
        if _holds(split, seen):
            if split.other is None:
                return _Name(kind, name, country, split.scope), None
            return _Name(kind, folded(split.other), country), split.other
    return _Name(kind, name, country), None


def _holds(split: Split, seen: _Spelling) -> bool:
    if split.outlet is not None:
        return folded(seen.outlet or "") == folded(split.outlet)
    return split.article in {seen.article, seen.article_key}


def _resolve(names: set[_Name], corrections: Corrections, particles: frozenset[str]) -> Mapping[_Name, str]:
    """The key of each name's actor."""
    homes = _persons([name for name in names if name.kind == "person" and not name.apart], particles)
    homes = {name: homes.get(name, name) for name in names}
    return _merged(homes, corrections)


def _persons(names: Iterable[_Name], particles: frozenset[str]) -> dict[_Name, _Name]:
    """Where surnames and names without a country belong, if to one person only."""
    full: dict[str, set[_Name]] = defaultdict(set)
    short: list[_Name] = []
    for name in names:
        if len(_plain(name, particles)) > 1:
            full[name.name].add(name)
        else:
            short.append(name)
    homes: dict[_Name, _Name] = {}
    for group in full.values():
        placed = [name for name in group if name.country]
        for name in group:
            homes[name] = placed[0] if not name.country and len(placed) == 1 else name
    families: dict[tuple[str, str], set[_Name]] = defaultdict(set)
    for home in set(homes.values()):
        families[_plain(home, particles)[-1], home.country].add(home)
    for name in short:
        family = families[_plain(name, particles)[-1], name.country] if name.country else set()
        homes[name] = next(iter(family)) if len(family) == 1 else name
    return homes


def _plain(name: _Name, particles: frozenset[str]) -> tuple[str, ...]:
    words = tuple(name.name.split())
    return tuple(word for word in words if word not in particles) or words


def _merged(homes: Mapping[_Name, _Name], corrections: Corrections) -> dict[_Name, str]:
    """Keys of the names' homes; one for all homes that bear names of one merge."""
    clusters: dict[str, set[_Name]] = defaultdict(set)
    for name, home in homes.items():
        if name.name in corrections.merges and not name.apart:
            clusters[corrections.merges[name.name]].add(home)
    joined = _joined(clusters)
    keys: dict[_Name, str] = {}
    for first, group in joined.items():
        # Those who bear the first name lend the key, so that it stays when others come in.
        best = min(group, key=lambda home: (home.name != folded(first), home.key))
        keys |= dict.fromkeys(group, best.key)
    return {name: keys.get(home, home.key) for name, home in homes.items()}


def _joined(clusters: Mapping[str, set[_Name]]) -> dict[str, set[_Name]]:
    """Clusters that share a home as one, under the name that sorts first."""
    joined: dict[str, set[_Name]] = {}
    for first in sorted(clusters):
        group = set(clusters[first])
        under = first
        for other in [other for other, members in joined.items() if members & group]:
            group |= joined.pop(other)
            under = min(under, other)
        joined[under] = group
    return joined


def _most(counted: Mapping[str, int]) -> str | None:
    """The most frequent, of several the one that sorts first; ``None`` of none."""
    return min(counted, key=lambda item: (-counted[item], item), default=None)


def _write_actors(connection: Connection, wanted: Mapping[str, dict[str, object]]) -> dict[str, int]:
    """Bring the table of actors up to date; ids by key, those of known keys as they were."""
    known = {row.key: row for row in connection.execute(select(actors))}
    new = [wanted[key] for key in sorted(wanted.keys() - known.keys())]
    if new:
        bulk.execute(connection, _ACTOR, new)
    for key in sorted(wanted.keys() & known.keys()):
        values = wanted[key]
        if any(getattr(known[key], column) != value for column, value in values.items()):
            connection.execute(update(actors).where(actors.c.key == key).values(values))
    return {row.key: row.id for row in connection.execute(select(actors.c.key, actors.c.id)) if row.key in wanted}


def _assign(
    connection: Connection, stale: set[int | None], homes: Mapping[_Name, int], corrections: Corrections
) -> int:
    """Give those who had the ``stale`` actors, or none, the actor of their name; how many mentions changed theirs.

    Some hundred readings are in memory at a time.
    """
    changed = 0
    numbers = _readings_of(connection, stale)
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        wanted = select(article_actors.c.reading, article_actors.c.id, *_MENTIONED).select_from(_IN_ARTICLES)
        moved = [
            {"in_reading": reading, "in_id": number, "to": home}
            for reading, number, *written in connection.execute(wanted.where(article_actors.c.reading.in_(some)))
            if (home := homes[_called(seen := _Spelling(*written), corrections)[0]]) != seen.actor
        ]
        if moved:
            bulk.execute(connection, _MOVE, moved)
            spread(connection, {int(item["in_reading"]) for item in moved})
            changed += len(moved)
    return changed


_MOVE = (
    update(article_actors)
    .where(article_actors.c.reading == bindparam("in_reading"), article_actors.c.id == bindparam("in_id"))
    .values(actor=bindparam("to"))
)


def _readings_of(connection: Connection, stale: set[int | None]) -> list[int]:
    """The current readings in which somebody has one of these actors, in order."""
    asked = select(article_actors.c.reading).select_from(_READ).where(readings.c.current.is_(True)).distinct()
    found: set[int] = set()
    if None in stale:
        found.update(connection.execute(asked.where(article_actors.c.actor.is_(None))).scalars())
    known = sorted(actor for actor in stale if actor is not None)
    for start in range(0, len(known), BATCH):
        some = known[start : start + BATCH]
        found.update(connection.execute(asked.where(article_actors.c.actor.in_(some))).scalars())
    return sorted(found)


def spread(connection: Connection, changed: Iterable[int]) -> None:
    """Say in statements, addressees and parties of these readings who their actors are, as ``article_actors`` does."""
    numbers = sorted(changed)
    told = ((statements, statements.c.speaker_actor), (addressees, addressees.c.member), (parties, parties.c.member))
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        for table, member in told:
            who = select(article_actors.c.actor).where(
                article_actors.c.reading == table.c.reading, article_actors.c.id == member
            )
            connection.execute(update(table).where(table.c.reading.in_(some)).values(actor=who.scalar_subquery()))


def _write_names(connection: Connection, wanted: Mapping[int, set[str]]) -> None:
    known = {(row.actor, row.name) for row in connection.execute(select(actor_names.c.actor, actor_names.c.name))}
    named = {(actor, name) for actor, names in wanted.items() for name in names}
    for actor, name in sorted(known - named):
        connection.execute(delete(actor_names).where(actor_names.c.actor == actor, actor_names.c.name == name))
    new = [{"actor": actor, "name": name, "folded": folded(name)} for actor, name in sorted(named - known)]
    if new:
        bulk.execute(connection, _NAME, new)


def _forget(connection: Connection, kept: set[int]) -> None:
    """Remove the actors that nobody in a current reading is any more."""
    gone = sorted(set(connection.execute(select(actors.c.id)).scalars()) - kept)
    for start in range(0, len(gone), BATCH):
        some = gone[start : start + BATCH]
        connection.execute(update(article_actors).where(article_actors.c.actor.in_(some)).values(actor=None))
        connection.execute(delete(actors).where(actors.c.id.in_(some)))
