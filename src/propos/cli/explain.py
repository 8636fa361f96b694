"""``propos explain``: which rules decided a statement or an event, and why others did not."""

from __future__ import annotations

from typing import Annotated

import typer

from propos.cli import options

Input = Annotated[str, typer.Argument(metavar="FILE", help="The article; - for standard input.", show_default=False)]
At = Annotated[
    str,
    typer.Option("--at", metavar="OFFSET|ID", help="An offset in the text, or the id of a statement or an event.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)


def explain(
    source: Input,
    at: At,
    date: options.Date = None,
    columns: options.Map = None,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Say why a statement or an event was read, or was not.

    The place is the id of a statement (s3) or an event (e3), as `propos read` shows it, or an offset in code points of the
    record's text.

    Example: propos explain article.txt --at s3
    """
    from propos.reader import Reader
    from propos.view import reasons

    reader = Reader(options.settings(config, date, columns, language, model))
    document = reader.file(source)
    place = int(at) if at.isascii() and at.isdigit() else at
    explanation = reader.pipeline.explain(document, place)
    for line in reasons.lines(explanation):
        typer.echo(line)
