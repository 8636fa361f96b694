"""Predicative adjectives that attribute: *est convaincu que …*, *était prêt à …*, *favorable à …*."""

from __future__ import annotations

from collections.abc import Iterator

from propos.lang.loader import Entry, Pack
from propos.reading.attribution.cues import Cue, VerbGroup
from propos.reading.parse import Parsed


def find(parsed: Parsed, pack: Pack) -> Iterator[Cue]:
    """Every adjective of the lexicon that a copula links to a subject, as a cue like a verb's."""
    for token in range(len(parsed)):
        if parsed.pos[token] not in {"ADJ", "VERB", "NOUN", "ADV"} or parsed.quoted[token] >= 0:
            continue
        lemma = pack.lemma(parsed.word[token], "adjective")
        entries = pack.adjectives.get(lemma or "", ())
        copula = _copula(parsed, token, pack) if entries else -1
        if copula >= 0:
            yield _cue(parsed, entries[0], token, copula, pack)


def _copula(parsed: Parsed, token: int, pack: Pack) -> int:
    """The first word of the copula before the adjective, or -1."""
    links = [c for c in parsed.children[token] if c < token and parsed.dep[c] in {"cop", "aux:pass", "aux:tense"}]
    if not links or any(parsed.dep[c] == "det" for c in parsed.children[token]):
        return -1
    lemmas = {pack.lemma(parsed.word[c], "verb") for c in links}
    return min(links) if pack.grammar.passive_auxiliary in lemmas else -1


def _cue(parsed: Parsed, entry: Entry, token: int, copula: int, pack: Pack) -> Cue:
    first = copula
    negated = False
    while first and parsed.word[first - 1] in pack.grammar.negation_openers | pack.grammar.object_clitics:
        negated = negated or parsed.word[first - 1] in pack.grammar.negation_openers
        first -= 1
    past = parsed.features[copula].get("Tense") in {"Past", "Imp"}
    group = VerbGroup(token=token, first=first, last=token, shape="finite", negated=negated, past=past)
    return Cue(entry, group, first, token + len(entry.tail))
