"""Disputed claims: what one side says happened and another denies, and what one side only claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, get_args

from propos.lang import ontology
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.passages import Passage
from propos.query.recent import recent
from propos.query.stories import stories
from propos.query.wordings import words
from propos.store.entry import DossierActor
from propos.store.tables import events

PART = 0.3
"""And the part of the shorter sentence's words that they make."""
WITHIN = 3
"""Days between two reports of one happening, at most: what is told on Friday is denied on Monday."""
_MATERIAL = {2, 4}
Verdict = Literal["disputed", "denied", "one-sided"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SHARED = 2
"""Words that a claim and its denial have in common, at least, beside the names of the parties."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A happening of one type between the same parties within some days.

    ``verdict``: *disputed* where somebody denies what others claim or outlets assert; *denied* where only the denial is
    here; *one-sided* where one side only claims it and no outlet vouches for it. ``asserted_by``: outlets in their own voice; ``claimed_by`` and
    ``denied_by``: who speaks.
    """

    verdict: Verdict
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first: str
    last: str
    asserted_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    articles: int
    claim: Passage | None
    denial: Passage | None

    PARTS: ClassVar[Parts] = {"claim": Passage, "denial": Passage}


def disputes(asked: Asked) -> Answer[Dispute]:
    """Disputed happenings first, then denied ones, then one-sided claims; within each the latest first."""
    material = sorted(name for name, kind in ontology.load().types.items() if kind.quad in _MATERIAL)
    scope, since = recent(asked.connection, asked.scope)
    told = [story.first for story in stories(happenings(asked.connection, scope, events.c.type.in_(material)))]
    known = cast_of(asked.connection, parties_of(told))
    groups = [group for group in _groups(told, known) if _may_be(group)]
    rows = [row for group in groups if (row := _row(group, known))]
    rows.sort(key=lambda row: row.last, reverse=True)
    return Answer(Dispute, tuple(sorted(rows, key=lambda row: VERDICTS.index(row.verdict))), since)


def _may_be(group: Sequence[Happening]) -> bool:
    kinds = {event.factuality for event in group}
    return "denied" in kinds or ("claimed" in kinds and "asserted" not in kinds)


def _groups(told: Iterable[Happening], known: Mapping[int, DossierActor]) -> Iterator[list[Happening]]:
    """Events of one type between the same parties, as long as no more than ``WITHIN`` days lie between two of them."""
    alike: dict[tuple[object, ...], list[Happening]] = defaultdict(list)
    for event in told:
        if event.actors and len(event.day) == len("2024-01-01"):
            alike[event.type, *_parties(event, known)].append(event)
    for events_ in alike.values():
        events_.sort(key=lambda event: event.day)
        group: list[Happening] = []
        for event in events_:
            if group and _days(group[-1].day, event.day) > WITHIN:
                yield group
                group = []
            group.append(event)
        yield group


def _parties(event: Happening, known: Mapping[int, DossierActor]) -> tuple[object, object]:
    """Sides, where both are known; where nobody is on the other end, only the same actors make the same happening."""
    if event.recipients:
        return _sides(event.actors, known), _sides(event.recipients, known)
    return frozenset(event.actors), None


def _sides(ids: Iterable[int], known: Mapping[int, DossierActor]) -> frozenset[str]:
    """The country of each, or who it is where it has none: *Moscow* and *the Russian army* do the same."""
    return frozenset(known[id_].country or known[id_].key for id_ in ids if id_ in known)


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)


def _pair(
    group: Sequence[Happening], known: Mapping[int, DossierActor]
) -> tuple[Happening | None, Happening | None]:
    """The claim and the denial that share most words, claims of speakers before those of outlets; one may be missing."""
    denials = [event for event in group if event.factuality == "denied" and event.said is not None]
    names = {word for event in group for id_ in (*event.actors, *event.recipients) if id_ in known
             for word in words(known[id_].name)}  # fmt: skip
    said = {event: set(words(event.sentence_words)) - names for event in group}
    pairs = [
        (event.factuality == "claimed", len(said[event] & said[denial]), event, denial)
        for denial in denials
        for event in group
        if event.factuality in {"claimed", "asserted"} and event.passage != denial.passage
    ]
    alike = [pair for pair in pairs if pair[1] >= max(SHARED, PART * min(len(said[pair[2]]), len(said[pair[3]])))]
    if alike:
        _, _, claim, denial = max(alike, key=lambda pair: pair[:2])
        return claim, denial
    return (None, denials[0]) if denials else (None, None)


def _one_sided(group: Sequence[Happening], known: Mapping[int, DossierActor]) -> Happening | None:
    """The first claim, where all are of one side and no outlet vouches for them."""
    claims = [event for event in group if event.factuality == "claimed" and event.said is not None]
    asserted = any(event.factuality == "asserted" for event in group)
    return claims[0] if claims and not asserted and len({_side(event, known) for event in claims}) == 1 else None


def _side(event: Happening, known: Mapping[int, DossierActor]) -> str:
    who = known.get(event.speaker or 0)
    return event.speaker_words or "" if who is None else who.country or who.key


def _speakers(told: Iterable[Happening], factuality: str, known: Mapping[int, DossierActor]) -> tuple[str, ...]:
    names = (
        known[event.speaker].name if event.speaker is not None and event.speaker in known else event.speaker_words
        for event in told
        if event.factuality == factuality and event.said is not None
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _row(group: Sequence[Happening], known: Mapping[int, DossierActor]) -> Dispute | None:
    def names(ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known[id_].name for id_ in ids if id_ in known))

    claim, denial = _pair(group, known)
    claim = claim or (None if denial else _one_sided(group, known))
    if claim is None and denial is None:
        return None
    verdict: Verdict = "one-sided" if denial is None else "denied" if claim is None else "disputed"
    asserted = (event.outlet for event in group if event.factuality == "asserted")
    return Dispute(
        verdict, group[0].type, names(id_ for event in group for id_ in event.actors),
        names(id_ for event in group for id_ in event.recipients), group[0].day, group[-1].day,
        tuple(dict.fromkeys(outlet for outlet in asserted if outlet)), _speakers(group, "claimed", known),
        _speakers(group, "denied", known), len({event.article for event in group}),
        None if claim is None else claim.passage, None if denial is None else denial.passage,
    )  # fmt: skip
