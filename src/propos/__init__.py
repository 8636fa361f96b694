"""Propos reads French news and writes down who said what, to whom, according to whom.

>>> import propos
>>> record = propos.read("Moscou a promis de répondre.", date="2024-03-15")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from propos import version as _version

if TYPE_CHECKING:  # the names below are loaded when first used: `import propos` stays light
    from propos.errors import ProposError as ProposError
    from propos.ingesting import ingest_into as ingest_into
    from propos.model import Document as Document
    from propos.model import Record as Record
    from propos.reader import Reader as Reader
    from propos.reader import read as read
    from propos.refreshing import refresh as refresh
    from propos.settings import Settings as Settings
    from propos.store.opening import Store as Store
    from propos.store.opening import open_store as open_store

__version__ = _version.VERSION

_HOMES = {
    "Document": "propos.model",
    "ProposError": "propos.errors",
    "Reader": "propos.reader",
    "Record": "propos.model",
    "Settings": "propos.settings",
    "Store": "propos.store.opening",
    "ingest_into": "propos.ingesting",
    "open_store": "propos.store.opening",
    "read": "propos.reader",
    "refresh": "propos.refreshing",
}

__all__ = [
    "Document",
    "ProposError",
    "Reader",
    "Record",
    "Settings",
    "Store",
    "__version__",
    "ingest_into",
    "open_store",
    "read",
    "refresh",
]


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
