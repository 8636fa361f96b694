"""The words by which Nexis marks the parts of an article, out of ``nexis.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST_LABEL = 30
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w/ \-]{1,29}?)[ \u00a0]{0,3}:(?=\s|$)[\s\u00a0]*(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """``labels`` tell which part a label opens; the others are lines that stand alone, all in lower case."""

    labels: dict[str, str]
    body: frozenset[str]
    after_body: frozenset[str]
    end: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line such as ``Section: International``."""

    part: str
    value: str


@cache
def words() -> Words:
    """The table."""
    data = tomllib.loads((resources.files("propos.ingest") / "nexis.toml").read_text(encoding="utf-8"))
    uni = {key: [word.lower() for word in value] for key, value in data["nexis_uni"].items()}
    labels = {label.lower(): part for part, names in data["labels"].items() for label in names}
    return Words(labels, frozenset(uni["body"]), frozenset(uni["after_body"]), tuple(uni["end"]))


def labelled(line: str) -> Labelled | None:
    """The part that the line opens with its label; ``None`` where it has none that Nexis uses."""
    match = _LABEL.match(line)
    part = words().labels.get(match["label"].lower()) if match else None
    return Labelled(part, " ".join(match["value"].split())) if match and part else None


def without_end(line: str) -> str | None:
    """The line without the mark of an article's end, which may be glued to its last words; ``None`` without a mark."""
    lowered = line.lower()
    return next((line[: -len(mark)].rstrip() for mark in words().end if lowered.endswith(mark)), None)
