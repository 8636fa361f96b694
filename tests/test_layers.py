"""The house: imports go one way, modules and functions stay small, no drawer for odds and ends."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import propos

ROOT = Path(propos.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

# A module may import from its own layer and those before it. `evaluate` and `view` look at records only.
LAYERS = (
    {"version", "model"},
    {"errors"},
    {"settings", "serialise", "schema_json", "explanation"},
    {"lang"},
    {"ingest"},
    {"reading"},
    {"store"},
    {"query"},
    {"export"},
    {"parallel"},
    {"evaluate", "view"},
    {"reader"},
    {"ingesting", "refreshing"},
    {"component"},
    {"cli", "__main__"},
    {"web"},
)
# A lazy import against the stream, each with its reason.
UPWARDS = {
    ("model", "view"): "a notebook asks the record itself for its picture",
}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
DRAWERS = {"utils", "util", "helpers", "misc", "common", "tools", "core", "base"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def layer_of(part: str) -> int:
    return next(level for level, parts in enumerate(LAYERS) if part in parts)


def imports(file: Path) -> Iterator[str]:
    """The first part under ``propos`` of every import in the file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "propos":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("propos."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("propos."))


@pytest.mark.parametrize(
    "file", [file for file in MODULES if file.parent != ROOT or file.name != "__init__.py"], ids=name_of
)
def test_imports_go_one_way(file: Path) -> None:
    part = file.relative_to(ROOT).parts[0].removesuffix(".py")
    for other in imports(file):
        assert layer_of(other) <= layer_of(part) or (part, other) in UPWARDS, f"{part} must not know {other}"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_modules_are_small_and_named_for_what_they_do(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert file.stem not in DRAWERS


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_functions_are_small(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_are_absolute(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"line {getattr(node, 'lineno', 0)}"


def test_language_packs_hold_data_only() -> None:
    packs = [folder for folder in (ROOT / "lang").iterdir() if folder.is_dir() and folder.name != "__pycache__"]
    assert packs
    for file in (file for folder in packs for file in folder.rglob("*") if file.is_file()):
        assert file.suffix in {".toml", ".tsv"}, file.name
