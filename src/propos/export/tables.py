"""The two flat tables, statements and events: one row each, every field with its offsets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from propos.export.article import Article, Party
from propos.export.contract import Part
from propos.export.flat import ARTICLE, Table, columns_of, end, spans, start
from propos.model import Event, Span, Statement


def _speaker(article: Article, statement: Statement) -> Party | None:
    return article.party(statement.speaker_actor)


def _relayed_by(article: Article, statement: Statement) -> str | None:
    if isinstance(statement.via, Span):
        return article.words(statement.via)
    relaying = article.statements.get(statement.via or "")
    return article.speaker(relaying) if relaying is not None else None


def _relay(statement: Statement) -> Span | None:
    return statement.via if isinstance(statement.via, Span) else None


def _carried(article: Article, statement: Statement) -> tuple[str, ...]:
    return tuple(f"{event.id} {event.type}" for event in article.carried.get(statement.id, ()))


STATEMENTS = Table(
    "statements",
    columns_of(
        Statement,
        {
            "statement_id": ("text", lambda _, item: item.id),
            "speaker": ("text", lambda article, item: article.speaker(item)),
            "speaker_key": ("text", lambda article, item: party.key if (party := _speaker(article, item)) else None),
            "speaker_kind": (
                "text",
                lambda article, item: party.actor.kind if (party := _speaker(article, item)) else None,
            ),
            "speaker_country": (
                "text",
                lambda article, item: party.country if (party := _speaker(article, item)) else None,
            ),
            "speaker_sector": (
                "text",
                lambda article, item: party.sector if (party := _speaker(article, item)) else None,
            ),
            "speaker_words": ("text", lambda article, item: article.words(item.speaker)),
            "speaker_start": ("integer", lambda _, item: start(item.speaker)),
            "speaker_end": ("integer", lambda _, item: end(item.speaker)),
            "cue": ("text", lambda article, item: article.words(item.cue)),
            "cue_start": ("integer", lambda _, item: start(item.cue)),
            "cue_end": ("integer", lambda _, item: end(item.cue)),
            "content": ("text", lambda article, item: article.content(item)),
            "content_start": ("integer", lambda _, item: min((span.start for span in item.content), default=None)),
            "content_end": ("integer", lambda _, item: max((span.end for span in item.content), default=None)),
            "content_spans": ("texts", lambda _, item: spans(item.content)),
            "addressees": ("texts", lambda article, item: tuple(map(article.line, item.addressees))),
            "addressee_spans": ("texts", lambda _, item: spans(item.addressees)),
            "mode": ("text", lambda _, item: item.mode),
            "form": ("text", lambda _, item: item.form),
            "kind": ("text", lambda _, item: item.kind),
            "via": ("text", lambda _, item: item.via if isinstance(item.via, str) else None),
            "relayed_by": ("text", _relayed_by),
            "relay_start": ("integer", lambda _, item: start(_relay(item))),
            "relay_end": ("integer", lambda _, item: end(_relay(item))),
            "medium": ("text", lambda article, item: article.words(item.medium)),
            "medium_start": ("integer", lambda _, item: start(item.medium)),
            "medium_end": ("integer", lambda _, item: end(item.medium)),
            "unconfirmed": ("truth", lambda _, item: item.unconfirmed),
            "statement_date": ("text", lambda _, item: item.date),
            "events": ("texts", _carried),
            "rules": ("texts", lambda _, item: tuple(evidence.rule for evidence in item.evidence)),
        },
    )
    + columns_of(object, ARTICLE),
    lambda entry: entry.statements,
)


def _chain(article: Article, event: Event) -> tuple[str, ...]:
    return tuple(article.speaker(statement) or "?" for statement in article.chain(event))


def _source(article: Article, event: Event) -> str | None:
    return next(iter(_chain(article, event)), None)


def _names(article: Article, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(party.name for party in article.parties(ids))


def _countries(article: Article, ids: tuple[str, ...]) -> tuple[str, ...]:
    """As many as there are names: a question mark for who has none, so that the two lists can be read side by side."""
    return tuple(party.country or "?" for party in article.parties(ids))


def _sectors(article: Article, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(party.sector or "?" for party in article.parties(ids))


def _quotation(article: Article, event: Event) -> str | None:
    """What the statement that carries the event says."""
    holder = article.statements.get(event.holder or "")
    return article.content(holder) if holder is not None else None


EVENTS = Table(
    "events",
    columns_of(
        Event,
        {
            "event_id": ("text", lambda _, item: item.id),
            "type": ("text", lambda _, item: item.type),
            "event_mode": ("text", lambda _, item: item.mode),
            "quad": ("integer", lambda _, item: item.quad),
            "intensity": ("number", lambda _, item: item.intensity),
            "contexts": ("texts", lambda _, item: item.contexts),
            "actors": ("texts", lambda article, item: _names(article, item.actors)),
            "actor_countries": ("texts", lambda article, item: _countries(article, item.actors)),
            "actor_sectors": ("texts", lambda article, item: _sectors(article, item.actors)),
            "recipients": ("texts", lambda article, item: _names(article, item.recipients)),
            "recipient_countries": ("texts", lambda article, item: _countries(article, item.recipients)),
            "recipient_sectors": ("texts", lambda article, item: _sectors(article, item.recipients)),
            "factuality": ("text", lambda _, item: item.factuality),
            "source": ("text", _source),
            "source_chain": ("texts", _chain),
            "attribution_depth": ("integer", lambda article, item: article.depth(item)),
            "statement_id": ("text", lambda _, item: item.holder),
            "event_date": ("text", lambda _, item: item.date),
            "trigger": ("text", lambda article, item: article.words(item.trigger)),
            "trigger_start": ("integer", lambda _, item: item.trigger.start),
            "trigger_end": ("integer", lambda _, item: item.trigger.end),
            "condition": ("text", lambda article, item: article.words(item.condition)),
            "condition_kind": ("text", lambda _, item: item.condition_kind),
            "condition_start": ("integer", lambda _, item: start(item.condition)),
            "condition_end": ("integer", lambda _, item: end(item.condition)),
            "quotation": ("text", _quotation),
            "rules": ("texts", lambda _, item: tuple(evidence.rule for evidence in item.evidence)),
        },
    )
    + columns_of(object, ARTICLE),
    lambda entry: entry.events,
)


TABLES: Mapping[Part, Table] = MappingProxyType({"statements": STATEMENTS, "events": EVENTS})
"""The tables by their names."""
