"""``propos export``: a dossier's articles to the formats that others read."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from propos import errors
from propos.cli import filtering, options
from propos.export.contract import Options, Part
from propos.export.registry import FORMATS, Format, named
from propos.query.filters import Filters
from propos.store.entry import Entry

RECORDS = ".jsonl"
"""A path with this ending is a file of records, not a dossier."""

Dossier = Annotated[
    str,
    typer.Argument(metavar="DOSSIER", help="The dossier, or a JSON Lines file of records.", show_default=False),
]
Form = Annotated[
    str, typer.Option("--format", metavar="NAME", help=f"One of {', '.join(FORMATS)}.", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="The file, or the new folder; standard output by default."),
]
Table = Annotated[Part, typer.Option("--part", help="Which table, for csv, xlsx and parquet.")]
Separator = Annotated[str, typer.Option("--separator", metavar="CHAR", help="Between cells of CSV: , ; | or tab.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, as Excel wants it.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("export")(export)


def export(
    dossier: Dossier,
    form: Form,
    output: Output = None,
    part: Table = "statements",
    separator: Separator = ",",
    bom: Bom = False,
    actor: filtering.Actor = None,
    side: filtering.Side = None,
    types: filtering.Types = None,
    factuality: filtering.Factualities = None,
    start: filtering.From = None,
    end: filtering.To = None,
    outlet: filtering.Outlet = None,
    query: filtering.Query = None,
    groups: filtering.Groups = False,
    json: options.Result = False,
) -> None:
    """Write articles with their statements and events in a format of others.

    A file takes the place of an older one when it is complete; a folder must be new or empty.

    Example: propos export news.propos --format csv --part events --separator ";" --bom --output events.csv
    """
    filters = filtering.filters(
        actor, side, types, factuality, start=start, end=end, outlet=outlet, query=query, groups=groups
    )
    if json and output is None:
        raise errors.EXPORT_NEEDS_OUTPUT(form="--json", what="what stands on standard output itself")
    with entries(dossier, filters) as found:
        written = write(found, named(form), output, Options(part, separator, bom))
    if json:
        typer.echo(json_format.dumps({"written": written, "format": form, "output": str(output)}))
    elif output is not None:
        typer.echo(f"propos: {written} written to {output}.", err=True)
    if not written and filters != Filters():
        told = f"Nothing in {dossier} was found with these filters; propos info {dossier} shows what there is."
        typer.echo(f"propos: {told}", err=True)


def write(found: Iterable[Entry], form: Format, output: Path | None, options: Options) -> int:
    """Write entries to ``output`` or standard output; how many rows, records or items they gave."""
    from propos.cli.outputs import filling, replacing_bytes

    if form.folder:
        if output is None:
            raise errors.EXPORT_NEEDS_OUTPUT(form=form.name, what="a folder of several files")
        with filling(output) as folder:
            return form.folder_format().write(found, folder, options)
    if output is not None:
        with replacing_bytes(output) as stream:
            return form.file_format().write(found, stream, options)
    if not form.text and sys.stdout.isatty():
        raise errors.EXPORT_NEEDS_OUTPUT(form=form.name, what="no text")
    return form.file_format().write(found, sys.stdout.buffer, options)


@contextmanager
def entries(dossier: str, filters: Filters) -> Iterator[Iterable[Entry]]:
    """The entries of a dossier that the filters keep, or of all records of a JSON Lines file."""
    if dossier.endswith(RECORDS):
        from propos.evaluate import read_records

        if filters != Filters():
            raise errors.EXPORT_FILTERS(name=dossier)
        if not Path(dossier).is_file():
            raise errors.FILE_MISSING(name=dossier)
        yield (Entry.of(record, number) for number, record in enumerate(read_records(Path(dossier)), 1))
        return
    from propos.cli.following import walking
    from propos.query.selection import count, select
    from propos.store.opening import Store

    with (
        Store.open(dossier, create=False, read_only=True) as opened,
        opened.reading() as connection,
        walking(select(connection, filters), lambda: count(connection, filters).articles) as found,
    ):
        yield found
