"""Quotations and their cues: incised and inverted cues, quotation after a colon, stand-alone quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from propos.lang.loader import Pack
from propos.model import Form, Span
from propos.reading.attribution import extent
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.cues import Cue
from propos.reading.attribution.draft import Draft
from propos.reading.attribution.refusal import Code
from propos.reading.parse import Parsed
from propos.reading.quotes import Quotation
from propos.reading.sentences import FREE_WORDS
from propos.reading.syntax import VERBAL, before_adverbs, own_subject, sentence_range

# A quotation of so many words inside a sentence without cue is said by somebody, even without a verb.
LONG_QUOTE = 9
# The longest answer without a verb that an incised cue may report, its comma included.
ANSWER = 7
_GAP = frozenset(" \t\u00a0\u202f,.-–—:")


def is_incised(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """Whether the cue is set into what it reports: after a comma or a quotation, its subject behind it."""
    if cue.group.shape != "finite" or not cue.entry.takes("quote") or not _set_off(parsed, cue):
        return False
    nobody = cue.group.inverted >= 0 and parsed.word[cue.group.inverted] in pack.grammar.nobody_subjects
    if len(cue.entry.frames) == 1 and not nobody and not _beside_quotation(parsed, cue):
        return False
    if cue.group.inverted >= 0:
        return True
    if not _reportable_before(parsed, cue) and not _answers(parsed, cue, pack):
        return False
    subject = own_subject(parsed, cue.token)
    if subject is not None and subject < cue.first and not _complete_before(parsed, cue, subject):
        return not pack.can_speak(parsed.word[subject], parsed.pos[subject]) and _speaker_follows(parsed, cue, pack)
    return _subject_follows(parsed, cue, pack)


def _answers(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """*Non, pas à ce stade, répond l'agence*: a few words without verb, and a speaker behind the cue."""
    first = sentence_range(parsed, cue.first)[0]
    return cue.first - first <= ANSWER and parsed.pos[first] in {"ADV", "INTJ", "ADJ", "NOUN"} and _speaker_follows(parsed, cue, pack)


