"""Whom a speaking pronoun stands for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from propos.reading.actors.clusters import Cluster
from propos.reading.actors.mention import Mention
from propos.reading.parse import Parsed

# How far back an antecedent is looked for, in mentions: bounds the work, and nobody is remembered longer.
MEMORY = 40
# Weights of an antecedent, in sentences of distance; searched one by one on three quarters of the development articles,
# where the next steps (±0.5) cost less than half a point.
SUBJECT, SPEAKER, PERSON, NAMED, QUOTED, PER_MENTION = 0.5, 2.0, 1.5, 0.5, -4.0, 0.1
# The subject of a main clause; the speaker of a quotation; somebody in the words that an inverted pronoun closes
# (*X devrait partir, a-t-il dit*).
MAIN, QUOTER, CLOSED = 0.5, 1.0, -1.0


def quoting(parsed: Parsed) -> frozenset[int]:
    """The sentences with words in quotation marks."""
    return frozenset(sentence for sentence, quoted in zip(parsed.sentence, parsed.quoted, strict=True) if quoted >= 0)


def antecedent(
    pronoun: Mention, before: Sequence[tuple[Mention, Cluster]], parsed: Parsed, quoting: Collection[int]
) -> Cluster | None:
    """The best earlier actor that agrees with the pronoun; ``before`` in text order. ``None`` where nobody does.

    ``quoting``: the sentences with quotations.
    """
    best, top = None, float("-inf")
    for rank, (mention, cluster) in enumerate(reversed(before[-MEMORY:])):
        if not compatible(pronoun, mention, cluster):
            continue
        score = weight(pronoun, mention, cluster, parsed, quoting) - PER_MENTION * rank
        if score > top:
            best, top = cluster, score
    return best


def nearest(pronoun: Mention, before: Sequence[tuple[Mention, Cluster]]) -> Cluster | None:
    """The nearest earlier actor that agrees: for relative pronouns and *celui-ci*."""
    for mention, cluster in reversed(before[-MEMORY:]):
        if compatible(pronoun, mention, cluster):
            return cluster
    return None


def compatible(pronoun: Mention, mention: Mention, cluster: Cluster) -> bool:
    """Whether gender and number allow the pronoun for the mention."""
    gender = mention.gender or cluster.gender
    if (
        pronoun.gender
        and gender
        and pronoun.gender != gender
        and not (pronoun.number == "plur" and pronoun.gender == "m")
    ):
        return False
    number = mention.number or cluster.number
    return not (pronoun.number and number and pronoun.number != number)


def weight(pronoun: Mention, mention: Mention, cluster: Cluster, parsed: Parsed, quoting: Collection[int]) -> float:
    """How likely the mention is the antecedent: subjects and speakers of near sentences first."""
    score = float(parsed.sentence[mention.first] - parsed.sentence[pronoun.first])
    score += NAMED * bool(cluster.name)
    score += SUBJECT * mention.subject + SPEAKER * mention.speaker
    score += PERSON * (cluster.kind == "person" and pronoun.number != "plur")
    score += QUOTED * (parsed.quoted[mention.head] >= 0 and parsed.quoted[pronoun.head] != parsed.quoted[mention.head])
    score += MAIN * (mention.subject and parsed.head[parsed.head[mention.head]] == parsed.head[mention.head])
    score += QUOTER * (mention.speaker and parsed.sentence[mention.head] in quoting)
    inverted = parsed.word[pronoun.head].startswith("-")
    score += CLOSED * (inverted and parsed.sentence[mention.first] == parsed.sentence[pronoun.first])
    return score
