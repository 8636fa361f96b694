"""``propos compare``: statements gained, lost and changed between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Old = Annotated[Path, typer.Argument(metavar="OLD", help="Records of the older run (JSON Lines).", show_default=False)]
New = Annotated[Path, typer.Argument(metavar="NEW", help="Records of the newer run (JSON Lines).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("compare")(compare)


def compare(old: Old, new: New, json: Json = False) -> None:
    """Show what two runs read differently: gained, lost, changed.

    Example: propos compare before.jsonl after.jsonl
    """
    import json as codec

    from propos.evaluate import compare as difference
    from propos.evaluate import read_records

    found = difference(read_records(old), read_records(new))
    typer.echo(codec.dumps(found.to_dict(), ensure_ascii=False, indent=2) if json else found.summary())
