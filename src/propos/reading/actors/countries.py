"""The side of actors whose own words name none: their owner's, that of whoever stands around them, or the article's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from propos.lang.actor_words import ActorWords
from propos.lang.actors import ActorLexicon
from propos.lang.folding import atoms, fold
from propos.reading.actors.clusters import Cluster
from propos.reading.actors.mention import Mention
from propos.reading.parse import Parsed

# What a country counts by the distance, in sentences, of the words that name it.
BY_SENTENCE = (3.0, 1.0, 0.5)
# Mentions of an actor whose phrase is looked into, and mentions and sentences looked back over for an owner.
LOOKED_AT, AROUND, OWNED = 4, 12, 2
# Weight of the whole article beside the sentences around, for officials and for others.
WHOLE, WHOLE_OTHERS = 40.0, 60.0
# What counts: a demonym, a place, one after *à* or *en*, a city, a mention of a state that acts, one of somebody whose side is
# known; how many times more a word of the headline counts, and one before the mention than one after it. Searched one by
# one on three quarters of the development articles and on the dispatches. States that only act say little: what a text
# leaves without a country belongs where things happen.
DEMONYM, PLACE, LOCAL, CITY, STATE, PARTY, HEADLINE, BEFORE = 0.3, 0.5, 4.0, 6.0, 0.5, 2.0, 2.0, 2.0
# What a country counts that heads a line (*Pérou: le scrutin reporté*).
LABEL = 25.0
# The country named first is mostly where it happens.
FIRST = 6.0
# What speaks for the pack's own country before anything is read.
HOME = 1.0
# Officials of several states meet in one article: for them what stands around counts; others belong to its main country.
_OFFICIAL = frozenset({"GOV", "MIL", "LEG"})
_PLACES = frozenset({"state", "capital", "seat", "region"})


@dataclass(frozen=True, slots=True)
class Clue:
    """A word at ``token`` that speaks for a country."""

    token: int
    country: str
    weight: float


def settle(clusters: Sequence[Cluster], parsed: Parsed, lexicon: ActorLexicon) -> None:
    """Set the country of every cluster that has none."""
    order = sorted(((m, c) for c in clusters for m in c.mentions), key=lambda pair: (pair[0].first, -pair[0].last))
    held = _held(clusters, lexicon.words.exclusive_offices)
    known = [cluster for cluster in clusters if cluster.country]
    acting = {token for c in known for m in c.mentions for token in range(m.first, m.last + 1)}
    clues = [*_written(parsed, lexicon, acting), *_acting(clusters)]
    side = _Side(
        order, parsed, Ground(clues, parsed), held, {id(m): at for at, (m, _) in enumerate(order)}, lexicon.words
    )
    side.settle(clusters)


def _written(parsed: Parsed, lexicon: ActorLexicon, acting: Collection[int]) -> Iterator[Clue]:
    """Every word that names a country, places and adjectives included (*en Syrie*, *la frontière syrienne*).

    ``acting``: tokens of actors whose side is known, which count as mentions.
    """
    words = lexicon.words
    home, locative = sorted(words.home_countries), words.locative_prepositions | words.place_prepositions
    yield from (Clue(0, country, HOME) for country in home if len(parsed))
    folded = [fold(word) for word in parsed.word]
    for token, word in enumerate(folded):
        if token in acting:
            continue
        if word in lexicon.demonyms:
            yield Clue(token, lexicon.demonyms[word][0].country, DEMONYM)
        elif parsed.text[parsed.start[token]].isupper():
            country, weight = _place(parsed, token, lexicon)
            if country:
                yield Clue(token, country, _standing(parsed, folded, token, locative, weight))
        elif word in words.home_words:
            yield from (Clue(token, country, PLACE) for country in home)
        elif word in lexicon.region_demonyms:
            yield from (Clue(token, places[0], DEMONYM) for _, places in lexicon.places.matches((word,), 0))


def _standing(parsed: Parsed, folded: Sequence[str], token: int, locative: Collection[str], weight: float) -> float:
    """The weight of a place by where it stands: more after a preposition of place, most where it heads a line."""
    if parsed.sentences[parsed.sentence[token]][0] == token and folded[token + 1 : token + 2] == [":"]:
        return LABEL
    return LOCAL if token and folded[token - 1] in locative else weight


def _place(parsed: Parsed, token: int, lexicon: ActorLexicon) -> tuple[str, float]:
    """The country of the state, city or region whose name begins at a token, and its weight; empty for none."""
    window = [atom for word in parsed.word[token : token + 4] for atom in atoms(word)]
    if not window:
        return "", 0.0
    for _, names in lexicon.names.matches(window, 0):
        name = next((name for name in names if name.sort in _PLACES and name.country), None)
        if name is not None and name.fits(parsed.phrase(token, token)):
            return name.country or "", PLACE
    return next(((places[0], CITY) for _, places in lexicon.places.matches(window, 0)), ("", 0.0))


def _acting(clusters: Sequence[Cluster]) -> Iterator[Clue]:
    """The mentions of every actor whose side is known."""
    for cluster in clusters:
        if cluster.country:
            weight = STATE if cluster.kind == "state" else PARTY
            yield from (Clue(mention.first, cluster.country, weight) for mention in cluster.mentions)


def _held(clusters: Sequence[Cluster], exclusive: frozenset[str]) -> dict[str, set[str]]:
    """The countries in which an office that only one person holds is taken."""
    held: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        if cluster.country and cluster.name and cluster.kind == "person":
            for office in cluster.offices & exclusive:
                held[office].add(cluster.country)
    return held


class Ground:
    """Where the text speaks of which country: over the whole of it, and sentence by sentence."""

    def __init__(self, clues: Sequence[Clue], parsed: Parsed) -> None:
        self._sentence, self._words = parsed.sentence, parsed.word
        self._clues = sorted(clues, key=lambda clue: (clue.token, clue.country))
        self._tokens = [clue.token for clue in self._clues]
        self.whole: Counter[str] = Counter()
        self._near: dict[int, Counter[str]] = defaultdict(Counter)
        headline = parsed.sentences[0][1] if parsed.sentences else 0
        first = next((clue for clue in self._clues if clue.weight != HOME), None)
        if first is not None:
            self.whole[first.country] += FIRST  # type: ignore[assignment]
        for clue in self._clues:
            self.whole[clue.country] += clue.weight * (HEADLINE if clue.token < headline else 1.0)  # type: ignore[assignment]
            self._near[parsed.sentence[clue.token]][clue.country] += clue.weight  # type: ignore[assignment]

    def share(self, weight: float) -> Counter[str]:
        """The whole article's countries, all together of a weight."""
        total = sum(self.whole.values())
        return Counter({country: weight * count / total for country, count in self.whole.items()})

    def seat(self, mention: Mention, of: Collection[str]) -> str | None:
        """The country of a place inside a mention, behind *de*."""
        for clue in self._clues[bisect_right(self._tokens, mention.head) : bisect_right(self._tokens, mention.last)]:
            if self._words[clue.token - 1] in of and clue.weight != DEMONYM:
                return clue.country
        return None

    def around(self, mention: Mention, into: Counter[str]) -> None:
        """Count the clues of the sentences around a mention; its own words do not count."""
        at = self._sentence[mention.first]
        for sentence in range(at - len(BY_SENTENCE) + 1, at + len(BY_SENTENCE)):
            for country, weight in self._near.get(sentence, {}).items():
                near = BY_SENTENCE[abs(sentence - at)] * (BEFORE if sentence < at else 1.0)
                into[country] += weight * near  # type: ignore[assignment]
        inside = self._clues[bisect_left(self._tokens, mention.first) : bisect_right(self._tokens, mention.last)]
        for clue in inside:
            into[clue.country] -= clue.weight * BY_SENTENCE[0]  # type: ignore[assignment]


