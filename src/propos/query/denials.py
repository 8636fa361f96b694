"""Whether what is denied is a happening (*n'a pas tiré*, *nie avoir tiré*), or is refused (*ne retirera pas*)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sql
from sqlalchemy import Connection

from propos.lang import lemmas, matter_words
from propos.model import Span
from propos.query.happenings import BATCH, Happening
from propos.query.matters import before
from propos.store.tables import events

_NEAR = 5
"""Words before an act among which a verb stands that governs it."""


def is_refusal(event: Happening, language: str = "fr") -> bool:
    """Whether the event is denied for the days to come: in the future, or as something to do."""
    if event.factuality != "denied" or _is_under(event, language):
        return False
    return matter_words.load(language).is_ahead(lemmas.words(event.words))


def is_denial(event: Happening, language: str = "fr") -> bool:
    """Whether somebody says that it did not happen.

    Of an act that a noun names there has to be a verb of denying (*nie l'attaque*), or none of it (*aucune attaque*).
    """
    if event.factuality != "denied" or event.said is None or "?" in event.sentence_words or _is_under(event, language):
        return False
    if event.date is not None and event.published is not None and event.date > event.published:
        return False
    known, act, nearby = matter_words.load(language), lemmas.words(event.words), _nearby(event)
    if is_expressed(event, language):
        return True
    if {" ".join(nearby[-2:]), *nearby[-1:]} & known.none:
        return not known.is_ahead(nearby)
    negated = known.is_verb(act) and known.negations & {*act, *nearby[-2:]}
    return bool(negated) and known.is_past(act) and not known.is_ahead(act)


def is_expressed(event: Happening, language: str = "fr") -> bool:
    """Whether a verb of denying stands right before it (*nie avoir tiré*)."""
    known = matter_words.load(language)
    return any(known.lemmas.of(word) in known.denying for word in _nearby(event)) and not known.is_ahead(lemmas.words(event.words))


def _nearby(event: Happening) -> list[str]:
    return lemmas.words(before(event))[-_NEAR:]


def _is_under(event: Happening, language: str) -> bool:
    """Whether a verb of asking, trying or being able governs it."""
    known = matter_words.load(language)
    return any(known.lemmas.of(word) in known.undone for word in _nearby(event))


def conditional(connection: Connection, told: Iterable[Happening]) -> set[tuple[int, str]]:
    """Reading and event of what is denied in the condition of another: *si elle ne rouvre pas le port* denies nothing."""
    denied = [event for event in told if event.factuality == "denied"]
    spans = _conditions(connection, {event.reading for event in denied})
    return {
        (event.reading, event.event)
        for event in denied
        if any(span.start <= event.trigger.start < span.end for span in spans.get(event.reading, ()))
    }


def _conditions(connection: Connection, readings: set[int]) -> Mapping[int, list[Span]]:
    ids, found = sorted(readings), dict[int, list[Span]]()
    start, end = events.c.condition_start, events.c.condition_end
    for at in range(0, len(ids), BATCH):
        asked = sql.select(events.c.reading, start, end).where(events.c.reading.in_(ids[at : at + BATCH]), start.is_not(None))
        for reading, first, last in connection.execute(asked):
            found.setdefault(reading, []).append(Span(first, last))
    return found
