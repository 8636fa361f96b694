"""What two versions read differently in the same articles: statements and events gained, lost and changed.

Items are matched by what they stand on, statements by their content and events by their trigger. Ids differ freely
between two runs, so references are compared by what they lead to: an actor by its name, a statement by its words.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from propos.evaluate.layers import events, statements
from propos.evaluate.matching import Match
from propos.evaluate.score import by_id
from propos.evaluate.spans import TextChars
from propos.evaluate.wording import Names
from propos.model import Event, Record, Statement

Layer = Literal["statement", "event"]
Kind = Literal["gained", "lost", "changed"]
# Comparable fields of an item: a text, or None for nothing.
View = Mapping[str, str | None]

# Lower than for scoring: a content that grew to thrice its length is still the same statement, changed.
STATEMENT_FLOOR = 0.3
SHOWN_WORDS = 70
SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's value in the old and in the new record; ``None`` for nothing."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that appeared, vanished or changed; ``words`` are those that it stands on.

    ``id`` is the new record's for gained and changed items, the old one's for lost items.
    """

    kind: Kind
    layer: Layer
    id: str
    words: str
    fields: tuple[FieldChange, ...] = ()

    def line(self) -> str:
        """One line of text."""
        changes = "; ".join(f"{item.field} {_shown(item.old)} -> {_shown(item.new)}" for item in self.fields)
        return f"{SIGNS[self.kind]} {self.layer} {_shown(self.words)}" + (f": {changes}" if changes else "")


@dataclass(frozen=True, slots=True)
class DocumentDifferences:
    """All differences in one document, in text order of the layers."""

    id: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two collections of records.

    ``documents`` has only those that differ, of ``compared`` in all. ``only_old`` and ``only_new`` are documents of
    one side; ``other_text`` those whose text changed, so that their offsets cannot be compared.
    """

    documents: tuple[DocumentDifferences, ...]
    compared: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    other_text: tuple[str, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many items of each layer were gained, lost and changed."""
        counted = Counter((item.layer, item.kind) for document in self.documents for item in document.differences)
        return {
            layer: {kind: counted[layer, kind] for kind in ("gained", "lost", "changed")}
            for layer in ("statement", "event")
        }  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: the counts, then every difference by document."""
        return {"counts": self.counts(), **dataclasses.asdict(self)}

    def summary(self) -> str:
        """Plain text: the counts, then one line a difference."""
        lines = [f"{self.compared} documents compared, {len(self.documents)} differ"]
        for layer, counts in self.counts().items():
            lines.append(f"{layer}s: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
        lines += _one_sided(self)
        for document in self.documents:
            lines += ["", document.id, *(f"  {item.line()}" for item in document.differences)]
        return "\n".join(lines)


def compare(old: Iterable[Record], new: Iterable[Record]) -> Comparison:
    """Compare two runs; documents pair by ``id``. Raises ``EvaluationError`` for an id that stands twice in a run."""
    before, after = by_id(old, "the old records"), by_id(new, "the new records")
    shared = sorted(before.keys() & after.keys())
    same_text = [name for name in shared if before[name].text == after[name].text]
    documents = (DocumentDifferences(name, compare_records(before[name], after[name])) for name in same_text)
    return Comparison(
        documents=tuple(document for document in documents if document.differences),
        compared=len(same_text),
        only_old=tuple(sorted(before.keys() - after.keys())),
        only_new=tuple(sorted(after.keys() - before.keys())),
        other_text=tuple(name for name in shared if before[name].text != after[name].text),
    )


def compare_records(old: Record, new: Record) -> tuple[Difference, ...]:
    """The differences between two readings of the same text."""
    chars = TextChars(old.text)
    said = statements.align(old, new, chars, STATEMENT_FLOOR).matches
    happened = events.align(old, new, chars).matches
    return (
        *_differences("statement", _statements(old), _statements(new), said),
        *_differences("event", _events(old), _events(new), happened),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """A statement or event ready to be compared."""

    id: str
    words: str
    view: View


def _differences(
    layer: Layer, old: Sequence[_Item], new: Sequence[_Item], matches: Sequence[Match]
) -> Iterable[Difference]:
    partner = {pair.system: old[pair.gold] for pair in matches}
    kept = {pair.gold for pair in matches}
    for at, item in enumerate(old):
        if at not in kept:
            yield Difference("lost", layer, item.id, item.words)
    for at, item in enumerate(new):
        if at not in partner:
            yield Difference("gained", layer, item.id, item.words)
        elif changes := _changes(partner[at].view, item.view):
            yield Difference("changed", layer, item.id, item.words, changes)


def _changes(old: View, new: View) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(key, old[key], new[key]) for key in old if old[key] != new[key])


def _statements(record: Record) -> list[_Item]:
    names = Names(record)
    return [_Item(item.id, names.words(*item.content), _statement_view(item, names)) for item in record.statements]


def _events(record: Record) -> list[_Item]:
    names = Names(record)
    return [_Item(item.id, names.words(item.trigger), _event_view(item, names)) for item in record.events]


def _statement_view(item: Statement, names: Names) -> View:
    return {
        "content": names.places(item.content),
        "cue": names.places([item.cue]),
        "speaker": names.places([item.speaker]),
        "speaker_actor": names.actors([item.speaker_actor]),
        "mode": item.mode,
        "form": item.form,
        "kind": item.kind,
        "addressees": names.places(item.addressees),
        "via": names.via(item.via),
        "medium": names.places([item.medium]),
        "unconfirmed": str(item.unconfirmed).lower(),
        "date": item.date,
    }


def _event_view(item: Event, names: Names) -> View:
    return {
        "type": item.type,
        "trigger": names.places([item.trigger]),
        "actors": names.actors(item.actors),
        "recipients": names.actors(item.recipients),
        "factuality": item.factuality,
        "holder": names.statement(item.holder),
        "condition": names.places([item.condition]),
        "condition_kind": item.condition_kind,
        "date": item.date,
        "mode": item.mode,
        "contexts": ", ".join(item.contexts) or None,
    }


def _one_sided(comparison: Comparison) -> Iterable[str]:
    for ids, what in (
        (comparison.only_old, "only in the old run"),
        (comparison.only_new, "only in the new run"),
        (comparison.other_text, "with another text, not compared"),
    ):
        if ids:
            yield f"{len(ids)} {what}: {', '.join(ids)}"


def _shown(words: str | None) -> str:
    """On one line, long words cut in the middle: what changes is mostly where they begin or end."""
    if words is None:
        return "nothing"
    line = " ".join(words.split())
    half = SHOWN_WORDS // 2
    return f"«{line}»" if len(line) <= SHOWN_WORDS else f"«{line[:half].rstrip()} … {line[-half:].lstrip()}»"
