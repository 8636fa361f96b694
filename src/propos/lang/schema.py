"""What a language pack may say: one type a kind of entry, unknown keys refused.

A pack is a folder ``lang/<code>/`` of TOML and TSV files. The engine knows these types and no word of any language.
Lemmas are given in the infinitive or the singular; several words are separated by single spaces
(``mettre en garde``); a reflexive verb starts with its pronoun (``se féliciter``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Complement = Literal["quote", "clause", "question", "infinitive", "noun", "predicate"]
CueKind = Literal["speech", "attitude", "opinion"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a cue takes its content.

    ``complement``
        ``quote``: a quotation before, after or around the cue, or the cue incised in unquoted text;
        ``clause``: a finite clause (*que*); ``question``: an indirect question (*si, pourquoi, ce que*);
        ``infinitive``; ``noun``: a noun phrase; ``predicate``: object and what is said of it (*qualifier X de Y*).
    ``mark``
        the word between cue and content: the infinitive's or noun's preposition (``de``, ``à``, ``contre``, ``sur``),
        the predicate's (``de``, ``comme``); empty for none. ``à ce que`` and the like for clauses.
    ``addressee``
        how the one who is spoken to is attached: ``object`` (*appeler X à*), a preposition (``à``, ``auprès de``), or empty.
    ``target``
        how the one whom the words are aimed at, but who is not spoken to, is attached (*accuser X de*: ``object``).
    ``thing``
        the noun phrase must not be a person, a state or a place (*reconnaître une erreur*, not *reconnaître Taïwan*).
    ``obliged``
        a predicate without which the verb means something else: a bare noun behind the object's mark is it
        (*qualifier la frappe de crime*, not *taxer les importations de blé*).
    ``voice``
        ``active``: the frame does not fire in the passive (*soutenir une réforme*, not *soutenu par l'Iran*).
    ``example``
        a sentence in which this frame fires; ``counter``: one in which the cue must not fire at all.
    """

    complement: Complement
    example: str
    mark: str = ""
    addressee: str = ""
    target: str = ""
    thing: bool = False
    obliged: bool = False
    voice: Literal["", "active"] = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb or verbal phrase that attributes.

    ``kind``: ``speech``, ``attitude``, or ``opinion`` (*estimer*: speech where uttered words are reported:
    quoted, incised or past; attitude in a plain present). ``negatable``: a verb of speech whose negation still
    says something (*n'exclut pas*, *ne cache pas*); others convey nothing when negated (*n'a pas précisé*).
    """

    lemma: str
    kind: CueKind
    frames: tuple[Frame, ...]
    negatable: bool = False


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun that attributes (*l'annonce par X de …*, *ses accusations selon lesquelles …*)."""

    lemma: str
    kind: CueKind
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class AdjectiveCue:
    """A predicative adjective that attributes (*prêt à …*, *favorable à …*, *convaincu que …*)."""

    lemma: str
    kind: CueKind
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class PrepositionCue:
    """A preposition or prepositional phrase that attributes (*selon*, *aux yeux de*).

    ``only_people``: fires only before somebody who can speak (*pour M. X, …* but not *pour la paix*).
    """

    phrase: str
    kind: CueKind
    example: str
    only_people: bool = False
    counter: str = ""


@dataclass(frozen=True, slots=True)
class MediumNoun:
    """A noun that names a channel, with the prepositions that make it one (*dans un communiqué*, *sur Twitter*).

    ``document``: it can itself be the speaker (*le rapport prévoit*).
    """

    lemma: str
    prepositions: tuple[str, ...]
    example: str
    document: bool = False
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words by their job (``grammar.toml``): lower case, straight apostrophes."""

    genitive: str
    dative: str
    fused: frozenset[str]
    expletives: frozenset[str]
    gerund_openers: frozenset[str]
    frame_clitics: frozenset[str]
    complementisers: frozenset[str]
    question_words: frozenset[str]
    infinitive_marks: frozenset[str]
    reflexives: frozenset[str]
    negation_openers: frozenset[str]
    negation_closers: frozenset[str]
    object_clitics: frozenset[str]
    addressee_clitics: frozenset[str]
    not_subjects: frozenset[str]
    inverted_subjects: frozenset[str]
    inversion_links: frozenset[str]
    subject_pronouns: frozenset[str]
    impersonal_subjects: frozenset[str]
    nobody_subjects: frozenset[str]
    demonstratives: frozenset[str]
    relative_subjects: frozenset[str]
    personal_relatives: frozenset[str]
    relative_objects: frozenset[str]
    agent_markers: frozenset[str]
    coordinators: frozenset[str]
    gerund_markers: frozenset[str]
    purpose_markers: frozenset[str]
    auxiliaries: frozenset[str]
    passive_auxiliary: str
    unaccusatives: frozenset[str]
    manner_subordinators: frozenset[str]
    weak_adverbs: frozenset[str]
    before_que: frozenset[str]
    plural_articles: frozenset[str]
    addressee_prepositions: tuple[tuple[str, ...], ...]
    relay_phrases: tuple[tuple[str, ...], ...]
    relay_verbs: frozenset[str]
    direct_clitics: frozenset[str]
    catenatives: frozenset[str]
    source_nouns: frozenset[str]
    circumstance_nouns: frozenset[str]
    ascribing: frozenset[str]
    agent_endings: tuple[str, ...]
    claiming: frozenset[str]
    adjacent_marks: frozenset[str]
    source_prepositions: frozenset[str]
    measure_nouns: frozenset[str]
    causatives: frozenset[str]
    silences: frozenset[str]
    sequence_markers: frozenset[str]
    time_opening: tuple[str, ...]
    first_person: frozenset[str]
    time_nouns: frozenset[str]
    contrasts: Mapping[str, tuple[tuple[str, ...], ...]]
    conditions: Mapping[str, tuple[tuple[str, ...], ...]]
    relative_marks: Mapping[str, str]
    contractions: Mapping[str, str]

    def is_clitic(self, word: str) -> bool:
        """Whether a word can lean on a verb to its right (*se, en, y*)."""
        return word in self.reflexives or word in self.object_clitics

    def plain(self, word: str) -> str:
        """The uncontracted word (*du* → *de*)."""
        return self.contractions.get(word, word)
