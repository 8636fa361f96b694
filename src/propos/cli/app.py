"""The program and its commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from propos.cli import (
    actors,
    ask,
    compare,
    config,
    doctor,
    evaluate,
    explain,
    export,
    info,
    ingest,
    read,
    refresh,
    schema,
    search,
    themes,
    unify,
)
from propos.version import VERSION

app = typer.Typer(
    name="propos",
    help="Read French news: who said what, to whom, according to whom.",
    no_args_is_help=True,
    add_completion=False,
    # Plain help starts faster than coloured help and is what docs/cli.md shows.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    read, ingest, refresh, info, search, ask, themes, unify, export, explain, evaluate, compare, actors, schema, config, doctor,
):  # fmt: skip
    command.add_to(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"propos {VERSION}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Read French news: who said what, to whom, according to whom."""
