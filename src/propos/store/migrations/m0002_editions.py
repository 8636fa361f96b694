"""Version 2: what the desk said of each edition has a column, versions may be as long as a date with its time."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

_STATUS = {
    "sqlite": "json_extract(document, '$.source.edition.status')",
    "postgresql": "document::json #>> '{source,edition,status}'",
}


def apply(connection: Connection) -> None:
    """Add ``articles.edition`` and fill it; index what supersession and refreshing look up."""
    dialect = connection.dialect.name
    if "edition" in {column["name"] for column in inspect(connection).get_columns("articles")}:
        return
    connection.execute(text("ALTER TABLE articles ADD COLUMN edition TEXT"))
    connection.execute(text(f"UPDATE articles SET edition = {_STATUS[dialect]} WHERE guid IS NOT NULL"))  # noqa: S608 (constants)
    if dialect == "postgresql":  # SQLite's numbers have no width
        connection.execute(text("ALTER TABLE articles ALTER COLUMN version TYPE BIGINT"))
    connection.execute(text("DROP INDEX IF EXISTS articles_guid"))
    connection.execute(text("CREATE INDEX articles_guid ON articles (guid, version)"))
    connection.execute(text("CREATE INDEX IF NOT EXISTS readings_pipeline ON readings (pipeline, current)"))
