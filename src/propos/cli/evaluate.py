"""``propos evaluate``: the reading scored against gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from propos.cli import options

Gold = Annotated[
    Path, typer.Argument(metavar="GOLD", help="A folder of gold JSON files, or JSON Lines.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]
Records = Annotated[
    Path | None, typer.Option("--records", metavar="FILE", help="Score these records (JSON Lines) instead of reading.")
]
Errors = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE", help="Write all mistakes, item by item, to this HTML page.")
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Gold,
    json: Json = False,
    errors: Errors = None,
    records: Records = None,
    language: options.Language = None,
    model: options.Model = None,
    config: options.Config = None,
) -> None:
    """Read the texts of a gold collection and score what was found.

    Example: propos evaluate gold/ --errors errors.html
    """
    import json as codec

    from propos.evaluate import evaluate as score
    from propos.evaluate import load_gold, read_records
    from propos.reader import Reader

    settings = options.settings(config, language=language, model=model)
    expected = load_gold(gold)
    found = tuple(read_records(records)) if records is not None else tuple(Reader(settings).read_again(expected))
    if errors is not None:
        from propos.cli.writing import save
        from propos.evaluate.report import errors_page

        save(errors, errors_page(expected, found))
    report = score(expected, found)
    typer.echo(codec.dumps(report.to_dict(), ensure_ascii=False, indent=2) if json else report.table())
