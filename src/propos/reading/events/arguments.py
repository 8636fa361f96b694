"""The arguments of a verb or noun by their syntactic function, passives undone; tokens, not yet actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from propos.lang.loader import Pack
from propos.reading.attribution.cues import VerbGroup
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, Subject, case_of, own_subject, subject

# How far the second of two verbs stands behind the first, a coordinating word between them.
NEXT = 2
_OBLIQUES = frozenset({"obl", "obl:arg", "obl:mod", "obl:agent", "nmod", "iobj", "xcomp", "dep", "advmod"})
_BARE = frozenset({"obj", "obl:mod", "obl:arg", "nmod", "appos", "dep"})
_CLAUSES = frozenset({"ccomp", "xcomp", "obl:arg", "obl:mod", "advcl", "acl", "obj"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """Head tokens of the arguments; -1 for none.

    ``subject`` acts, ``object`` is acted on. ``marked``: preposition -> complements. ``genitive``: behind *de*
    at a noun, or a possessive. ``adjectives``: adjectives of a noun. ``clause``: head of a finite complement clause;
    ``infinitives``: mark -> head of an infinitive complement.
    """

    subject: int = -1
    object: int = -1
    genitive: int = -1
    marked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    adjectives: tuple[int, ...] = ()
    clause: int = -1
    infinitives: Mapping[str, int] = field(default_factory=dict)

    def tokens(self) -> Iterator[int]:
        """All argument tokens."""
        yield from (token for token in (self.subject, self.object, self.genitive) if token >= 0)
        for group in self.marked.values():
            yield from group


def of_verb(parsed: Parsed, group: VerbGroup, pack: Pack) -> Arguments:
    """The arguments of a verb."""
    token = group.token
    marked = _marked(parsed, token, pack)
    bare = group.shape == "participle" and not group.reflexive and not _shares_auxiliary(parsed, token)
    patient = group.passive or bare
    first = _modified(parsed, token) if bare else -1
    found = None if first >= 0 else subject(parsed, token, pack.grammar)
    first = first if first >= 0 else _token(found)
    if patient:
        agent = next((t for mark in sorted(pack.grammar.agent_markers) for t in marked.get(mark, ())), -1)
        acting, acted = agent, first
    else:
        acting, acted = first, _object(parsed, group, pack)
    if acted >= 0:
        _add(marked, _marked(parsed, acted, pack, beyond=pack.grammar.genitive))
    if group.addressee >= 0:
        marked.setdefault(pack.grammar.dative, []).append(group.addressee)
    clause, infinitives = _clauses(parsed, token, pack)
    return Arguments(acting, acted, -1, _frozen(marked), (), clause, infinitives)


def of_noun(parsed: Parsed, token: int, pack: Pack, aimed: frozenset[str] = frozenset()) -> Arguments:
    """The arguments of a noun: its complements, adjectives and possessive.

    ``aimed``: prepositions before those to whom something is done.
    """
    marked = _marked(parsed, token, pack)
    genitives = marked.get(pack.grammar.genitive, [])
    for inner in genitives[:1]:
        # *l'invasion de X par Y*, *l'attaque de X contre Y*: the parser hangs the second on the first.
        deeper = _marked(parsed, inner, pack, beyond=pack.grammar.genitive)
        wanted = (pack.grammar.agent_markers | aimed) - marked.keys()
        _add(marked, {mark: tokens for mark, tokens in deeper.items() if mark in wanted})
    owner = next((c for c in parsed.children[token] if c < token and parsed.features[c].get("Poss") == "Yes"), -1)
    agent = next((t for mark in sorted(pack.grammar.agent_markers) for t in marked.get(mark, ())), -1)
    adjectives = tuple(c for c in parsed.children[token] if parsed.dep[c] in {"amod", "appos", "nmod", "acl"} and parsed.pos[c] != "VERB")
    clause, infinitives = _clauses(parsed, token, pack)
    return Arguments(agent, -1, genitives[0] if genitives else owner, _frozen(marked), adjectives, clause, infinitives)


def of_adjective(parsed: Parsed, token: int, pack: Pack) -> Arguments:
    """The arguments of a predicative adjective: whoever is, or calls himself, so (*Bakou se dit prêt à …*)."""
    clause, infinitives = _clauses(parsed, token, pack)
    first = own_subject(parsed, token)
    if first is None:
        above = parsed.head[token]
        nominal = parsed.dep[token] in {"amod", "acl", "appos", "nmod"} and parsed.pos[above] in NOMINAL
        first = above if nominal else _token(subject(parsed, token, pack.grammar))
    return Arguments(first, -1, -1, _frozen(_marked(parsed, token, pack)), (), clause, infinitives)


def _token(found: Subject | None) -> int:
    return -1 if found is None else found.token


def _modified(parsed: Parsed, participle: int) -> int:
    """The noun that a bare participle describes (*les otages libérés*), or -1."""
    token = participle
    while parsed.dep[token] == "conj" and parsed.head[token] != token:
        token = parsed.head[token]
    above = parsed.head[token]
    return above if parsed.dep[token] in {"acl", "amod", "acl:relcl"} and above != token and parsed.pos[above] in NOMINAL else -1


def _object(parsed: Parsed, group: VerbGroup, pack: Pack) -> int:
    """The direct object: behind the verb, as a clitic, or the antecedent of *que*.

    A day that the parser takes for the object (*a exhorté mardi Oslo*) gives way to the noun behind it.
    """
    token = group.token
    for child in parsed.children[token]:
        if parsed.dep[child] == "obj" and parsed.pos[child] in NOMINAL:
            if parsed.word[child] in pack.grammar.relative_objects:
                return _antecedent(parsed, token)
            if not pack.grammar.is_clitic(parsed.word[child]) and parsed.word[child] not in pack.grammar.time_nouns:
                return child
    if group.object_clitic >= 0:
        return group.object_clitic
    behind = bare_behind(parsed, token, pack)
    return behind if behind >= 0 else _shared_object(parsed, token)


def _shares_auxiliary(parsed: Parsed, verb: int) -> bool:
    """*a salué et adopté*: whether a participle is joined to one with an auxiliary of the active voice."""
    above = parsed.head[verb]
    helpers = {parsed.dep[c] for c in parsed.children[above]}
    return parsed.dep[verb] == "conj" and "aux:tense" in helpers and "aux:pass" not in helpers


def _shared_object(parsed: Parsed, verb: int) -> int:
    """The object of the verb next to this one in a coordination (*a salué et adopté la loi*); -1 for none."""
    pairs = [(parsed.head[verb], verb)] if parsed.dep[verb] == "conj" else []
    pairs += [(verb, c) for c in parsed.children[verb] if parsed.dep[c] == "conj"]
    for first, second in pairs:
        if second - first == NEXT and parsed.pos[first + 1] == "CCONJ":
            other = first if second == verb else second
            found = (c for c in parsed.children[other] if parsed.dep[c] == "obj" and parsed.pos[c] in {"NOUN", "PROPN"} and c > second)
            return next(found, -1)
    return -1


def bare_behind(parsed: Parsed, token: int, pack: Pack) -> int:
    """The first noun behind a word that hangs on it, or on a day between them, without preposition; -1 for none."""
    days = [c for c in parsed.children[token] if c > token and parsed.word[c] in pack.grammar.time_nouns]
    for child in sorted((*parsed.children[token], *(below for day in days for below in parsed.children[day]))):
        fits = parsed.dep[child] in _BARE and child > token and (parsed.pos[child] in {"NOUN", "PROPN"} or _counts(parsed, child))
        if fits and parsed.word[child] not in pack.grammar.time_nouns and not case_of(parsed, child, pack.grammar):
            return child
    return -1


def _counts(parsed: Parsed, token: int) -> bool:
    """Whether a number stands for those of whom it is a part (*trois des marins*)."""
    return parsed.pos[token] == "NUM" and any(parsed.dep[c] == "nmod" for c in parsed.children[token])


def _antecedent(parsed: Parsed, verb: int) -> int:
    while parsed.dep[verb] in {"conj", "xcomp", "ccomp"} and parsed.head[verb] != verb:
        verb = parsed.head[verb]
    above = parsed.head[verb]
    return above if parsed.dep[verb] == "acl:relcl" and above != verb else -1


def _marked(parsed: Parsed, token: int, pack: Pack, beyond: str = "") -> dict[str, list[int]]:
    """Complements with a preposition, by it; ``beyond``: one that is left out."""
    found: dict[str, list[int]] = {}
    for child in parsed.children[token]:
        if parsed.dep[child] in _OBLIQUES and parsed.pos[child] in NOMINAL:
            mark = case_of(parsed, child, pack.grammar)
            if mark and mark != beyond:
                found.setdefault(mark, []).append(child)
    return found


def _add(marked: dict[str, list[int]], more: Mapping[str, list[int]]) -> None:
    for mark, tokens in more.items():
        marked.setdefault(mark, []).extend(tokens)


def _frozen(marked: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {mark: tuple(tokens) for mark, tokens in marked.items()}


def _clauses(parsed: Parsed, token: int, pack: Pack) -> tuple[int, dict[str, int]]:
    """The finite clause and the infinitives, by mark, that a word takes."""
    clause = -1
    infinitives: dict[str, int] = {}
    for child in parsed.children[token]:
        if parsed.dep[child] not in _CLAUSES or child < token:
            continue
        if parsed.features[child].get("VerbForm") == "Inf" or _auxiliary_infinitive(parsed, child):
            infinitives.setdefault(case_of(parsed, child, pack.grammar), child)
        elif _has_complementiser(parsed, child, pack):
            clause = child if clause < 0 else clause
    return clause, infinitives


def _auxiliary_infinitive(parsed: Parsed, verb: int) -> bool:
    return any(parsed.dep[c].startswith("aux") and parsed.features[c].get("VerbForm") == "Inf" for c in parsed.children[verb])


def _has_complementiser(parsed: Parsed, verb: int, pack: Pack) -> bool:
    return any(parsed.dep[c] == "mark" and parsed.word[c] in pack.grammar.complementisers for c in parsed.children[verb])
