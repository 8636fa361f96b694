"""How fast a dossier takes articles in, apart from reading them, and how fast it answers.

    python benchmarks/dossier.py [--articles 2000]        invented articles, in a scratch dossier
    python benchmarks/dossier.py --dossier news.propos    the questions only, to a dossier that you have

Invented articles with ready records are written, tended (copies, full text, actors) and asked for; no language analysis
runs. A question is counted whole, and its first hundred articles are fetched. Times are wall seconds of this machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from sqlalchemy import text

import synthetic
from propos.query import selection
from propos.query.asking import Asked
from propos.query.filters import Filters
from propos.query.questions import QUESTIONS
from propos.store.opening import Store
from propos.store.tending import tend
from propos.store.writing import Writer

PAGE = 100
ABOUT_SOMEBODY = {"positions", "changes", "exchanges", "intensity"}
"""Questions that are asked of somebody: here of the side that speaks most, and the one that speaks most after it."""


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Wall seconds that ``work`` takes, and what it gives."""
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def write(store: Store, count: int) -> float:
    """Seconds to write ``count`` articles; making them is not counted."""
    spent = 0.0
    with Writer(store) as writer:
        for document, record in synthetic.articles(count):
            seconds, _ = timed(lambda d=document, r=record: writer.add(d, r))  # type: ignore[misc]
            spent += seconds
    return spent


def ask(store: Store) -> None:
    """Print how long each question takes."""
    print(f"{'question':<20} {'count':>8}   {'first 100':>9}")
    for name, filters in questions(store).items():
        with store.reading() as connection:
            counting, found = timed(lambda f=filters: selection.count(connection, f).articles)  # type: ignore[misc]
            fetching, _ = timed(lambda f=filters: list(islice(selection.select(connection, f), PAGE)))  # type: ignore[misc]
        print(f"{name:<20} {counting:6.2f} s   {fetching:7.2f} s  {found} articles")
    with store.reading() as connection:
        one, other = (row.country for row in connection.execute(_SIDES))
        for name, question in QUESTIONS.items():
            filters = Filters(side=one) if name in ABOUT_SOMEBODY else Filters()
            asked = Asked(connection, filters, other_side=other)
            seconds, answer = timed(lambda q=question, a=asked: len(q.ask(a)))  # type: ignore[misc]
            print(f"ask {name:<16} {seconds:6.2f} s   {filters.side or 'everybody':>9}  {answer} rows")


def questions(store: Store) -> dict[str, Filters]:
    """What is asked: the month in the middle, and the actor who speaks most, are those of the dossier."""
    with store.reading() as connection:
        middle = connection.execute(_MIDDLE).scalar() or "2024-03-01"
        actor = connection.execute(_LOUDEST).scalar() or ""
    month = {"start": f"{middle[:7]}-01", "end": f"{middle[:7]}-28"}
    return {
        "everything": Filters(),
        "words": Filters(query="frontière"),
        "side and type": Filters(side="FRA", types=("REQUEST",)),
        "actor": Filters(actor=actor),
        "denied": Filters(factuality=("denied",)),
        "a month": Filters(**month),
        "one for each group": Filters(**month, unit="group"),
    }


_MIDDLE = text(
    "SELECT published FROM articles WHERE published IS NOT NULL ORDER BY published LIMIT 1 OFFSET (SELECT count(*) / 2 FROM articles)"
)
_SIDES = text(
    "SELECT country FROM actors JOIN statements ON statements.actor = actors.id WHERE country IS NOT NULL "
    "GROUP BY country ORDER BY count(*) DESC, country LIMIT 2"
)
_LOUDEST = text(
    "SELECT key FROM actors JOIN statements ON statements.actor = actors.id GROUP BY key ORDER BY count(*) DESC, key LIMIT 1"
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--dossier", type=Path)
    options = parser.parse_args()
    if options.dossier:
        with Store.open(options.dossier, create=False) as store:
            ask(store)
        return
    count = options.articles
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.propos") as store:
        seconds = write(store, count)
        print(f"writing       {seconds:8.2f} s  {count / seconds:8,.0f} articles/s")
        seconds, _ = timed(lambda: tend(store))
        print(f"tending       {seconds:8.2f} s  {count / seconds:8,.0f} articles/s")
        seconds, _ = timed(lambda: tend(store))
        print(f"tending again {seconds:8.2f} s")
        ask(store)


if __name__ == "__main__":
    main()
