"""Addresses on the web, apart from :mod:`propos.ingest.fetch`, which takes a while to load."""

from __future__ import annotations


def is_url(name: str) -> bool:
    """Whether ``name`` is an address and no path."""
    return name[:8].lower().startswith(("http://", "https://"))
