"""Themes proposed from a dossier: the terms of its statements, put into groups. The dossier keeps them.

Kept themes stay as they are until the dossier has grown by half; then they are proposed anew, and each new theme that
shares half of its terms with one before has that one's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from sqlalchemy import Connection, func, or_, select

from propos.lang import theme_words
from propos.query.terms import Said, Term, terms_of
from propos.query.themes import parse, run, written
from propos.settings import Settings
from propos.store import connecting
from propos.store.facts import THEMED, THEMES, fact, set_fact
from propos.store.opening import Store
from propos.store.tables import articles, copy_groups, statements
from propos.store.tending import LOCK

PROPOSING = "proposing themes"
FEWEST = 20
"""Articles, copies once; of less nothing is proposed."""
MOST = 3_000
"""Articles that are looked at: those whose keys come first. Keys are digests, so that they are a sample of all, which
few new articles change little."""
MOST_THEMES = 60
GROWTH = 1.5
NAMED_BY = 2
"""So many of its weightiest terms name a theme."""
OWN = "own"
"""What the dossier notes in place of a count where the themes are a user's."""

Terms: TypeAlias = Mapping[str, tuple[str, ...]]
Words: TypeAlias = tuple[str, ...]
"""A term as it is compared."""


def propose(connection: Connection, settings: Settings | None = None) -> dict[str, tuple[str, ...]]:
    """Theme -> its terms, the weightiest first; the same for the same articles, whenever and however they came in."""
    settings = settings or Settings()
    words = theme_words.load(settings.language)
    keys = _sample(connection, settings.language)
    if words is None or len(keys) < FEWEST:
        return {}
    terms = terms_of(_said(connection, keys), len(keys), words)
    found = [group for group in _groups(terms, len(keys), settings.model) if _is_theme(group)]
    return {_name(group): tuple(term.written for term in group) for group in found[:MOST_THEMES]}


def renew(store: Store, settings: Settings | None = None, begin: Callable[[str], None] | None = None) -> None:
    """Propose themes where the dossier keeps none, or was much smaller when they were proposed; a user's own stay.

    ``begin`` is told. Raises :class:`propos.errors.StoreError`.
    """
    with store.reading() as connection:
        state, count = fact(connection, THEMED), _count(connection)
    if state == OWN or count < FEWEST or (state is not None and count < GROWTH * int(state)):
        return
    if begin is not None:
        begin(PROPOSING)
    propose_anew(store, settings)


def propose_anew(store: Store, settings: Settings | None = None) -> str:
    """Propose themes and keep them, in place of a user's own, too; the file of them."""
    with store.reading() as connection:
        found, count = propose(connection, settings), _count(connection)
        before = fact(connection, THEMES)
    text = written(found if before is None else _renamed(found, parse(before, THEMES)))
    _keep(store, text, str(count))
    return text


def keep(store: Store, text: str, name: str) -> None:
    """Keep a user's own themes; errors call their file ``name``. Raises ``themes-invalid``."""
    parse(text, name)
    _keep(store, text, OWN)


def _keep(store: Store, text: str, state: str) -> None:
    with store.writing() as connection:
        connecting.alone(connection, LOCK)
        set_fact(connection, THEMES, text)
        set_fact(connection, THEMED, state)


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(articles).where(articles.c.reading.is_not(None))).scalar_one()


def _sample(connection: Connection, language: str) -> list[int]:
    """Readings of articles, copies once, in the order of their keys."""
    first = or_(articles.c.copy_group.is_(None), articles.c.id.in_(select(copy_groups.c.canonical)))
    kept = (articles.c.reading.is_not(None), articles.c.status == "current", articles.c.language == language, first)
    return list(connection.execute(select(articles.c.reading).where(*kept).order_by(articles.c.key).limit(MOST)).scalars())


def _said(connection: Connection, readings: Sequence[int]) -> Iterator[Said]:
    numbers = {reading: number for number, reading in enumerate(readings)}
    batch = 500
    for start in range(0, len(readings), batch):
        kept = statements.c.reading.in_(readings[start : start + batch])
        for reading, content in connection.execute(select(statements.c.reading, statements.c.content).where(kept)):
            yield Said(numbers[reading], content)


def _groups(terms: Sequence[Term], count: int, model: str) -> list[list[Term]]:
    # NumPy and spaCy are loaded for this only.
    from propos.query.grouping import groups
    from propos.reading.vectors import of_words

    if not terms:
        return []
    return groups(terms, count, of_words(model, [term.written.split() for term in terms]))


def _is_theme(group: Sequence[Term]) -> bool:
    """Whether it is more than one word in its phrases (*gestion*, *gestion de crise*)."""
    return len(group) == 1 or not set.intersection(*(set(term.words) for term in group))


def _name(group: Sequence[Term]) -> str:
    return _named_by([term.written for term in group])


def _named_by(terms: Sequence[str]) -> str:
    return ", ".join(terms[:NAMED_BY])


def _still_fits(old: str, before: Sequence[str], now: AbstractSet[Words]) -> bool:
    """A name that a user gave does; one made of terms where these are still there."""
    return old != _named_by(before) or {run(term) for term in before[:NAMED_BY]} <= now


def _renamed(found: Terms, before: Terms) -> dict[str, tuple[str, ...]]:
    """The themes with the names of those that they share half of their terms with, each name once."""
    free = {name: {run(term) for term in terms} for name, terms in before.items()}
    named: dict[str, tuple[str, ...]] = {}
    for name, terms in found.items():
        mine = {run(term) for term in terms}
        fitting = [old for old in free if _shared(free[old], mine) and _still_fits(old, before[old], mine)]
        old = max(fitting, key=lambda other: len(free[other] & mine), default=name)
        free.pop(old, None)
        named[old if old not in named else name] = terms
    return named


def _shared(before: AbstractSet[Words], now: AbstractSet[Words]) -> bool:
    return 2 * len(before & now) >= min(len(before), len(now))
