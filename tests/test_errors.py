"""The catalogue is part of the public interface: complete, filled with what was got, and used."""

from __future__ import annotations

import ast
import pickle
import string
from functools import cache
from pathlib import Path

import pytest

from propos import errors
from propos.errors import CATALOGUE, Fault

SOURCE = Path(errors.__file__).parents[1]


def placeholders(fault: Fault) -> set[str]:
    written = string.Formatter().parse(fault.message + fault.hint)
    return {name for _, name, _, _ in written if name}


@cache
def calls() -> dict[str, list[set[str]]]:
    """For each fault's name, the keywords of every call in the package."""
    found: dict[str, list[set[str]]] = {}
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                found.setdefault(name, []).append({word.arg for word in node.keywords if word.arg})
    return found


NAMES = {fault.code: name for name, fault in vars(errors).items() if isinstance(fault, Fault)}


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.code)
def test_every_fault_is_raised_somewhere_with_all_it_says(fault: Fault) -> None:
    used = calls().get(NAMES[fault.code], [])
    assert used, "nothing raises it"
    assert all(placeholders(fault) <= keywords for keywords in used)


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.code)
def test_every_fault_says_what_was_got_and_what_to_do(fault: Fault) -> None:
    error = fault(**dict.fromkeys(placeholders(fault), "what was got"))
    assert "what was got" in error.message
    assert error.message.endswith(".")
    assert len(error.hint) > 10
    assert str(error) == f"{error.message} {error.hint} [{fault.code}]"
    assert fault.code == NAMES[fault.code].lower().replace("_", "-")


def test_codes_are_unique() -> None:
    assert len({fault.code for fault in CATALOGUE}) == len(CATALOGUE) == len(NAMES)


def test_errors_cross_processes_whole() -> None:
    error = errors.FILE_MISSING(name="x")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (made right here)
    assert type(again) is errors.InputError
    assert (again.code, again.message, again.hint) == (error.code, error.message, error.hint)
