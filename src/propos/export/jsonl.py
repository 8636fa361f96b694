"""JSON Lines: one record a line, lossless. The filters choose articles; each keeps all of its statements and events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from propos.export.contract import Options
from propos.model import Record
from propos.serialise import to_dict, to_json
from propos.store.entry import Entry


class JsonLines:
    """Records as ``propos read --json`` writes them."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG002 - the contract
        """Write all entries; the number of records."""
        written = 0
        for entry in entries:
            stream.write(_line(entry.record) + b"\n")
            written += 1
        return written


def _line(record: Record) -> bytes:
    try:
        return to_json(record).encode()
    except UnicodeEncodeError:
        # Half a surrogate pair is no UTF-8; as an escape JSON can hold it, and nothing is lost.
        return json.dumps(to_dict(record), ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode()
