"""A language pack's event lexicon: the predicates of all types, indexed by the head word (``events/``)."""

from __future__ import annotations

import itertools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from propos.errors import PACK_INVALID
from propos.lang import ontology
from propos.lang.event_entries import (
    BlameWord,
    ConditionMark,
    ContextWords,
    EventFrame,
    EventWords,
    FactCue,
    Filler,
    Part,
    Predicate,
    Support,
    Tail,
)
from propos.lang.loader import Pack, variants
from propos.lang.morphology import Form, index
from propos.lang.ontology import Ontology
from propos.model import Factuality

__all__ = ["BlameWord", "ConditionMark", "EventFrame", "EventLexicon", "FactCue", "Filler", "Part", "Predicate", "Support", "Tail", "load"]

T = TypeVar("T")
FOLDER = "events"
PARTS: tuple[Part, ...] = ("verb", "noun", "adjective")
ACTOR_KINDS: Mapping[str, frozenset[str]] = {
    "@actor": frozenset({"person", "state", "organisation", "igo", "group"}),
    "@person": frozenset({"person"}),
    "@state": frozenset({"state", "igo"}),
    "@organisation": frozenset({"organisation", "igo"}),
    "@group": frozenset({"group"}),
}
_LISTS = ("recipient", "partner", "object", "subject", "support", "nouns", "verbs", "adjectives")


@dataclass(frozen=True)
class EventLexicon:
    """Predicates by part of speech and head lemma, the most exacting first; ``forms`` by the written form.

    ``support``: verbs that lend nouns their subject, by lemma; ``nouns``: written form -> lemmas, of every noun that some
    frame asks for; ``facts``: written form and part of speech -> what it makes of an event; ``conditions``, ``blame`` and
    ``contexts`` by their first word; ``asking``: the forms of the verbs behind which *si* asks; ``sides``:
    those of the nouns that take up a pair of states.
    """

    ontology: Ontology
    predicates: Mapping[Part, Mapping[str, tuple[Predicate, ...]]]
    support: Mapping[str, tuple[Support, ...]]
    forms: Mapping[str, tuple[Form, ...]]
    nouns: Mapping[str, frozenset[str]]
    facts: Mapping[tuple[str, str], Factuality]
    conditions: Mapping[str, tuple[ConditionMark, ...]]
    words: EventWords
    asking: frozenset[str]
    sides: frozenset[str]
    blame: Mapping[str, tuple[tuple[BlameWord, Tail], ...]]
    contexts: Mapping[str, tuple[tuple[str, Part, Tail], ...]]

    def of(self, part: Part, lemma: str) -> tuple[Predicate, ...]:
        """The predicates of a head word."""
        return self.predicates[part].get(lemma, ())

    def all(self) -> Iterator[Predicate]:
        """Every predicate once."""
        seen: set[str] = set()
        for table in self.predicates.values():
            for predicate in itertools.chain.from_iterable(table.values()):
                if predicate.id not in seen:
                    seen.add(predicate.id)
                    yield predicate


def load(folder: Traversable, pack: Pack) -> EventLexicon:
    """The event lexicon of a pack's folder. Raises ``PackError`` where it is malformed."""
    home, types = folder / FOLDER, ontology.load()
    classes = _classes(_toml(home, "classes.toml"))
    supports = [_build(Support, item, "light_verbs.toml") for item in _toml(home, "light_verbs.toml")["verb"]]
    facts = [_build(FactCue, item, "factuality.toml") for item in _toml(home, "factuality.toml")["cue"]]
    marks = [_build(ConditionMark, item, "conditions.toml") for item in _toml(home, "conditions.toml")["condition"]]
    blamed = [_build(BlameWord, item, "blame.toml") for item in _toml(home, "blame.toml")["word"]]
    lists = {key: frozenset(value) for key, value in _toml(home, "grammar.toml").items()}
    words = _build(EventWords, lists, "grammar.toml")
    found = [_any_determiner(item, words) for name in types.types for item in _type(home, name, types, classes, pack)]
    return EventLexicon(
        ontology=types,
        predicates={part: _by_head(item for item in found if item.part == part) for part in PARTS},
        support=_grouped((item.lemma, item) for item in supports),
        forms=index(_forms(found, supports, words.obligations, pack)),
        nouns=_nouns(found, pack),
        facts={(form, cue.part): cue.makes for cue in facts for form in _written(cue.lemma, cue.part, pack)},
        words=words,
        asking=frozenset(form.text for lemma in words.asking for form in pack.inflection.verb(lemma)),
        sides=frozenset(form.text for lemma in words.sides for form in pack.inflection.noun(lemma)),
        contexts=_grouped(_contexts(home, types, pack)),
        blame=_grouped((form, (word, _tail(word.lemma, pack))) for word in blamed for form in _written(word.lemma, word.part, pack)),
        conditions=_grouped((item.words[0], item) for item in sorted(marks, key=lambda item: -len(item.words))),
    )


