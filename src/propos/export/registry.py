"""The export formats by name; each is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from propos.errors import EXPORT_FORMAT_UNKNOWN
from propos.export.contract import FileFormat, FolderFormat


@dataclass(frozen=True, slots=True)
class Format:
    """Where a format is at home.

    ``maker``: what makes it in its module; empty where the module itself is the format. ``suffix``: how its files end,
    empty for a folder. ``text``: fit for a terminal.
    """

    name: str
    module: str
    maker: str = ""
    suffix: str = ""
    text: bool = True

    @property
    def folder(self) -> bool:
        """Whether it is a folder of several files."""
        return not self.suffix

    def file_format(self) -> FileFormat:
        """The format, of those that are one file."""
        return cast("FileFormat", self._made())

    def folder_format(self) -> FolderFormat:
        """The format, of those that are a folder."""
        return cast("FolderFormat", self._made())

    def _made(self) -> object:
        module = import_module(f"propos.export.{self.module}")
        made: object = getattr(module, self.maker)() if self.maker else module
        return made


_ALL = (
    Format("jsonl", "jsonl", "JsonLines", ".jsonl"),
    Format("csv", "csv", "Csv", ".csv"),
    Format("xlsx", "xlsx", "Xlsx", ".xlsx", text=False),
    Format("parquet", "parquet", "Parquet", ".parquet", text=False),
    Format("polecat", "polecat", "Polecat"),
    Format("plover", "plover", "Plover", ".jsonl"),
    Format("icews", "icews", "Icews", ".tab"),
    Format("gexf", "gexf", suffix=".gexf"),
    Format("graphml", "graphml", suffix=".graphml"),
    Format("webannotation", "webannotation", suffix=".jsonld"),
    Format("brat", "brat"),
    Format("iramuteq", "iramuteq", suffix=".txt"),
    Format("timelinejs", "timelinejs", suffix=".json"),
    Format("icalendar", "icalendar_", suffix=".ics"),
    Format("ris", "ris", suffix=".ris"),
)

FORMATS: Mapping[str, Format] = MappingProxyType({item.name: item for item in _ALL})
"""The formats by name."""


def named(name: str) -> Format:
    """The format of that name. Raises ``export-format-unknown``."""
    if name not in FORMATS:
        raise EXPORT_FORMAT_UNKNOWN(got=name, allowed=", ".join(FORMATS))
    return FORMATS[name]
