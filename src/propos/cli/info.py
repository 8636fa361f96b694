"""``propos info``: what is in a dossier."""

from __future__ import annotations

import json as json_format
import shutil
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from propos.cli import options

if TYPE_CHECKING:  # the database library is loaded by the command, not by the program's help
    from collections.abc import Iterator

    from propos.store.counting import Counts

TOGETHER = "\u00a0"
"""Stands for the blanks between words that stay on one line."""
INDENT = 12
"""Columns before what is told."""
SHOWN = 10
"""So many outlets are listed."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("info")(info)


def info(dossier: options.Dossier, json: options.Result = False) -> None:
    """Count what is in a dossier: articles, outlets, dates, statements, events, failures.

    Statements and events are counted in current articles, as the newest reading has them.

    Example: propos info news.propos
    """
    from propos.store.counting import count
    from propos.store.opening import Store

    with Store.open(dossier, create=False, read_only=True) as store, store.reading() as connection:
        counts = count(connection)
    if json:
        typer.echo(json_format.dumps(asdict(counts), ensure_ascii=False))
        return
    width = max(shutil.get_terminal_size((100, 24)).columns, 40)
    for name, value in lines(counts):
        for line in textwrap.wrap(value, width - INDENT, break_long_words=False, break_on_hyphens=False):
            typer.echo(f"{name:<{INDENT}}{line.replace(TOGETHER, ' ')}")
            name = ""  # noqa: PLW2901 (it stands before the first line only)


def lines(counts: Counts) -> Iterator[tuple[str, str]]:
    """What is counted, and the figures in words."""
    yield "articles", _listed(counts.articles) or "none"
    yield "groups", f"{counts.groups} (copies of one dispatch counted once)"
    yield "outlets", _listed(counts.outlets, SHOWN) or "none"
    yield "published", f"{counts.first} to {counts.last}" if counts.first else "no dates"
    yield "readings", _readings(counts)
    yield "statements", str(counts.statements)
    yield "events", f"{sum(counts.events.values())}: {_listed(counts.events)}" if counts.events else "none"
    yield "failures", _listed(counts.failures) or "none"
    for failure in counts.failed:
        yield "", f"{failure.reason} ({failure.seen[:10]})"
    yield "made", f"{counts.created}, tables version {counts.schema}"


def _readings(counts: Counts) -> str:
    versions = len(counts.pipelines)
    if versions < 2:
        return f"{counts.readings}, those that count all by one version of Propos and its settings"
    return f"{counts.readings}, those that count by {versions} versions of Propos or its settings; refresh makes them one"


def _listed(figures: dict[str, int], longest: int | None = None) -> str:
    shown = [f"{number} {name or 'unnamed'}".replace(" ", TOGETHER) for name, number in figures.items()]
    rest = shown[longest:] if longest is not None else []
    return ", ".join(shown[:longest] + ([f"{len(rest)} others"] if rest else []))
