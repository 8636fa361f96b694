"""*Selon X, …*: sources named by a preposition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from propos.lang.loader import Pack
from propos.lang.schema import PrepositionCue
from propos.reading.attribution import circumstances, extent
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.draft import Draft
from propos.reading.attribution.quoted import quotation_before
from propos.reading.attribution.refusal import Code, Refusal
from propos.reading.attribution.speakers import spoken
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, SUBJECTS, VERBAL, head_within, sentence_range


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase: cue tokens ``first`` to ``cue_last``, source's ``head`` (-1: none), last token of the whole phrase."""

    cue: PrepositionCue
    first: int
    cue_last: int
    head: int
    last: int


def find(parsed: Parsed, pack: Pack) -> Iterator[Source | Refusal]:
    """Every source phrase in the text, in order, and every phrase that looks like one and is none."""
    word, known, plain = parsed.word, pack.prepositions, pack.grammar.plain
    openers = pack.source_openers
    for token in range(len(word)):
        if word[token] not in openers:
            continue
        refusal = None
        for words, cue in known.get(word[token]) or known.get(plain(word[token])) or ():
            if len(words) > 1 and (token + 1 >= len(word) or words[1] not in (word[token + 1], plain(word[token + 1]))):
                continue
            source = _match(parsed, token, words, cue, pack)
            if isinstance(source, Source) and parsed.quoted[token] < 0:
                yield source
                break
            if refusal is None and source is not None:
                code = Code.QUOTED if isinstance(source, Source) else source
                span = parsed.span(token, token + len(words) - 1)
                refusal = Refusal(rule_of(cue, pack), span, code)
        else:
            if refusal is not None:
                yield refusal


def rule_of(cue: PrepositionCue, pack: Pack) -> str:
    """The id of the rule that reads a preposition."""
    return f"{pack.code}.preposition.{cue.phrase}"


def _match(
    parsed: Parsed, token: int, words: tuple[str, ...], cue: PrepositionCue, pack: Pack
) -> Source | Code | None:
    """The source phrase, the reason why these words open none, or ``None`` where other words stand here."""
    for offset, word in enumerate(words):
        at = token + offset
        if at >= len(parsed) or parsed.word[at] != word and pack.grammar.plain(parsed.word[at]) != pack.grammar.plain(word):
            return None
    cue_last = token + len(words) - 1
    if words[-1] in pack.grammar.source_nouns and parsed.pos[cue_last + 1 : cue_last + 2] == ["ADP"]:
        return Code.NO_SOURCE  # *un réseau de sources en Syrie*: only what qualifies the source names it
    if words[-1] in pack.grammar.source_nouns and cue_last > token:
        return _source_itself(parsed, token, cue_last, cue, pack)
    head = _head_after(parsed, cue_last)
    if head < 0 or head >= len(parsed):
        return Code.NO_SOURCE
    if cue.only_people and not (_initial(parsed, token) and _is_person(parsed, head, pack)):
        return Code.NOT_PEOPLE
    last = max(parsed.token_at(spoken(parsed, head).end - 1), head)
    if parsed.word[head] in pack.grammar.relative_subjects and (
        parsed.pos[token - 1] in NOMINAL or parsed.word[head] not in pack.grammar.personal_relatives and parsed.word[token - 1] != ","
    ):
        return Code.RELATIVE
    if parsed.word[head] in pack.grammar.measure_nouns or not (
        pack.can_speak(parsed.word[head], parsed.pos[head]) or _set_off(parsed, token, last)
    ):
        return Code.MEASURE
    return Source(cue, token, cue_last, head, last)


def _source_itself(parsed: Parsed, token: int, noun: int, cue: PrepositionCue, pack: Pack) -> Source | Code:
    """*De source diplomatique, …*: the noun of the phrase is the source; not *l'eau de source*, *de source sûre, on indique*."""
    last = max(parsed.token_at(spoken(parsed, noun).end - 1), noun)
    told = parsed.word[last + 2 : last + 3]
    if not _set_off(parsed, token, last) or pack.grammar.nobody_subjects.intersection(told):
        return Code.NO_SOURCE
    return Source(cue, token, token, noun, last)


