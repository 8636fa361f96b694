"""Copies: the same dispatch in forty outlets, in groups around the earliest article, each with its differences.

The groups follow from the articles alone, not from the order in which they came in: taken by date of publication, an
article joins the earliest canonical article that it is worded like, or becomes one itself. So a story that is rewritten
hour by hour does not swallow, version by version, what shares no words with its beginning.
Articles that are superseded or withdrawn are in no group, nor is one that has no copies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, insert, select, update

from propos.serialise import encode
from propos.store import wording
from propos.store.likeness import Likeness
from propos.store.tables import articles, copies, copy_groups, fingerprints

BATCH = 200
MOST_KEPT = 5000
"""Articles whose shingles are kept in memory at a time."""
LAST = "~"
"""After every digit and sign of a date: an article whose hour is unknown comes after those of its day that have one."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What ``regroup`` did: articles looked at for the first time, and groups that are new or changed."""

    articles: int
    groups: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """An article as the grouping sees it: ``order`` sorts by date, then by key; ``place`` is that of its fingerprint."""

    place: int
    order: tuple[str, str]
    digest: bytes


@dataclass
class _Corpus:
    """All current articles by id, and how much they look alike."""

    connection: Connection
    shapes: dict[int, _Shape]
    ids: list[int]
    likeness: Likeness
    runs: dict[int, wording.Shingles] = field(default_factory=dict)

    def reach(self, article: int) -> set[int]:
        """The article and everything alike, at any remove; nothing where it was reached before."""
        return {self.ids[place] for place in self.likeness.reach(self.shapes[article].place)}

    def alike(self, one: int, others: Iterable[int]) -> list[int]:
        """Those of the others that look so much like the one that their words are compared, the earliest first."""
        places = [self.shapes[other].place for other in others]
        alike = [self.ids[place] for place in self.likeness.alike(self.shapes[one].place, places)] if places else []
        return sorted(alike, key=lambda item: self.shapes[item].order)

    def similarity(self, one: int, other: int) -> float:
        return wording.similarity(self.shingles(one), self.shingles(other))

    def shingles(self, article: int) -> wording.Shingles:
        if article not in self.runs:
            if len(self.runs) >= MOST_KEPT:
                self.runs.clear()
            wanted = select(articles.c.text, articles.c.document).where(articles.c.id == article)
            self.runs[article] = wording.shingles(*self.connection.execute(wanted).one())
        return self.runs[article]


def regroup(connection: Connection) -> Regrouped:
    """Bring the groups up to date with the articles; only what is near something new or lost is looked at again."""
    fingerprints.create(connection, checkfirst=True)
    new = _fingerprint(connection)
    changed = {*new, *_loosened(connection)}
    if not changed:
        return Regrouped(0, 0)
    corpus = _load(connection)
    groups = 0
    for article in sorted(changed & corpus.shapes.keys()):
        if neighbourhood := corpus.reach(article):
            groups += _rewrite(corpus, neighbourhood)
            corpus.runs.clear()
    return Regrouped(len(new), groups)


def _fingerprint(connection: Connection) -> list[int]:
    """Remember the wording of the articles that are new; their ids."""
    known = select(fingerprints.c.article)
    wanted = select(articles.c.id).where(articles.c.status == "current", articles.c.id.not_in(known))
    ids = list(connection.execute(wanted.order_by(articles.c.id)).scalars())
    for start in range(0, len(ids), BATCH):
        some = select(articles.c.id, articles.c.text, articles.c.document).where(
            articles.c.id.in_(ids[start : start + BATCH])
        )
        made = [
            {"article": row.id, "digest": wording.digest(wording.shingles(row.text, row.document))}
            for row in connection.execute(some)
        ]
        connection.execute(insert(fingerprints), made)
    return ids


def _loosened(connection: Connection) -> list[int]:
    """The articles of groups that lost one, and current ones that stand for themselves now; the lost are let go."""
    retired = select(articles.c.id).where(articles.c.status != "current")
    connection.execute(delete(copies).where(copies.c.article.in_(retired)))
    connection.execute(update(articles).where(articles.c.status != "current").values(copy_group=None))
    connection.execute(delete(fingerprints).where(fingerprints.c.article.in_(retired)))
    count = func.count(articles.c.id)
    joined = copy_groups.outerjoin(articles, articles.c.copy_group == copy_groups.c.id)
    torn = select(copy_groups.c.id).select_from(joined).group_by(copy_groups.c.id).having(count != copy_groups.c.size)
    ids = list(connection.execute(torn).scalars())
    members = list(connection.execute(select(articles.c.id).where(articles.c.copy_group.in_(ids))).scalars())
    connection.execute(delete(copies).where(copies.c.copy_group.in_(ids)))
    connection.execute(update(articles).where(articles.c.copy_group.in_(ids)).values(copy_group=None))
    connection.execute(delete(copy_groups).where(copy_groups.c.id.in_(ids)))
    return members


