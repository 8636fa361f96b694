"""``propos search``: the articles of a dossier that have words and phrases."""

from __future__ import annotations

import json as json_format
from typing import TYPE_CHECKING, Annotated

import typer

from propos.cli import filtering, options

if TYPE_CHECKING:  # the database library is loaded by the command, not by the program's help
    from propos.query.finding import Find

Words = Annotated[list[str], typer.Argument(metavar="WORDS", help='Words and "phrases".', show_default=False)]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="NUMBER", help="So many articles at most.")]
Lines = Annotated[
    bool, typer.Option("--json", help="Print one JSON object a line; offsets count the code points of the text.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("search")(search)


def search(
    dossier: options.Dossier,
    words: Words,
    limit: Limit = 20,
    json: Lines = False,
    actor: filtering.Actor = None,
    side: filtering.Side = None,
    start: filtering.From = None,
    end: filtering.To = None,
    outlet: filtering.Outlet = None,
    groups: filtering.Groups = False,
) -> None:
    """Find articles that have all these words and "phrases", the best first.

    Accents and case do not count; a word is found in its other forms where the language pack knows them. Each article
    comes with date, outlet, title, the text around the first hit, and its key.

    Example: propos search news.propos menacer '"accord naval"' --from 2024-03-01
    """
    from propos.query.finding import find
    from propos.store.opening import Store

    filters = filtering.filters(actor, side, start=start, end=end, outlet=outlet, groups=groups)
    with Store.open(dossier, create=False, read_only=True) as store, store.reading() as connection:
        found = find(connection, " ".join(words), filters, limit)
    for item in found.best:
        typer.echo(_object(item) if json else _told(item))
    if found.total > len(found.best):
        typer.echo(f"propos: {len(found.best)} of {found.total} articles; --limit shows more.", err=True)
    elif not found.total:
        typer.echo("propos: no article has all of these words.", err=True)


def _object(item: Find) -> str:
    places = [{"start": place.start, "end": place.end} for place in item.hits]
    fields = {
        "article": item.key, "published": item.published, "outlet": item.outlet, "title": item.title, "url": item.url,
        "snippet": item.snippet, "hits": places,
    }  # fmt: skip
    return json_format.dumps(fields, ensure_ascii=False)


def _told(item: Find) -> str:
    """Three lines; what articles hold is stripped of signs that would steer a terminal."""
    from propos.export.characters import one_line

    head = "  ".join(one_line(part) for part in (item.published or "undated", item.outlet, item.title) if part)
    return f"{head}\n    {one_line(item.snippet)}\n    {item.key}"
