"""What an act is about: the telling words of the act and its object, so that two acts can be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from propos.lang import lemmas, matter_words
from propos.lang.folding import fold
from propos.query.happenings import Happening
from propos.query.themes import singular

SHORTEST = 3
"""Letters; shorter words are articles and prepositions."""
LONGEST = 16
"""Words after the first of an act among which its object is looked for."""
_NEAR = 2
"""Words between a relative pronoun and its verb, at most, with the pronoun."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_ENDS = frozenset('»”"?!;:()[]…')


@dataclass(frozen=True, slots=True)
class Matter:
    """``words``: lemmas of the act and its object, names aside; ``names``: names there; ``places``: those of places."""

    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    def shared(self, other: Matter) -> frozenset[str]:
        """The words and names that two matters have in common."""
        return (self.words & other.words) | (self.names & other.names)

    def apart(self, other: Matter) -> bool:
        """Whether both name places, and none of them is the same."""
        return bool(self.places and other.places and not self.places & other.places)


def matter(event: Happening, language: str = "fr") -> Matter:
    """The matter of an event: what stands from its word on, up to the end of its clause."""
    return _matter(_act(event), language)


def before(event: Happening) -> str:
    """What stands in the sentence before the event's word."""
    return event.sentence_words[: max(0, event.trigger.start - event.sentence.start)]


@lru_cache(maxsize=65536)
def words_of_name(name: str) -> frozenset[str]:
    """The folded words of somebody's name, which say nothing of a matter of theirs."""
    return frozenset(lemmas.words(name))


def is_aside(event: Happening, language: str = "fr") -> bool:
    """Whether it is told in passing, in a relative clause or by a participle: *un homme détenu en Iran*."""
    known = matter_words.load(language)
    return bool(known.relatives & set(lemmas.words(before(event))[-_NEAR:])) or known.is_participle(lemmas.words(event.words))


def _act(event: Happening) -> str:
    """The words from the event's on; without its condition, which tells of another act."""
    words, begin = event.sentence_words, event.sentence.start
    start = max(0, event.trigger.start - begin)
    end = len(words)
    if event.condition is not None and event.condition.start > event.trigger.start:
        end = min(end, event.condition.start - begin)
    return words[start:end]


@lru_cache(maxsize=65536)
def _matter(text: str, language: str) -> Matter:
    known = matter_words.load(language)
    words, names, places = set(), set(), set()
    for written, word in _tokens(text, known):
        lemma = known.lemmas.of(word)
        if {word, lemma} & known.empty or (len(word) <= SHORTEST and not written[:1].isupper()):
            continue
        if word in known.names or written[:1].isupper():
            names.add(word)
            if word in known.places:
                places.add(word)
        else:
            words.add(lemma if lemma != word else singular(word))
    return Matter(frozenset(words), frozenset(names), frozenset(places))


def _tokens(text: str, known: matter_words.MatterWords) -> Iterator[tuple[str, str]]:
    """The words of a clause as written and folded; a comma ends it once something has been told."""
    told = 0
    for number, found in enumerate(_TOKEN.finditer(text)):
        written = found.group()
        word = fold(written)
        if written in _ENDS or number > LONGEST or (number and word in known.closers) or (written == "," and told > 1):
            return
        if word[:1].isalnum():
            told += len(word) > SHORTEST and word not in known.empty
            yield written, word
