"""Changes of position: where somebody moves from one act to its opposite on what looks like the same matter.

They are proposed, never asserted: a reader decides, with both sentences in view.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

import sqlalchemy as sql

from propos.lang import matter_words
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.denials import conditional, is_denial, is_refusal
from propos.query.happenings import Happening, cast_of, happenings, parties_of
from propos.query.matters import Matter, matter, words_of_name
from propos.query.passages import Passage
from propos.query.scope import Condition, Scope
from propos.query.sides import side_of, sides_of
from propos.query.stories import stories
from propos.store.entry import DossierActor
from propos.store.tables import events, statements

NAME = "changes"
Turn = Literal["refusal", "concession", "denial", "admission", "blame", "praise"]
OPPOSITES: Mapping[Turn, frozenset[Turn]] = {
    "refusal": frozenset({"concession"}),
    "concession": frozenset({"refusal"}),
    "denial": frozenset({"admission"}),
    "blame": frozenset({"praise"}),
    "praise": frozenset({"blame"}),
}
"""What takes a stand back."""
_TURNS: Mapping[str, Turn] = {
    "REJECT": "refusal", "AGREE": "concession", "CONCEDE": "concession", "ACCUSE": "blame", "SUPPORT": "praise",
}  # fmt: skip
_AHEAD = {"AGREE", "CONCEDE"}
"""Types that are stands while they are planned: a promise."""
_FEELINGS = {"blame", "praise"}
SHARED = 2
"""Words that two sentences about one matter share, at least; one of them is no name."""
ALIKE = 0.3
"""Cosine of their words below which they are not about the same matter."""
ALIKE_OF_SIDE = 0.4
"""And where two persons of one side speak."""
ON_CONDITION = 0.5
"""Weight of what is granted or refused on a condition only: it takes less back."""
SAME = 0.5
"""Part of the fewer shared words in common from which on two changes are one."""
WITHIN = 400
"""Days between two stands, at most: after more than a year the same words mostly tell of another matter."""
COMMON = 150
"""Stands that share a word beyond which it does not bring two together."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """``before_actor`` and ``after_actor`` are the same or of one state; ``country`` is theirs.

    ``score`` is how much the two sentences share (0 to 1), half of it where the later stand hangs on a condition;
    ``shared`` in which words. ``pairs``: how many pairs of sentences tell of this change; these two share most.
    """

    before_actor: str
    after_actor: str
    country: str | None
    before_type: str
    after_type: str
    before_factuality: str
    after_factuality: str
    score: float
    shared: tuple[str, ...]
    pairs: int
    before: Passage
    after: Passage

    PARTS: ClassVar[Parts] = {"before": Passage, "after": Passage}


@dataclass(frozen=True, slots=True)
class _Stand:
    event: Happening
    turn: Turn
    who: DossierActor
    sides: frozenset[str]
    matter: Matter

    @property
    def day(self) -> str:
        return min(self.event.day, self.event.published or "9") if self.event.published else self.event.day


@dataclass(frozen=True, slots=True)
class _Pair:
    before: _Stand
    after: _Stand
    shared: frozenset[str]
    score: float


def changes(asked: Asked) -> Answer[Change]:
    """Pairs of stands that contradict each other, the likest first; raises ``actor-unknown``, ``question-needs``."""
    found = sorted(_pairs(_stands(asked)), key=lambda pair: (-pair.score, pair.after.day, pair.before.day, pair.after.who.name))
    rows = [_change(group) for group in _grouped(found)]
    return Answer(Change, tuple(rows[:MOST]))


def _stands(asked: Asked) -> list[_Stand]:
    mine = asked.party(NAME)
    told = [story.first for story in stories(_told(asked))]
    known = cast_of(asked.connection, parties_of(told))
    put = conditional(asked.connection, told)
    kept = (event for event in told if (event.reading, event.event) not in put and event.published)
    return [stand for event in kept if (stand := _stand(event, mine, known)) is not None]


def _told(asked: Asked) -> list[Happening]:
    """Stands taken, deeds that somebody denies, and those like them that somebody may own to."""
    kind, how = events.c.type, events.c.factuality
    promised = sql.and_(how == "planned", kind.in_(sorted(_AHEAD)))
    taken = sql.and_(kind.in_(list(_TURNS)), sql.or_(how.in_(("asserted", "claimed")), promised))
    told = _of_party(asked, sql.or_(taken, how == "denied"))
    kinds = {event.type for event in told if _turn(event) == "denial"}
    claims = sql.and_(events.c.factuality == "claimed", events.c.holder.is_not(None), events.c.type.in_(sorted(kinds)))
    return told + _of_party(asked, claims) if kinds else told


def _of_party(asked: Asked, which: Condition) -> list[Happening]:
    """What the party takes part in; of a single actor also what they say of their side (*la Turquie ne rouvrira pas …*)."""
    found = happenings(asked.connection, Scope.of(asked.connection, asked.filters), which)
    if asked.filters.actor is None:
        return found
    held = sql.and_(statements.c.reading == events.c.reading, statements.c.id == events.c.holder)
    said = sql.select(statements.c.id).where(held, statements.c.actor.in_(sorted(asked.party(NAME)))).correlate(events)
    scope = Scope.of(asked.connection, replace(asked.filters, actor=None, side=None))
    both = {(event.reading, event.event): event for event in [*found, *happenings(asked.connection, scope, which, said.exists())]}
    return sorted(both.values(), key=lambda event: (event.published or "", event.article, event.trigger.start))


def _stand(event: Happening, mine: frozenset[int], known: Mapping[int, DossierActor]) -> _Stand | None:
    turn = _turn(event)
    actors = [actor for actor in event.actors if actor in known]
    if turn is None or not actors:
        return None
    sides = sides_of(actors, known)
    speaker = known.get(event.speaker or 0)
    own = speaker is not None and side_of(speaker) in sides
    # A deed is denied or owned to by those who did it; what others say of it is a claim of theirs.
    if turn in {"denial", "admission"} and not own:
        return None
    if event.factuality in {"claimed", "planned", "denied"} and event.said is not None and not own:
        return None
    who = speaker if own and speaker is not None else known[actors[0]]
    if not mine & {who.id, *actors}:
        return None
    named = frozenset(word for id_ in {who.id, *actors} for word in words_of_name(known[id_].name))
    about = matter(event)
    return _Stand(event, turn, who, sides, replace(about, words=about.words - named, names=about.names - named))


def _turn(event: Happening) -> Turn | None:
    """What an event is for its actor: a denied deed that lies ahead is refused, one that is done is denied."""
    if event.factuality == "denied":
        return "refusal" if is_refusal(event) else "denial" if is_denial(event) and event.type not in _TURNS else None
    if event.type not in _TURNS:
        return "admission" if event.factuality == "claimed" else None
    sure = event.factuality in {"asserted", "claimed"} or (event.factuality == "planned" and event.type in _AHEAD)
    return _TURNS[event.type] if sure else None


def _pairs(stands: Sequence[_Stand]) -> Iterator[_Pair]:
    """Each earlier stand with the later ones that take it back."""
    counts = Counter(word for stand in stands for word in stand.matter.words | stand.matter.names)
    weights = {word: math.log(1 + len(stands) / count) for word, count in counts.items()}
    lengths = [math.sqrt(sum(weights[word] ** 2 for word in stand.matter.words | stand.matter.names)) or 1.0 for stand in stands]
    places: dict[tuple[str, Turn, str], list[int]] = defaultdict(list)
    for at, stand in enumerate(stands):
        for side in stand.sides:
            for word in stand.matter.words:
                places[side, stand.turn, word].append(at)
    for at, stand in enumerate(stands):
        for other in sorted(_near(stand, places)):
            shared = stand.matter.shared(stands[other].matter)
            if len(shared) >= SHARED and _follows(stand, stands[other]):
                score = sum(weights[word] ** 2 for word in shared) / (lengths[at] * lengths[other])
                if score >= ALIKE and (_one_voice(stand, stands[other]) or _of_side(score, shared)):
                    weight = ON_CONDITION if stands[other].event.condition is not None else 1.0
                    yield _Pair(stand, stands[other], shared, round(weight * min(score, 1.0), 3))


def _near(stand: _Stand, places: Mapping[tuple[str, Turn, str], Sequence[int]]) -> set[int]:
    """The opposite stands of the same side with a word of the same matter that is not common."""
    homes = (
        places.get((side, turn, word), ())
        for turn in OPPOSITES.get(stand.turn, ())
        for side in stand.sides
        for word in stand.matter.words
    )
    return {other for home in homes if len(home) <= COMMON for other in home}


def _follows(one: _Stand, other: _Stand) -> bool:
    """Later, by less than a year or so, of the same place and party where both have one."""
    first, last = one.day, other.day
    length = min(len(first), len(last))
    if first[:length] >= last[:length] or one.matter.apart(other.matter) or _years(last) - _years(first) > WITHIN / 365:
        return False
    if one.turn == "denial" and one.event.type != other.event.type:
        return False
    return one.turn not in _FEELINGS or _one_feeling(one, other)


def _of_side(score: float, shared: frozenset[str], language: str = "fr") -> bool:
    """Two who speak for one state have to be more alike, and to speak of doing the same."""
    return score >= ALIKE_OF_SIDE and matter_words.load(language).acts(shared)


def _one_voice(one: _Stand, other: _Stand) -> bool:
    return one.who.id == other.who.id or bool(set(one.event.actors) & set(other.event.actors))


def _one_feeling(one: _Stand, other: _Stand) -> bool:
    """Blame and praise are of one person, towards the same party, for a deed: who it is towards does not yet make a matter."""
    towards = set(one.event.recipients), set(other.event.recipients)
    met = not all(towards) or bool(towards[0] & towards[1])
    return met and _one_voice(one, other) and len(one.matter.words & other.matter.words) >= SHARED


def _years(day: str) -> float:
    parts = [int(part) for part in day.split("-")]
    return date(*parts, *(1,) * (3 - len(parts))).toordinal() / 365


def _grouped(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Pairs of one side, turned the same way on the same matter, are one change; the likest pair stands first."""
    groups: list[list[_Pair]] = []
    homes: dict[tuple[str, Turn], list[list[_Pair]]] = defaultdict(list)
    for pair in pairs:
        near = [group for side in pair.before.sides for group in homes[side, pair.before.turn]]
        home = next((group for group in near if _one_matter(group[0], pair)), None)
        if home is None:
            home = []
            groups.append(home)
            for side in pair.before.sides:
                homes[side, pair.before.turn].append(home)
        home.append(pair)
    return groups


def _one_matter(one: _Pair, other: _Pair) -> bool:
    if one.before.event.passage == other.before.event.passage or one.after.event.passage == other.after.event.passage:
        return True
    return len(one.shared & other.shared) >= SAME * min(len(one.shared), len(other.shared))


def _change(group: Sequence[_Pair]) -> Change:
    pair = group[0]
    one, other = pair.before, pair.after
    return Change(
        one.who.name, other.who.name, one.who.country, one.event.type, other.event.type, one.event.factuality,
        other.event.factuality, pair.score, tuple(sorted(pair.shared)), len(group), one.event.passage, other.event.passage,
    )  # fmt: skip
