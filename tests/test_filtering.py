"""The shared filters of the command line."""

from __future__ import annotations

from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from propos.cli import filtering
from propos.errors import SettingsError
from propos.query.filters import Filters

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"types": ["SHOUT"]}, "type-unknown", "THREATEN"),
    ({"types": ["THREATEN,"]}, "type-unknown", "''"),
    ({"factuality": ["true"]}, "factuality-unknown", "hypothetical"),
    ({"side": "France"}, "side-invalid", "FRA"),
    ({"side": "É1A"}, "side-invalid", "FRA"),
    ({"start": "15/03/2024"}, "date-invalid", "2024-03-15"),
    ({"end": "2024-02-30"}, "date-invalid", "2024-02-30"),
    ({"start": "2024-03-02", "end": "2024-03-01"}, "period-invalid", "2024-03-02"),
]


@pytest.mark.parametrize(("given", "code", "said"), WRONG, ids=[str(case[0]) for case in WRONG])
def test_what_is_not_allowed_is_told(given: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        filtering.filters(**given)
    assert caught.value.code == code


def test_options_become_filters() -> None:
    app = typer.Typer()
    seen: list[Filters] = []

    @app.command()
    def run(  # noqa: PLR0917 (a command has as many options as it has)
        actor: filtering.Actor = None,
        side: filtering.Side = None,
        types: filtering.Types = None,
        factuality: filtering.Factualities = None,
        start: filtering.From = None,
        end: filtering.To = None,
        outlet: filtering.Outlet = None,
        query: filtering.Query = None,
        groups: filtering.Groups = False,  # noqa: FBT002 (a flag)
    ) -> None:
        seen.append(
            filtering.filters(
                actor, side, types, factuality, start=start, end=end, outlet=outlet, query=query, groups=groups
            )
        )

    arguments = [
        "--actor",
        "Morel",
        "--side",
        "fra",
        "--type",
        "threaten,AID",
        "--type",
        "AID",
        "--factuality",
        "Denied",
    ]
    arguments += [
        "--from",
        "2024-01-01",
        "--to",
        "2024-01-01",
        "--outlet",
        "La Rade",
        "--query",
        '"un port"',
        "--groups",
    ]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert CliRunner().invoke(app, []).exit_code == 0
    assert seen == [
        Filters(
            "Morel",
            "FRA",
            ("THREATEN", "AID"),
            ("denied",),
            "2024-01-01",
            "2024-01-01",
            "La Rade",
            '"un port"',
            "group",
        ),
        Filters(),
    ]
