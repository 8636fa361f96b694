"""Characters that a format cannot hold. What replaces one is one character long, so that offsets stay."""

from __future__ import annotations

import re

# Halves of surrogate pairs come in through JSON escapes; UTF-8 has no bytes for them.
_HALVES = re.compile("[\ud800-\udfff]")
# What XML 1.0 forbids, even as a character reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Everything that ends a line for one reader or another (``str.splitlines``), tabs and the other controls.
_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text, as long as before, with nothing that UTF-8 cannot hold."""
    try:
        text.encode()  # a whole article is tested far faster than searched
    except UnicodeEncodeError:
        return _HALVES.sub(REPLACEMENT, text)
    return text


def for_xml(text: str) -> str:
    """The text, as long as before, with nothing that XML 1.0 forbids."""
    return _NOT_XML.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text on one line: runs of spaces, line ends and controls become one space, none at the ends."""
    return _BREAKS.sub(" ", storable(text)).strip(" ")


def web_address(url: str | None) -> str | None:
    """The URL where it is one of the web and has only characters that a URL may have; else ``None``."""
    return url if url and re.fullmatch(r"https?://[!#-;=?-\[\]_a-z~%]+", url) else None
