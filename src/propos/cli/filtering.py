"""The filters that exports and questions share, as options."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from propos import errors
from propos.lang import ontology
from propos.model import Factuality
from propos.query.filters import Filters
from propos.settings import check_date

Actor = Annotated[
    str | None,
    typer.Option("--actor", metavar="NAME", help="What this actor says and takes part in: a name, alias or key."),
]
Side = Annotated[
    str | None, typer.Option("--side", metavar="ISO3", help="What actors of this country say and take part in.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="Events of this PLOVER type; may be given again.")
]
Factualities = Annotated[
    list[str] | None,
    typer.Option(
        "--factuality", metavar="KIND", help="asserted, claimed, denied, hypothetical or planned; may be given again."
    ),
]
From = Annotated[
    str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="Articles published on this day or later.")
]
To = Annotated[
    str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Articles published on this day or earlier.")
]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Articles of this outlet.")]
Query = Annotated[
    str | None, typer.Option("--query", metavar="WORDS", help='Articles that have these words and "phrases".')
]
Groups = Annotated[bool, typer.Option("--groups", help="One article for each group of copies, the earliest.")]

_SIDE_LETTERS = 3
_FACTUALITIES: tuple[Factuality, ...] = get_args(Factuality)


def filters(
    actor: str | None = None,
    side: str | None = None,
    types: list[str] | None = None,
    factuality: list[str] | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
    outlet: str | None = None,
    query: str | None = None,
    groups: bool = False,
) -> Filters:
    """The filters that the options make; several types or factualities may also be joined by commas.

    Raises ``type-unknown``, ``factuality-unknown``, ``side-invalid``, ``date-invalid`` and ``period-invalid``.
    """
    _check_period(start, end)
    return Filters(
        actor=actor,
        side=_side(side),
        types=tuple(dict.fromkeys(_type(name) for name in _split(types))),
        factuality=tuple(dict.fromkeys(_factuality(name) for name in _split(factuality))),
        start=start,
        end=end,
        outlet=outlet,
        query=query,
        unit="group" if groups else "article",
    )


def _split(given: list[str] | None) -> list[str]:
    return [name.strip() for item in given or () for name in item.split(",")]


def _type(name: str) -> str:
    known = ontology.load().types
    if name.upper() not in known:
        raise errors.TYPE_UNKNOWN(got=repr(name), allowed=", ".join(known))
    return name.upper()


def _factuality(name: str) -> Factuality:
    for kind in _FACTUALITIES:
        if name.lower() == kind:
            return kind
    raise errors.FACTUALITY_UNKNOWN(got=repr(name), allowed=", ".join(_FACTUALITIES))


def _side(code: str | None) -> str | None:
    if code is None:
        return None
    if len(code) != _SIDE_LETTERS or not code.isascii() or not code.isalpha():
        raise errors.SIDE_INVALID(got=repr(code))
    return code.upper()


def _check_period(start: str | None, end: str | None) -> None:
    for day in (start, end):
        if day is not None:
            check_date(day)
    if start is not None and end is not None and start > end:
        raise errors.PERIOD_INVALID(start=start, end=end)
