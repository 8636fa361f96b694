"""Who is who in an entry: the actors of the dossier, those of the record where there is no dossier."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from propos.export.characters import storable
from propos.model import Actor, Event, Statement
from propos.store.entry import DossierActor, Entry

_NAMESPACE = uuid.UUID("7a0d9a56-5b0e-5a53-9d0c-0d6ce8a6d2b1")
# Types in which all parties do the same: two who are named as actors of one do it with each other.
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Party:
    """An actor under the key that all of its appearances share."""

    key: str
    name: str
    kind: str
    country: str | None
    sector: str | None


def parties(entry: Entry) -> dict[str, Party]:
    """Id in the record -> who that is."""
    found = {actor.id: _of_record(actor) for actor in entry.record.actors}
    return found | {id_: _of_dossier(actor) for id_, actor in entry.actors.items()}


def _of_record(actor: Actor) -> Party:
    key = "|".join((actor.name.casefold(), actor.kind, actor.country or ""))
    return Party(key, actor.name, actor.kind, actor.country, actor.sector)


def _of_dossier(actor: DossierActor) -> Party:
    return Party(actor.key, actor.name, actor.kind, actor.country, actor.sector)


def names(ids: Iterable[str], known: Mapping[str, Party]) -> str:
    """The names of actors, with commas between; ids that the record does not know are left out."""
    return ", ".join(known[id_].name for id_ in ids if id_ in known)


def speaker(entry: Entry, statement: Statement, known: Mapping[str, Party]) -> str:
    """The name of who speaks, else the words that name him, else nothing."""
    if (party := known.get(statement.speaker_actor or "")) is not None:
        return party.name
    return statement.speaker.of(entry.record.text) if statement.speaker else ""


def pairs(event: Event, known: Mapping[str, Party]) -> list[tuple[str, str]]:
    """Keys of who did it to whom; both ways among those who did a mutual thing together."""
    doers = [known[id_].key for id_ in event.actors if id_ in known]
    others = [known[id_].key for id_ in event.recipients if id_ in known]
    if not event.recipients and event.type in _MUTUAL:
        found = [(one, other) for one in doers for other in doers if one != other]
    else:
        found = [(doer, other) for doer in doers for other in others]
    return list(dict.fromkeys(found))


def stable_id(entry: Entry, *parts: str | int) -> uuid.UUID:
    """A name for a part of the article that stays the same from one export to the next."""
    source = entry.record.source
    article = entry.key or "\t".join((entry.record.id, source.sha256, str(source.ordinal)))
    return uuid.uuid5(_NAMESPACE, storable("\t".join((article, *map(str, parts)))))
