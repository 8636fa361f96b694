"""Documents and records out of the JSON that a dossier keeps of them."""

from __future__ import annotations

import json

from propos import serialise
from propos.errors import STORE_DAMAGED
from propos.model import Document, Record


def to_document(written: str, article: int) -> Document:
    """The document in a row's JSON; raises ``store-damaged``."""
    try:
        return serialise.decode(Document, json.loads(written))
    except ValueError as error:
        raise STORE_DAMAGED(name=f"The document of article {article}", reason=error) from error


def to_record(written: str, article: int) -> Record:
    """The record in a row's JSON; raises ``store-damaged``."""
    try:
        return serialise.decode(Record, json.loads(written))
    except ValueError as error:
        raise STORE_DAMAGED(name=f"The record of article {article}", reason=error) from error
