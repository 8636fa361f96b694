"""Version 1: the tables. A new dossier gets them as ``tables`` has them now, so that it needs no later step."""

from __future__ import annotations

from sqlalchemy import Connection

from propos.store.tables import metadata


def apply(connection: Connection) -> None:
    """Make all tables."""
    metadata.create_all(connection)
