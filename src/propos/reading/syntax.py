"""Questions to the parse that several stages ask: subjects, noun phrases, verb groups, complements.

All functions are pure and take token indices; ranges of tokens are inclusive pairs ``(first, last)`` unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from propos.lang.schema import Grammar
from propos.reading.parse import Parsed

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
NAMES = frozenset({"flat:name", "flat:foreign"})
# How many verbs up a subject is looked for: no writer goes that far, only noise does.
FARTHEST = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says.

    ``token``: head of the noun phrase; ``written``: whether it stands at this verb (or is shared by coordination),
    not only understood from a governing verb.
    """

    token: int
    written: bool


def sentence_range(parsed: Parsed, token: int) -> tuple[int, int]:
    """First and last token of the sentence of ``token``."""
    first, end = parsed.sentences[parsed.sentence[token]]
    return first, end - 1


def is_finite(parsed: Parsed, token: int) -> bool:
    """Whether the token is a finite verb, or a participle with a finite auxiliary."""
    form = parsed.features[token].get("VerbForm")
    if parsed.pos[token] not in VERBAL:
        return False
    if form == "Fin":
        return True
    return form == "Part" and any(parsed.dep[c].startswith("aux") and c < token for c in parsed.children[token])


def own_subject(parsed: Parsed, verb: int) -> int | None:
    """The token of the subject written at the verb itself."""
    best = None
    for child in parsed.children[verb]:
        if parsed.dep[child] in SUBJECTS and parsed.pos[child] in NOMINAL | {"ADJ", "DET", "X"}:
            if parsed.pos[child] == "PRON" and child and parsed.pos[child - 1] == "ADP":
                continue  # *a quant à elle dénoncé*: an emphatic pronoun is no subject
            if parsed.pos[child] == "PRON" and not _agrees(parsed, child, verb):
                continue  # *Il m'a dit*
            if best is None or parsed.pos[best] not in {"NOUN", "PROPN"}:
                best = child
    return best


def _agrees(parsed: Parsed, pronoun: int, verb: int) -> bool:
    """Whether a pronoun's person, where both are known, is the finite verb's."""
    person = parsed.features[pronoun].get("Person")
    finite = next((t for t in (*parsed.children[verb], verb) if parsed.features[t].get("VerbForm") == "Fin"), verb)
    return person is None or parsed.features[finite].get("Person", person) == person


def subject(parsed: Parsed, verb: int, grammar: Grammar, steps: int = FARTHEST) -> Subject | None:
    """The subject of a verb, looked for at the verb, then by coordination, then by control, ``steps`` verbs up at most."""
    if steps == 0:
        return None
    found = own_subject(parsed, verb)
    if found is not None:
        return Subject(_antecedent(parsed, found, verb, grammar), written=True)
    for child in parsed.children[verb]:
        if parsed.dep[child] == "expl:subj" and parsed.word[child].lstrip("-") not in grammar.expletives:
            return Subject(child, written=True)
    above, relation = parsed.head[verb], parsed.dep[verb]
    if above == verb:
        return None
    if relation == "conj" and parsed.pos[above] in VERBAL | {"ADJ", "NOUN"}:
        return subject(parsed, above, grammar, steps - 1)
    return _controlled(parsed, verb, relation, grammar, steps - 1)


def _controlled(parsed: Parsed, verb: int, relation: str, grammar: Grammar, steps: int) -> Subject | None:
    above = parsed.head[verb]
    if relation in {"acl", "acl:relcl"} and parsed.pos[above] in NOMINAL:
        governor = _governing_verb(parsed, above)
        participle = parsed.features[verb].get("VerbForm") == "Part" and parsed.features[verb].get("Tense") == "Pres"
        if participle and governor is not None and above != own_subject(parsed, governor):
            # *a rencontré Y, assurant que …*: the parser hangs the participle on the nearest noun.
            if _after_comma(parsed, verb, grammar):
                found = subject(parsed, governor, grammar, steps)
                if found is not None:
                    return Subject(found.token, written=False)
        written = relation == "acl:relcl" or is_finite(parsed, verb) or participle and not _after_comma(parsed, verb, grammar)
        return Subject(above, written=written)
    governor = above if parsed.pos[above] in VERBAL else _governing_verb(parsed, above)
    if governor is None or governor == verb:
        return None
    found = subject(parsed, governor, grammar, steps)
    return Subject(found.token, written=False) if found else None


def _after_comma(parsed: Parsed, verb: int, grammar: Grammar) -> bool:
    index = verb - 1
    while index >= 0 and (parsed.pos[index] in {"ADV", "PRON"} or parsed.word[index] in grammar.gerund_openers):
        index -= 1
    return index >= 0 and parsed.word[index] == ","


def _governing_verb(parsed: Parsed, token: int) -> int | None:
    while parsed.head[token] != token:
        token = parsed.head[token]
        if parsed.pos[token] in VERBAL:
            return token
    return None


def _antecedent(parsed: Parsed, pronoun: int, verb: int, grammar: Grammar) -> int:
    """The noun that a relative subject stands for; the token itself where it is no relative pronoun."""
    if parsed.word[pronoun] not in grammar.relative_subjects:
        return pronoun
    clause = verb
    while parsed.head[clause] != clause and parsed.dep[clause] == "conj":
        clause = parsed.head[clause]
    if parsed.dep[clause] in {"acl:relcl", "acl"} and parsed.head[clause] != clause:
        return _agreeing(parsed, parsed.head[clause], pronoun, verb)
    index = pronoun - 1
    while index >= 0 and parsed.pos[index] in {"PUNCT", "CCONJ"}:
        index -= 1
    while index >= 0 and parsed.dep[index] in {"amod", "flat:name", "case", "det"} and parsed.head[index] < index:
        index = parsed.head[index]
    return index if index >= 0 else pronoun


