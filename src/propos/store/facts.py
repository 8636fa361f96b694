"""What a dossier knows of itself by name: rows of the table ``dossier``."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from propos.store.tables import dossier

CORRECTIONS = "corrections"
"""The user's file of merges and splits, as it was given."""
UNIFIED = "unified"
"""Of which readings and corrections the actors were made."""
THEMES = "themes"
"""The themes that questions go by, as a file of them: proposed, or a user's own."""
THEMED = "themed"
"""Of how many articles they were proposed."""


def fact(connection: Connection, name: str) -> str | None:
    """What is known under the name."""
    return connection.execute(select(dossier.c.value).where(dossier.c.key == name)).scalar()


def set_fact(connection: Connection, name: str, value: str | None) -> None:
    """Know this under the name from now on; ``None`` forgets it."""
    connection.execute(delete(dossier).where(dossier.c.key == name))
    if value is not None:
        connection.execute(dossier.insert().values(key=name, value=value))
