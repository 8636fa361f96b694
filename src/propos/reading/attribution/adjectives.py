"""Predicative adjectives that attribute: *est convaincu que …*, *était prêt à …*, *favorable à …*."""

from __future__ import annotations

from collections.abc import Iterator

from propos.lang.loader import Entry, Pack
from propos.reading.attribution import complements
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue, VerbGroup
from propos.reading.parse import Parsed


def find(parsed: Parsed, pack: Pack) -> Iterator[Cue]:
    """Every adjective of the lexicon that a copula links to a subject, as a cue like a verb's."""
    for token in range(len(parsed)):
        if parsed.pos[token] not in {"ADJ", "VERB", "NOUN", "ADV"} or parsed.quoted[token] >= 0:
            continue
        readings = pack.forms.get(parsed.word[token], ())
        lemma = next((form.lemma for form in readings if form.pos == "adjective"), None)
        copula = _copula(parsed, token, pack)
        if lemma is None or copula < 0:
            continue
        for entry in pack.adjectives.get(lemma, ()):
            yield _cue(parsed, entry, token, copula, pack)
            break


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


def content(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """What the adjective takes, like a verb."""
    return complements.find(parsed, cue, pack, stops)
