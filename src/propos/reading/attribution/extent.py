"""How far a content reaches: from its first word to where another construction of the sentence takes over."""

from __future__ import annotations

from itertools import takewhile

from propos.model import Span
from propos.reading.attribution.borders import Borders
from propos.reading.parse import Parsed
from propos.reading.quotes import Quotation
from propos.reading.syntax import NOMINAL, SUBJECTS, VERBAL, sentence_range

_CLAUSAL = frozenset({"conj", "parataxis", "advcl", "ccomp"})
_TRAILING = frozenset(",;:-–—")
ASIDES = frozenset({"--", "–", "—", ";"})


def clause(parsed: Parsed, first: int, core: int, cue: int, stops: Borders) -> int:
    """Last token of a finite clause that begins at ``first`` and whose verb is ``core``.

    French news runs a reported clause on to the end of the sentence; what ends it sooner is another cue
    (``stops``) or a main clause coordinated with the cue's own.
    """
    end = sentence_range(parsed, first)[1]
    for token in range(first + 1, end + 1):
        if token in stops.tails:
            continue
        if token in stops or _leaves(parsed, token, core, cue) or _resumes(parsed, token, core, cue):
            return trim(parsed, first, token - 1)
    return trim(parsed, first, end)


def _leaves(parsed: Parsed, token: int, core: int, cue: int) -> bool:
    """Whether a clause coordinated with the cue's verb, not with the content, or an aside begins at ``token``."""
    if parsed.word[token] in ASIDES and parsed.quoted[token] < 0:
        return True
    if parsed.pos[token] != "CCONJ":
        return False
    head = parsed.head[token]
    if parsed.pos[head] not in VERBAL:
        return False
    if token > parsed.right[core] and parsed.head[head] in (cue, parsed.head[cue]) and parsed.dep[head] == "conj":
        return True
    return _same_tense(parsed, cue, head) and not _compound(parsed, core) and _subjectless(parsed, token, head)


def _resumes(parsed: Parsed, token: int, core: int, cue: int) -> bool:
    """The comma behind a subordinate clause that holds cue and content: the main clause begins."""
    return (
        parsed.word[token] == ","
        and token > max(parsed.right[core], parsed.right[cue])
        and parsed.head[cue] > token
        and parsed.quoted[token] < 0
    )


def _compound(parsed: Parsed, verb: int) -> bool:
    return any(parsed.dep[c] == "aux:tense" and parsed.features[c].get("Tense") == "Pres" for c in parsed.children[verb])


def _same_tense(parsed: Parsed, cue: int, verb: int) -> bool:
    """*a juré qu'elle portait un sac et a fui*: two compound pasts around an imperfect belong together."""
    return _compound(parsed, cue) and _compound(parsed, verb)


def _subjectless(parsed: Parsed, token: int, verb: int) -> bool:
    return not any(parsed.dep[c] in SUBJECTS and c > token for c in parsed.children[verb])


def phrase(parsed: Parsed, first: int, core: int, stops: Borders) -> int:
    """Last token of a noun phrase or infinitive headed by ``core``: its subtree and what follows without a comma.

    A quotation that begins inside the phrase is never cut.
    """
    end = sentence_range(parsed, first)[1]
    last = max(core, first)
    subordinate = False
    for token in range(first, end + 1):
        if token > first and parsed.quoted[token] >= 0 and parsed.quoted[token] == parsed.quoted[token - 1]:
            last = token
            continue
        if token in stops and token > first or token > core and _relative_aside(parsed, token, end):
            break
        if token in stops.tails and token > first:
            return trim(parsed, first, _to_stop(token, end, stops))
        subordinate = subordinate or token > first and _subordinates(parsed, token)
        if token > first and not subordinate and _main_clause_at(parsed, token, end):
            break
        if token > parsed.right[core]:
            if _ends_phrase(parsed, token, core, end, subordinate=subordinate):
                break
        last = token
    return trim(parsed, first, last)


