"""``propos doctor``: whether everything that Propos stands on is there."""

from __future__ import annotations

import json as json_text
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer

from propos import errors
from propos.cli import options
from propos.settings import Settings
from propos.version import VERSION

OLDEST_PYTHON = (3, 11)
EXTRAS = {"parquet": ("duckdb", "Parquet files"), "postgres": ("psycopg", "dossiers in PostgreSQL")}
"""Extra: the package that it brings, and what for."""

Json = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
Dossier = Annotated[str | None, typer.Argument(metavar="DOSSIER", help="A dossier to be looked at as well.", show_default=False)]
State = Literal["ok", "absent", "failed"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it stands, what was found, and what to do where it fails or lacks."""

    name: str
    state: State
    found: str
    hint: str = ""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(doctor)


def doctor(
    dossier: Dossier = None, json: Json = False, model: options.Model = None, config: options.Config = None
) -> None:
    """Check the installation: Python, settings, model, extras, SQLite, the right to write in this folder; a dossier.

    The exit code is 1 where something fails; an extra that is not installed is no failure.

    Example: propos doctor --json
    """
    found = [*checks(model, config), *([store(dossier)] if dossier is not None else [])]
    healthy = all(check.state != "failed" for check in found)
    if json:
        typer.echo(json_text.dumps({"healthy": healthy, "checks": [asdict(check) for check in found]}, ensure_ascii=False))
    else:
        for check in found:
            typer.echo(f"{check.state:<7} {check.name}: {check.found}" + (f" {check.hint}" if check.hint else ""))
    if not healthy:
        raise typer.Exit(1)


def checks(model: str | None = None, config: Path | None = None) -> Iterator[Check]:
    """Everything looked at, in the order in which it is told."""
    yield python(sys.version_info[:3])
    yield Check("propos", "ok", VERSION)
    try:
        settings = options.settings(config, model=model)
    except errors.SettingsError as error:
        yield Check("settings", "failed", error.message, error.hint)
        settings = Settings()
    else:
        yield Check("settings", "ok", f"language {settings.language}, model {settings.model}.")
    yield spacy_model(model or settings.model)
    for extra in EXTRAS:
        yield optional(extra)
    yield sqlite()
    yield folder(Path.cwd())


def store(name: str) -> Check:
    """Whether a dossier opens, and the version of its tables."""
    from propos.store import migrations
    from propos.store.opening import Store

    try:
        with Store.open(name, create=False, read_only=True) as opened:
            return Check("dossier", "ok", f"{opened.name}, tables of version {migrations.VERSION}")
    except errors.StoreError as error:
        return Check("dossier", "failed", error.message, error.hint)


def python(version: tuple[int, ...]) -> Check:
    """The running Python's version."""
    written = ".".join(map(str, version))
    if version[:2] >= OLDEST_PYTHON:
        return Check("python", "ok", f"{written} on {platform.system()}")
    return Check("python", "failed", f"{written}.", f"Propos needs {'.'.join(map(str, OLDEST_PYTHON))} or later.")


def spacy_model(name: str) -> Check:
    """Whether the spaCy pipeline is installed, and which version of it; it is not loaded."""
    described = Path(name) / "meta.json"
    try:
        if described.is_file():
            meta = json_text.loads(described.read_text(encoding="utf-8"))
            return Check("model", "ok", f"{meta['lang']}_{meta['name']} {meta['version']}, from a folder")
        return Check("model", "ok", f"{name} {metadata.version(name)}, spaCy {metadata.version('spacy')}")
    except metadata.PackageNotFoundError:
        missing = errors.MODEL_MISSING(got=name, package=name.replace("_", "-"))
        return Check("model", "failed", missing.message, missing.hint)
    except (OSError, ValueError, LookupError, TypeError) as error:
        unfit = errors.MODEL_UNFIT(got=name, lacks=f"a meta.json that can be read ({type(error).__name__})")
        return Check("model", "failed", unfit.message, unfit.hint)


def optional(extra: str) -> Check:
    """Whether the package of an extra is installed."""
    package, use = EXTRAS[extra]
    if find_spec(package) is None:
        return Check(f"extra {extra}", "absent", f"{package} is not installed.", f"For {use}: python -m pip install 'propos[{extra}]'")
    return Check(f"extra {extra}", "ok", f"{package} {metadata.version(package)}, for {use}")


def sqlite() -> Check:
    """SQLite's version, and whether it can search texts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return Check("sqlite", "failed", f"{sqlite3.sqlite_version} without FTS5.", "Use a Python whose SQLite has FTS5.")
    return Check("sqlite", "ok", f"{sqlite3.sqlite_version} with FTS5")


def folder(path: Path) -> Check:
    """Whether a file can be made in the folder."""
    try:
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"propos")
    except OSError as error:
        return Check("folder", "failed", f"{path} cannot be written to: {error.strerror or error}.", "Work in a folder of your own.")
    return Check("folder", "ok", f"{path} can be written to")
