"""The tables of a dossier, the same for SQLite and PostgreSQL. Column names are what a reader of the file sees.

What can be counted and searched has columns; the whole document and record are kept beside them as JSON, lossless.
Times are ISO 8601 text in UTC, spans are pairs of columns ``…_start`` / ``…_end`` (half-open, code points).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _article(*, primary_key: bool = False) -> Column[int]:
    key = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article", Integer, key, nullable=False, primary_key=primary_key)


def _reading() -> Column[int]:
    key = ForeignKey("readings.id", ondelete="CASCADE")
    return Column("reading", Integer, key, nullable=False, primary_key=True)


# What the file is: the version of these tables (``schema``), when it was made (``created``).
dossier = Table("dossier", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# One row for each article taken in. ``key`` is a digest of what makes it this article (see ``ledger``).
# ``status``: current, superseded (a newer version of the wire's item is here), withdrawn (the desk took it back).
# ``reading`` is its current reading: what questions join. Long columns stand last: SQLite reads a row from its start.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),  # the document's own id
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("section", Text),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("published", Text),
    Column("issued", Text),
    Column("guid", Text),
    Column("version", BigInteger),  # wires count by date and time, too
    Column("edition", Text),  # usable or withdrawn: what the desk said of this very version
    Column("status", Text, nullable=False, default="current"),
    Column("copy_group", Integer, ForeignKey("copy_groups.id", ondelete="SET NULL")),
    Column("reading", Integer),
    Column("taken_in", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole Document as JSON
    # All that questions ask of an article: they walk this index and leave the texts alone.
    Index("articles_listed", "published", "reading", "status", "outlet", "copy_group", "issued"),
    Index("articles_reading", "reading", "status", "published", "outlet", "copy_group", "issued"),
    Index("articles_outlet", "outlet"),
    Index("articles_guid", "guid", "version"),
    Index("articles_copy_group", "copy_group"),
    Index("articles_text_sha256", "text_sha256"),
)

# Near-duplicates: ``canonical`` is the earliest article of the group.
copy_groups = Table(
    "copy_groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical", Integer, nullable=False),
    Column("size", Integer, nullable=False),
)

# How a copy differs from its canonical article: ``similarity`` 0 to 1, ``changes`` a JSON list of [op, old span, new span].
copies = Table(
    "copies",
    metadata,
    _article(primary_key=True),
    Column("copy_group", Integer, ForeignKey("copy_groups.id", ondelete="CASCADE"), nullable=False),
    Column("similarity", Float, nullable=False),
    Column("changes", Text, nullable=False),
)

# One row for each reading of an article by one version of the pipeline; one of them is current.
readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    _article(),
    Column("pipeline", Text, nullable=False),  # version, settings and language pack in one digest
    Column("current", Boolean, nullable=False, default=True),
    Column("record", Text, nullable=False),  # the whole Record as JSON
    Column("read_at", Text, nullable=False),
    UniqueConstraint("article", "pipeline"),
    Index("readings_current", "article", "current"),
    Index("readings_pipeline", "pipeline", "current"),
)

# ``actor`` here, in ``addressees``, ``parties`` and ``article_actors`` is the somebody of the whole dossier (``unify``).
statements = Table(
    "statements",
    metadata,
    _reading(),
    Column("id", Text, primary_key=True),  # s1, s2, …
    Column("actor", Integer),  # who speaks
    Column("speaker_actor", Text),  # who speaks, within the article
    Column("kind", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("unconfirmed", Boolean, nullable=False),
    Column("date", Text),
    Column("via", Text),
    Column("cue", Text),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("speaker", Text),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    Column("content", Text, nullable=False),
    Column("content_start", Integer, nullable=False),
    Column("content_end", Integer, nullable=False),
    Column("medium", Text),
    Index("statements_actor", "actor"),
    sqlite_with_rowid=False,
)

# Who is spoken to, in the order of the statement; ``member`` within the article where somebody is mentioned there.
addressees = Table(
    "addressees",
    metadata,
    _reading(),
    Column("statement", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("words_start", Integer, nullable=False),
    Column("words_end", Integer, nullable=False),
    Column("member", Text),
    Column("actor", Integer),
    ForeignKeyConstraint(["reading", "statement"], ["statements.reading", "statements.id"], ondelete="CASCADE"),
    Index("addressees_actor", "actor"),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    _reading(),
    Column("id", Text, primary_key=True),  # e1, e2, …
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("quad", Integer),
    Column("intensity", Float),
    Column("contexts", Text, nullable=False),  # joined by "; "
    Column("factuality", Text, nullable=False),
    Column("holder", Text),
    Column("date", Text),
    Column("trigger", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("sentence", Text, nullable=False, default=""),  # around the trigger
    Column("sentence_start", Integer, nullable=False, default=0),
    Column("sentence_end", Integer, nullable=False, default=0),
    Column("condition", Text),
    Column("condition_kind", Text),
    Column("condition_start", Integer),
    Column("condition_end", Integer),
    Index("events_type", "type"),
    Index("events_date", "date"),
    sqlite_with_rowid=False,
)

# Everybody in one article.
article_actors = Table(
    "article_actors",
    metadata,
    _reading(),
    Column("id", Text, primary_key=True),  # a1, a2, …
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("mentions", Integer, nullable=False),
    Column("actor", Integer, ForeignKey("actors.id", ondelete="SET NULL")),
    Index("article_actors_actor", "actor"),
    sqlite_with_rowid=False,
)

# Who acts and on whom: ``role`` is actor or recipient, ``place`` counts from 0 in text order.
parties = Table(
    "parties",
    metadata,
    _reading(),
    Column("event", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("member", Text, nullable=False),  # a1, a2, …
    Column("actor", Integer),
    ForeignKeyConstraint(["reading", "event"], ["events.reading", "events.id"], ondelete="CASCADE"),
    Index("parties_actor", "actor"),
    sqlite_with_rowid=False,
)

# Actors unified over the dossier; ``key`` names one for good (see ``unify``).
actors = Table(
    "actors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("gender", Text),  # m or f, of persons whose first name tells
    Index("actors_country", "country"),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor", Integer, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False),  # lower case, no accents: how names are compared
    Index("actor_names_folded", "folded"),
)

# What a reader says of a condition (see ``query/conditions``): open, met, not met, lapsed.
condition_marks = Table(
    "condition_marks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("marked", Text, nullable=False),
)

# Articles that could not be taken in: which file, which of its articles, why.
failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("ordinal", Integer, nullable=False, default=-1),  # -1: the file as a whole
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen", Text, nullable=False),
    UniqueConstraint("file", "ordinal", "code"),
)

# What ``copies`` remembers of an article's wording, so that new ones can be laid beside it: a MinHash of its shingles.
fingerprints = Table(
    "fingerprints",
    metadata,
    _article(primary_key=True),
    Column("digest", LargeBinary, nullable=False),  # 32-bit numbers, little end first
)
