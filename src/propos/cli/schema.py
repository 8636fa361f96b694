"""``propos schema``: the JSON Schema of a record."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("schema")(schema)


def schema() -> None:
    """Print the JSON Schema of a record.

    Example: propos schema > record.schema.json
    """
    from propos.schema_json import schema_text

    typer.echo(schema_text(), nl=False)
