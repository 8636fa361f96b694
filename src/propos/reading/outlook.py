"""Whether a verb tells what is done or what is to come, by its own form and its auxiliaries'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from propos.lang.morphology import Form
from propos.reading.parse import Features, Parsed
from propos.reading.syntax import VERBAL

_COMING: Mapping[tuple[str, str], Features] = {
    ("ind", "fut"): MappingProxyType({"Mood": "Ind", "Tense": "Fut", "VerbForm": "Fin"}),
    ("cnd", "pres"): MappingProxyType({"Mood": "Cnd", "Tense": "Pres", "VerbForm": "Fin"}),
}


def mend(parsed: Parsed, forms: Mapping[str, tuple[Form, ...]]) -> None:
    """Set the tense of verbs that can only be a future or a conditional: the model takes rare ones for presents.

    ``forms``: readings of written forms. *Nous envahirons* is tagged as a present, *elle envahirait* as an imperfect.
    """
    for token, word in enumerate(parsed.word):
        readings = forms.get(word, ()) if parsed.pos[token] in VERBAL else ()
        tenses = {(form.mood, form.tense) for form in readings if form.pos == "verb"}
        features = _COMING.get(next(iter(tenses))) if len(tenses) == 1 else None
        if features is not None:
            parsed.features[token] = MappingProxyType({**parsed.features[token], **features})


def is_helper(parsed: Parsed, token: int) -> bool:
    """Whether a token is an auxiliary or a copula."""
    return (parsed.dep[token].startswith("aux") or parsed.dep[token] == "cop") and parsed.head[token] != token


def predicate(parsed: Parsed, token: int) -> int:
    """The verb or predicate that an auxiliary or copula belongs to; another token itself."""
    for _ in range(3):
        if not is_helper(parsed, token):
            break
        token = parsed.head[token]
    return token


def predicates(parsed: Parsed, first: int, last: int) -> Iterator[int]:
    """The predicates with a finite verb or an infinitive among the tokens ``first`` to ``last``, in text order.

    With participles that share another verb's auxiliary (*a suspendu l'aide et menacé …*).
    """
    seen: set[int] = set()
    for token in range(first, last + 1):
        if parsed.pos[token] in VERBAL and (_stands(parsed, token) or shares_helper(parsed, token)):
            found = predicate(parsed, token)
            if first <= found <= last and found not in seen:
                seen.add(found)
                yield found


def _stands(parsed: Parsed, token: int) -> bool:
    """Whether a verb is finite or an infinitive, and no part of a set phrase (*à partir de*)."""
    return parsed.features[token].get("VerbForm") in {"Fin", "Inf"} and parsed.dep[token] != "fixed"


def shares_helper(parsed: Parsed, token: int) -> bool:
    """Whether a past participle is coordinated with one that has an auxiliary."""
    features = parsed.features[token]
    bare = features.get("VerbForm") == "Part" and features.get("Tense") == "Past" and len(group(parsed, token)) == 1
    return bare and parsed.dep[token] == "conj" and len(group(parsed, parsed.head[token])) > 1


def group(parsed: Parsed, verb: int) -> tuple[int, ...]:
    """A predicate with its auxiliaries and its copula."""
    return (*(child for child in parsed.children[verb] if is_helper(parsed, child)), verb)


def is_done(parsed: Parsed, verb: int) -> bool:
    """Whether a predicate is told as past: *a frappé*, *frappait*, *avoir frappé*."""
    if to_come(parsed, verb):
        return False
    if shares_helper(parsed, verb):
        return is_done(parsed, parsed.head[verb])
    tokens = group(parsed, verb)
    if any(parsed.dep[token] == "aux:tense" for token in tokens[:-1]):
        return True
    return any(_past(parsed, token) for token in tokens)


def _past(parsed: Parsed, token: int) -> bool:
    features = parsed.features[token]
    return features.get("VerbForm") == "Fin" and features.get("Tense") in {"Past", "Imp"} and features.get("Mood") != "Sub"


def to_come(parsed: Parsed, verb: int) -> bool:
    """Whether a predicate is in the future or the conditional."""
    features = [parsed.features[token] for token in group(parsed, verb)]
    return any(item.get("Tense") == "Fut" or item.get("Mood") == "Cnd" for item in features)


def is_bare(parsed: Parsed, noun: int) -> bool:
    """Whether a noun has neither article nor preposition, as a day has (*a annoncé lundi des sanctions*)."""
    return parsed.pos[noun] not in VERBAL and not any(parsed.dep[c] in {"det", "case", "nummod"} for c in parsed.children[noun])
