"""What is made of all articles together, brought up to date after some came in: copies, full text, actors."""

from __future__ import annotations

from propos.store import copies, search, unify
from propos.store.corrections import NONE, Corrections
from propos.store.opening import Store


def tend(store: Store, corrections: Corrections = NONE) -> None:
    """Group copies, index texts and unify actors; each step is whole or not done, and looks only at what is new.

    A process that is killed between two steps leaves them to the next one. Raises :class:`propos.errors.StoreError`.
    """
    with store.writing() as connection:
        copies.regroup(connection)
    with store.writing() as connection:
        search.create(connection)
        search.update(connection)
    with store.writing() as connection:
        unify.unify(connection, corrections)
