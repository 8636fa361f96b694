"""``propos read``: articles in, records out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from propos import errors
from propos.cli import options
from propos.ingest.sniff import Format as InputFormat

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files, folders, addresses, or - for standard input.", show_default=False)
]
Form = Annotated[Literal["text", "table", "events", "json"] | None, typer.Option("--format", help="What to print: the view, a table of statements or of events, or JSON.")]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines, one record a line: --format json.")]
From = Annotated[
    InputFormat | None,
    typer.Option("--from", help="The inputs' format, where it is not to be guessed."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("read")(read)


def read(
    inputs: Inputs,
    form: Form = None,
    json: Json = False,
    date: options.Date = None,
    columns: options.Map = None,
    source: From = None,
    output: Output = None,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Read articles and print who said what, and what happened.

    On a terminal: each article with its statements and events marked, and a list of them. Into a pipe or a file: JSON
    Lines.
    Inputs are plain text, Markdown, HTML, JSON, JSON Lines, CSV, TSV, Parquet, mail, PDF, exports of press databases (Europresse,
    Factiva, Nexis), wire formats (NewsML, NITF, ninjs), feeds, WARC, archives of these, or addresses of feeds and pages;
    the files of a folder are read in the order of their names.
    An input that cannot be read is reported and skipped; the exit code is then 3, or 1 where none could be read.

    Example: propos read --json articles/ > records.jsonl
    """
    from propos.cli.writing import Writer
    from propos.reader import Reader

    reader = Reader(options.settings(config, date, columns, language, model))
    tally = Tally()
    documents = reader.files(inputs, tally.skip, source)
    with Writer.open(output, "json" if json else form) as writer:
        for record in reader.pipeline.read_many(documents):
            writer.write(record)
            tally.read += 1
    tally.leave()


class Tally:
    """Counts what was read and what was skipped, and reports the latter."""

    def __init__(self) -> None:
        self.read = 0
        self.skipped = 0

    def skip(self, error: errors.InputError) -> None:
        """Report an input that cannot be read."""
        self.skipped += 1
        typer.echo(f"propos: {error}", err=True)

    def leave(self) -> None:
        """End the command with 1 where nothing could be read, 3 where something was skipped."""
        if not self.skipped:
            return
        if self.read:
            typer.echo(f"propos: {self.read} read, {self.skipped} skipped.", err=True)
        sys.stdout.flush()
        raise typer.Exit(3 if self.read else 1)
