"""``propos config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated

import typer

from propos.cli import options
from propos.settings import COLUMN_FIELDS, Settings, origins, settings_files

WithOrigin = Annotated[
    bool, typer.Option("--origin", help="Say where each comes from: default, a file, the environment, a flag.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command and what it can do."""
    group = typer.Typer(help=show_all.__doc__, invoke_without_command=True)
    group.callback()(show_all)
    group.command("show")(show)
    app.add_typer(group, name="config")


def show_all(context: typer.Context, config: options.Config = None) -> None:
    """Print the settings in force, as a settings file.

    They come from the defaults, then the user's propos/propos.toml, then ./propos.toml, then PROPOS_ variables.

    Example: propos config > propos.toml
    """
    if context.invoked_subcommand is not None:
        return
    chosen = options.settings(config)
    for path in settings_files(os.environ, config):
        typer.echo(f"# read from {path}", err=True)
    for line in lines(chosen):
        typer.echo(line)


def show(
    context: typer.Context,
    origin: WithOrigin = False,
    date: options.Date = None,
    columns: options.Map = None,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Print the settings in force with these flags, as a settings file; with --origin, where each comes from.

    Example: propos config show --origin --model fr_core_news_sm
    """
    chosen_file = config or (context.parent.params.get("config") if context.parent is not None else None)
    flags = {"published": date, "columns": columns, "language": language, "model": model}
    settings = options.settings(chosen_file, date, columns, language, model)
    for line in lines(settings, origins(flags, chosen_file) if origin else {}):
        typer.echo(line)


def lines(settings: Settings, came_from: Mapping[str, str] | None = None) -> list[str]:
    """The settings as lines of TOML, each with what it means and, where known, where it comes from."""
    told = {key: f"  # {where}" for key, where in (came_from or {}).items()}
    out = [
        line
        for item in fields(settings)
        if item.name != "columns"
        for line in _entry(settings, item.name, item.metadata["about"], told.get(item.name, ""))
    ]
    named = [(name, getattr(settings.columns, name)) for name in COLUMN_FIELDS]
    about = f"# columns of JSON Lines and tables, by field: {', '.join(COLUMN_FIELDS)}"
    out.append(f"[columns]  {about}{told.get('columns', '')}")
    return out + [f"{name} = {json.dumps(column, ensure_ascii=False)}" for name, column in named if column is not None]


def _entry(settings: Settings, name: str, about: str, told: str) -> tuple[str, str]:
    value = getattr(settings, name)
    written = f"# {name} =" if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}"
    return f"# {about}", written + told
