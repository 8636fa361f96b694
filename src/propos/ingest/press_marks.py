"""Which press database an input comes from, by what its first bytes say; never by its name."""

from __future__ import annotations

from typing import Literal

from propos import errors
from propos.ingest.encoding import decode

DOCX_MAGIC = b"PK\x03\x04"
RTF_MAGIC = b"{\\rtf"
PressFormat = Literal["europresse", "factiva-html", "factiva-rtf", "factiva-xml", "nexis"]


def find(head: bytes, name: str) -> PressFormat | None:
    """The format of an input that begins with ``head``; ``None`` where it comes from no press database."""
    if head.startswith(DOCX_MAGIC):
        # Of the databases only Nexis hands out Word files; the reader tells where one is none of its own.
        return "nexis" if b"[Content_Types].xml" in head and b"word/" in head else None
    if head.startswith(RTF_MAGIC):
        return _of_rtf(head)
    try:
        return _of_text(decode(head, name).text)
    except errors.InputError:
        return None


def _of_rtf(head: bytes) -> PressFormat | None:
    from propos.ingest import factiva_coded, factiva_header, rtf

    texts = [line.text for line in rtf.lines(head)]
    if any(factiva_header.is_length(text) or factiva_coded.is_last(text) or text == "HD" for text in texts):
        return "factiva-rtf"
    return "nexis" if _is_nexis("\n".join(texts)) else None


def _of_text(text: str) -> PressFormat | None:
    if "<" in text[:2000]:
        from propos.ingest import europresse, factiva_html, factiva_xml

        if europresse.MARKS.search(text):
            return "europresse"
        if factiva_html.MARKS.search(text):
            return "factiva-html"
        return "factiva-xml" if factiva_xml.MARKS.search(text) else None
    return "nexis" if _is_nexis(text) else None


def _is_nexis(text: str) -> bool:
    """Whether an article begins or ends as those of Nexis do, or has both its length and a line ``Body``."""
    from propos.ingest import nexis, nexis_words

    if nexis.MARKS.search(text):
        return True
    rows = [row.strip() for row in text.splitlines()]
    parts = {label.part for row in rows if (label := nexis_words.labelled(row))}
    return "length" in parts and any(row.lower() in nexis_words.words().body for row in rows)
