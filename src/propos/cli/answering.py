"""Answers as a table for a terminal, CSV, JSON Lines or Markdown."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from shutil import get_terminal_size
from typing import Any, TypeAlias

import typer

from propos import errors
from propos.export.characters import one_line
from propos.export.csv import neutralised
from propos.query.answers import Answer, Cell

Writer: TypeAlias = Callable[[Answer[Any]], None]
WIDEST = 32
"""Characters of a cell of the table, but for the last one, which has the rest of the line."""
_LEFT_OUT = (".article", ".start", ".end", ".outlet", ".published")
"""Cells that say where a passage stands: the table leaves them to the other formats."""


def writer(form: str) -> Writer:
    """What writes an answer in a format; raises ``answer-format``."""
    forms: dict[str, Writer] = {"table": _table, "csv": _csv, "json": _json, "md": _markdown}
    if form not in forms:
        raise errors.ANSWER_FORMAT(got=repr(form), allowed=", ".join(forms))
    return forms[form]


def _table(answer: Answer[Any]) -> None:
    head, rows = _shown(answer)
    if not rows:
        typer.echo("propos: nothing found.", err=True)
        return
    widths = [min(WIDEST, max(len(cells[at]) for cells in (head, *rows))) for at in range(len(head))]
    rest = max(WIDEST, get_terminal_size().columns - sum(widths[:-1]) - 2 * (len(head) - 1))
    widths[-1] = rest if sys.stdout.isatty() else max(len(cells[-1]) for cells in (head, *rows))
    for cells in (head, *rows):
        typer.echo("  ".join(_fit(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)


def _shown(answer: Answer[Any]) -> tuple[list[str], list[list[str]]]:
    """The cells that fit a page; columns in which nothing stands are left out."""
    names = answer.columns()
    rows = [[_text(cell) for cell in row] for row in answer.flat()]
    kept = [at for at, name in enumerate(names) if not name.endswith(_LEFT_OUT) and any(row[at] for row in rows)]
    return [names[at].removesuffix(".words") for at in kept], [[row[at] for at in kept] for row in rows]


def _markdown(answer: Answer[Any]) -> None:
    head, rows = _shown(answer)
    for cells in (head, ["---"] * len(head), *rows):
        typer.echo(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")


def _csv(answer: Answer[Any]) -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(answer.columns())
    for row in answer.flat():
        rows.writerow(_cells(row))


def _cells(row: Sequence[Cell]) -> list[Cell]:
    return [neutralised(cell) if isinstance(cell, str) else cell for cell in row]


def _json(answer: Answer[Any]) -> None:
    for row in answer.to_dicts():
        typer.echo(json.dumps(row, ensure_ascii=False))


def _text(cell: Cell) -> str:
    return "" if cell is None else one_line(str(cell))
