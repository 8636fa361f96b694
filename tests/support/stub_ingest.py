"""A process to be killed: takes a file into a dossier with the stub reading.

usage: stub_ingest.py DOSSIER FILE
"""

from __future__ import annotations

import sys

from propos.ingesting import Watch, ingest_into
from propos.model import Document
from propos.store.opening import Store
from stub_reading import StubReader


def done(_: Document) -> None:
    """Say that one article more is in."""
    sys.stdout.write(".")
    sys.stdout.flush()


if __name__ == "__main__":
    with Store.open(sys.argv[1]) as store:
        taken = ingest_into(store, sys.argv[2:], watch=Watch(done=done), reader=StubReader())
    sys.stdout.write(f"\n{taken.added} {taken.known}\n")
