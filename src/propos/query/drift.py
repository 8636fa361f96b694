"""Quotation drift: one quotation as different outlets print it, with cuts, changed words and changed speakers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, ClassVar, Literal, TypeAlias

import sqlalchemy as sql
from sqlalchemy import Connection, Row, func

from propos.lang import lemmas
from propos.model import Span
from propos.query import wordings
from propos.query.answers import Answer, Parts
from propos.query.asking import Asked
from propos.query.happenings import story_of
from propos.query.passages import Passage, Place, passages
from propos.query.recent import recent
from propos.query.scope import Scope
from propos.query.selection import in_order
from propos.store.tables import actors, articles, statements

RUN = 3
"""Telling words side by side that two printings of one quotation share: *il n'y a pas de* has none."""
SHORTEST = 6
"""Telling words of a quotation; shorter ones (*c'est un bon accord*) are said by many."""
FEWEST = 2
"""Runs that two quotations share before they are laid beside each other."""
OFTEN = 60
"""Quotations that share a run beyond which it is a figure of speech."""
ALIKE = 0.75
"""Share of the shorter quotation's telling words that stand in the other in the same order, two and more at a time."""
Drift = Literal["cut", "longer", "changed", "same"]
_MARKED = re.compile(r"[«“\"]([^«»“”\"]*)[»”\"]")
_Row: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Variant:
    """A quotation as it is first printed, and as another article prints it.

    ``drift``: *cut*, *longer* or *changed* words, or the *same* words of another speaker. ``changes`` shows them:
    ``[-left out-]`` and ``{+put in+}``. ``number`` is the same for all printings of one quotation.
    """

    number: int
    speaker: str
    first: Passage
    drift: Drift
    changes: str
    other_speaker: str
    other: Passage

    PARTS: ClassVar[Parts] = {"first": Passage, "other": Passage}


@dataclass(frozen=True, slots=True)
class _Quotation:
    place: Place
    story: str
    speaker: str
    words: tuple[str, ...]
    printed: str
    """What is quoted, without what an outlet puts between its parts."""

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that are no mere grammar, by their length."""
        return tuple(word for word in self.words if len(word) > wordings.SHORTEST)


def drift(asked: Asked) -> Answer[Variant]:
    """Printings that differ from the first one, quotation by quotation in the order of their days."""
    scope, since = recent(asked.connection, asked.scope)
    quotations = _quotations(asked.connection, scope)
    pairs = [pair for pair in _once(_groups(quotations), quotations) if _differ(*(quotations[at] for at in pair))]
    found = passages(asked.connection, (quotations[at].place for pair in pairs for at in pair))
    numbers = {first: number for number, first in enumerate(dict.fromkeys(first for first, _ in pairs), start=1)}
    rows = [_variant(numbers[one], quotations[one], quotations[two], found) for one, two in pairs]
    return Answer(Variant, tuple(rows), since)


def _quotations(connection: Connection, scope: Scope) -> list[_Quotation]:
    said = statements
    columns = (
        articles.c.id, articles.c.key, articles.c.outlet, articles.c.published, articles.c.copy_group, said.c.content, said.c.content_start,
        said.c.content_end, said.c.mode, func.coalesce(actors.c.name, said.c.speaker, "").label("who"),
    )  # fmt: skip
    joined = said.join(articles, articles.c.reading == said.c.reading).outerjoin(actors, actors.c.id == said.c.actor)
    wanted = sql.select(*columns).select_from(joined).where(*scope.articles, *scope.statements(), said.c.mode != "indirect")
    rows = connection.execute(wanted.order_by(*in_order(), said.c.content_start))
    return [quotation for row in rows if len((quotation := _quotation(row)).telling) >= SHORTEST]


def _quotation(row: _Row) -> _Quotation:
    place = Place(row.id, row.key, row.outlet, row.published, Span(row.content_start, row.content_end), sentence=False)
    printed = _quoted(row.content, row.mode)
    return _Quotation(place, story_of(row.copy_group, row.id), row.who, tuple(lemmas.words(printed)), printed)


def _quoted(content: str, mode: str) -> str:
    """What stands between quotation marks; all of a direct statement, whose marks may stand outside it."""
    parts = _MARKED.findall(content)
    return content if mode == "direct" or not parts else " ".join(parts)


def _groups(quotations: Sequence[_Quotation]) -> Iterator[tuple[int, int]]:
    """Each later printing with the first one, in the order of the first ones."""
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    firsts: dict[int, int] = {}
    found: dict[int, list[int]] = defaultdict(list)
    for at, quotation in enumerate(quotations):
        mine = set(_runs(quotation.telling))
        shared = Counter(other for run in mine if len(runs[run]) <= OFTEN for other in runs[run])
        near = sorted(other for other, count in shared.items() if count >= FEWEST)
        home = next((other for other in near if _alike(quotations[other], quotation)), None)
        first = at if home is None else firsts[home]
        firsts[at] = first
        if first != at:
            found[first].append(at)
        for run in mine:
            runs[run].append(at)
    for first in sorted(found):
        yield from ((first, at) for at in found[first])


def _runs(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (words[at : at + RUN] for at in range(len(words) - RUN + 1))


def _alike(one: _Quotation, other: _Quotation) -> bool:
    if one.place.article == other.place.article:
        return False
    old, new = one.telling, other.telling
    short = min(len(old), len(new))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= ALIKE * short


def _differ(one: _Quotation, other: _Quotation) -> bool:
    """Other words in another outlet, or another speaker there; an outlet that cuts its own quotation the next day is none.

    Nobody is no other speaker, and an article before the first noun no other wording.
    """
    if one.place.outlet == other.place.outlet:
        return False
    return one.telling != other.telling or bool(one.speaker and other.speaker and one.speaker != other.speaker)


def _once(pairs: Iterable[tuple[int, int]], quotations: Sequence[_Quotation]) -> Iterator[tuple[int, int]]:
    """One of the printings of an article and its copies: the longest, of these the first."""
    best: dict[tuple[int, str, str], tuple[int, int]] = {}
    for first, at in pairs:
        other = quotations[at]
        home = (first, other.story, other.speaker)
        if home not in best or len(other.words) > len(quotations[best[home][1]].words):
            best[home] = first, at
    yield from best.values()


def _variant(number: int, one: _Quotation, other: _Quotation, found: dict[Place, Passage]) -> Variant:
    first, printed = found[one.place], found[other.place]
    kind, changes = _changes(*(_quoted(each.printed, "mixed") for each in (one, other)))
    return Variant(number, one.speaker, first, kind, changes, other.speaker, printed)


def _changes(old: str, new: str) -> tuple[Drift, str]:
    """What was left out and put in, in words; and what that makes of it."""
    before, after = old.split(), new.split()
    left, put = 0, 0
    shown: list[str] = []
    matcher = SequenceMatcher(None, [_plain(w) for w in before], [_plain(w) for w in after], autojunk=False)
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            shown.append(" ".join(after[k:m]))
            continue
        cut, added = " ".join(before[i:j]), " ".join(after[k:m])
        left += bool(_plain(cut))
        put += bool(_plain(added))
        shown += [f"[-{cut}-]"] * bool(cut) + [f"{{+{added}+}}"] * bool(added)
    kind: Drift = "changed" if left and put else "cut" if left else "longer" if put else "same"
    return kind, " ".join(shown)


def _plain(word: str) -> str:
    return "".join(lemmas.words(word))
