"""A user's file on who is who: names that are one actor, and a name that is somebody else in one outlet or article.

```toml
[[merge]]
names = ["Union du littoral", "UDL"]

[[split]]
name = "Morel"
outlet = "La Gazette du port"
as = "Jean Morel"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propos import errors
from propos.lang.folding import atoms

_KEYS = {"merge": ("names",), "split": ("name", "outlet", "article", "as")}


@dataclass(frozen=True, slots=True)
class Split:
    """A name that is somebody else in the articles of ``outlet``, or in the one whose name or key is ``article``.

    It is whoever is called ``other`` there, or nobody known elsewhere.
    """

    name: str
    outlet: str | None = None
    article: str | None = None
    other: str | None = None

    @property
    def scope(self) -> str:
        """Where it holds, as a part of a key."""
        return f"outlet:{folded(self.outlet)}" if self.outlet is not None else f"article:{self.article}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """``merges``: folded name -> the name that stands first with it; ``splits`` by folded name."""

    merges: Mapping[str, str]
    splits: Mapping[str, tuple[Split, ...]]


NONE = Corrections({}, {})


def folded(name: str) -> str:
    """The form under which names are compared: lower case, no accents, hyphens as spaces."""
    return " ".join(atoms(name)) or name


def load(path: Path) -> Corrections:
    """Read a file of merges and splits; raises ``corrections-unreadable`` and ``corrections-invalid``."""
    return read(text_of(path), str(path))


def text_of(path: Path) -> str:
    """What stands in a file; raises ``corrections-unreadable``."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise errors.CORRECTIONS_UNREADABLE(name=path, reason=error) from error


def read(text: str, name: str) -> Corrections:
    """The corrections in a file's text, which errors call ``name``.

    Raises ``corrections-unreadable`` and ``corrections-invalid``.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise errors.CORRECTIONS_UNREADABLE(name=name, reason=error) from error
    except RecursionError as error:
        raise errors.CORRECTIONS_UNREADABLE(name=name, reason="it is nested too deep") from error
    return parse(data, name)


def parse(data: Mapping[str, object], name: str) -> Corrections:
    """The corrections in a parsed file, which errors call ``name``; raises ``corrections-invalid``."""
    reader = _Reader(name)
    for key in data:
        reader.check(key in _KEYS, f"the table {key!r} is unknown", "the file")
    merges: dict[str, str] = {}
    for place, row in enumerate(reader.rows(data, "merge"), 1):
        reader.merge(row, f"merge {place}", merges)
    splits: dict[str, tuple[Split, ...]] = {}
    for place, row in enumerate(reader.rows(data, "split"), 1):
        made = reader.split(row, f"split {place}")
        known = splits.get(folded(made.name), ())
        twice = any(made.scope == other.scope for other in known)
        reader.check(not twice, f"{made.name!r} is split off there twice", f"split {place}")
        splits[folded(made.name)] = (*known, made)
    return Corrections(merges, splits)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks what stands in the file, which errors call ``name``."""

    name: str

    def check(self, holds: object, reason: str, where: str) -> None:
        if not holds:
            raise errors.CORRECTIONS_INVALID(name=self.name, where=where, reason=reason)

    def rows(self, data: Mapping[str, object], kind: str) -> list[dict[str, object]]:
        rows = data.get(kind, [])
        found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        self.check(isinstance(rows, list) and len(found) == len(rows), f"it is no table; write [[{kind}]]", kind)
        for place, row in enumerate(found, 1):
            for key in row:
                reason = f"the key {key!r} is unknown; keys are {', '.join(_KEYS[kind])}"
                self.check(key in _KEYS[kind], reason, f"{kind} {place}")
        return found

    def merge(self, row: Mapping[str, object], where: str, merges: dict[str, str]) -> None:
        given = row.get("names")
        names = [name for name in given if isinstance(name, str) and name.strip()] if isinstance(given, list) else []
        whole = isinstance(given, list) and len(names) == len(given)
        self.check(whole, '"names" must be a list of names', where)
        keys = list(dict.fromkeys(folded(name) for name in names))
        self.check(len(keys) > 1, '"names" needs two different names', where)
        for key in keys:
            self.check(key not in merges, f"the name {key!r} stands in another merge", where)
        merges.update(dict.fromkeys(keys, names[0]))

    def split(self, row: Mapping[str, object], where: str) -> Split:
        for key, value in row.items():
            self.check(isinstance(value, str) and value.strip(), f'"{key}" must be a text that is not empty', where)
        texts = {key: str(value) for key, value in row.items()}
        self.check("name" in texts, '"name" is missing', where)
        self.check(("outlet" in texts) != ("article" in texts), 'give either "outlet" or "article"', where)
        return Split(texts["name"], texts.get("outlet"), texts.get("article"), texts.get("as"))
