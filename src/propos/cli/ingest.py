"""``propos ingest``: articles into a dossier."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from propos.cli import options
from propos.cli.read import From

if TYPE_CHECKING:  # the database library is loaded by the command, not by the program's help
    from propos.ingesting import Taken

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.", show_default=False),
]


ENDINGS = 10
"""So many endings of files that are passed over are told."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("ingest")(ingest)


def ingest(
    dossier: options.Dossier,
    inputs: Inputs,
    json: options.Result = False,
    date: options.Date = None,
    columns: options.Map = None,
    source: From = None,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Read articles into a dossier; those that are in already are passed over.

    The dossier is made where there is none. Each article goes in whole or not at all: after an interruption the same
    command goes on where it stopped. A newer version of a wire's item takes the place of the older ones, which are
    kept.
    An input that cannot be read is reported, noted in the dossier and skipped; the exit code is then 3, or 1 where none
    could be read.

    Example: propos ingest news.propos articles/ export.jsonl
    """
    from propos.cli.following import Way, watching
    from propos.ingesting import ingest_into
    from propos.store.opening import Store

    settings = options.settings(config, date, columns, language, model)
    way = Way(inputs)
    _tell_passed_over(inputs)
    with Store.open(dossier) as store, watching(way.after, way.total) as watch:
        taken = ingest_into(store, inputs, settings, form=source, watch=watch)
    typer.echo(json_format.dumps(_result(taken)) if json else _summary(taken))
    _leave(taken)


def _tell_passed_over(inputs: list[str]) -> None:
    from propos.ingest.collect import passed_over

    for name in inputs:
        left = [f"{number} {ending}" for ending, number in passed_over(name).most_common(ENDINGS)]
        if left:
            typer.echo(f"propos: passed over in {name}, as Propos does not read them: {', '.join(left)}", err=True)


def _result(taken: Taken) -> dict[str, float]:
    return {key: value for key, value in asdict(taken).items() if key != "stopped"}


def _summary(taken: Taken) -> str:
    parts = [f"{taken.added} added", f"{taken.known} known", f"{taken.skipped} skipped"]
    parts += [f"{taken.superseded} superseded"] if taken.superseded else []
    parts += [f"{taken.withdrawn} withdrawn"] if taken.withdrawn else []
    return f"{', '.join(parts)} in {taken.seconds:.1f} s"


def _leave(taken: Taken) -> None:
    if taken.stopped:
        went = f"{taken.added} article{'s' if taken.added != 1 else ''} went in and stay{'s' if taken.added == 1 else ''}"
        typer.echo(f"propos: stopped; {went}. The same command goes on.", err=True)
        raise typer.Exit(130)
    if taken.skipped:
        raise typer.Exit(3 if taken.added or taken.known else 1)
