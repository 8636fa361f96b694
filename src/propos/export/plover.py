"""PLOVER's JSON Lines: one event a line under the codebook's names, and ours under one key of our own, ``propos``.

Several actors stay one event. An event that is not told as having happened bears the codebook's auxiliary mode
(``negation``, ``hypothetical``, ``future``) behind its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from propos.export import codes
from propos.export.article import Article, Party, clean, nearest
from propos.export.contract import Options
from propos.export.event_data import Happening, happenings
from propos.model import Event, Factuality, Statement
from propos.serialise import encode
from propos.store.entry import Entry
from propos.version import VERSION

AUXILIARY: Mapping[Factuality, str] = MappingProxyType(
    {"denied": "negation", "hypothetical": "hypothetical", "planned": "future"}
)
"""The codebook's auxiliary modes; an asserted or claimed event has none."""


class Plover:
    """Events of every factuality."""

    def write(self, entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG002 - the contract
        """Write all entries; the number of events."""
        written = 0
        for happening in happenings(entries):
            stream.write(_line(_event(happening)))
            written += 1
        return written


def _line(data: dict[str, Any]) -> bytes:
    return clean(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)).encode() + b"\n"


def _event(item: Happening) -> dict[str, Any]:
    article, event, record = item.article, item.event, item.article.record
    auxiliary = AUXILIARY.get(event.factuality)
    data = {
        "id": item.id,
        "has_event": True,
        "date": item.date,
        "actor": [_entity(article, event, party) for party in article.parties(event.actors)],
        "recipient": [_entity(article, event, party) for party in article.parties(event.recipients)],
        "event": [event.type],
        "mode": [mode for mode in (event.mode, auxiliary) if mode],
        "context": list(event.contexts),
        "quad_code": event.quad,
        "event_scale": event.intensity,
        "event_text": article.words(event.trigger),
        "text_info": {"start": event.trigger.start, "end": event.trigger.end},
        "link": record.source.url,
        "cite_info": _citation(article),
        "coder": f"propos {record.propos.version or VERSION}",
        "propos": _ours(item),
    }
    # The codebook asks for a date: null says that there is none.
    return {key: value for key, value in data.items() if value is not None or key == "date"}


def _entity(article: Article, event: Event, party: Party) -> dict[str, Any]:
    mention = nearest(party.actor.mentions, event.trigger)
    data = {
        "code": codes.country(party),
        "sector": codes.sector(party),
        "entity_text": party.name,
        "raw_text": article.words(mention),
        "office": "; ".join(dict.fromkeys(role.title for role in party.actor.roles)) or None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _citation(article: Article) -> dict[str, str]:
    record = article.record
    data = {
        "publication": record.source.outlet,
        "title": record.title,
        "url": record.source.url,
        "language": record.language,
        "citation": record.id,
        "version": f"PLOVER 2.0, propos {record.propos.version or VERSION}",
    }
    return {key: value for key, value in data.items() if value}


def _ours(item: Happening) -> dict[str, Any]:
    """What the codebook has no name for: spans are ``[start, end]`` in code points of the record's text."""
    article, event, record, group = item.article, item.event, item.article.record, item.article.entry.group
    return {
        "article": record.id,
        "article_key": article.entry.key,
        "event": event.id,
        "published": record.published,
        "factuality": event.factuality,
        "told": item.told,
        "attribution_depth": article.depth(event),
        "attribution": [_link(article, statement) for statement in article.chain(event)],
        "condition": _condition(item),
        "date_read": event.date,
        "date_basis": item.basis,
        "actor_mentions": [encode(party.actor.mentions) for party in article.parties(event.actors)],
        "recipient_mentions": [encode(party.actor.mentions) for party in article.parties(event.recipients)],
        "evidence": encode(event.evidence),
        "sha256": record.source.sha256,
        "status": article.entry.status,
        "group": group.id if group is not None else None,
        "canonical": group is None or group.canonical,
        "copies": group.size if group is not None else 1,
        "copy_outlets": list(group.outlets) if group is not None else [],
    }


def _link(article: Article, statement: Statement) -> dict[str, Any]:
    return {
        "statement": statement.id,
        "speaker": article.speaker(statement),
        "speaker_span": encode(statement.speaker),
        "cue_span": encode(statement.cue),
        "content_spans": encode(statement.content),
        "addressees": [article.line(span) for span in statement.addressees],
        "addressee_spans": encode(statement.addressees),
        "mode": statement.mode,
        "form": statement.form,
        "kind": statement.kind,
        "unconfirmed": statement.unconfirmed,
        "via_span": encode(statement.via) if isinstance(statement.via, tuple) else None,
    }


def _condition(item: Happening) -> dict[str, Any] | None:
    condition = item.event.condition
    if condition is None:
        return None
    return {"text": item.article.words(condition), "kind": item.event.condition_kind, "span": encode(condition)}
