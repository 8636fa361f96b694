"""The terms of what is said: nouns, with their adjective or a second noun, found by the words around them.

The dossier keeps no parse. A word is taken for a noun where it often has a determiner before it, which the language
pack lists; two words make a term where one of them hardly stands without the other.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from propos.lang.folding import fold
from propos.lang.theme_words import ThemeWords
from propos.query.themes import run, singular

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|['’ʼ]|[^\w\s]")
_APOSTROPHES = "'’ʼ"
FEWEST = 3
"""Articles that a term stands in, in any dossier."""
SINGLE, PHRASE = 0.004, 0.002
"""Share of the articles that a noun or a phrase stands in at least."""
BURST = 0.33
"""Residual idf (Church and Gale, 1995), bits: words of a matter come several times in one article and in few articles,
general ones are strewn like by chance (0.1 to 0.3: *moment*, *manière*, *situation*)."""
DETERMINED = 0.2
"""Share of a noun's places with a determiner before it; of verbs and adjectives it is less."""
BEFORE_NOUNS = 0.35
"""Share of places before another noun beyond which a word is an adjective (*nouvelle*)."""
BOUND = 0.15
"""Share of the rarer word's places in which it stands in the phrase."""
WITHIN = 0.6
"""Share of a noun's places in phrases beyond which it is no term by itself."""
MOST_COMMON = 0.5
"""Share of the articles beyond which a term parts nothing."""
MOST = 600
"""Terms that are compared, the weightiest."""

Token = tuple[str, str]
"""As written, and folded; the folded one is empty for a name and for what is no word."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in an article, ``article`` counted from 0."""

    article: int
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """``words`` as compared, ``written`` as it is mostly written; ``places``: article -> how often."""

    words: tuple[str, ...]
    written: str
    places: Counter[int]
    weight: float


@dataclass
class _Seen:
    written: Counter[str] = field(default_factory=Counter)
    places: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return sum(self.places.values())


def terms_of(said: Iterable[Said], articles: int, words: ThemeWords) -> list[Term]:
    """The terms of some articles, the weightiest first; the order of what is said does not count."""
    runs = [(item.article, _tokens(item.words)) for item in said]
    nouns = _nouns([tokens for _, tokens in runs], words)
    seen: dict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    for article, tokens in runs:
        for written in _found(tokens, nouns, words):
            item = seen[_compared(written)]
            item.written[written] += 1
            item.places[article] += 1
    found = [term for key in _kept(seen, articles, words) if (term := _term(key, seen[key], articles))]
    return sorted(found, key=lambda term: (-term.weight, term.words))[:MOST]


@lru_cache(maxsize=65536)
def _compared(written: str) -> tuple[str, ...]:
    return run(written)


def _tokens(text: str) -> list[Token]:
    found = [token for token in _TOKEN.findall(text) if token not in _APOSTROPHES]
    return [(token, fold(token) if token[0].islower() else "") for token in found]


def _nouns(runs: Sequence[Sequence[Token]], words: ThemeWords) -> frozenset[str]:
    """The words that are mostly nouns, and neither people nor general."""
    count: Counter[str] = Counter()
    determined: Counter[str] = Counter()
    for tokens in runs:
        before = ""
        for written, word in tokens:
            if len(word) > 3:
                count[word] += 1
                determined[word] += before in words.determiners
            before = word or fold(written)  # a determiner may begin a sentence
    nouns = {
        word
        for word, number in count.items()
        if number >= FEWEST and determined[word] >= DETERMINED * number and _may_be(word, words.people)
        and word.rpartition("-")[2] not in words.determiners  # ce jour-là
    }
    followed: Counter[str] = Counter()
    for tokens in runs:
        followed.update(one for (_, one), (_, other) in pairwise(tokens) if other in nouns)
    return frozenset(word for word in nouns if followed[word] <= BEFORE_NOUNS * count[word])


def _may_be(word: str, left_out: frozenset[str]) -> bool:
    return word not in left_out and singular(word) not in left_out


def _found(tokens: Sequence[Token], nouns: frozenset[str], words: ThemeWords) -> Iterator[str]:
    """Each noun of a run, and the phrase that it begins."""
    for at, (written, word) in enumerate(tokens):
        if word in nouns:
            yield written
            if phrase := _phrase(tokens, at, nouns, words):
                yield phrase


def _phrase(tokens: Sequence[Token], at: int, nouns: frozenset[str], words: ThemeWords) -> str | None:
    end = at + 1
    if end < len(tokens) and tokens[end][1] in words.links:
        end += 1
        if end < len(tokens) and tokens[end][1] in words.linked_articles:
            end += 1
    if end >= len(tokens):
        return None
    last = tokens[end][1]
    links = end - at - 1
    if len(last) < 3 or not _may_be(last, words.people) or not _ends(last, links, nouns, words):
        return None
    return _spaced(tokens[at : end + 1])


def _ends(last: str, links: int, nouns: frozenset[str], words: ThemeWords) -> bool:
    """Whether a term may end in a word that so many links and articles join to its first."""
    if links == 2:
        return last in nouns
    # After a bare link nearly always stands a noun (*droits de douane*), though no article shows it there.
    verbs = words.infinitives if links else words.verbs
    return last not in words.no_adjectives and last not in verbs


def _spaced(tokens: Sequence[Token]) -> str:
    """The words with a blank between them, an apostrophe after a single letter (*coup d'État*)."""
    return "".join(f"{written}'" if len(written) == 1 else f"{written} " for written, _ in tokens).rstrip()


def _kept(seen: dict[tuple[str, ...], _Seen], articles: int, words: ThemeWords) -> Iterator[tuple[str, ...]]:
    counts = {key: item.count for key, item in seen.items()}
    phrases = [key for key in seen if len(key) > 1 and _bound(key, seen, counts, articles)]
    within: Counter[str] = Counter()
    for key in phrases:
        within.update({key[0]: counts[key], key[-1]: counts[key]})
    yield from phrases
    for key, item in seen.items():
        if len(key) == 1 and len(item.places) >= max(FEWEST, SINGLE * articles):
            written = fold(_mostly(item))
            if within[key[0]] < WITHIN * counts[key] and _may_be(written, words.general):
                yield key


def _bound(key: tuple[str, ...], seen: dict[tuple[str, ...], _Seen], counts: dict[tuple[str, ...], int], articles: int) -> bool:
    if len(seen[key].places) < max(FEWEST, PHRASE * articles):
        return False
    if "-" in _mostly(seen[key]) and " " not in _mostly(seen[key]):
        return True
    rarer = min(counts.get(key[:1], math.inf), counts.get(key[-1:], math.inf))
    return rarer < math.inf and counts[key] >= BOUND * rarer


def _mostly(item: _Seen) -> str:
    return min(item.written, key=lambda written: (-item.written[written], written))


def _term(key: tuple[str, ...], item: _Seen, articles: int) -> Term | None:
    """``None`` where it comes as by chance, or nearly everywhere."""
    count, places = item.count, len(item.places)
    expected = articles * (1 - math.exp(-count / articles))
    burst = math.log2(expected / places)
    if burst < BURST or places > MOST_COMMON * articles:
        return None
    return Term(key, _mostly(item), item.places, round(count * burst, 9))
