"""Read a language pack: TOML files into the types of ``schema``, unknown keys refused, forms generated, all indexed."""

from __future__ import annotations

import hashlib
import itertools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from propos.errors import PACK_INVALID, PACK_MISSING
from propos.lang.morphology import Form, Inflection, index
from propos.lang.schema import AdjectiveCue, Frame, Grammar, MediumNoun, NounCue, PrepositionCue, VerbCue

T = TypeVar("T")
VERB_FILES = ("verbs_speech.toml", "verbs_attitude.toml", "phrases.toml")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue ready for matching: the word that is looked up, and what must stand around it.

    ``head`` is a lemma; ``tail`` the words that follow it (*en garde*), each with its allowed forms;
    ``reflexive`` for *se féliciter*, ``clitics`` for *en appeler à*. ``id`` names the entry in evidence (``verb.mettre en garde``).
    """

    id: str
    kind: str
    head: str
    frames: tuple[Frame, ...]
    tail: tuple[frozenset[str], ...] = ()
    reflexive: bool = False
    clitics: frozenset[str] = frozenset()
    negatable: bool = False

    def takes(self, complement: str) -> tuple[Frame, ...]:
        """The frames of one complement, in the pack's order."""
        return tuple(frame for frame in self.frames if frame.complement == complement)


@dataclass(frozen=True)
class Pack:
    """A language pack. Mappings are keyed by the head's lemma; ``forms`` by the written form."""

    code: str
    digest: str
    grammar: Grammar
    inflection: Inflection
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    prepositions: Mapping[str, tuple[tuple[tuple[str, ...], PrepositionCue], ...]]
    media: Mapping[str, tuple[tuple[tuple[str, ...], MediumNoun], ...]]
    speakers: frozenset[str]
    people: frozenset[str]
    addressable: frozenset[str]
    places: frozenset[str]
    forms: Mapping[str, tuple[Form, ...]]

    @cached_property
    def tails(self) -> Mapping[str, frozenset[str]]:
        """Lemma -> the words that can begin the tail of one of its phrases (*avoir*: *hâte*, *l'*, …)."""
        return {head: frozenset(word for e in group if e.tail for word in e.tail[0]) for head, group in self.verbs.items()}

    @cached_property
    def media_openers(self) -> frozenset[str]:
        """Every written word that can begin a channel's name: a quick look before the longer ones."""
        nouns = {text for text, forms in self.forms.items() if any(f.pos == "noun" and f.lemma in self.media for f in forms)}
        return frozenset(nouns | self.media.keys())

    @cached_property
    def relay_openers(self) -> frozenset[str]:
        """Every written word that can begin a relay phrase (*cité par*, *par la voix de*)."""
        verbs = {text for text, forms in self.forms.items() if any(f.lemma in self.grammar.relay_verbs for f in forms)}
        return frozenset(verbs | {phrase[0] for phrase in self.grammar.relay_phrases})

    @cached_property
    def source_openers(self) -> frozenset[str]:
        """Every written word that can begin a source phrase (*selon*, *d'après*, *aux yeux de*)."""
        fused = {word for word, plain in self.grammar.contractions.items() if plain in self.prepositions}
        return frozenset(fused | self.prepositions.keys())

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words that can begin the frame of a quotation: finite forms, clitics and adverbs before them, sources."""
        finite = {text for text, forms in self.forms.items() if any(f.pos == "verb" and f.mood in {"ind", "cnd"} for f in forms)}
        sources = {word for word, cues in self.prepositions.items() if any(len(w) == 1 and not c.only_people for w, c in cues)}
        return frozenset(finite | self.grammar.frame_clitics | sources)

    def can_speak(self, word: str, pos: str) -> bool:
        """Whether the head of a noun phrase can be a source: a name, a pronoun, or a noun of the pack's titles and documents."""
        return pos in {"PROPN", "PRON"} or word in self.speakers or word.rstrip("s").endswith(self.grammar.agent_endings)

    def is_addressable(self, word: str) -> bool:
        """Whether a common noun names people or a body that can be spoken to."""
        return word in self.addressable

    def is_silence(self, word: str) -> bool:
        """Whether an infinitive says that nothing was said (*refuser de commenter*)."""
        return word in self.grammar.silences

    def is_title(self, word: str) -> bool:
        """Whether a word heads the title of a person or of a group of people."""
        return word in self.people

    def lemma(self, word: str, pos: str) -> str | None:
        """The lemma of a written form in the lexicon, or ``None``."""
        for form in self.forms.get(word, ()):
            if form.pos == pos:
                return form.lemma
        return None


