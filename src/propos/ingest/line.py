"""A paragraph of a file that has lines and no tags."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A paragraph's words without white space around them, and the bytes that it is written in."""

    text: str
    markup: bytes
