"""Whom a speaking pronoun stands for."""

from __future__ import annotations

from collections.abc import Sequence

from propos.reading.actors.clusters import Cluster
from propos.reading.actors.mention import Mention
from propos.reading.parse import Parsed

# How far back an antecedent is looked for, in mentions: bounds the work, and nobody is remembered longer.
MEMORY = 40
# How far before an inverted pronoun the quotation that it closes may end, in tokens.
FRAME = 12
# Weights of an antecedent, in sentences of distance; searched one by one and at random on three quarters of the
# development articles, where the next steps (±0.5) cost less than half a point.
SUBJECT, SPEAKER, PERSON, NAMED, QUOTED, PER_MENTION = 0.5, 2.0, 1.5, 0.5, -4.0, 0.1
# The subject of a main clause; somebody in the words that an inverted pronoun closes (*X devrait partir, a-t-il dit*).
MAIN, CLOSED = 0.5, -1.5
# What opens its sentence; an agent (*soupçonné par X de …*), who speaks in passing; somebody of the same paragraph.
OPENS, AGENT, HERE = 0.5, -1.0, 0.5


def antecedent(pronoun: Mention, before: Sequence[tuple[Mention, Cluster]], parsed: Parsed) -> Cluster | None:
    """The best earlier actor that agrees with the pronoun; ``before`` in text order. ``None`` where nobody does."""
    best, top = None, float("-inf")
    sentence = reached(pronoun, parsed)
    for rank, (mention, cluster) in enumerate(reversed(before[-MEMORY:])):
        if not compatible(pronoun, mention, cluster):
            continue
        score = weight(pronoun, mention, cluster, parsed, sentence) - PER_MENTION * rank
        if score > top:
            best, top = cluster, score
    return best


def reached(pronoun: Mention, parsed: Parsed) -> int:
    """The sentence from which one looks back: where the quotation begins that an inverted pronoun closes, else its own."""
    own = parsed.sentence[pronoun.first]
    if not parsed.word[pronoun.head].startswith("-"):
        return own
    for token in range(pronoun.first - 1, max(pronoun.first - FRAME, 0), -1):
        if parsed.quoted[token] >= 0:
            opening = parsed.token_at(parsed.quotations[parsed.quoted[token]].inside.start)
            return min(own, parsed.sentence[opening])
    return own


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


def weight(pronoun: Mention, mention: Mention, cluster: Cluster, parsed: Parsed, sentence: int) -> float:
    """How likely the mention is the antecedent: subjects and speakers of near sentences first.

    ``sentence``: the one that distances are counted from.
    """
    place = parsed.sentence[mention.first]
    score = float(min(place - sentence, 0))
    score += NAMED * bool(cluster.name)
    score += SUBJECT * (mention.subject or mention.speaker) + SPEAKER * mention.speaker
    score += PERSON * (cluster.kind == "person" and pronoun.number != "plur")
    score += QUOTED * (parsed.quoted[mention.head] >= 0 and parsed.quoted[pronoun.head] != parsed.quoted[mention.head])
    score += MAIN * (mention.subject and parsed.head[parsed.head[mention.head]] == parsed.head[mention.head])
    score += CLOSED * (parsed.word[pronoun.head].startswith("-") and place >= sentence)
    score += OPENS * (parsed.sentences[place][0] == mention.first)
    score += AGENT * (mention.speaker and parsed.dep[mention.head] == "obl:agent")
    return score + HERE * (parsed.block_of[mention.first] == parsed.block_of[pronoun.first])
