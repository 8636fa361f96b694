"""What servers said of addresses asked before: a small JSON file each, with its bytes beside it.

A cache only saves work: what is missing, broken or cannot be written is fetched again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MOST = 200
"""Addresses kept; the oldest make room."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: the server's ``etag`` and ``modified`` as it wrote them, and its bytes."""

    url: str
    etag: str | None
    modified: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers."""

    folder: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] | None = None) -> Cache:
        """The one in the user's cache folder."""
        env = os.environ if environment is None else environment
        home = env.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (never raises)
        return cls(Path(home) / "propos" / "fetched")

    def find(self, url: str) -> Kept | None:
        """The last answer of ``url``, if its bytes are still those."""
        try:
            said = json.loads(self._said(url).read_text(encoding="utf-8"))
            data = self._body(url).read_bytes()
            if said["url"] != url or said["sha256"] != _digest(data):
                return None
            return Kept(url, _text(said.get("etag")), _text(said.get("modified")), data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, answer: Kept) -> None:
        """Keep an answer that its server can be asked about, forget one that it cannot."""
        with contextlib.suppress(OSError):
            if not (_text(answer.etag) or _text(answer.modified)):
                self._forget(answer.url)
                return
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            said = {"url": answer.url, "etag": answer.etag, "modified": answer.modified, "sha256": _digest(answer.data)}
            _write(self._body(answer.url), answer.data)
            _write(self._said(answer.url), json.dumps(said, indent=1).encode())
            self._make_room()

    def _make_room(self) -> None:
        said = sorted(self.folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in said[:-MOST]:
            file.unlink(missing_ok=True)
            file.with_suffix(".body").unlink(missing_ok=True)

    def _forget(self, url: str) -> None:
        self._said(url).unlink(missing_ok=True)
        self._body(url).unlink(missing_ok=True)

    def _said(self, url: str) -> Path:
        return self.folder / f"{_digest(url.encode('utf-8', 'replace'))[:32]}.json"

    def _body(self, url: str) -> Path:
        return self._said(url).with_suffix(".body")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(value: object) -> str | None:
    """A header's value that can be sent back."""
    return value if isinstance(value, str) and value.isascii() and value.isprintable() and len(value) < 1000 else None


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(file)
