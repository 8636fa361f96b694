"""How heavy a page may be before its article is looked for: what looks takes more than its share of time for each tag.

Counted by the parser that reads the page later, so that no way of writing a tag gets past.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from propos import errors

MOST_TAGS = 20_000
"""Long pages of newspapers, menus and comments included, have a quarter of that."""
MOST_ATTRIBUTES = 1_000
"""Of one tag."""


class _Scale:
    """A target of the parser that keeps nothing."""

    def __init__(self, name: str) -> None:
        self._name, self._tags = name, 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        """An element begins; raises ``format-damaged``."""
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise errors.FORMAT_DAMAGED(name=self._name, form="a page", reason=f"it has more than {MOST_TAGS} tags")
        if len(attributes) > MOST_ATTRIBUTES:
            reason = f"a tag has more than {MOST_ATTRIBUTES} attributes"
            raise errors.FORMAT_DAMAGED(name=self._name, form="a page", reason=reason)

    def end(self, _: str) -> None:
        """An element ends."""

    def data(self, _: str) -> None:
        """Text."""

    def close(self) -> None:
        """The end."""


def check(page: str, name: str) -> None:
    """Raise ``format-damaged`` for a page with more tags, or more attributes in a tag, than any has."""
    parser = etree.HTMLParser(target=_Scale(name), encoding="utf-8", no_network=True, huge_tree=False)
    try:
        etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError:  # told, or mended, by whoever reads it
        return