def available() -> tuple[str, ...]:
    """The codes of the installed packs, sorted."""
    return tuple(sorted(item.name for item in files("propos.lang").iterdir() if (item / "grammar.toml").is_file()))


@lru_cache(maxsize=4)
def load(code: str) -> Pack:
    """The pack of a language. Raises ``PackError`` where it is missing or malformed."""
    folder = files("propos.lang") / code
    if not (folder / "grammar.toml").is_file():
        raise PACK_MISSING(got=code, allowed=", ".join(available()))
    inflection = Inflection.load(folder / "inflection.toml")
    grammar = _grammar(folder)
    verbs = [_entry("verb", cue, inflection, grammar, code) for name in VERB_FILES for cue in _verbs(folder, name)]
    nouns = [_entry("noun", cue, inflection, grammar, code) for cue in _read(folder, "nouns.toml", "noun", NounCue)]
    adjectives = [
        _entry("adjective", cue, inflection, grammar, code)
        for cue in _read(folder, "adjectives.toml", "adjective", AdjectiveCue)
    ]
    media = _read(folder, "media.toml", "medium", MediumNoun)
    titles = tuple(_rows(folder / "titles.tsv"))
    return Pack(
        code=code,
        digest=_digest(folder),
        grammar=grammar,
        inflection=inflection,
        verbs=_by_head(verbs),
        nouns=_by_head(nouns),
        adjectives=_by_head(adjectives),
        prepositions=_prepositions(_read(folder, "prepositions.toml", "preposition", PrepositionCue)),
        media=_media(media),
        speakers=_heads(titles) | _civilities(folder) | _demonyms(folder) | frozenset(_documents(media, inflection)),
        people=_heads(row for row in titles if row["kind"] in {"person", "group"}) | _civilities(folder),
        addressable=_heads(titles) | _civilities(folder) | _demonyms(folder),
        places=_places(folder),
        forms=index(_forms(verbs, nouns, adjectives, media, grammar, inflection)),
    )


def _forms(
    verbs: Iterable[Entry], nouns: Iterable[Entry], adjectives: Iterable[Entry],
    media: Iterable[MediumNoun], grammar: Grammar, inflection: Inflection,
) -> Iterable[Form]:  # fmt: skip
    helpers = grammar.auxiliaries | grammar.catenatives | grammar.causatives
    for lemma in sorted({entry.head for entry in verbs} | helpers):
        yield from inflection.verb(lemma)
    for lemma in sorted({entry.head for entry in nouns} | {medium.lemma.split()[0] for medium in media}):
        yield from inflection.noun(lemma)
    for lemma in sorted({entry.head for entry in adjectives}):
        yield from inflection.adjective(lemma)


def _verbs(folder: Traversable, name: str) -> tuple[VerbCue, ...]:
    return _read(folder, name, "verb", VerbCue)


def _entry(kind: str, cue: VerbCue | NounCue | AdjectiveCue, inflection: Inflection, grammar: Grammar, code: str) -> Entry:
    lemma = cue.lemma
    words = lemma.replace("'", "' ").split()
    clitics = frozenset(itertools.takewhile(grammar.is_clitic, words[:-1]))
    words = words[len(clitics) :]
    reflexive = bool(clitics & grammar.reflexives)
    tail = tuple(variants(word, inflection) for word in words[1:])
    return Entry(
        f"{code}.{kind}.{lemma}", cue.kind, words[0], cue.frames, tail, reflexive, clitics - grammar.reflexives,
        isinstance(cue, VerbCue) and cue.negatable,
    )  # fmt: skip


def variants(word: str, inflection: Inflection) -> frozenset[str]:
    """The written forms of a word inside a phrase: articles and prepositions stay as they are."""
    if len(word) <= 3:
        return frozenset((word,))
    return frozenset({word} | {form.text for form in inflection.adjective(word)} | {form.text for form in inflection.noun(word)})


def _by_head(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.head].append(entry)
    # The longest phrase first: *mettre en garde* before *mettre*.
    return {head: tuple(sorted(group, key=lambda e: (-len(e.tail), -len(e.clitics), not e.reflexive))) for head, group in grouped.items()}


def _prepositions(cues: Iterable[PrepositionCue]) -> dict[str, tuple[tuple[tuple[str, ...], PrepositionCue], ...]]:
    """First word -> all words and the cue, the longest first."""
    grouped: dict[str, list[tuple[tuple[str, ...], PrepositionCue]]] = defaultdict(list)
    for cue in cues:
        words = tuple(cue.phrase.replace("'", "' ").split())
        grouped[words[0]].append((words, cue))
    return {first: tuple(sorted(group, key=lambda item: -len(item[0]))) for first, group in grouped.items()}


