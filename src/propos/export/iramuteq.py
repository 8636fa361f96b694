"""IRaMuTeQ's corpus format: a line of starred variables, then the text, one article after the other.

A variable is ``*name_value``: the first underscore divides them, so a value has neither underscore nor space nor
accent. Every article has every variable once, ``inconnu`` or ``aucun`` where there is nothing to say. The body has no
star and no underscore, which IRaMuTeQ reads as variables.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from propos.export.characters import one_line
from propos.export.contract import Options
from propos.export.days import days
from propos.export.parties import Party, parties
from propos.export.words import words_of
from propos.store.entry import Entry

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write a text for each article that has words; the number of texts."""
    count = 0
    for entry in entries:
        text = body(entry.record.text)
        if any(letter.isalnum() for letter in text):
            stream.write(f"{header(entry)}\n{text}\n\n".encode())
            count += 1
    return count


def header(entry: Entry) -> str:
    """The line of stars: outlet, date, month, year, who speaks and acts most, what is done most."""
    date = days(entry.record.published)
    day = date.start.isoformat() if date else ""
    precision = date.precision if date else ""
    words = words_of(entry)
    variables = {
        "source": value(entry.record.source.outlet or "") or words.unknown,
        "date": day if precision == "day" else words.unknown,
        "am": day[:7] if precision in {"day", "month"} else words.unknown,
        "annee": day[:4] or words.unknown,
        "acteur": value(_leading_actor(entry)) or words.none,
        "acte": value(_leading_act(entry)) or words.none,
    }
    return "**** " + " ".join(f"*{name}_{modality}" for name, modality in variables.items())


def value(name: str) -> str:
    """A name as a variable may have it: small letters without accents, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", name.translate(_LIGATURES)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def body(text: str) -> str:
    """The text with a paragraph a line, no empty lines, and nothing that would be read as a variable."""
    lines = (one_line(re.sub("[*_]", " ", line)) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _leading_actor(entry: Entry) -> str:
    known = parties(entry)
    return _most_frequent(known[id_].name for id_ in _appearances(entry, known))


def _appearances(entry: Entry, known: dict[str, Party]) -> Iterator[str]:
    for statement in entry.statements:
        if statement.speaker_actor in known:
            yield statement.speaker_actor
    for event in entry.events:
        yield from (id_ for id_ in event.actors if id_ in known)


def _leading_act(entry: Entry) -> str:
    return _most_frequent(words_of(entry).event_type(event.type) for event in entry.events)


def _most_frequent(names: Iterable[str]) -> str:
    """The name that comes most often, of several the first; nothing where there is none."""
    counted = Counter(names).most_common(1)
    return counted[0][0] if counted else ""