def _tail(lemma: str, pack: Pack) -> Tail:
    """The words of a phrase behind its first one (*chasse aux sorcières*), each with its forms."""
    words = lemma.replace("'", "' ").split()
    clitics = len(list(itertools.takewhile(pack.grammar.is_clitic, words[:-1])))
    return tuple(variants(word, pack.inflection) for word in words[clitics + 1 :])


def _written(lemma: str, part: str, pack: Pack) -> Iterator[str]:
    """Every written form of an entry's first word."""
    words = lemma.replace("'", "' ").split()
    if part in {"mark", "determiner"}:
        yield lemma
        return
    clitics = len(list(itertools.takewhile(pack.grammar.is_clitic, words[:-1])))
    inflected = "verb" if part == "modal" else part
    yield from (form.text for form in getattr(pack.inflection, inflected)(words[clitics]))


def _contexts(home: Traversable, types: Ontology, pack: Pack) -> Iterator[tuple[str, tuple[str, Part, Tail]]]:
    """Written form -> the context that it shows, with the words that must follow."""
    table = _toml(home, "contexts.toml")["contexts"]
    if set(table) != set(types.contexts):
        raise PACK_INVALID(file="contexts.toml", reason=f"the contexts must be {', '.join(types.contexts)}")
    for name, values in table.items():
        words = _build(ContextWords, values, "contexts.toml")
        lists: Mapping[Part, tuple[str, ...]] = {"noun": words.nouns, "verb": words.verbs, "adjective": words.adjectives}
        for part, lemmas in lists.items():
            for lemma in dict.fromkeys(form for word in lemmas for form in _spellings(word, part)):
                tail = _tail(lemma, pack)
                yield from ((form, (name, part, tail)) for form in dict.fromkeys(_written(lemma, part, pack)))


def _classes(table: Mapping[str, Any]) -> dict[str, Filler]:
    """The classes of nouns by name, with the kinds of actors that belong to them."""
    kinds = table.get("kinds", {})
    return {
        f"@{name}": Filler(frozenset(word.lower() for word in words), frozenset(kinds.get(name, ())))
        for name, words in table["classes"].items()
    }


def _type(
    home: Traversable, name: str, types: Ontology, classes: Mapping[str, Filler], pack: Pack
) -> Iterator[Predicate]:
    """The predicates of one type's file."""
    file = f"{name.lower()}.toml"
    table = _toml(home, file)
    if set(table) - {"type", *PARTS} or table.get("type") != name:
        raise PACK_INVALID(file=file, reason=f"it must say type = {name!r} and hold verb, noun and adjective tables")
    seen: dict[str, int] = {}
    for part in PARTS:
        for values in table.get(part, []):
            frame = _build(EventFrame, values, file)
            if frame.mode and frame.mode not in types.types[name].modes:
                raise PACK_INVALID(file=file, reason=f"unknown mode {frame.mode!r} in {frame.lemma!r}")
            key = f"{pack.code}.{name.lower()}.{part}.{frame.lemma}"
            seen[key] = seen.get(key, 0) + 1
            identity = key if seen[key] == 1 else f"{key}.{seen[key]}"
            yield from _predicates(identity, name, part, frame, classes, pack, file)