def _rows(file: Traversable) -> Iterable[dict[str, str]]:
    lines = file.read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    return (dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:] if line)


def _heads(titles: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """The first words of the titles in all their forms, lower case."""
    columns = ("lemma", "feminine", "plural", "feminine_plural")
    return frozenset(row[column].split()[0].lower() for row in titles for column in columns if row[column])


def _civilities(folder: Traversable) -> frozenset[str]:
    return frozenset(next(iter(row.values())).lower() for row in _rows(folder / "civilities.tsv"))


def _demonyms(folder: Traversable) -> frozenset[str]:
    rows = _rows(folder / "states.tsv")
    return frozenset(form.lower() for row in rows for group in row["demonyms"].split(";") for form in group.strip().split("/") if form)


def _places(folder: Traversable) -> frozenset[str]:
    """Words of the names of states and capitals, lower case."""
    rows = _rows(folder / "states.tsv")
    names = (name for row in rows for column in ("name", "aliases", "capital", "capital_aliases") for name in row[column].split(";"))
    return frozenset(word for name in names for word in name.strip().lower().split())


def _documents(media: Iterable[MediumNoun], inflection: Inflection) -> Iterable[str]:
    for medium in media:
        if " " not in medium.lemma:
            yield from (form.text for form in inflection.noun(medium.lemma))


def _media(media: Iterable[MediumNoun]) -> dict[str, tuple[tuple[tuple[str, ...], MediumNoun], ...]]:
    """First word -> the words that follow it and the entry, the longest first."""
    grouped: dict[str, list[tuple[tuple[str, ...], MediumNoun]]] = defaultdict(list)
    for medium in media:
        words = medium.lemma.lower().replace("'", "' ")
        # The tokenizer may or may not cut a name at its hyphens (*Al-Jazeera*).
        for form in {tuple(words.split()), tuple(words.replace("-", " - ").split())}:
            grouped[form[0]].append((form[1:], medium))
    return {word: tuple(sorted(group, key=lambda item: -len(item[0]))) for word, group in grouped.items()}


def _grammar(folder: Traversable) -> Grammar:
    table = tomllib.loads((folder / "grammar.toml").read_text(encoding="utf-8"))
    ordered = {"time_opening", "agent_endings"}
    for key in ("addressee_prepositions", "relay_phrases"):
        table[key] = tuple(tuple(phrase) for phrase in table.get(key, []))
    for key in ("contrasts", "conditions"):
        table[key] = {word: tuple(tuple(rest) for rest in phrases) for word, phrases in table.get(key, {}).items()}
    values = {
        key: tuple(value) if key in ordered else frozenset(value) if isinstance(value, list) else value
        for key, value in table.items()
    }
    return _build(Grammar, values, "grammar.toml")


def _read(folder: Traversable, name: str, key: str, kind: type[T]) -> tuple[T, ...]:
    file = folder / name
    if not file.is_file():
        raise PACK_INVALID(file=name, reason="it is missing")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(table) - {key}:
        raise PACK_INVALID(file=name, reason=f"unknown table {min(set(table) - {key})!r}, allowed is {key!r}")
    return tuple(_build(kind, dict(item), name) for item in table.get(key, []))


def _build(kind: type[T], values: dict[str, Any], name: str) -> T:
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - set(known))
    missing = sorted(key for key, item in known.items() if item.default is MISSING and key not in values)
    if unknown or missing:
        raise PACK_INVALID(file=name, reason=f"unknown keys {unknown}, missing keys {missing} in {values.get('lemma', values)!r}")
    if "frames" in values:
        values["frames"] = tuple(_build(Frame, dict(frame), name) for frame in values["frames"])
    if "prepositions" in values:
        values["prepositions"] = tuple(values["prepositions"])
    return kind(**values)


def _digest(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_data(folder)):
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


SHOWN = {"exports.toml", "matters.toml", "themes.toml"}
"""Files of words that are shown, counted or compared, not read with: they change no record, so no dossier has to be read again for them."""


def _data(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Every data file of a pack and its folders, with its name."""
    for item in folder.iterdir():
        if item.is_dir():
            yield from ((f"{item.name}/{name}", file) for name, file in _data(item))
        elif item.name.endswith((".toml", ".tsv")) and item.name not in SHOWN:
            yield item.name, item
