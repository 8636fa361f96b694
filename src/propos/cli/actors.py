"""``propos actors``: work on a table of your own actors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from propos.cli import options

File = Annotated[Path, typer.Argument(metavar="FILE", help="Your table of actors (TSV).", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Register the command and what it can do."""
    group = typer.Typer(help="Work on a table of your own actors.", no_args_is_help=True)
    group.command("check")(check)
    app.add_typer(group, name="actors")


def check(file: File, config: options.Config = None) -> None:
    """Say, line by line, what is wrong in a table of actors; exit code 1 where something is.

    Notes name lines that overrule the language pack; they are no errors.

    Example: propos actors check my-actors.tsv
    """
    from importlib.resources import files

    from propos.lang import actors, knowledge

    pack = actors.load(files("propos.lang") / options.settings(config).language)
    problems = knowledge.check(file, pack.states, pack.names)
    for problem in problems:
        typer.echo(f"{file}, {problem}")
    errors = sum(problem.level == "error" for problem in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} notes", err=True)
    if errors:
        raise typer.Exit(1)
