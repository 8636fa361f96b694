"""What an ingest costs apart from the language analysis: ``python benchmarks/ingest.py [FILE…] [--articles 600]``.

The same articles go through readers, analysis, store and tending (copies, full text, actors), one stage after the
other, in one process with one BLAS thread. Times are CPU seconds, since other work on the machine hits them least.
What is loaded once, model and words, is loaded before.
"""

# ruff: noqa: E402 (BLAS reads its threads when NumPy is loaded)
from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from propos import Reader
from propos.lang import lemmas
from propos.store.opening import Store
from propos.store.tending import tend
from propos.store.writing import Writer

T = TypeVar("T")
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
MOST = 0.10
"""The share of the whole that readers and store may have."""


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds that ``work`` takes, and what it gives."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def measure(files: list[str], articles: int) -> dict[str, float]:
    """CPU seconds of each stage; every file is read to its end, then articles are taken evenly."""
    reader = Reader()
    reader.read("Le ministre a promis une réponse.")  # loads the model
    lemmas.load(reader.settings.language)
    collecting, found = timed(lambda: list(reader.documents([Path(name) for name in files])))
    documents = found[:: max(len(found) // articles, 1)][:articles]
    analysing, records = timed(lambda: list(reader.read_many(documents)))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.propos") as store:

        def write() -> None:
            with Writer(store) as writer:
                for document, record in zip(documents, records, strict=True):
                    writer.add(document, record)

        writing, _ = timed(write)
        tending, _ = timed(lambda: tend(store))
    count = len(documents)
    share = {"readers": collecting * count / len(found), "analysis": analysing, "writing": writing, "tending": tending}
    return {"articles": count, **share}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=[str(path) for path in sorted(CORPUS.glob("*.jsonl"))])
    parser.add_argument("--articles", type=int, default=600)
    options = parser.parse_args()
    stages = measure(options.files, options.articles)
    count = stages.pop("articles")
    whole = sum(stages.values())
    for name, seconds in stages.items():
        print(f"{name:<10} {seconds:8.2f} s  {1000 * seconds / count:7.2f} ms an article  {seconds / whole:6.1%}")
    apart = whole - stages["analysis"]
    print(f"apart from the analysis: {count / apart:,.0f} articles/s, {apart / whole:.1%} of the whole (at most {MOST:.0%})")


if __name__ == "__main__":
    main()