def _to_stop(token: int, end: int, stops: Borders) -> int:
    return next((at - 1 for at in range(token + 2, end + 1) if at in stops), end)


def _main_clause_at(parsed: Parsed, token: int, end: int) -> bool:
    """A comma or coordinator outside quotations behind which a finite verb comes before any relative or conjunction."""
    if parsed.quoted[token] >= 0 or parsed.word[token] != "," and parsed.pos[token] != "CCONJ":
        return False
    for at in range(token + 1, min(end, token + 9) + 1):
        if parsed.quoted[at] >= 0 or parsed.pos[at] in {"SCONJ", "ADP"} or parsed.features[at].get("PronType") == "Rel":
            return False
        if parsed.word[at] in {",", ";", ":"}:
            return False
        if parsed.features[at].get("VerbForm") == "Fin" and parsed.pos[at] in VERBAL:
            return True
    return False


def _subordinates(parsed: Parsed, token: int) -> bool:
    """A relative pronoun or conjunction without a comma before it: what follows restricts the phrase."""
    if parsed.word[token - 1] == ",":
        return False
    return parsed.features[token].get("PronType") == "Rel" or parsed.pos[token] == "SCONJ" and parsed.dep[token] == "mark"


def _relative_aside(parsed: Parsed, token: int, end: int) -> bool:
    """*…, qui a obtenu …*: a relative clause after a comma is the outlet's own, unless it quotes."""
    if parsed.word[token] != "," or token + 1 > end or parsed.quoted[token] >= 0:
        return False
    if parsed.features[token + 1].get("PronType") != "Rel":
        return False
    return all(parsed.quoted[at] < 0 for at in range(token + 1, end + 1))


def _quoting_relative(parsed: Parsed, token: int) -> bool:
    """A relative clause after the comma; those without quotation have been cut off before."""
    return token + 1 < len(parsed) and parsed.features[token + 1].get("PronType") == "Rel"


def _ends_phrase(parsed: Parsed, token: int, core: int, end: int, *, subordinate: bool) -> bool:
    if parsed.word[token] == ",":
        return not (
            _enumerates(parsed, token)
            or _quoting_relative(parsed, token)
            or _trails(parsed, token, core, end)
            or _lists_infinitives(parsed, token, core, end)
        )
    if parsed.word[token] in {";", ":", "("} or parsed.word[token] in ASIDES:
        return True
    if subordinate:
        return False
    if parsed.pos[token] == "CCONJ":
        return not _joins_nouns(parsed, token)
    if parsed.pos[token] == "SCONJ":
        return True
    return _begins_clause(parsed, token)


def _begins_clause(parsed: Parsed, token: int) -> bool:
    head = parsed.head[token]
    if parsed.features[token].get("VerbForm") == "Fin" and parsed.quoted[token] < 0:
        return True
    if parsed.pos[token] == "PRON" and head > token and parsed.features[head].get("VerbForm") == "Fin":
        return True
    if parsed.pos[token] in VERBAL and parsed.dep[token] in _CLAUSAL and parsed.features[token].get("VerbForm") != "Inf":
        return True
    return head == token + 1 and parsed.features[head].get("VerbForm") == "Part" and parsed.features[head].get("Tense") == "Pres"


def _lists_infinitives(parsed: Parsed, token: int, core: int, end: int) -> bool:
    """*parler à A, d'ouvrir B et de libérer C*: a comma between infinitives under one mark."""
    if parsed.features[core].get("VerbForm") != "Inf" or token + 2 > end or parsed.pos[token + 1] != "ADP":
        return False
    return any(parsed.features[at].get("VerbForm") == "Inf" for at in range(token + 2, min(end, token + 4) + 1))


