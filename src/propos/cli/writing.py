"""Records to standard output or a file, in the format asked for."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from propos import errors
from propos.model import Record


class Writer:
    """Writes records one by one as ``text`` (the view), ``json``, or a table: ``table`` (statements), ``events``."""

    def __init__(self, stream: TextIO, form: str) -> None:
        self.stream = stream
        self.form = form
        self.written = 0

    @classmethod
    @contextmanager
    def open(cls, output: Path | None, form: str | None) -> Iterator[Writer]:
        """A writer for ``output``, or standard output; without ``form``: the view on a terminal, else JSON Lines.

        A file appears under its name when it is complete. Raises ``output-unwritable``.
        """
        if output is None:
            chosen = form or ("text" if sys.stdout.isatty() else "json")
            _use_utf8(sys.stdout)
            yield cls(sys.stdout, chosen)
            return
        with replacing(output) as stream:
            yield cls(stream, form or "json")

    def write(self, record: Record) -> None:
        """Write one record."""
        if self.form == "json":
            from propos.serialise import to_json

            self.stream.write(to_json(record) + "\n")
        elif self.form == "text":
            self._view(record)
        else:
            self._table(record)
        self.written += 1

    def _table(self, record: Record) -> None:
        from propos.view.table import TABLES

        table = TABLES[self.form]
        if not self.written:
            self.stream.write(table.header() + "\n")
        self.stream.writelines(line + "\n" for line in table.lines(record))

    def _view(self, record: Record) -> None:
        from rich.console import Console

        from propos.view import terminal

        if self.written:
            self.stream.write("\n")
        if self.stream.isatty():
            terminal.show(record, Console(file=self.stream, highlight=False))
            return
        # Without a terminal there is no width to fit, and the padding of its lines is of no use.
        page = io.StringIO()
        terminal.show(record, Console(file=page, width=100, highlight=False))
        self.stream.writelines(line.rstrip() + "\n" for line in page.getvalue().splitlines())


def save(output: Path, text: str) -> None:
    """Write a whole file; raises ``output-unwritable``."""
    with replacing(output) as stream:
        stream.write(text)


@contextmanager
def replacing(output: Path) -> Iterator[TextIO]:
    """A file to write to, which takes the place of ``output`` when all went well; raises ``output-unwritable``."""
    unfinished = output.with_name(output.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(output)
    except OSError as error:
        raise errors.OUTPUT_UNWRITABLE(name=output, reason=error.strerror or error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _use_utf8(stream: TextIO) -> None:
    """French needs UTF-8, whatever the locale says."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
