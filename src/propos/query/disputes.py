"""Disputed claims: what one side says happened and another denies, and what one side only claims."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, TypeAlias, get_args

from propos.lang import lemmas, ontology
from propos.lang.folding import fold
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.denials import conditional, is_denial
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.matters import Matter, is_aside, matter, words_of_name
from propos.query.passages import Passage
from propos.query.recent import recent
from propos.query.sides import side_of, sides_of
from propos.query.stories import stories
from propos.store.entry import DossierActor
from propos.store.tables import events

SOON, LATER = 3, 30
"""Days between two reports of one happening in which one word has to be shared, and two words."""
SHARED = 2
OLD = 60
"""Days after which what only one side claims is history rather than news."""
_CODE = 3
"""Letters of a state's code; other sides have a longer key."""
_MATERIAL, _CONFLICT = {2, 4}, 4
_Homes: TypeAlias = dict[tuple[str, str, str], list[tuple[int, int]]]
Verdict = Literal["disputed", "admitted", "denied", "one-sided"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A happening of one type between the same parties, told in like words.

    ``verdict``: *disputed* where somebody denies what others claim or outlets assert; *admitted* where the side that did
    it owns to it after denials; *denied* where only the denial is here; *one-sided* where others than who did it claim it,
    all of one side, and no outlet vouches for it. ``asserted_by``: outlets in their own voice; ``claimed_by`` and
    ``denied_by``: who speaks. ``articles`` counts copies once.
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
    admitted_by: tuple[str, ...]
    articles: int
    claim: Passage | None
    denial: Passage | None

    PARTS: ClassVar[Parts] = {"claim": Passage, "denial": Passage}


@dataclass(frozen=True)
class _Report:
    """An event with what it is compared by; ``speaker``: the side of who tells it, empty for an outlet."""

    event: Happening
    matter: Matter
    actors: frozenset[str]
    recipients: frozenset[str]
    speaker: str
    named: bool
    """Whether somebody known says it of a known actor: not of *a man*, nor of *thousands of people*."""

    @cached_property
    def day(self) -> int:
        """When it came out, in days."""
        return date.fromisoformat(self.event.published or "").toordinal()

    @property
    def kind(self) -> str:
        return self.event.factuality

    @property
    def own(self) -> bool:
        """Whether who tells it is of the side that did it."""
        return self.speaker in self.actors


def disputes(asked: Asked) -> Answer[Dispute]:
    """Disputed happenings, then admitted, denied, one-sided ones.

    Within each, what one state says of another stands first, then what most articles tell, then the latest.
    """
    material = sorted(name for name, kind in ontology.load().types.items() if kind.quad in _MATERIAL)
    scope, since = recent(asked.connection, asked.scope)
    done = (events.c.type.in_(material), events.c.factuality.in_(("asserted", "claimed", "denied")))
    told = [story.first for story in stories(happenings(asked.connection, scope, *done))]
    known = cast_of(asked.connection, parties_of(told))
    put = conditional(asked.connection, told)
    kept = (_vouched(event) for event in told if (event.reading, event.event) not in put and _is_report(event))
    reports = [_report(event, known) for event in kept]
    rows = [(_between_states(group), row) for group in _groups(reports) if (row := _row(group, known)) is not None]
    rows.sort(key=lambda row: (row[0], row[1].articles, row[1].last), reverse=True)
    return Answer(Dispute, tuple(sorted((row for _, row in rows), key=lambda row: VERDICTS.index(row.verdict))), since)


def _vouched(event: Happening) -> Happening:
    """What an outlet's own people say they saw, the outlet asserts."""
    outlet = fold(event.outlet or "")
    if event.factuality == "claimed" and outlet and outlet in fold(event.speaker_words or ""):
        return replace(event, factuality="asserted")
    return event


def _is_report(event: Happening) -> bool:
    """Whether it tells that something happened, or did not, with somebody who did it and a day."""
    full = len("2024-01-01")
    if not event.actors or not len(event.day) == len(event.published or "") == full or event.day > (event.published or ""):
        return False
    return event.factuality in {"asserted", "claimed"} or is_denial(event)


def _report(event: Happening, known: Mapping[int, DossierActor]) -> _Report:
    who = known.get(event.speaker or 0)
    speaker = event.speaker_words or "" if who is None else side_of(who)
    named = {word for id_ in (*event.actors, *event.recipients) if id_ in known for word in words_of_name(known[id_].name)}
    about = matter(event)
    about = replace(about, words=about.words - (named - set(lemmas.words(event.words))))
    named_ = who is not None and any(known[id_].kind != "group" for id_ in event.actors if id_ in known)
    return _Report(event, about, sides_of(event.actors, known), sides_of(event.recipients, known), speaker, named_)


def _groups(reports: Sequence[_Report]) -> list[list[_Report]]:
    """Around each claim of another side and each denial, what tells of the same happening."""
    homes = _homes(reports)
    parents = list(range(len(reports)))
    for at, report in enumerate(reports):
        if report.kind == "denied" or (report.kind == "claimed" and not report.own):
            for other in _near(report, homes):
                if _root(parents, other) != _root(parents, at) and _one_happening(report, reports[other]):
                    parents[_root(parents, other)] = _root(parents, at)
    found: dict[int, list[_Report]] = defaultdict(list)
    for at, report in enumerate(reports):
        found[_root(parents, at)].append(report)
    return list(found.values())


def _homes(reports: Sequence[_Report]) -> _Homes:
    """The reports of a type, a side and a word, by the day on which they came out."""
    homes: _Homes = defaultdict(list)
    for at in sorted(range(len(reports)), key=lambda at: reports[at].day):
        report = reports[at]
        for side in report.actors:
            for word in report.matter.words:
                homes[report.event.type, side, word].append((report.day, at))
    return homes


def _near(report: _Report, homes: _Homes) -> set[int]:
    """What shares a word with a report within the days in which it may tell of the same."""
    near: set[int] = set()
    for side in report.actors:
        for word in report.matter.words:
            home = homes[report.event.type, side, word]
            first = bisect_left(home, (report.day - LATER, -1))
            near.update(at for _, at in home[first : bisect_left(home, (report.day + LATER + 1, -1))])
    return near


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _one_happening(one: _Report, other: _Report) -> bool:
    """The same parties in the same place, in like words; what is told within days need not share as many."""
    if one.recipients and other.recipients and not one.recipients & other.recipients:
        return False
    apart = abs(one.day - other.day)
    if apart > LATER or one.matter.apart(other.matter):
        return False
    words = one.matter.words & other.matter.words
    return bool(words) and (apart <= SOON or len(one.matter.shared(other.matter)) >= SHARED)


def _between_states(group: Sequence[_Report]) -> bool:
    """Whether one state speaks of what another did."""
    return any(not report.own and _is_state(report.speaker) and any(map(_is_state, report.actors)) for report in group)


def _is_state(side: str) -> bool:
    return len(side) == _CODE and side.isupper()


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)


