"""Where the event lexicon's words stand in the text: the head, its phrase, and its arguments' tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from propos.lang.events import EventLexicon, Part, Predicate
from propos.lang.loader import Pack
from propos.reading.attribution import cues
from propos.reading.attribution.cues import VerbGroup
from propos.reading.events import arguments
from propos.reading.events.arguments import Arguments
from propos.reading.parse import Parsed

_OTHER = frozenset({"PROPN", "VERB", "AUX", "ADV", "ADP"})


@dataclass(frozen=True, slots=True)
class Fit:
    """A predicate whose words stand here; tokens ``first`` to ``last`` are its phrase, both included."""

    predicate: Predicate
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Site:
    """A word that may name an event. ``fits``: what it may be, the most exacting first; ``group`` of verbs only."""

    token: int
    fits: tuple[Fit, ...]
    arguments: Arguments
    group: VerbGroup | None = None


def find(parsed: Parsed, lexicon: EventLexicon, pack: Pack) -> list[Site]:
    """Every word of the lexicon that no longer phrase holds, in text order."""
    return outermost(list(_words(parsed, lexicon, pack)))


def _words(parsed: Parsed, lexicon: EventLexicon, pack: Pack) -> Iterator[Site]:
    for token, word in enumerate(parsed.word):
        readings = lexicon.forms.get(word)
        if readings is None:
            continue
        parts = {form.pos for form in readings}
        site = _verb(parsed, token, lexicon, pack) if "verb" in parts else None
        if site is None and "noun" in parts:
            site = _named(parsed, token, "noun", lexicon, pack)
        if site is None and "adjective" in parts:
            site = _named(parsed, token, "adjective", lexicon, pack)
        if site is not None:
            yield site


def _verb(parsed: Parsed, token: int, lexicon: EventLexicon, pack: Pack) -> Site | None:
    reading = cues.verb_reading(parsed, token, lexicon.forms[parsed.word[token]], pack)
    if reading is None:
        return None
    predicates = lexicon.of("verb", reading.lemma)
    helping = _is_helper(parsed, token)
    if not predicates or helping and not any(predicate.tail for predicate in predicates):
        return None
    group = cues.verb_group(parsed, token, reading, pack)
    fits = []
    ahead = parsed.word[token + 1 : token + cues.WIDEST_GROUP]
    nearby = {*ahead, *map(pack.grammar.plain, ahead)}
    for predicate in predicates:
        if predicate.tail and predicate.tail[0].isdisjoint(nearby) or helping and not predicate.tail:
            continue
        last = cues.reach(parsed, predicate, group, pack)
        if last >= 0:
            fits.append(Fit(predicate, group.first, last))
    return Site(token, tuple(fits), arguments.of_verb(parsed, group, pack), group) if fits else None


def _is_helper(parsed: Parsed, token: int) -> bool:
    """Whether the word is another verb's auxiliary."""
    return parsed.dep[token].startswith("aux") or parsed.dep[token] == "cop"


def _named(parsed: Parsed, token: int, part: Part, lexicon: EventLexicon, pack: Pack) -> Site | None:
    if parsed.pos[token] in _OTHER and not (parsed.pos[token] == "PROPN" and part == "noun"):
        return None
    if part == "adjective" and any(parsed.dep[c] == "det" for c in parsed.children[token]):
        return None  # *un prêt*
    lemmas = [form.lemma for form in lexicon.forms[parsed.word[token]] if form.pos == part]
    fits = [
        Fit(predicate, token, token + len(predicate.tail))
        for lemma in dict.fromkeys(lemmas)
        for predicate in lexicon.of(part, lemma)
        if cues.stands(parsed, predicate.tail, token + 1, pack)
    ]
    fits.sort(key=lambda fit: -fit.predicate.rank)
    if not fits:
        return None
    noun = part == "noun"
    found = arguments.of_noun(parsed, token, pack, lexicon.words.aimed) if noun else arguments.of_adjective(parsed, token, pack)
    return Site(token, tuple(fits), found)


def outermost(sites: Sequence[Site]) -> list[Site]:
    """The sites without those inside the phrase of another (*prendre des mesures* holds *mesures*)."""
    kept: list[Site] = []
    covered: set[int] = set()
    for site in sorted(sites, key=lambda item: -max(fit.last - fit.first for fit in item.fits)):
        if site.token in covered:
            continue
        kept.append(site)
        first = site.fits[0]
        if first.predicate.tail:
            covered.update(range(first.first, first.last + 1))
    return sorted(kept, key=lambda item: item.token)


def pointers(sites: Sequence[Site], parsed: Parsed, pack: Pack) -> set[int]:
    """The pronouns and possessives of the third person that are arguments: whom they stand for must be asked."""
    return {
        token
        for site in sites
        for token in site.arguments.tokens()
        if parsed.pos[token] in {"PRON", "DET"}
        and parsed.features[token].get("Person", "3") == "3"
        and parsed.word[token].lstrip("-") not in pack.grammar.first_person
        and parsed.features[token].get("PronType") != "Rel"
    }
