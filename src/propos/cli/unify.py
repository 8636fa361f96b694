"""``propos unify``: who is who in a dossier, by a user's file of merges and splits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier.", show_default=False)]
File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="Your merges and splits (TOML); without it, those kept are shown.")
]
Forget = Annotated[bool, typer.Option("--forget", help="Go by the rules alone again.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("unify")(unify)


def unify(dossier: Dossier, file: File = None, forget: Forget = False) -> None:
    """Say which names of a dossier are one actor and which are not; the file is kept in the dossier.

    It holds for what is taken in later, too, until another file takes its place. See docs/unify.md.

    Example: propos unify news.propos who.toml
    """
    from propos.store import corrections, facts, tending
    from propos.store.opening import Store

    if file is None and not forget:
        with Store.open(dossier, create=False, read_only=True) as store, store.reading() as connection:
            typer.echo(facts.fact(connection, facts.CORRECTIONS) or "# no merges or splits", nl=False)
            typer.echo("")
        return
    text = None if file is None else corrections.text_of(file)
    with Store.open(dossier, create=False) as store:
        changed = tending.correct(store, text, str(file))
    typer.echo(f"propos: {changed} mentions have another actor now.", err=True)
