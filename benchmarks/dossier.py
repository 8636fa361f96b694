"""How fast a dossier takes articles in, apart from reading them, and how fast it answers.

    python benchmarks/dossier.py [--articles 2000]

Invented articles with ready records are written, tended (copies, full text, actors) and asked for; no language analysis
runs. Times are wall seconds of this machine; compare the columns, not machines.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import synthetic
from propos.query import selection
from propos.query.filters import Filters
from propos.store.opening import Store
from propos.store.tending import tend
from propos.store.writing import Writer

QUESTIONS = {
    "words": Filters(query="frontière"),
    "side and type": Filters(side="FRA", types=("REQUEST",)),
    "a month": Filters(start="2024-03-01", end="2024-03-31"),
    "one for each group": Filters(start="2024-03-01", end="2024-03-31", unit="group"),
}


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


def asked(store: Store, filters: Filters) -> int:
    """How many entries a question gives."""
    with store.reading() as connection:
        return sum(1 for _ in selection.select(connection, filters))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.propos") as store:
        seconds = write(store, count)
        print(f"writing       {seconds:8.2f} s  {count / seconds:8,.0f} articles/s")
        seconds, _ = timed(lambda: tend(store))
        print(f"tending       {seconds:8.2f} s  {count / seconds:8,.0f} articles/s")
        seconds, _ = timed(lambda: tend(store))
        print(f"tending again {seconds:8.2f} s")
        for name, filters in QUESTIONS.items():
            seconds, found = timed(lambda f=filters: asked(store, f))  # type: ignore[misc]
            print(f"{name:<20} {seconds:8.3f} s  {found} entries")


if __name__ == "__main__":
    main()