def _predicates(
    identity: str, name: str, part: Part, frame: EventFrame, classes: Mapping[str, Filler], pack: Pack, file: str
) -> Iterator[Predicate]:  # fmt: skip
    """The entry; twice where a noun has hyphens, at which the tokenizer may or may not cut."""
    limits = [_filler(words, classes, file) for words in (frame.object, frame.subject)]
    for lemma in dict.fromkeys(_spellings(frame.lemma, part)):
        words = lemma.replace("'", "' ").split()
        clitics = frozenset(itertools.takewhile(pack.grammar.is_clitic, words[:-1])) if part == "verb" else frozenset()
        head, *rest = words[len(clitics) :]
        tail = tuple(variants(word, pack.inflection) for word in rest)
        reflexive = bool(clitics & pack.grammar.reflexives)
        yield Predicate(
            identity, name, part, frame, head, tail, reflexive, clitics - pack.grammar.reflexives, limits[0], limits[1]
        )


def _any_determiner(predicate: Predicate, words: EventWords) -> Predicate:
    """A verb's phrase in any person and number: *donner son accord* finds *ont donné leur accord*."""
    if predicate.part != "verb":
        return predicate
    alike = (words.possessives, words.indefinites)
    tail = tuple(next((group for group in alike if forms & group), frozenset()) | forms for forms in predicate.tail)
    return replace(predicate, tail=tail)


def _spellings(lemma: str, part: Part) -> tuple[str, ...]:
    """A word as written, and cut at its hyphens as the tokenizer may cut it."""
    return (lemma,) if part == "verb" else (lemma, lemma.replace("-", " - "))


def _filler(words: Iterable[str], classes: Mapping[str, Filler], file: str) -> Filler:
    nouns: set[str] = set()
    kinds: set[str] = set()
    for word in words:
        if not word.startswith("@"):
            nouns.add(word.lower())
        elif word in ACTOR_KINDS:
            kinds |= ACTOR_KINDS[word]
        elif word in classes:
            nouns |= classes[word].nouns
            kinds |= classes[word].kinds
        else:
            raise PACK_INVALID(file=file, reason=f"unknown class {word!r}")
    return Filler(frozenset(nouns), frozenset(kinds))


def _forms(
    found: Iterable[Predicate], supports: Iterable[Support], verbs: Iterable[str], pack: Pack
) -> Iterator[Form]:
    heads = {(item.part, item.head) for item in found} | {("verb", item.lemma) for item in supports}
    heads |= {("verb", lemma.split()[0]) for item in found for lemma in item.frame.support}
    heads |= {("verb", lemma) for lemma in verbs}
    for part, head in sorted(heads):
        yield from getattr(pack.inflection, part)(head)


def _nouns(found: Iterable[Predicate], pack: Pack) -> dict[str, frozenset[str]]:
    lemmas = {noun for item in found for noun in item.object.nouns | item.subject.nouns}
    forms: dict[str, set[str]] = defaultdict(set)
    for lemma in sorted(lemmas):
        for form in pack.inflection.noun(lemma.split()[0]):
            forms[form.text].add(lemma)
    return {text: frozenset(found) for text, found in forms.items()}


def _by_head(found: Iterable[Predicate]) -> dict[str, tuple[Predicate, ...]]:
    grouped = _grouped((item.head, item) for item in found)
    return {head: tuple(sorted(group, key=lambda item: -item.rank)) for head, group in grouped.items()}


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for key, item in pairs:
        grouped[key].append(item)
    return {key: tuple(items) for key, items in grouped.items()}


def _toml(home: Traversable, name: str) -> dict[str, Any]:
    file = home / name
    if not file.is_file():
        raise PACK_INVALID(file=f"{FOLDER}/{name}", reason="it is missing")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _build(kind: type[T], given: Mapping[str, Any], file: str) -> T:
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(given) - set(known))
    missing = sorted(key for key, item in known.items() if item.default is MISSING and key not in given)
    if unknown or missing:
        raise PACK_INVALID(file=file, reason=f"unknown keys {unknown}, missing keys {missing} in {dict(given)!r}")
    values = {
        key: ((value,) if isinstance(value, str) else tuple(value)) if key in _LISTS else value
        for key, value in given.items()
    }
    return kind(**values)