def _load(connection: Connection) -> _Corpus:
    joined = articles.join(fingerprints, fingerprints.c.article == articles.c.id)
    columns = (articles.c.id, articles.c.key, articles.c.published, articles.c.issued, fingerprints.c.digest)
    rows = connection.execute(select(*columns).select_from(joined).where(articles.c.status == "current")).all()
    shapes = {
        row.id: _Shape(place, (moment(row.published, row.issued), row.key), bytes(row.digest))
        for place, row in enumerate(rows)
    }
    return _Corpus(connection, shapes, list(shapes), Likeness([shape.digest for shape in shapes.values()]))


def moment(published: str | None, issued: str | None) -> str:
    """When an article came out, to sort by: its time; the end of its day, month or year; unknown ones last."""
    return issued or (published or "") + LAST


def _rewrite(corpus: _Corpus, neighbourhood: set[int]) -> int:
    """Group a neighbourhood anew and write what changed; the number of groups that did."""
    if len(neighbourhood) == 1:  # new, or of a group that was dissolved: it is in none
        return 0
    connection = corpus.connection
    wanted = _stars(corpus, neighbourhood)
    written = _written(connection, neighbourhood)
    for canonical in written.keys() - {key for key in wanted if wanted[key] == written.get(key)}:
        _dissolve(connection, canonical)
    changed = [canonical for canonical in wanted if wanted[canonical] != written.get(canonical)]
    for canonical in changed:
        _write(corpus, canonical, wanted[canonical])
    return len(changed)


def _stars(corpus: _Corpus, neighbourhood: Iterable[int]) -> dict[int, list[int]]:
    """Canonical article -> its copies in the order of their ids; only where there are any.

    An article is laid beside the canonical ones that share a band with it, and no others: forty thousand copies of one
    dispatch cost as many comparisons, not their square.
    """
    stars: dict[int, list[int]] = {}
    banded: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for article in sorted(neighbourhood, key=lambda item: corpus.shapes[item].order):
        bands = list(wording.bands(corpus.shapes[article].digest))
        earlier = corpus.alike(article, {other for band in bands for other in banded[band]})
        home = next((o for o in earlier if corpus.similarity(o, article) >= wording.ALIKE), None)
        if home is None:
            stars[article] = []
            for band in bands:
                banded[band].append(article)
        else:
            stars[home].append(article)
    return {canonical: sorted(members) for canonical, members in stars.items() if members}


def _written(connection: Connection, neighbourhood: Iterable[int]) -> dict[int, list[int]]:
    """The groups as they stand; the copies of each in the order of their ids."""
    ids = sorted(neighbourhood)
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(ids), BATCH):
        wanted = (
            select(copy_groups.c.canonical, copies.c.article)
            .join_from(copies, copy_groups, copies.c.copy_group == copy_groups.c.id)
            .where(copies.c.article.in_(ids[start : start + BATCH]))
        )
        for row in connection.execute(wanted):
            found[row.canonical].append(row.article)
    return {canonical: sorted(members) for canonical, members in found.items()}


def _dissolve(connection: Connection, canonical: int) -> None:
    ids = list(connection.execute(select(copy_groups.c.id).where(copy_groups.c.canonical == canonical)).scalars())
    connection.execute(delete(copies).where(copies.c.copy_group.in_(ids)))
    connection.execute(update(articles).where(articles.c.copy_group.in_(ids)).values(copy_group=None))
    connection.execute(delete(copy_groups).where(copy_groups.c.id.in_(ids)))


def _write(corpus: _Corpus, canonical: int, members: Sequence[int]) -> None:
    connection = corpus.connection
    values = {"canonical": canonical, "size": 1 + len(members)}
    group = connection.execute(insert(copy_groups).values(values).returning(copy_groups.c.id)).scalar_one()
    old = _text(connection, canonical)
    rows = [
        {
            "article": member,
            "copy_group": group,
            "similarity": round(corpus.similarity(canonical, member), 4),
            "changes": json.dumps([_plain(change) for change in wording.changes(old, _text(connection, member))]),
        }
        for member in members
    ]
    connection.execute(insert(copies), rows)
    for start in range(0, len(rows) + 1, BATCH):
        some = [canonical, *members][start : start + BATCH]
        connection.execute(update(articles).where(articles.c.id.in_(some)).values(copy_group=group))


def _plain(change: wording.Change) -> list[object]:
    return [change.op, encode(change.old), encode(change.new)]


def _text(connection: Connection, article: int) -> str:
    return str(connection.execute(select(articles.c.text).where(articles.c.id == article)).scalar_one())