def _agreeing(parsed: Parsed, noun: int, pronoun: int, verb: int) -> int:
    """The parser's antecedent, or a nearer noun of its phrase that agrees with the verb where that one does not."""
    number = _number_of_verb(parsed, verb)
    if not number or parsed.features[noun].get("Number", number) == number:
        return noun
    for token in range(pronoun - 1, noun, -1):
        if parsed.pos[token] in {"NOUN", "PROPN"} and parsed.features[token].get("Number", number) == number:
            head = token
            while parsed.dep[head] in NAMES and parsed.head[head] > noun:
                head = parsed.head[head]
            return head
    return noun


def _number_of_verb(parsed: Parsed, verb: int) -> str:
    for token in (*parsed.children[verb], verb):
        if parsed.features[token].get("VerbForm") == "Fin":
            return parsed.features[token].get("Number", "")
    return ""


def noun_phrase(parsed: Parsed, head: int, *, relative: bool = False, coordination: bool = True) -> tuple[int, int]:
    """The maximal noun phrase of ``head``; without relative clauses unless ``relative``.

    A trailing apposition in commas is kept only where it is a name (*le ministre, Jean X,*).
    """
    first, last = _left_edge(parsed, head), head
    for child in sorted(parsed.children[head]):
        if child < head:
            continue
        if not _belongs(parsed, child, last, relative=relative, coordination=coordination):
            if parsed.dep[child] != "punct":
                break
            continue
        last = max(last, _phrase_end(parsed, child, relative=relative))
    while last > head and parsed.pos[last] == "PUNCT" and parsed.word[last] not in {")", "."}:
        last -= 1
    return first, _closed(parsed, first, last)


def _closed(parsed: Parsed, first: int, last: int) -> int:
    """``last``, with the bracket that closes one opened inside."""
    opened = parsed.word[first : last + 1].count("(") - parsed.word[first : last + 1].count(")")
    following = last + 1
    return following if opened > 0 and following < len(parsed) and parsed.word[following] == ")" else last


def _left_edge(parsed: Parsed, head: int) -> int:
    first = head
    for child in reversed(parsed.children[head]):
        if child < head and parsed.dep[child] in {"det", "amod", "nummod", "flat:name", "advmod", "nmod", "dep", "fixed", "case"}:
            if parsed.dep[child] == "case" and parsed.pos[child] == "ADP":
                continue
            first = min(first, parsed.left[child])
    while first < head and parsed.pos[first] in {"PUNCT", "ADP", "CCONJ"} and parsed.dep[first] != "det":
        first += 1
    return first


def _belongs(parsed: Parsed, child: int, last: int, *, relative: bool, coordination: bool) -> bool:
    relation = parsed.dep[child]
    if relation in {"acl:relcl", "advcl", "ccomp", "parataxis"}:
        return relative
    if relation == "conj":
        return coordination and parsed.pos[child] in NOMINAL
    if relation == "acl":
        return relative or parsed.left[child] == last + 1
    if relation in {"appos", "nmod"} and parsed.left[child] > last + 1:
        return parsed.pos[child] == "PROPN" or relation == "nmod" and relative
    return relation not in {"punct", "cc", "cop", "nsubj", "aux:tense", "mark", "obl:mod"} or relation == "cc" and coordination


def _phrase_end(parsed: Parsed, child: int, *, relative: bool) -> int:
    if relative:
        return parsed.right[child]
    last, pending = child, [child]
    while pending:
        token = pending.pop()
        last = max(last, token)
        pending += [
            below
            for below in parsed.children[token]
            if below > token and parsed.dep[below] not in {"acl:relcl", "advcl", "parataxis", "punct"}
        ]
    return last


def head_within(parsed: Parsed, token: int, last: int, tags: frozenset[str] = NOMINAL) -> int:
    """The head of the noun phrase that begins at ``token``: up the tree through ``tags``, rightward to ``last`` at most."""
    while token < parsed.head[token] <= last and parsed.pos[parsed.head[token]] in tags:
        token = parsed.head[token]
    return token


def past_adverbs(parsed: Parsed, token: int, end: int) -> int:
    """The first token from ``token`` on that is no adverb; ``end`` where there is none before it."""
    pos = parsed.pos
    while token < end and pos[token] == "ADV":
        token += 1
    return token


def before_adverbs(parsed: Parsed, token: int, first: int = 0) -> int:
    """The last token before ``token`` that is no adverb; ``first - 1`` where there is none from ``first`` on."""
    pos, token = parsed.pos, token - 1
    while token >= first and pos[token] == "ADV":
        token -= 1
    return token


def children(parsed: Parsed, token: int, *relations: str) -> list[int]:
    """The children of a token that hang on it by one of the relations, in order."""
    return [child for child in parsed.children[token] if parsed.dep[child] in relations]


def case_of(parsed: Parsed, token: int, grammar: Grammar) -> str:
    """The preposition of a noun or infinitive, uncontracted; several words joined by spaces; empty for none."""
    words = [
        grammar.plain(parsed.word[child])
        for child in parsed.children[token]
        if child < token and parsed.dep[child] in {"case", "mark"} and parsed.pos[child] in {"ADP", "SCONJ", "ADV"}
    ]
    if words:
        return " ".join(words)
    left = parsed.left[token]
    return grammar.plain(parsed.word[left]) if parsed.word[left] in grammar.fused and left < token else ""
