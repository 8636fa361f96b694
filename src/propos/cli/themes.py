"""``propos themes``: the themes that questions to a dossier go by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier.", show_default=False)]
File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="Your themes with their terms (TOML); without it, those kept are shown.")
]
Propose = Annotated[bool, typer.Option("--propose", help="Propose themes anew, in place of those kept.")]
Write = Annotated[Path | None, typer.Option("--write", metavar="FILE", help="Write them to a file, for you to edit.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("themes")(themes)


def themes(dossier: Dossier, file: File = None, propose: Propose = False, write: Write = None) -> None:
    """Show, write, propose or replace the themes that questions to a dossier go by.

    Themes are proposed from what is said when articles are taken in. Your own, given as FILE, stay until you propose
    anew. What is said on each: propos ask DOSSIER themes. See docs/questions.md.

    Example: propos themes news.propos --write themes.toml
    """
    from propos.cli.outputs import replacing_bytes
    from propos.query import proposing
    from propos.query.themes import text_of
    from propos.store.facts import THEMES, fact
    from propos.store.opening import Store

    own = None if file is None else text_of(file)
    with Store.open(dossier, create=False, read_only=True) as store, store.reading() as connection:
        text = fact(connection, THEMES)
    if own is not None or propose or text is None:
        with Store.open(dossier, create=False) as store:
            if own is None:
                text = proposing.propose_anew(store)
            else:
                proposing.keep(store, text := own, str(file))
    if write is None:
        typer.echo(text or "# no themes", nl=not text)
        return
    with replacing_bytes(write) as stream:
        stream.write(text.encode())