def _speaker_follows(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """The noun behind the cue is a name or a title: it says what a thing before the comma cannot say."""
    token = cue.last + 1
    while token < len(parsed) and parsed.pos[token] in {"ADV", "DET"}:
        token += 1
    return token < len(parsed) and (parsed.pos[token] == "PROPN" or pack.is_title(parsed.word[token]))


def _reportable_before(parsed: Parsed, cue: Cue) -> bool:
    """Something that can be reported stands before the comma: a quotation, or a finite verb that is not a relative clause's."""
    first = sentence_range(parsed, cue.first)[0]
    if first == cue.first or parsed.quoted[cue.first - 1] >= 0 or cue.first - 2 >= first and parsed.quoted[cue.first - 2] >= 0:
        return True
    finite = sum(
        parsed.features[t].get("VerbForm") == "Fin" and parsed.pos[t] in VERBAL for t in range(first, cue.first)
    )
    relative = sum(
        parsed.features[t].get("PronType") == "Rel" or parsed.pos[t] == "SCONJ" and parsed.dep[t] == "mark"
        for t in range(first, cue.first)
    )
    return finite > relative


def _complete_before(parsed: Parsed, cue: Cue, subject: int) -> bool:
    """Whether a full clause stands between the parser's subject and the cue, so that this subject cannot be the cue's."""
    for token in range(parsed.left[subject], cue.first):
        if parsed.features[token].get("VerbForm") == "Fin" and parsed.pos[token] in VERBAL:
            verb = parsed.head[token] if parsed.dep[token].startswith("aux") or parsed.dep[token] == "cop" else token
            if parsed.dep[verb] not in {"acl:relcl", "advcl", "acl"} and verb != cue.token:
                return True
    return False


def _beside_quotation(parsed: Parsed, cue: Cue) -> bool:
    """A verb that only ever introduces quotations (*reprendre, glisser*) needs one in the stretch before it."""
    first = max(sentence_range(parsed, cue.first)[0], cue.first - 3)
    return any(parsed.quoted[t] >= 0 for t in range(max(0, first - 2), cue.first)) or quotation_before(parsed, cue.first) is not None


def _set_off(parsed: Parsed, cue: Cue) -> bool:
    first = sentence_range(parsed, cue.first)[0]
    before = before_adverbs(parsed, cue.first, first)
    if before < first:
        return _behind_quotation(parsed, cue.first)
    return parsed.word[before] in {",", "--", "–", "—", "-", "!", "?", "..."} or ends_quotation(parsed, before) is not None


def _behind_quotation(parsed: Parsed, token: int) -> bool:
    """Whether a sentence cut at ``token`` follows a quotation that has just closed."""
    return token > 0 and parsed.quoted[token] < 0 and quotation_before(parsed, token) is not None


def quotation_before(parsed: Parsed, token: int) -> Quotation | None:
    """The outermost quotation that ends right before a token, only marks and spaces between."""
    place = bisect_right(parsed.outer, parsed.start[token] + 1, key=lambda quotation: quotation.span.end)
    if place == 0:
        return None
    quotation = parsed.outer[place - 1]
    between = parsed.text[quotation.span.end : parsed.start[token]]
    return quotation if len(between) <= 4 and all(char in _GAP for char in between) else None


def ends_quotation(parsed: Parsed, token: int) -> Quotation | None:
    """The outermost quotation whose last token is ``token``, or ``None``."""
    index = parsed.quoted[token]
    if index < 0 or token + 1 < len(parsed) and parsed.quoted[token + 1] == index:
        return None
    return parsed.quotations[index]


def _subject_follows(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """A noun phrase, not an object, a clause or an infinitive, comes after the cue."""
    for token in range(cue.last + 1, sentence_range(parsed, cue.token)[1] + 1):
        pos = parsed.pos[token]
        if pos in {"DET", "PROPN"} or parsed.text[parsed.start[token]].isupper():
            return True
        if pos in {"SCONJ", "VERB", "AUX", "PUNCT"}:
            return False
        if pos == "PRON":
            return parsed.word[token] not in pack.grammar.not_subjects
    return False


def host(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> tuple[tuple[Span, ...], Form] | None:
    """The stretch that an incised cue reports, and the form of its attachment; ``None`` where there is none."""
    if parsed.quoted[cue.token] >= 0:
        return _inside(parsed, cue)
    before = _before_frame(parsed, cue)
    if before < 0 or parsed.block_of[before] != parsed.block_of[cue.token]:
        return None
    first = _behind_frame(parsed, _host_start(parsed, before))
    spans = [extent.with_marks(parsed, first, before)]
    form = _form(parsed, first, before)
    spans = _joined_before(parsed, first, pack) + spans
    spans += _next_paragraphs(parsed, before)
    continued = _continuation(parsed, cue) or _resumed(parsed, cue, first, before, stops)
    if continued is not None:
        spans.append(continued)
    return tuple(spans), form


def _behind_frame(parsed: Parsed, first: int) -> int:
    """*"Q", a crié X, rapporte Y*: what Y reports begins with the quotation before X's frame."""
    quotation = quotation_before(parsed, first) if parsed.quoted[first] < 0 else None
    if quotation is None or parsed.pos[first] not in VERBAL | {"PRON"}:
        return first
    return parsed.token_at(quotation.inside.start)


def _joined_before(parsed: Parsed, first: int, pack: Pack) -> list[Span]:
    """Quotations before the reported one that only a comma or *et* joins to it (*"A", "B", a-t-il dit*)."""
    if parsed.quoted[first] < 0:
        return []
    outer, position = parsed.outer, parsed.outer_place[parsed.quoted[first]]
    spans: list[Span] = []
    while position > 0:
        between = parsed.text[outer[position - 1].span.end : outer[position].span.start]
        if "," not in between or between.strip(" ,\u00a0\u202f") not in {"", *pack.grammar.coordinators}:
            break
        position -= 1
        spans.insert(0, outer[position].span)
    return spans


def _before_frame(parsed: Parsed, cue: Cue) -> int:
    """The last token of what is reported: adverbs are passed over between comma and cue only."""
    before, first = cue.first - 1, sentence_range(parsed, cue.first)[0]
    while before >= first and parsed.pos[before] == "ADV" and parsed.quoted[before] < 0:
        before -= 1
    while before >= 0 and parsed.pos[before] == "PUNCT" and parsed.word[before] not in {")", "!", "?"}:
        before -= 1
    return before


def _inside(parsed: Parsed, cue: Cue) -> tuple[tuple[Span, ...], Form] | None:
    """A cue set inside the marks (*« Nous partirons, a dit X, et vite. »*): what stands before it and what goes on after."""
    quotation = parsed.quotations[parsed.quoted[cue.token]]
    before = extent.trim(parsed, parsed.token_at(quotation.inside.start), cue.first - 1)
    spans = [Span(quotation.span.start, parsed.end[before])]
    end = sentence_range(parsed, cue.token)[1]
    after = next((t + 1 for t in range(cue.last + 1, end + 1) if parsed.word[t] == "," and t > cue.last + 1), end + 1)
    if after < len(parsed) and parsed.start[after] < quotation.inside.end:
        spans.append(Span(parsed.start[after], quotation.span.end))
    return tuple(spans), "quote"


def _host_start(parsed: Parsed, before: int) -> int:
    """First token of the reported stretch that ends at ``before``: the sentence's, or the quotation's that covers it."""
    first = sentence_range(parsed, before)[0]
    index = parsed.quoted[before]
    if index >= 0:
        opening = parsed.token_at(parsed.quotations[index].inside.start)
        if opening <= first:
            return opening
    index = parsed.quoted[first]
    if index >= 0:
        return min(first, parsed.token_at(parsed.quotations[index].inside.start))
    semicolons = [t + 1 for t in range(first, before) if parsed.word[t] == ";" and parsed.quoted[t] < 0]
    first = semicolons[-1] if semicolons else first
    while first < before and (parsed.pos[first] == "CCONJ" or parsed.word[first] in {",", "-", "–", "—"}):
        first += 1
    return first


def _form(parsed: Parsed, first: int, last: int) -> Form:
    """``quote`` where all or the main verb is quoted, else ``clause``."""
    if all(parsed.quoted[t] >= 0 for t in range(first, last + 1) if parsed.pos[t] != "PUNCT"):
        return "quote"
    finite = [t for t in range(first, last + 1) if parsed.pos[t] in VERBAL and parsed.features[t].get("VerbForm") == "Fin"]
    main = [t for t in finite if parsed.dep[t] == "ROOT" or parsed.dep[parsed.head[t]] == "ROOT"] or finite
    return "quote" if main and parsed.quoted[main[0]] >= 0 else "clause"


def _continuation(parsed: Parsed, cue: Cue) -> Span | None:
    """The quotation that goes on after the incised cue's own comma, or ``None``."""
    last = sentence_range(parsed, cue.token)[1]
    for token in range(cue.last + 1, last):
        if parsed.word[token] == "," and parsed.quoted[token] < 0 and parsed.quoted[token + 1] >= 0:
            return _quotation_span(parsed, parsed.quoted[token + 1], token + 1)
    after = last + 1
    if after < len(parsed) and parsed.block_of[after] == parsed.block_of[cue.token] and parsed.word[last] == ",":
        index = parsed.quoted[after]
        if index >= 0:
            return parsed.quotations[index].span
    return None


def _resumed(parsed: Parsed, cue: Cue, first: int, before: int, stops: Borders) -> Span | None:
    """*Aujourd'hui, dit-il, la ville est "saturée"*: the sentence goes on where what stands before the cue has no verb."""
    last = sentence_range(parsed, cue.token)[1]
    if cue.group.inverted < 0 or not sentence_range(parsed, first)[0] <= first:
        return None
    comma = next((t for t in range(cue.last + 1, last) if parsed.word[t] == ","), -1)
    if comma < 0 or comma in stops or any(parsed.features[t].get("VerbForm") == "Fin" for t in range(first, before + 1)):
        return None
    return extent.with_marks(parsed, comma + 1, extent.trim(parsed, comma + 1, last))


def _quotation_span(parsed: Parsed, index: int, token: int) -> Span | None:
    quotation = parsed.quotations[index]
    if parsed.start[token] > quotation.inside.start + 1:
        return None
    return quotation.span


def after_colon(parsed: Parsed, cue: Cue) -> tuple[Span, ...]:
    """Quotations that a colon, or nothing at all, joins to a cue on their left; one span a paragraph."""
    last = sentence_range(parsed, cue.token)[1]
    for token in range(cue.last + 1, last + 1):
        if parsed.word[token] == ":" and parsed.quoted[token] < 0:
            return _from(parsed, token)
    return ()


def directly_after(parsed: Parsed, cue: Cue) -> tuple[Span, ...]:
    """A quotation of a full clause that follows the cue with no word between."""
    token = cue.last + 1
    if token >= len(parsed) or parsed.quoted[token] < 0:
        return ()
    quotation = parsed.quotations[parsed.quoted[token]]
    last = parsed.token_at(quotation.inside.end - 1)
    clause = any(parsed.features[t].get("VerbForm") == "Fin" for t in range(token, min(last + 1, len(parsed))))
    return (quotation.span,) if clause and last - token + 1 >= FREE_WORDS else ()


def _from(parsed: Parsed, colon: int) -> tuple[Span, ...]:
    after = colon + 1
    if after >= len(parsed) or parsed.quoted[after] < 0 or parsed.block_of[after] > parsed.block_of[colon] + 1:
        return ()
    quotation = parsed.quotations[parsed.quoted[after]]
    return (_to_sentence_end(parsed, quotation), *_next_paragraphs(parsed, after))


def _next_paragraphs(parsed: Parsed, token: int) -> list[Span]:
    """The paragraphs that take up the quotation around ``token`` again, while it is left open."""
    if parsed.quoted[token] < 0:
        return []
    outer, position = parsed.outer, parsed.outer_place[parsed.quoted[token]]
    spans = []
    while position + 1 < len(outer) and _reopened(parsed, outer[position], outer[position + 1]):
        position += 1
        spans.append(outer[position].span)
    return spans


def _to_sentence_end(parsed: Parsed, quotation: Quotation) -> Span:
    """The quotation, and what its sentence goes on to say behind the closing mark (*"A" car elle "B"*)."""
    last = parsed.token_at(quotation.inside.end - 1)
    end = sentence_range(parsed, min(last, len(parsed) - 1))[1]
    words = [t for t in range(last + 1, end + 1) if parsed.pos[t] != "PUNCT"]
    if not words or parsed.quoted[last + 1] == parsed.quoted[last] or parsed.pos[last + 1] == "PUNCT" and parsed.word[last + 1] != ",":
        return quotation.span
    return Span(quotation.span.start, extent.with_marks(parsed, last, extent.trim(parsed, last, end)).end)


def _reopened(parsed: Parsed, one: Quotation, other: Quotation) -> bool:
    """Whether a quotation left open at a paragraph's end is taken up at the head of the next one."""
    return not one.closed and parsed.text[one.span.end : other.span.start].strip() == ""


def stand_alone(parsed: Parsed, taken: list[Span], pack: Pack) -> list[Draft]:
    """Quotations that no cue claims: whole sentences of at least ``FREE_WORDS`` quoted words, spoken by the last speaker."""
    rule = f"{pack.code}.quotation.stand-alone"
    return [
        Draft(cue=None, cue_token=-1, content=(span,), form="quote", kind="speech", rule=rule, follows=True)
        for span in _unclaimed(parsed, taken)
    ]


def _unclaimed(parsed: Parsed, taken: list[Span]) -> list[Span]:
    found: list[Span] = []
    seen: set[int] = set()
    for first, end in parsed.sentences:
        indices = {parsed.quoted[t] for t in range(first, end) if parsed.quoted[t] >= 0}
        if not indices - seen or objection(parsed, first, end, taken) is not None:
            continue
        seen |= indices
        found.append(_whole(parsed, first, end - 1, indices))
    return found


def objection(parsed: Parsed, first: int, end: int, taken: list[Span]) -> Code | None:
    """Why the quotation in the sentence ``[first, end)`` is no statement of its own; ``taken``: what others have read."""
    if parsed.blocks[parsed.block_of[first]].heading:
        return Code.HEADING
    words = sum(parsed.quoted[t] >= 0 and parsed.pos[t] != "PUNCT" for t in range(first, end))
    if words < FREE_WORDS:
        return Code.SHORT
    if not _says_something(parsed, first, end):
        return Code.SCARE
    whole = parsed.span(first, end - 1)
    return Code.CLAIMED if any(whole.overlaps(span) for span in taken) else None


def _says_something(parsed: Parsed, first: int, end: int) -> bool:
    """A clause or a long stretch is quoted, or the sentence begins with it; else it is a name or a figure of speech."""
    longest = max(Counter(parsed.quoted[t] for t in range(first, end) if parsed.quoted[t] >= 0).values(), default=0)
    if parsed.quoted[first] >= 0 or longest >= LONG_QUOTE:
        return True
    return any(parsed.quoted[t] >= 0 and parsed.features[t].get("VerbForm") == "Fin" for t in range(first, end))


def _whole(parsed: Parsed, first: int, last: int, indices: set[int]) -> Span:
    """The sentence, widened to the quotations that it begins or ends in."""
    if parsed.quoted[first] >= 0 and parsed.quoted[first] == parsed.quoted[extent.trim(parsed, first, last)]:
        return parsed.quotations[parsed.quoted[first]].span
    span = extent.with_marks(parsed, first, extent.trim(parsed, first, last))
    starts = [span.start] + [parsed.quotations[i].span.start for i in indices]
    ends = [span.end] + [parsed.quotations[i].span.end for i in indices]
    return Span(min(starts), max(ends))
