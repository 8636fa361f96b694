"""Actors: which mentions were found, whether they were put together rightly, and on whose side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from propos.evaluate.figures import Figures
from propos.evaluate.matching import Alignment, Match, match
from propos.evaluate.spans import Chars, TextChars, overlap
from propos.model import Actor, Record, Span


class Mention(NamedTuple):
    """One mention of an actor in the flat list of a record's mentions."""

    actor: str
    span: Span
    chars: Chars


@dataclass(frozen=True, slots=True)
class ActorAlignment(Alignment[Mention]):
    """Mentions side by side, and for each system actor the gold actor that most of its mentions belong to."""

    to_gold: Mapping[str, str]

    def gold_id(self, actor: str | None) -> str | None:
        """The gold actor that stands behind a system actor's id, or ``None``."""
        return None if actor is None else self.to_gold.get(actor)


def align(gold: Record, system: Record, chars: TextChars) -> ActorAlignment:
    """Match mentions by at least half of their characters, then let them vote."""
    gold_mentions, system_mentions = _mentions(gold.actors, chars), _mentions(system.actors, chars)
    matches = match(gold_mentions, system_mentions, lambda left, right: overlap(left.chars, right.chars), 0.5)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair in matches:
        votes[system_mentions[pair.system].actor][gold_mentions[pair.gold].actor] += 1
    to_gold = {actor: max((count, name) for name, count in cast.items())[1] for actor, cast in votes.items()}
    return ActorAlignment(gold_mentions, system_mentions, matches, to_gold)


def figures(gold: Record, system: Record, alignment: ActorAlignment) -> Figures:
    """Mentions found, clusters (B-cubed over matched mentions), side and kind of matched actors."""
    result = Figures()
    result.count("actor mentions", len(alignment.matches), len(alignment.system), len(alignment.gold))
    _clusters(alignment, result)
    gold_actors = {actor.id: actor for actor in gold.actors}
    for actor in system.actors:
        if actor.id in alignment.to_gold:
            expected = gold_actors[alignment.to_gold[actor.id]]
            if expected.country:
                result.check("actor country", actor.country == expected.country)
            result.check("actor kind", actor.kind == expected.kind)
    return result


def _mentions(actors: Sequence[Actor], chars: TextChars) -> tuple[Mention, ...]:
    return tuple(Mention(actor.id, span, chars.one(span)) for actor in actors for span in actor.mentions)


def _clusters(alignment: ActorAlignment, result: Figures) -> None:
    gold_clusters: defaultdict[str, set[Match]] = defaultdict(set)
    system_clusters: defaultdict[str, set[Match]] = defaultdict(set)
    for pair in alignment.matches:
        gold_clusters[alignment.gold[pair.gold].actor].add(pair)
        system_clusters[alignment.system[pair.system].actor].add(pair)
    for pair in alignment.matches:
        wanted = gold_clusters[alignment.gold[pair.gold].actor]
        got = system_clusters[alignment.system[pair.system].actor]
        result.check("actor B3 precision", len(wanted & got) / len(got))
        result.check("actor B3 recall", len(wanted & got) / len(wanted))
