"""Long work on a terminal: progress with rate and remaining time, and Ctrl-C that ends it between two articles."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from propos import errors
from propos.ingest import collect
from propos.ingesting import Watch
from propos.model import Document

Advance = Callable[[Document], None]


@contextmanager
def watching(measure: Callable[[Document], float], total: float) -> Iterator[Watch]:
    """A watch that reports what is skipped, shows progress (on a terminal) and stops at SIGINT.

    ``measure``: how far the work is after a document, of ``total``.
    """
    with _interruptible() as stop, _progress(measure, total) as done:
        yield Watch(_report, done, stop)


def _report(error: errors.InputError) -> None:
    typer.echo(f"propos: {error}", err=True)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT came; the second one ends the program as usual, and nothing half-written stays behind."""
    came: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(came)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(measure: Callable[[Document], float], total: float) -> Iterator[Advance]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.fields[articles]} articles, {task.fields[rate]}/s"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total or None, articles=0, rate="–")
        count = 0

        def advance(document: Document) -> None:
            nonlocal count
            count += 1
            seconds = bar.tasks[0].elapsed or 0
            rate = f"{count / seconds:.1f}" if seconds else "–"
            bar.update(task, completed=measure(document), articles=count, rate=rate)

        yield advance


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
