"""What a record knows about an event and POLECAT's table has no column for, by Event ID."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from propos.export.article import clean
from propos.export.event_data import Happening, several
from propos.export.flat import end, spans, start
from propos.model import Span, Statement, TimeExpression

JOINT = "; "
Value = Callable[[Happening], str | float | None]


def _holder(item: Happening) -> Statement | None:
    return next(iter(item.article.chain(item.event)), None)


def _of_holder(value: Callable[[Statement], str | None]) -> Value:
    return lambda item: value(holder) if (holder := _holder(item)) is not None else None


def _chain(value: Callable[[Happening, Statement], str | None]) -> Value:
    """A value of each statement that the event came through, the innermost first; a question mark for none."""
    return lambda item: several((value(item, link) or "?" for link in item.article.chain(item.event)), JOINT)


def _time(item: Happening) -> TimeExpression | None:
    """The expression of time that dates the event: of those that mean its date, the one closest to its trigger."""
    meant = [time for time in item.article.record.times if item.event.date in (time.start, time.value)]
    if item.event.date is None or not meant:
        return None
    return min(meant, key=lambda time: abs(time.span.start - item.event.trigger.start))


def _time_span(item: Happening) -> Span | None:
    return time.span if (time := _time(item)) is not None else None


def _mentions(item: Happening, ids: Iterable[str]) -> str | None:
    """Where each of the parties is mentioned: mentions joined by ``+``."""
    found = ("+".join(spans(party.actor.mentions)) or "?" for party in item.article.parties(ids))
    return several(found, JOINT)


def _relay_words(item: Happening) -> str | None:
    chain = item.article.chain(item.event)
    return item.article.words(chain[-1].via) if chain and isinstance(chain[-1].via, Span) else None


COLUMNS: Mapping[str, Value] = MappingProxyType(
    {
        "Event ID": lambda item: item.id,
        "Told": lambda item: "yes" if item.told else "no",
        "Article ID": lambda item: item.article.record.id,
        "Article Key": lambda item: item.article.entry.key,
        "Record Event": lambda item: item.event.id,
        "Factuality": lambda item: item.event.factuality,
        "Polarity": lambda item: "negative" if item.event.factuality == "denied" else "positive",
        "Attribution Depth": lambda item: item.article.depth(item.event),
        "Speaker Chain": _chain(lambda item, link: item.article.speaker(link)),
        "Speaker Chain Statements": _chain(lambda _, link: link.id),
        "Speaker Chain Spans": _chain(lambda _, link: "".join(spans([link.speaker])) if link.speaker else None),
        "Relay Phrase": _relay_words,
        "Speech Type": _of_holder(lambda holder: holder.mode),
        "Speech Form": _of_holder(lambda holder: holder.form),
        "Speech Kind": _of_holder(lambda holder: holder.kind),
        "Unconfirmed": _of_holder(lambda holder: "yes" if holder.unconfirmed else "no"),
        "Speech Content": lambda item: item.article.content(holder) if (holder := _holder(item)) else None,
        "Speech Content Spans": _of_holder(lambda holder: several(spans(holder.content), JOINT)),
        "Addressees": lambda item: (
            several(map(item.article.line, holder.addressees), JOINT) if (holder := _holder(item)) else None
        ),
        "Addressee Spans": _of_holder(lambda holder: several(spans(holder.addressees), JOINT)),
        "Condition": lambda item: item.article.words(item.event.condition),
        "Condition Type": lambda item: item.event.condition_kind,
        "Condition Start": lambda item: start(item.event.condition),
        "Condition End": lambda item: end(item.event.condition),
        "Date Read": lambda item: item.event.date,
        "Date Basis": lambda item: item.basis,
        "Time Expression": lambda item: item.article.words(_time_span(item)),
        "Time Value": lambda item: time.value if (time := _time(item)) is not None else None,
        "Time Start": lambda item: start(_time_span(item)),
        "Time End": lambda item: end(_time_span(item)),
        "Trigger": lambda item: item.article.words(item.event.trigger),
        "Trigger Start": lambda item: item.event.trigger.start,
        "Trigger End": lambda item: item.event.trigger.end,
        "Actor Spans": lambda item: _mentions(item, item.event.actors),
        "Recipient Spans": lambda item: _mentions(item, item.event.recipients),
        "Rules": lambda item: several((evidence.rule for evidence in item.event.evidence), JOINT),
        "Title": lambda item: item.article.record.title,
        "URL": lambda item: item.article.record.source.url,
        "Source SHA-256": lambda item: item.article.record.source.sha256,
        "Text SHA-256": lambda item: hashlib.sha256(clean(item.article.record.text).encode()).hexdigest(),
        "Status": lambda item: item.article.entry.status,
        "Group": lambda item: group.id if (group := item.article.entry.group) else None,
        "Canonical": lambda item: "no" if (group := item.article.entry.group) and not group.canonical else "yes",
        "Copies": lambda item: group.size if (group := item.article.entry.group) else 1,
        "Copy Outlets": lambda item: several(group.outlets, JOINT) if (group := item.article.entry.group) else None,
    }
)
"""The sidecar's columns; all spans are ``start-end``."""
