"""Version 3: what questions ask for has columns: each article's reading, who speaks, who is spoken to, who takes part.

``cast``, a word of SQL, becomes ``article_actors``. The tables made of the records are made anew, from the records.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, text

from propos.store import unify
from propos.store.decoding import to_record
from propos.store.filling import fill
from propos.store.tables import addressees, article_actors, events, metadata, parties, readings, statements

_LISTED = "CREATE INDEX articles_listed ON articles (published, reading, status, outlet, copy_group, issued)"
_OF_READING = "CREATE INDEX articles_reading ON articles (reading, status, published, outlet, copy_group, issued)"
_READINGS = "UPDATE articles SET reading = (SELECT id FROM readings WHERE article = articles.id AND current)"
_ACTORS = """UPDATE article_actors SET actor = (SELECT actor FROM old_cast
WHERE old_cast.reading = article_actors.reading AND old_cast.id = article_actors.id)"""


def apply(connection: Connection) -> None:
    """Add the columns and fill them."""
    if article_actors.name in inspect(connection).get_table_names():
        return
    connection.execute(text("ALTER TABLE articles ADD COLUMN reading INTEGER"))
    connection.execute(text(_READINGS))
    connection.execute(text("DROP INDEX IF EXISTS articles_published"))
    connection.execute(text(_LISTED))
    connection.execute(text(_OF_READING))
    connection.execute(text('CREATE TABLE old_cast AS SELECT reading, id, actor FROM "cast"'))
    connection.execute(text("CREATE UNIQUE INDEX old_cast_id ON old_cast (reading, id)"))
    for table in (parties.name, events.name, statements.name, "cast"):
        connection.execute(text(f'DROP TABLE "{table}"'))
    metadata.create_all(connection, [statements, addressees, events, article_actors, parties])
    _refill(connection)
    connection.execute(text("DROP TABLE old_cast"))


def _refill(connection: Connection) -> None:
    numbers = list(connection.execute(select(readings.c.id).order_by(readings.c.id)).scalars())
    for number in numbers:
        row = connection.execute(select(readings.c.article, readings.c.record).where(readings.c.id == number)).one()
        fill(connection, to_record(row.record, row.article), number)
    connection.execute(text(_ACTORS))
    unify.spread(connection, numbers)
