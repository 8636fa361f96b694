"""Options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from propos.settings import Settings, load

Date = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date, over what the input says.")
]
Map = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=COLUMN,…", help="Columns of JSON Lines and tables: text=body,title=headline."),
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings file, in place of the usual ones.")
]
Dossier = Annotated[
    str,
    typer.Argument(
        metavar="DOSSIER", help="The dossier: a file, or postgresql+psycopg://user@host/database.", show_default=False
    ),
]
Result = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")]
Language = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Language pack.")]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="spaCy pipeline: a package or a folder.")]


def settings(
    config: Path | None = None,
    date: str | None = None,
    columns: str | None = None,
    language: str | None = None,
    model: str | None = None,
) -> Settings:
    """The settings in force, flags over all else; raises :class:`propos.errors.SettingsError`."""
    flags: dict[str, object] = {"published": date, "columns": columns, "language": language, "model": model}
    return load(flags, config)
