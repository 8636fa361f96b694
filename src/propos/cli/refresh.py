"""``propos refresh``: a dossier read again by the present version."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from itertools import count

import typer

from propos.cli import options


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("refresh")(refresh)


def refresh(
    dossier: options.Dossier,
    json: options.Result = False,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Read again the articles that another version of Propos, or other settings, read.

    The old readings are kept beside the new ones. After an interruption the same command goes on where it stopped.

    Example: propos refresh news.propos
    """
    from propos import refreshing
    from propos.cli.following import watching
    from propos.store import reading
    from propos.store.opening import Store

    settings = options.settings(config, language=language, model=model)
    done = count(1)
    with Store.open(dossier, create=False) as store:
        total = reading.count_outdated(store, refreshing.pipeline_in_force(settings))
        with watching(lambda _: next(done), total) as watch:
            result = refreshing.refresh(store, settings, watch=watch)
    shown = {key: value for key, value in asdict(result).items() if key != "stopped"}
    summary = f"{result.read} read again, {result.revived} had been read before, {result.skipped} skipped in {result.seconds:.1f} s"
    typer.echo(json_format.dumps(shown) if json else summary)
    if result.stopped:
        typer.echo("propos: stopped; what was read again stays. The same command goes on.", err=True)
        raise typer.Exit(130)
    if result.skipped:
        raise typer.Exit(3 if result.read or result.revived else 1)
