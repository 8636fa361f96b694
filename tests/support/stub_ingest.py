"""A process to be killed: takes a file into a dossier with the stub reading.

usage: stub_ingest.py DOSSIER FILE

``stub_ingest.py --each`` reads lines ``DOSSIER<tab>FILE`` and gives each to a child of its own, so that only the first
has to wait for Python: it writes the child's number on a line, the child its dots, and then on a line how it ended.
"""

from __future__ import annotations

import os
import sys

from propos.ingesting import Watch, ingest_into
from propos.model import Document
from propos.store.opening import Store
from stub_reading import StubReader


def say(words: str) -> None:
    """Write at once, so that nothing waits in a child."""
    os.write(1, words.encode())


def done(_: Document) -> None:
    """Say that one article more is in."""
    say(".")


def ingest(dossier: str, *files: str) -> None:
    """Take files in and say what came of it."""
    with Store.open(dossier) as store:
        taken = ingest_into(store, files, watch=Watch(done=done), reader=StubReader())
    say(f"\n{taken.added} {taken.known}\n")


def each() -> None:
    """One child after the other."""
    for line in sys.stdin:
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            os.read(told, 1)  # until its number is written
            ingest(*line.rstrip("\n").split("\t"))
            os._exit(0)
        say(f"{child}\n")
        os.write(tell, b"x")
        os.close(told)
        os.close(tell)
        say(f"\nended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")


if __name__ == "__main__":
    each() if sys.argv[1] == "--each" else ingest(*sys.argv[1:])
