"""What is made of all articles together, brought up to date after some came in: copies, full text, actors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from propos.store import connecting, copies, search, unify
from propos.store.corrections import NONE, Corrections, read
from propos.store.facts import CORRECTIONS, UNIFIED, fact, set_fact
from propos.store.opening import Store
from propos.store.tables import articles

LOCK = 0x70726F706F74
"""PostgreSQL: who holds this advisory lock is tending."""


GROUPING, INDEXING, UNIFYING = "grouping copies", "indexing texts", "unifying actors"


def _ignore(_: str) -> None:
    """Nobody watches."""


def tend(store: Store, begin: Callable[[str], None] = _ignore) -> None:
    """Group copies, index texts and unify actors; each step is whole or not done, and looks only at what is new.

    ``begin`` is told of each step. A process that is killed between two steps leaves them to the next one. Raises :class:`propos.errors.StoreError`.
    """
    steps: tuple[tuple[str, Callable[[Connection], object]], ...] = (
        (GROUPING, copies.regroup),
        (INDEXING, search.update),
        (UNIFYING, _unify),
    )
    for name, step in steps:
        begin(name)
        with _alone(store) as connection:
            step(connection)


def correct(store: Store, text: str | None, name: str) -> int:
    """Keep a user's merges and splits in the dossier, in place of those before (``None``: none), and unify by them.

    ``text`` is the file's text, which errors call ``name``. How many mentions changed their actor. Raises
    ``corrections-unreadable`` and ``corrections-invalid``; nothing is changed then.
    """
    if text is not None:
        read(text, name)
    with _alone(store) as connection:
        set_fact(connection, CORRECTIONS, text)
        return _unify(connection)


def corrections_of(connection: Connection) -> Corrections:
    """The user's merges and splits that the dossier keeps."""
    kept = fact(connection, CORRECTIONS)
    return NONE if kept is None else read(kept, CORRECTIONS)


def _unify(connection: Connection) -> int:
    """Unify the actors, unless the same readings were unified by the same corrections before."""
    state = _state(connection)
    if fact(connection, UNIFIED) == state:
        return 0
    changed = unify.unify(connection, corrections_of(connection))
    set_fact(connection, UNIFIED, state)
    return changed


def _state(connection: Connection) -> str:
    """What tells these readings and corrections from others."""
    shown = articles.c.reading
    count, last, total = connection.execute(select(func.count(shown), func.max(shown), func.sum(shown))).one()
    kept = fact(connection, CORRECTIONS) or ""
    return f"{count}/{last}/{total}/{hashlib.sha256(kept.encode()).hexdigest()}"


@contextmanager
def _alone(store: Store) -> Iterator[Connection]:
    """A transaction that waits for others who tend the same dossier: what they did is seen, not done twice."""
    with store.writing() as connection:
        connecting.alone(connection, LOCK)
        yield connection
