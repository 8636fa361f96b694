"""``propos config``: the settings in force."""

from __future__ import annotations

import json
import os
from dataclasses import fields

import typer

from propos.cli import options
from propos.settings import COLUMN_FIELDS, Settings, settings_files


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("config")(show)


def show(config: options.Config = None) -> None:
    """Print the settings in force, as a settings file.

    They come from the defaults, then the user's propos/propos.toml, then ./propos.toml, then PROPOS_ variables.

    Example: propos config > propos.toml
    """
    chosen = options.settings(config)
    for path in settings_files(os.environ, config):
        typer.echo(f"# read from {path}", err=True)
    for line in lines(chosen):
        typer.echo(line)


def lines(settings: Settings) -> list[str]:
    """The settings as lines of TOML, each with what it means."""
    out = [
        line
        for item in fields(settings)
        if item.name != "columns"
        for line in _entry(settings, item.name, item.metadata["about"])
    ]
    named = [(name, getattr(settings.columns, name)) for name in COLUMN_FIELDS]
    out.append(f"[columns]  # columns of JSON Lines rows, by field: {', '.join(COLUMN_FIELDS)}")
    return out + [f"{name} = {json.dumps(column, ensure_ascii=False)}" for name, column in named if column is not None]


def _entry(settings: Settings, name: str, about: str) -> tuple[str, str]:
    value = getattr(settings, name)
    return f"# {about}", f"# {name} =" if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}"
