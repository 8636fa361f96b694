"""Propos reads French news and writes down who said what, to whom, according to whom.

>>> import propos
>>> record = propos.read("Moscou a promis de répondre.", date="2024-03-15")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propos import version as _version

if TYPE_CHECKING:  # the names below are loaded when first used: `import propos` stays light
    from propos.errors import ProposError as ProposError
    from propos.model import Document as Document
    from propos.model import Record as Record
    from propos.reader import Reader as Reader
    from propos.reader import read as read
    from propos.settings import Settings as Settings

__version__ = _version.VERSION

_HOMES = {
    "Document": "propos.model",
    "ProposError": "propos.errors",
    "Reader": "propos.reader",
    "Record": "propos.model",
    "Settings": "propos.settings",
    "read": "propos.reader",
}

__all__ = ["Document", "ProposError", "Reader", "Record", "Settings", "__version__", "read"]


def __getattr__(name: str) -> object:
    """Load a public name from its home on first use."""
    if name not in _HOMES:
        message = f"module 'propos' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
