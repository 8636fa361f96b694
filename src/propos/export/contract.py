"""What every export format is: entries in, bytes or a folder out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from propos.store.entry import Entry

Part = Literal["statements", "events"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a user chooses about an export. ``separator`` and ``bom`` are for CSV, ``part`` for flat tables."""

    part: Part = "statements"
    separator: str = ","
    bom: bool = False


class FileFormat(Protocol):
    """A format that is one file, written as the entries come."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:
        """Write all entries; the number of rows, records or items written."""
        ...


class FolderFormat(Protocol):
    """A format that is several files in a folder, which exists and is empty."""

    def write(self, entries: Iterable[Entry], folder: Path, options: Options) -> int:
        """Write all entries; the number of rows, records or items written."""
        ...
