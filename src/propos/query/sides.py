"""For whom somebody acts: the state of its organs, police and officials; a court, a firm, a party or a crowd acts for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from propos.store.entry import DossierActor

_OF_STATE = {"GOV", "MIL", "COP", "SPY"}


def side_of(actor: DossierActor) -> str:
    """The country of those who act for it, or who it is."""
    acts_for_it = actor.kind == "state" or actor.sector in _OF_STATE
    return actor.country if acts_for_it and actor.country else actor.key


def sides_of(ids: Iterable[int], known: Mapping[int, DossierActor]) -> frozenset[str]:
    """The sides of some actors."""
    return frozenset(side_of(known[id_]) for id_ in ids if id_ in known)
