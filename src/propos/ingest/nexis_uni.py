"""An article of Nexis Uni: title, publication, date, rights and labels, then a line ``Body``, the text, ``Load-Date``.

A cover page and a list of contents may stand before the first one: the header is found from ``Body`` backwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from propos import errors
from propos.ingest import printed_date
from propos.ingest.nexis_fields import Fields
from propos.ingest.nexis_words import labelled, words

_MOST_AFTER_DATE = 3
"""Lines looked at for the date, from the rights upwards: editions may follow it, a cover page has dates of its own."""


def parse(lines: Sequence[str], name: str) -> Fields:
    """The fields of one article's lines; raises ``article-unreadable`` where no line begins the body."""
    texts = [line for line in lines if line]
    at = next((index for index, line in enumerate(texts) if line.lower() in words().body), None)
    if at is None:
        raise errors.ARTICLE_UNREADABLE(name=name, reason="no line Body tells where its text begins")
    head, marked = _header(texts[:at])
    near = range(len(head) - 1, max(-1, len(head) - 1 - _MOST_AFTER_DATE), -1)
    date_line = next((index for index in near if printed_date.find(head[index])), None)
    date = printed_date.find(head[date_line]) if date_line is not None else None
    before = head[:date_line] if date_line is not None else head
    return Fields(
        body=tuple(_body(texts[at + 1 :])),
        title=before[-2] if len(before) > 1 else None,
        outlet=before[-1] if before else None,
        printed=date.value if date else None,
        language=date.language if date else None,
        time=printed_date.clock(head[date_line][date.span.end :]) if date and date_line is not None else None,
        section=marked.get("section"),
        author=marked.get("author"),
        lead=marked.get("lead"),
        dateline=marked.get("dateline"),
    )


def _header(texts: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The lines from the title to the date, and the labelled ones; those of a cover page are overruled by later ones."""
    marked: dict[str, str] = {}
    free: list[str] = []
    for line in texts:
        label = labelled(line)
        if label is not None:
            marked[label.part] = label.value
        elif not line.lower().startswith(("copyright", "©")):
            free.append(line)
    return _up_to_rights(texts) or free, marked


def _up_to_rights(texts: Sequence[str]) -> list[str]:
    """The lines before the last line of rights, which follows the date; none where there is no such line."""
    rights = [index for index, line in enumerate(texts) if line.lower().startswith(("copyright", "©"))]
    return list(texts[: rights[-1]]) if rights else []


def _body(texts: Sequence[str]) -> list[str]:
    end = len(texts)
    for index, line in enumerate(texts):
        label = line.split(":")[0].strip().lower()
        if line.lower() in words().after_body or (labelled(line) and label in words().after_body):
            end = index
            break
    return list(texts[:end])
