"""From gathered mentions to the record's actors: name, kind, country, sector, roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from propos.lang.actors import ActorLexicon
from propos.model import Actor, Role
from propos.reading.actors.cast import Cast
from propos.reading.actors.clusters import Cluster
from propos.reading.actors.countries import settle
from propos.reading.actors.mention import Mention
from propos.reading.parse import Parsed


def cast_of(
    clusters: Sequence[Cluster], parsed: Parsed, lexicon: ActorLexicon,
    pointed: Mapping[int, Mention] | None = None, joint: Mapping[int, int] | None = None,
) -> Cast:  # fmt: skip
    """Actors with their ids, and the token map. Longer mentions first, so that the innermost wins.

    ``pointed``: tokens of pronouns that are no mentions -> a mention of whom they stand for; ``joint``: as in the cast.
    """
    for cluster in clusters:
        if cluster.country is None and cluster.bodies & lexicon.international:
            cluster.sector = "IGO"
        if cluster.fixed and cluster.fixed != "UNK":
            cluster.sector = cluster.fixed
    settle(clusters, parsed, lexicon)
    clusters = _one_a_state(clusters)
    actors = tuple(_actor(f"a{number}", cluster, parsed, lexicon) for number, cluster in enumerate(clusters, start=1))
    tokens: dict[int, str] = {}
    pairs = [
        (mention, actor.id) for cluster, actor in zip(clusters, actors, strict=True) for mention in cluster.mentions
    ]
    for mention, name in sorted(pairs, key=lambda pair: -pair[0].size):
        tokens.update(dict.fromkeys(range(mention.first, mention.last + 1), name))
    ids = {id(mention): name for mention, name in pairs}
    tokens.update({token: ids[id(mention)] for token, mention in (pointed or {}).items()})
    return Cast(actors, tokens, _voices(pairs, parsed), joint or {})


def _one_a_state(clusters: Sequence[Cluster]) -> list[Cluster]:
    """*l'État*, *le régime* whose side came out last are the state that the text names elsewhere."""
    states: dict[str, Cluster] = {}
    kept: list[Cluster] = []
    for cluster in clusters:
        known = states.get(cluster.country or "") if cluster.kind == "state" else None
        if known is None:
            kept.append(cluster)
            if cluster.kind == "state" and cluster.country:
                states[cluster.country] = cluster
        else:
            known.mentions.extend(cluster.mentions)
    return kept


def _voices(pairs: Sequence[tuple[Mention, str]], parsed: Parsed) -> dict[int, str]:
    """For the tokens of the later ones of coordinated actors (*Oslo et Riga*), the first one."""
    ordered = sorted(pairs, key=lambda pair: (pair[0].last, pair[0].size))
    ends = {mention.last: (mention, name) for mention, name in ordered if mention.sort != "pronoun"}
    voices: dict[int, str] = {}
    for mention, _ in ordered:
        before = ends.get(mention.first - 2)
        if mention.sort == "pronoun" or before is None or parsed.pos[mention.first - 1] != "CCONJ":
            continue
        if parsed.sentence[before[0].last] == parsed.sentence[mention.first] and before[0].kind == mention.kind:
            first = voices.get(before[0].last, before[1])
            voices.update(dict.fromkeys(range(mention.first, mention.last + 1), first))
    return voices


def _actor(name: str, cluster: Cluster, parsed: Parsed, lexicon: ActorLexicon) -> Actor:
    mentions = sorted(cluster.mentions, key=lambda m: m.span)
    roles = tuple(Role(m.role.of(parsed.text), m.role) for m in mentions if m.role is not None)
    spans = tuple(m.span for m in mentions if not m.silent)
    return Actor(
        name, _name(cluster, mentions, parsed, lexicon), cluster.kind, cluster.country, cluster.sector, spans, roles
    )


def _name(cluster: Cluster, mentions: Sequence[Mention], parsed: Parsed, lexicon: ActorLexicon) -> str:
    """The fullest proper name; a state's usual name; else the longest description without its article."""
    if cluster.kind == "state" and cluster.country and cluster.country in lexicon.states:
        return lexicon.states[cluster.country].shown
    if cluster.shown:
        return cluster.shown
    best = max(mentions, key=lambda m: (not m.silent, m.sort != "pronoun", m.size))
    first = best.first
    articles = lexicon.words.articles | lexicon.words.possessives | lexicon.words.demonstratives
    while first < best.last and parsed.word[first] in articles:
        first += 1
    return parsed.phrase(first, best.last)