def _row(group: Sequence[_Report], known: Mapping[int, DossierActor]) -> Dispute | None:
    def names(ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known[id_].name for id_ in ids if id_ in known))

    def speakers(reports: Iterable[_Report]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for report in reports if (name := _name(report.event, known))))

    claims = [report for report in group if report.kind == "claimed" and report.event.said is not None]
    denials = [report for report in group if report.kind == "denied"]
    asserted = [report for report in group if report.kind == "asserted"]
    claim, denial = _pair(claims, asserted, denials)
    if claim is None and denial is None:
        return None
    admitted = [report for report in claims if report.own and any(report.event.day >= no.event.day and no.own for no in denials)]
    verdict: Verdict = (
        "one-sided" if denial is None else "denied" if claim is None else "admitted" if admitted else "disputed"
    )
    days = sorted(report.event.day for report in group)
    return Dispute(
        verdict, group[0].event.type, names(id_ for report in group for id_ in report.event.actors),
        names(id_ for report in group for id_ in report.event.recipients), days[0], days[-1],
        tuple(dict.fromkeys(report.event.outlet for report in asserted if report.event.outlet)),
        speakers(claims), speakers(denials), speakers(admitted), len({report.event.article for report in group}),
        None if claim is None else claim.event.passage, None if denial is None else denial.event.passage,
    )  # fmt: skip


def _name(event: Happening, known: Mapping[int, DossierActor]) -> str | None:
    return known[event.speaker].name if event.speaker is not None and event.speaker in known else event.speaker_words


def _pair(
    claims: Sequence[_Report], asserted: Sequence[_Report], denials: Sequence[_Report]
) -> tuple[_Report | None, _Report | None]:
    """The claim and the denial that share most words, claims of speakers before those of outlets; one may be missing."""
    pairs = list(_against(claims, denials)) or list(_against(asserted, denials))
    if pairs:
        _, claim, denial = max(pairs, key=lambda pair: pair[0])
        return claim, denial
    if denials:
        return None, next((report for report in denials if report.own and _is_conflict(report.event)), None)
    return _one_sided(claims, asserted), None


def _is_conflict(event: Happening) -> bool:
    """Nobody has to deny, nor claims against another, that somebody helps."""
    return ontology.load().types[event.type].quad == _CONFLICT


def _against(told: Sequence[_Report], denials: Sequence[_Report]) -> Iterator[tuple[int, _Report, _Report]]:
    """Claims with the denials of others that share their words."""
    for denial in denials:
        for claim in told:
            shared = len(claim.matter.words & denial.matter.words)
            other = claim.event.speaker != denial.event.speaker or claim.event.speaker is None
            if other and shared and claim.event.passage != denial.event.passage and _one_happening(claim, denial):
                yield shared, claim, denial


def _one_sided(claims: Sequence[_Report], asserted: Sequence[_Report]) -> _Report | None:
    """The first claim, where all are of one side that did not do it itself, and no outlet vouches for them."""
    sides = {report.speaker for report in claims}
    if not claims or asserted or len(sides) > 1 or claims[0].own or not _is_conflict(claims[0].event):
        return None
    return next((claim for claim in claims if claim.named and _is_news(claim.event)), None)


def _is_news(event: Happening) -> bool:
    return _days(event.day, event.published or "") <= OLD and not is_aside(event)