def _trails(parsed: Parsed, token: int, core: int, end: int) -> bool:
    """*de nouvelles frappes, en représailles à des tirs*: a last prepositional phrase, with no verb in it, belongs to a noun."""
    if parsed.pos[core] not in NOMINAL or token + 1 > end or parsed.pos[token + 1] != "ADP":
        return False
    return all(
        parsed.pos[at] not in VERBAL and parsed.word[at] not in ASIDES and parsed.word[at] != ","
        for at in range(token + 1, end)
    )


def _joins_nouns(parsed: Parsed, token: int) -> bool:
    """*des élections et une transition*; a verb after the coordinator starts something else, unless it is quoted."""
    after = token + 1
    if after >= len(parsed):
        return False
    if parsed.quoted[after] >= 0:
        return True
    if parsed.pos[after] == "ADP" and after + 1 < len(parsed) and parsed.features[after + 1].get("VerbForm") == "Inf":
        return True
    if parsed.pos[after] not in {"DET", "ADP", "NOUN", "ADJ", "PROPN", "NUM"}:
        return False
    return not _followed_by_verb(parsed, after)


def _enumerates(parsed: Parsed, token: int) -> bool:
    """A comma between members of an enumeration: a noun phrase follows, and a coordinator after it."""
    after, end = token + 1, sentence_range(parsed, token)[1]
    if after >= end or parsed.pos[after] not in {"DET", "ADP"}:
        return False
    for at in range(after, min(end, after + 12)):
        if parsed.pos[at] == "CCONJ":
            return _joins_nouns(parsed, at)
        if parsed.pos[at] == "ADV" and at + 2 < end and parsed.pos[at + 1] == "SCONJ" and parsed.pos[at + 2] == "DET":
            return True  # *une trêve, un échange, ainsi qu'une commission*
        if parsed.pos[at] in VERBAL | {"PRON", "SCONJ"} or parsed.word[at] in ASIDES:
            return False
    return False


def _followed_by_verb(parsed: Parsed, token: int) -> bool:
    """Whether the noun phrase at ``token`` is the subject of a clause."""
    head = token
    while parsed.head[head] > head and parsed.pos[head] not in NOMINAL:
        head = parsed.head[head]
    return parsed.dep[head] in SUBJECTS and parsed.head[head] > head


def trim(parsed: Parsed, first: int, last: int) -> int:
    """``last`` without final punctuation and dangling coordinators."""
    while last > first and (
        parsed.pos[last] in {"PUNCT", "CCONJ"} and parsed.word[last] not in {")", "%", "..."} or parsed.word[last] in _TRAILING
    ):
        last -= 1
    return last


def with_marks(parsed: Parsed, first: int, last: int) -> Span:
    """The span of tokens ``first`` to ``last`` with the quotation marks that belong to it.

    A mark that opens right before the first token or closes right after the last one is taken in
    if its partner is inside too; a quotation cut in two by the border is left cut.
    """
    start, end = parsed.start[first], parsed.end[last]
    near = _quotations_between(parsed, start - 2, end)
    for quotation in near:
        if quotation.inside.start == start and quotation.inside.end <= end:
            start = quotation.span.start
        if quotation.closed and quotation.inside.start >= start and _closes_at(parsed, quotation, end):
            end = quotation.span.end
    # Once more: a mark may stand right behind another's, or have had its partner taken in only now.
    start = next((q.span.start for q in near if q.inside.start == start and q.span.end <= end), start)
    return Span(start, end)


def _quotations_between(parsed: Parsed, start: int, end: int) -> list[Quotation]:
    """The quotations that begin at ``end`` or before, without those that lie wholly before ``start``."""
    return list(takewhile(lambda quotation: quotation.span.start <= end, parsed.quotations_from(start)))


def _closes_at(parsed: Parsed, quotation: Quotation, end: int) -> bool:
    """Whether the closing mark stands right behind ``end``, but for a full stop (*"… fini."*)."""
    inside = quotation.inside.end
    return end == inside or end < inside <= end + 2 and not parsed.text[end:inside].strip(" .!?…,")