def _set_off(parsed: Parsed, token: int, last: int) -> bool:
    """Whether commas or the sentence's borders stand on both sides: a source, whatever its noun."""
    first, end = sentence_range(parsed, token)
    before = token == first or parsed.pos[token - 1] == "PUNCT"
    return before and (last >= end or parsed.pos[last + 1] == "PUNCT")


def _head_after(parsed: Parsed, cue_last: int) -> int:
    token, end = cue_last + 1, sentence_range(parsed, cue_last)[1]
    if token > end:
        return -1
    end = next((t - 1 for t in range(token, end + 1) if parsed.pos[t] in VERBAL | {"SCONJ"} or parsed.word[t] in {",", "(", ":"} or parsed.features[t].get("PronType") == "Rel"), end)
    if parsed.pos[token] == "PRON":
        return token
    head = head_within(parsed, token, end, NOMINAL | {"ADJ", "DET"})
    if parsed.pos[head] in {"DET", "ADJ", "NUM", "ADV"}:
        head = next((t for t in range(head, min(end, head + 4) + 1) if parsed.pos[t] in NOMINAL), -1)
    return head if head >= 0 and parsed.pos[head] in NOMINAL else -1


def _initial(parsed: Parsed, token: int) -> bool:
    first = sentence_range(parsed, token)[0]
    return token <= first + 1 or parsed.word[token - 1] == ","


def _is_person(parsed: Parsed, head: int, pack: Pack) -> bool:
    if parsed.pos[head] == "PRON":
        return parsed.word[head] not in pack.grammar.object_clitics - pack.grammar.subject_pronouns | pack.grammar.demonstratives
    return parsed.pos[head] == "PROPN" or pack.is_title(parsed.word[head]) or _is_body(parsed, head, pack)


def _is_body(parsed: Parsed, head: int, pack: Pack) -> bool:
    """*Pour le tribunal, …*: a body that can be spoken to, set off by its comma."""
    return pack.is_addressable(parsed.word[head]) and parsed.word[head + 1 : head + 2] == [","]


def draft(parsed: Parsed, source: Source, pack: Pack, stops: Borders) -> Draft | Refusal:
    """The statement of a source phrase, refused where nothing is left to be said."""
    parts = _content(parsed, source, pack, stops) or _quotation_before(parsed, source)
    if not parts:
        return Refusal(rule_of(source.cue, pack), parsed.span(source.first, source.cue_last), Code.EMPTY)
    spans = tuple(extent.with_marks(parsed, first, last) for first, last in parts)
    cue = parsed.span(source.first, source.cue_last)
    span = spoken(parsed, source.head)
    return Draft(
        cue=cue, cue_token=source.first, content=spans, form="prepositional", kind=source.cue.kind,
        rule=rule_of(source.cue, pack), source=circumstances.author(parsed, source.head, pack), speaker=span,
        medium=circumstances.document(parsed, source.head, pack),
        via=circumstances.relay(parsed, source.last, source.head, pack),
    )  # fmt: skip


def _quotation_before(parsed: Parsed, source: Source) -> list[tuple[int, int]]:
    """*"Q", selon X.*: the source phrase is a sentence of its own behind the quotation."""
    quotation = quotation_before(parsed, sentence_range(parsed, source.first)[0])
    if quotation is None:
        return []
    first = parsed.token_at(quotation.inside.start)
    return [(first, parsed.token_at(quotation.inside.end - 1))]


def _content(parsed: Parsed, source: Source, pack: Pack, stops: Borders) -> list[tuple[int, int]]:
    first, end = sentence_range(parsed, source.first)
    if parsed.word[source.head] in pack.grammar.relative_subjects:
        # *…, selon qui les sanctions visent …*
        if source.last + 1 > end:
            return []
        return [(source.last + 1, extent.trim(parsed, source.last + 1, _until_stop(parsed, source.last + 2, end, stops)))]
    before, after = source.first - 1, _past_apposition(parsed, source, end)
    while before >= first and parsed.pos[before] in {"PUNCT", "CCONJ"} and parsed.word[before] != ")":
        before -= 1
    while after <= end and (parsed.word[after] in {",", "-", ")"} or parsed.pos[after] == "PUNCT"):
        after += 1
    relative = _relative_start(parsed, source, first, pack)
    if relative < 0 and before == source.first - 1 and before >= first and parsed.pos[before] in VERBAL | {"ADJ"}:
        # *des mesures qui créent selon lui "une peur"*: only the clause that holds the source.
        first = next((t + 1 for t in range(before, first - 1, -1) if parsed.features[t].get("PronType") == "Rel"), first)
    left = _left_part(parsed, relative if relative >= 0 else first, before)
    right = (after, extent.trim(parsed, after, _until_stop(parsed, after + 1, end, stops))) if after <= end else None
    if right is not None and (right[1] < right[0] or parsed.features[right[0]].get("PronType") == "Rel"):
        right = None
    if left is None or right is None:
        return [part for part in (left, right) if part is not None]
    return _choose(parsed, source, left, right, relative=relative >= 0)


