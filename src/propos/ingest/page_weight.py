"""How heavy a page may be before its article is looked for: what looks takes more than its share of time for each tag.

Counted by the parser that reads the page later, so that no way of writing a tag gets past.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from lxml import etree
from lxml.html import HtmlElement

from propos import errors

MOST_TAGS = 20_000
"""Long pages of newspapers, menus and comments included, have a quarter of that."""
MOST_ATTRIBUTES = 1_000
"""Of one tag."""
THOROUGH_TAGS = 4_000
"""Up to so many tags a page is searched in every way: past them what compares paragraphs takes time by their square."""
LONGEST_VALUE = 4_000
"""Characters of an attribute that is kept. Longer ones hold pictures or scripts' data; writing them takes time by their square."""


class _Scale:
    """A target of the parser that keeps nothing."""

    def __init__(self, name: str) -> None:
        self._name, self.tags = name, 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        """An element begins; raises ``format-damaged``."""
        self.tags += 1
        if self.tags > MOST_TAGS:
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


def check(page: str, name: str) -> int:
    """The number of its tags; raises ``format-damaged`` for a page with more, or more attributes in a tag, than any has."""
    scale = _Scale(name)
    parser = etree.HTMLParser(target=scale, encoding="utf-8", no_network=True, huge_tree=False)
    with suppress(etree.LxmlError):  # told, or mended, by whoever reads it
        etree.fromstring(page.encode("utf-8", "replace"), parser)
    return scale.tags


def lighten(tree: HtmlElement) -> None:
    """Take off the attributes that are longer than ``LONGEST_VALUE``."""
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            if len(value) > LONGEST_VALUE:
                del element.attrib[key]
