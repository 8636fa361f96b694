"""How alike two sentences are: the words that they share, rare ones counting more."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from propos.lang import lemmas

SHORTEST = 3
"""Letters; shorter words are articles and prepositions in most languages."""
COMMON = 60
"""Sentences that share a word beyond which it does not bring two together."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Sentences as weighted words (tf-idf, length 1), and where each word stands."""

    vectors: Sequence[Mapping[str, float]]
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, sentences: Iterable[str], language: str = "fr") -> Wordings:
        """Weigh the words of some sentences against each other (Salton and Buckley, 1988)."""
        bags = [set(words(sentence, language)) for sentence in sentences]
        counts = Counter(word for bag in bags for word in bag)
        places: dict[str, list[int]] = defaultdict(list)
        for at, bag in enumerate(bags):
            for word in bag:
                places[word].append(at)
        weights = {word: math.log(1 + len(bags) / count) for word, count in counts.items()}
        return cls([_unit({word: weights[word] for word in sorted(bag)}) for bag in bags], places)

    def likeness(self, one: int, other: int) -> float:
        """The cosine of two sentences, 0 to 1."""
        short, long = sorted((self.vectors[one], self.vectors[other]), key=len)
        return sum(weight * long[word] for word, weight in short.items() if word in long)

    def near(self, one: int) -> list[int]:
        """The other sentences that share a word with this one which is not common, in their order."""
        met = {at for word in self.vectors[one] if len(self.places[word]) <= COMMON for at in self.places[word]}
        return sorted(met - {one})


def words(sentence: str, language: str = "fr") -> list[str]:
    """The lemmas of the words that say something."""
    known = lemmas.load(language)
    return [known.of(word) for word in lemmas.words(sentence) if len(word) > SHORTEST]


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
