"""What a language pack may say about events: one type a kind of entry (``events/*.toml``), unknown keys refused.

Lemmas as in ``schema``: infinitives, singulars, masculine singulars; phrases with single spaces (``prendre le pouvoir``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from propos.model import ConditionKind, Factuality

Part = Literal["verb", "noun", "adjective"]
Genitive = Literal["actor", "recipient", "partner", "matter"]
Complement = Literal["", "clause", "infinitive"]
Tail = tuple[frozenset[str], ...]
"""The words that follow a phrase's first one, each with its allowed forms."""


@dataclass(frozen=True, slots=True)
class EventFrame:
    """One way in which a word names an event.

    ``actor``
        the function of the one who acts: ``subject``, ``object``, a preposition, ``none``. Passives are undone before.
    ``recipient``
        the function of the one who is acted on: ``object`` or prepositions.
    ``partner``
        the function of whom one acts together with: both are actors (*s'entretenir avec*).
    ``mark``
        a complement with this preposition must be there, and ``object`` speaks of it; with ``complement`` it is the
        infinitive's preposition.
    ``object`` ``subject``
        what must head that argument: lemmas, ``@class`` names of ``classes.toml``, or ``@actor`` and the kinds of actors
        (``@state @person @organisation @group``).
    ``complement``
        a finite clause or an infinitive that must be there.
    ``genitive``
        what stands behind *de* at a noun, or in its possessive.
    ``negated``
        the type that the negation makes (*n'acceptera pas*: ``REJECT``); empty where it only denies.
    ``support``
        verbs, beyond those of ``light_verbs.toml``, whose subject acts in the noun's event.
    ``example``
        a sentence in which this frame fires; ``counter``: one in which it must not.
    """

    lemma: str
    example: str
    mode: str = ""
    actor: str = ""
    recipient: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    mark: str = ""
    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    complement: Complement = ""
    genitive: Genitive | Literal[""] = ""
    negated: str = ""
    support: tuple[str, ...] = ()
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Filler:
    """What may head an argument: any of some nouns, or an actor of some kinds. Empty: anything."""

    nouns: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.nouns or self.kinds)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A frame ready for matching. ``id`` names it in evidence (``fr.assault.verb.bombarder``).

    ``head`` is a lemma; ``tail`` the words that follow it, each with its allowed forms; ``rank`` how much the frame
    asks for: of several that fit, the most exacting one is meant.
    """

    id: str
    type: str
    part: Part
    frame: EventFrame
    head: str
    tail: tuple[frozenset[str], ...] = ()
    reflexive: bool = False
    clitics: frozenset[str] = frozenset()
    object: Filler = field(default_factory=Filler)
    subject: Filler = field(default_factory=Filler)

    @property
    def rank(self) -> int:
        """The number of words and limits that must be met."""
        limits = (self.object, self.subject, self.frame.mark, self.frame.complement, self.reflexive, self.clitics)
        return 2 * len(self.tail) + sum(map(bool, limits))


@dataclass(frozen=True, slots=True)
class Support:
    """A verb that lends a noun its parties.

    Its subject: *mener des frappes* (``actor``), *subir des frappes* (``recipient``). Where the noun is its subject, its
    object: *des frappes visant Bamako* (``target``), *une guerre opposant Lima à Quito* (``opponents``).
    """

    lemma: str
    role: Literal["actor", "recipient", "target", "opponents"]
    mark: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class FactCue:
    """A word that makes the events it governs other than asserted (*risquer de*, *crainte*, *aucun*, *sans*).

    ``part``: a ``modal`` is a verb that does so only to an infinitive (*va frapper*, but not *va à la guerre*).
    """

    part: Literal["verb", "modal", "noun", "adjective", "mark", "determiner"]
    lemma: str
    makes: Factuality
    example: str
    counter: str = ""


@dataclass(frozen=True, slots=True)
class ConditionMark:
    """Words that open a condition.

    ``takes``
        ``clause``: a finite clause or an infinitive; ``noun``: a noun phrase; ``bare``: one without article; ``fronted``: one
        without article at the head of its sentence; ``phrase``: the words themselves; ``subject``: the noun that they
        determine, as the subject of what is to come; ``whoever``: a free relative clause; ``gerund``: a gerund before
        a conditional; ``before``: it refers back to what was said before (*sinon*).
    """

    phrase: str
    kind: ConditionKind
    takes: Literal["clause", "noun", "bare", "fronted", "phrase", "subject", "whoever", "gerund", "before"]
    example: str
    counter: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The single words, elisions cut off."""
        return tuple(self.phrase.replace("'", "' ").split())


@dataclass(frozen=True, slots=True)
class BlameWord:
    """A word that turns what is said into blame of somebody's conduct. ``weight`` 2: alone; 1: with another one."""

    part: Part
    lemma: str
    weight: int
    example: str
    counter: str = ""


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The words that show one of the ontology's contexts in a paragraph, by part of speech."""

    nouns: tuple[str, ...]
    example: str
    verbs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    counter: str = ""


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words by their job (``events/grammar.toml``).

    ``general``: lemmas whose frames hold only where all that they ask for is met; ``obligations``: verbs of duty;
    ``presupposing``: prepositions before what has happened; ``between``: before those who act together; ``aimed``:
    before those to whom something is done; ``through``: before the attack by which somebody came to harm;
    ``asking``: verbs that take questions (*dire si*); ``sides``: nouns that, with one of ``two``, take up a pair of
    states (*les deux pays*); ``possessives``, ``indefinites``: determiners that stand for each other in a verb's
    phrase (*donner leur accord*).
    """

    general: frozenset[str]
    obligations: frozenset[str]
    presupposing: frozenset[str]
    between: frozenset[str]
    aimed: frozenset[str]
    through: frozenset[str]
    asking: frozenset[str]
    sides: frozenset[str]
    two: frozenset[str]
    possessives: frozenset[str]
    indefinites: frozenset[str]