@dataclass
class _Side:
    order: list[tuple[Mention, Cluster]]
    parsed: Parsed
    ground: Ground
    held: dict[str, set[str]]
    place: dict[int, int]
    words: ActorWords
    surnames: dict[str, Cluster] = field(default_factory=dict)

    def settle(self, clusters: Sequence[Cluster]) -> None:
        self.surnames.update({c.name[-1]: c for c in clusters if c.kind == "person" and c.name})
        for cluster in clusters:
            if cluster.country is None and not self._of_no_state(cluster):
                cluster.country = (
                    self._owner(cluster) or self._inside(cluster) or self._seated(cluster) or self._around(cluster)
                )

    def _of_no_state(self, cluster: Cluster) -> bool:
        """Bodies that the lexicon knows to be of no one state, those who speak for them, and people of several states."""
        if cluster.kind == "igo" or cluster.sector == "IGO" or cluster.key and cluster.kind != "state":
            return True
        return cluster.kind == "group" and bool(cluster.described & self.words.several_sides)

    def _owner(self, cluster: Cluster) -> str | None:
        """*son conseiller*: the country of the person or state spoken of before."""
        first = min(cluster.mentions, key=lambda m: m.first)
        if not first.owned:
            return None
        at = self.place[id(first)]
        before = [
            (mention, owner)
            for mention, owner in reversed(self.order[max(0, at - AROUND) : at])
            if owner is not cluster and owner.country and owner.number != "plur" and owner.kind in {"person", "state"}
        ]
        near = self.parsed.sentence[first.first]
        acting = (c for m, c in before if (m.subject or m.speaker) and near - self.parsed.sentence[m.first] < OWNED)
        owner = next(acting, None) or next((c for _, c in before), None)
        return owner.country if owner is not None else None

    def _inside(self, cluster: Cluster) -> str | None:
        """*l'équipe de M. X*: the country of the person named in the phrase."""
        for mention in cluster.mentions:
            at = self.place[id(mention)] + 1
            while at < len(self.order) and self.order[at][0].last <= mention.last:
                inner = self.order[at][1]
                if (
                    inner is not cluster
                    and inner.kind == "person"
                    and not inner.country
                    and not self._of_no_state(inner)
                ):
                    inner.country = self._owner(inner) or self._seated(inner) or self._around(inner)
                if inner.country and inner is not cluster:
                    return inner.country
                at += 1
        return self._leader(cluster)

    def _leader(self, cluster: Cluster) -> str | None:
        """*l'administration Roux*: the country of the person whose surname describes a body."""
        if cluster.kind != "organisation":
            return None
        leaders = (self.surnames[word] for word in sorted(filter(None, cluster.described)) if word in self.surnames)
        return next((leader.country for leader in leaders if leader.country), None)

    def _seated(self, cluster: Cluster) -> str | None:
        """*l'université de Lyon*, *la cour d'assises de Bruxelles*: the country of the place in the phrase."""
        found = (
            self.ground.seat(mention, self.words.complement_prepositions) for mention in cluster.mentions[:LOOKED_AT]
        )
        return next((country for country in found if country), None)

    def _around(self, cluster: Cluster) -> str | None:
        taken = {country for office in cluster.offices for country in self.held.get(office, ())}
        official = cluster.sector in _OFFICIAL
        counted = self.ground.share(WHOLE if official else WHOLE_OTHERS)
        # Where somebody is introduced the text says whence; later it follows them abroad.
        self.ground.around(cluster.mentions[0], counted)
        ranked = sorted((c for c in counted if c not in taken), key=lambda c: (-counted[c], c))
        return ranked[0] if ranked else None
