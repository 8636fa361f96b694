"""``propos ask``: a question to a dossier; ``propos mark``: what became of a condition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from propos import errors
from propos.cli import filtering

if TYPE_CHECKING:
    from propos.query.asking import By

QUESTION_NAMES = (
    "positions", "changes", "exchanges", "intensity", "conditions", "disputes", "drift", "chains", "sources", "agenda",
    "themes", "speakers",
)  # fmt: skip
Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier.", show_default=False)]
Name = Annotated[
    str, typer.Argument(metavar="QUESTION", help=f"One of {', '.join(QUESTION_NAMES)}.", show_default=False)
]
Form = Annotated[str, typer.Option("--format", metavar="NAME", help="table, csv, json or md.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The first rows only.")]
With = Annotated[str | None, typer.Option("--with", metavar="NAME", help="The second party of exchanges: an actor.")]
WithSide = Annotated[
    str | None, typer.Option("--with-side", metavar="ISO3", help="The second party of exchanges: a country.")
]
ByWhat = Annotated[
    str | None, typer.Option("--by", metavar="WHAT", help="How to count: actor, side, sector, gender, outlet, week, month.")
]
ThemesFile = Annotated[
    Path | None, typer.Option("--themes", metavar="FILE", help="Your themes with their terms (TOML), for positions and themes.")
]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The condition's key, as `ask conditions` shows it.", show_default=False)]
State = Annotated[str, typer.Argument(metavar="STATUS", help="open, met, 'not met' or lapsed.", show_default=False)]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, for those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("ask")(ask)
    app.command("mark")(mark)


def ask(
    dossier: Dossier,
    question: Name,
    form: Form = "table",
    limit: Limit = None,
    other: With = None,
    other_side: WithSide = None,
    by: ByWhat = None,
    themes: ThemesFile = None,
    actor: filtering.Actor = None,
    side: filtering.Side = None,
    types: filtering.Types = None,
    factuality: filtering.Factualities = None,
    start: filtering.From = None,
    end: filtering.To = None,
    outlet: filtering.Outlet = None,
    query: filtering.Query = None,
    groups: filtering.Groups = False,
) -> None:
    """Ask a dossier: who wants what, who does what to whom, on which condition, who denies it, who relays whom.

    Each row has the article, the place and the words on which it rests. See docs/questions.md.

    Example: propos ask news.propos exchanges --side RUS --with-side UKR --from 2022-01-01
    """
    from propos.cli.answering import writer
    from propos.query.asking import Asked
    from propos.query.questions import named
    from propos.query.themes import NONE, load
    from propos.store.opening import Store

    write, asked_for = writer(form), named(question)
    filters = filtering.filters(
        actor, side, types, factuality, start=start, end=end, outlet=outlet, query=query, groups=groups
    )
    second = filtering.filters(side=other_side).side
    wanted = NONE if themes is None else load(themes)
    with Store.open(dossier, create=False, read_only=True) as store, store.reading() as connection:
        asked = Asked(connection, filters, other, second, cast("By | None", by), wanted)
        answer = asked_for.ask(asked)
    if answer.since is not None:
        typer.echo(f"propos: articles published after {answer.since}; narrow the question to look further back.", err=True)
    write(answer.first(limit))


def mark(dossier: Dossier, key: Key, status: State, note: Note = "") -> None:
    """Say what became of a condition: open, met, not met or lapsed. It is kept in the dossier.

    Example: propos mark news.propos 3f2a9c01d4 met --note "prisonniers rendus le 3 mars"
    """
    from propos.store import marks
    from propos.store.opening import Store

    known = [name for name in marks.STATUSES if name == status]
    if not known:
        raise errors.STATUS_UNKNOWN(got=repr(status), allowed=", ".join(marks.STATUSES))
    with Store.open(dossier, create=False) as store, store.writing() as connection:
        marks.mark(connection, key, known[0], note)
