"""Where one content must end because another attribution begins."""

from __future__ import annotations

from collections.abc import Iterable

from propos.lang.loader import Pack
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.cues import Cue
from propos.reading.attribution.prepositions import Source
from propos.reading.attribution.quoted import is_incised
from propos.reading.parse import Parsed
from propos.reading.syntax import before_adverbs, own_subject


def find(parsed: Parsed, cues: Iterable[Cue], sources: Iterable[Source], pack: Pack) -> Borders:
    """The borders of a document: commas and coordinators before the next cue, contrasts, conditional tails."""
    stops, tails = _connectives(parsed, pack)
    for cue in cues:
        border = _border(parsed, cue, pack)
        if border >= 0:
            stops.add(border)
    for source in sources:
        border = source.first - 1
        if border >= 0 and parsed.word[border] in {",", "--", "–"}:
            stops.add(border)
        elif border >= 0 and _ends_sentence(parsed, source):
            stops.add(source.first)
    return Borders(frozenset(stops), frozenset(tails))


def _connectives(parsed: Parsed, pack: Pack) -> tuple[set[int], set[int]]:
    """Contrasts (*tandis que*) end a content, conditions (*à condition que*, *sinon*) go on with it; outside quotations."""
    stops, tails = set(), set()
    for token, word in enumerate(parsed.word):
        if word in pack.grammar.contrasts and _matches(parsed, token, pack.grammar.contrasts[word]):
            if parsed.quoted[token] < 0 and (word not in pack.grammar.demonstratives or token and parsed.word[token - 1] == ","):
                stops.add(token - 1 if token and parsed.word[token - 1] == "," else token)
        elif word in pack.grammar.conditions and _matches(parsed, token, pack.grammar.conditions[word]):
            tails.add(token - 1)
    return stops, tails


def _matches(parsed: Parsed, token: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
    return any(tuple(parsed.word[token + 1 : token + 1 + len(rest)]) == rest for rest in phrases)


def _ends_sentence(parsed: Parsed, source: Source) -> bool:
    end = parsed.sentences[parsed.sentence[source.first]][1]
    return source.last + 2 >= end


def _border(parsed: Parsed, cue: Cue, pack: Pack) -> int:
    """The token before which a running content ends because of this cue, or -1."""
    if parsed.quoted[cue.token] >= 0:
        return -1
    if cue.group.shape == "gerund":
        return _before_gerund(parsed, cue, pack)
    if is_incised(parsed, cue, pack):
        return _previous(parsed, cue.first, {",", "--", "–", "—", "-"})
    if cue.group.shape == "infinitive":
        return _before_infinitive(parsed, cue, pack)
    return _before_coordinated(parsed, cue, pack)


def _previous(parsed: Parsed, token: int, words: set[str]) -> int:
    before = before_adverbs(parsed, token)
    return before if before >= 0 and parsed.word[before] in words else -1


def _before_gerund(parsed: Parsed, cue: Cue, pack: Pack) -> int:
    before = cue.first - 1
    passed = pack.grammar.gerund_markers | pack.grammar.coordinators | pack.grammar.object_clitics
    while before >= 0 and (parsed.pos[before] == "ADV" or parsed.word[before] in passed):
        before -= 1
    if before >= 0 and before + 1 < cue.first and parsed.pos[before + 1] == "CCONJ" and parsed.word[before] != ",":
        return before + 1
    return before if before >= 0 and parsed.word[before] in {",", "--", "–", "—"} else (
        before + 1 if parsed.word[cue.first - 1] in pack.grammar.gerund_markers else -1
    )


def _before_infinitive(parsed: Parsed, cue: Cue, pack: Pack) -> int:
    """*…, avant d'ajouter que*: the border is the comma or *avant*."""
    for token in range(cue.first - 1, max(-1, cue.first - 4), -1):
        if parsed.word[token] in pack.grammar.sequence_markers:
            return token - 1 if token and parsed.word[token - 1] == "," else token
    return -1


def _before_coordinated(parsed: Parsed, cue: Cue, pack: Pack) -> int:
    """*a dit que A et (a) ajouté que B*: a coordinated cue without subject of its own."""
    if any(parsed.features[t].get("Mood") == "Sub" for t in range(cue.first, cue.token + 1)):
        return -1
    contrast = _before_contrast(parsed, cue, pack)
    if contrast >= 0:
        return contrast
    if own_subject(parsed, cue.token) is not None or cue.group.shape not in {"finite", "participle"}:
        return -1
    before = cue.first - 1
    while before >= 0 and parsed.pos[before] == "ADV" and parsed.word[before] not in pack.grammar.coordinators:
        before -= 1
    if before < 0 or parsed.word[before] not in pack.grammar.coordinators:
        return -1
    return before - 1 if before and parsed.word[before - 1] == "," else before


def _before_contrast(parsed: Parsed, cue: Cue, pack: Pack) -> int:
    """*a dit que A mais il a défendu B*: without a second *que* a clause with a pronoun of its own is no part of A; else -1."""
    joint = cue.first - 2
    if joint < 1 or cue.group.shape != "finite" or parsed.word[cue.first - 1] not in pack.grammar.subject_pronouns:
        return -1
    if parsed.pos[joint] != "CCONJ" or parsed.word[joint] not in pack.grammar.coordinators:
        return -1
    return joint - 1 if parsed.word[joint - 1] == "," else joint
