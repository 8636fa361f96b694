"""The work ledger: what makes an article this article, what makes a reading this reading, and what is in already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from propos.model import Document, Provenance
from propos.store.tables import articles

ASKED_AT_ONCE = 500
"""Keys in one question; databases have limits."""


def key_of(document: Document) -> str:
    """SHA-256 over what makes a document this article: text, title, outlet, date, and the edition of the wire's item.

    Neither the file nor the reader counts: the same article from elsewhere is the same article.
    """
    edition = document.source.edition
    named = None if edition is None else [edition.guid, edition.version, edition.status]
    parts = [document.text, document.title, document.source.outlet, document.published, named]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def pipeline_of(made_by: Provenance) -> str:
    """Sixteen hexadecimal digits that change with Propos' version, its settings and its language pack."""
    parts = [made_by.version, made_by.settings, made_by.pack]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()[:16]


def known(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys whose articles are in."""
    asked = sorted(set(keys))
    found: set[str] = set()
    for start in range(0, len(asked), ASKED_AT_ONCE):
        part = asked[start : start + ASKED_AT_ONCE]
        found.update(connection.execute(select(articles.c.key).where(articles.c.key.in_(part))).scalars())
    return found
