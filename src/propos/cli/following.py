"""Long work on a terminal: progress with rate and remaining time, and Ctrl-C that ends it between two articles."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

import typer

from propos import errors
from propos.ingest import collect
from propos.ingesting import Watch
from propos.model import Document

T = TypeVar("T")
Advance = Callable[[Document], None]
TOLD = 5
"""So many times the same trouble in one file is told."""
STOPPING = "propos: stopping after the article in hand; Ctrl-C again stops at once.\n"


def _ignore(_: object) -> None:
    """Nobody watches."""


@contextmanager
def watching(measure: Callable[[Document], float], total: float) -> Iterator[Watch]:
    """A watch that reports what is skipped, shows progress (on a terminal) and stops at SIGINT.

    ``measure``: how far the work is after a document, of ``total``.
    """
    with _interruptible() as stop, _progress(measure, total) as (done, begin):
        yield Watch(Skips().report, done, stop, begin)


class Skips:
    """Tells of what is skipped; of the same trouble in one file the first times only, as its lines may be millions."""

    def __init__(self) -> None:
        self._told: Counter[tuple[str, str]] = Counter()

    def report(self, error: errors.InputError) -> None:
        """Write an error to standard error, or nothing."""
        file = (error.name or "").partition(" of ")[2] or error.name or ""
        self._told[file, error.code] += 1
        times = self._told[file, error.code]
        if times <= TOLD:
            typer.echo(f"propos: {error}", err=True)
        elif times == TOLD + 1:
            typer.echo(f"propos: More of {file} has the same trouble; the dossier notes each. [{error.code}]", err=True)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT came; the second one ends the program as usual, and nothing half-written stays behind."""
    came: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)
        signal.signal(signal.SIGINT, before)
        os.write(2, STOPPING.encode())  # a stream may not be written to while it is being written to

    signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def walking(items: Iterable[T], total: Callable[[], int]) -> Iterator[Iterable[T]]:
    """The items, with progress on a terminal while they are walked; ``total`` is asked there only."""
    if not sys.stderr.isatty():
        yield items
        return
    with _bar(total()) as (done, _):
        yield _told(items, done)


def _told(items: Iterable[T], done: Callable[[float], None]) -> Iterator[T]:
    for number, item in enumerate(items, start=1):
        yield item
        done(number)


@contextmanager
def _progress(
    measure: Callable[[Document], float], total: float
) -> Iterator[tuple[Advance, Callable[[str], None]]]:
    if not sys.stderr.isatty():
        yield _ignore, _ignore
        return
    with _bar(total) as (done, begin):
        yield (lambda document: done(measure(document))), begin


@contextmanager
def _bar(total: float) -> Iterator[tuple[Callable[[float], None], Callable[[str], None]]]:
    """A bar with the number of articles, their rate and the remaining time.

    Told how far the work is after each article, and what comes after them.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    said = "{task.fields[articles]} articles, {task.fields[rate]}/s"
    columns = (TextColumn(said), BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total or None, articles=0, rate="–")
        count = 0

        def advance(completed: float) -> None:
            nonlocal count
            count += 1
            seconds = bar.tasks[0].elapsed or 0
            rate = f"{count / seconds:.1f}" if seconds else "–"
            bar.update(task, completed=completed, articles=count, rate=rate)

        yield advance, lambda step: bar.update(task, description=step)


class Way:
    """How far along the inputs a document stands, in bytes; within a file by the text that came out of it."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.total = 0.0
        self._files: dict[str, tuple[float, int]] = {}
        self._read: dict[str, int] = {}
        self._farthest = 0.0
        for name in inputs:
            for file in _expand(name):
                size = _size(file)
                self._files.setdefault(file, (self.total, size))
                self.total += size

    def after(self, document: Document) -> float:
        """Bytes that lie behind when the document is done."""
        file = document.source.file or collect.STANDARD_INPUT
        begin, size = self._files.get(file, (0.0, 0))
        self._read[file] = self._read.get(file, 0) + len(document.text.encode("utf-8", "replace"))
        self._farthest = max(self._farthest, begin + min(size, self._read[file]))
        return self._farthest


def _expand(name: str) -> list[str]:
    try:
        return collect.expand(name)
    except errors.InputError:  # reported when its turn comes
        return []


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size if file != collect.STANDARD_INPUT else 0
    except OSError:
        return 0