def _choose(
    parsed: Parsed, source: Source, left: tuple[int, int], right: tuple[int, int], *, relative: bool
) -> list[tuple[int, int]]:
    """Which of the two stretches around a source phrase it vouches for."""
    if parsed.quoted[right[0]] >= 0 and parsed.word[source.first - 1] == "," and parsed.word[source.last + 1] != ",":
        return [right]  # *il quitte un gouvernement, selon elle "sans boussole", …*
    if parsed.word[source.last + 1] != "," and not relative and _complete(parsed, *left):
        return [left]
    if relative and left[1] <= left[0]:
        return [right]
    local = _local(parsed, source, left, right)
    if local:
        return local
    return [left] if _complete(parsed, *left) and parsed.pos[right[0]] not in VERBAL else [left, right]


def _local(
    parsed: Parsed, source: Source, left: tuple[int, int], right: tuple[int, int]
) -> list[tuple[int, int]]:
    """A source set into the middle vouches for the words beside it: the quotation, or the number that is a subject."""
    if parsed.quoted[left[1]] >= 0 and parsed.quoted[left[0]] < 0 and parsed.word[source.first - 1] == ",":
        start = parsed.token_at(parsed.quotations[parsed.quoted[left[1]]].inside.start)
        return [(max(start, left[0]), left[1])]
    if parsed.quoted[right[0]] >= 0 and parsed.word[source.last + 1] != ",":
        return [right]
    verb = parsed.head[left[1]]
    counted = any(parsed.pos[t] == "NUM" for t in range(left[0], left[1] + 1) if parsed.head[t] == left[1])
    if counted and parsed.dep[left[1]] in SUBJECTS and verb >= right[0]:
        return [(parsed.left[left[1]], left[1])]
    return []


def _past_apposition(parsed: Parsed, source: Source, end: int) -> int:
    """The token after the source, or after what is set in commas behind it (*Pour X, le secrétaire de Y, …*)."""
    after = source.last + 1
    if after >= end or parsed.word[after] != "," or parsed.pos[after + 1] not in {"DET", "NOUN", "NUM"}:
        return after
    for token in range(after + 1, end):
        if parsed.features[token].get("VerbForm") == "Fin" or parsed.quoted[token] >= 0:
            return after
        if parsed.word[token] == ",":
            return token if _complete(parsed, token + 1, end) else after
    return after


def _until_stop(parsed: Parsed, first: int, end: int, stops: Borders) -> int:
    return next((token - 1 for token in range(first, end + 1) if token in stops or parsed.word[token] == ";"), end)


def _relative_start(parsed: Parsed, source: Source, first: int, pack: Pack) -> int:
    """*qui(,) selon X(,) vise à …*: the clause's own start where the phrase directly follows its relative pronoun or *que*."""
    before = source.first - 1
    if before >= first and parsed.word[before] == ",":
        before -= 1
    words = pack.grammar.relative_subjects | pack.grammar.relative_objects
    return before + 1 if before >= first and parsed.word[before] in words else -1


def _left_part(parsed: Parsed, first: int, before: int) -> tuple[int, int] | None:
    if before < first:
        return None
    depth = 0
    for token in range(before, first, -1):
        if parsed.word[token] == ")":
            depth += 1
        if parsed.word[token] == "(" and depth:
            depth -= 1
        elif parsed.word[token] in {"--", "–", "—", ";", "("} and parsed.quoted[token] < 0:
            first = token + 1
            break
    return (first, before) if before >= first else None


def _complete(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a stretch has a finite verb of its own, so that it can stand alone."""
    return any(
        parsed.pos[t] in VERBAL and parsed.features[t].get("VerbForm") == "Fin" for t in range(first, last + 1)
    )
