"""What is said of an object or of the subject: *qualifier X de Y*, *juger X Y*, *se dire Y*."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.lang.schema import Frame
from propos.reading.attribution import extent, places
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, past_adverbs, sentence_range


def predicate(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """What a cue says of its object or subject, by one of its predicate frames, or ``None``."""
    for frame in cue.entry.takes("predicate"):
        found = _marked_predicate(parsed, cue, frame, pack, stops) if frame.mark else _bare_predicate(parsed, cue, frame, stops)
        if found is not None:
            return found
    return None


def _marked_predicate(
    parsed: Parsed, cue: Cue, frame: Frame, pack: Pack, stops: Borders
) -> Complement | None:
    """*qualifier X de Y*, *présenter X comme Y*: Y, with X where it follows in one stretch (*qualifier de Y les X*)."""
    end = sentence_range(parsed, cue.token)[1]
    reach = 2 if frame.mark in pack.grammar.adjacent_marks else places.WIDEST_GAP
    for token in range(cue.last + 1, min(end, cue.last + reach)):
        if pack.grammar.plain(parsed.word[token]) == frame.mark and token + 1 <= end:
            core = parsed.head[token] if parsed.head[token] > token else token + 1
            if _introduces(parsed, token, core, cue, frame, pack):
                last = _before_agent(parsed, token + 1, extent.phrase(parsed, token + 1, core, stops), pack)
                return Complement(frame, "nominal", ((_with_object(parsed, cue, token, pack), last),))
        if token in stops or parsed.word[token] in {";", ":", ","} or parsed.features[token].get("PronType") == "Rel":
            break
    return None


def _before_agent(parsed: Parsed, first: int, last: int, pack: Pack) -> int:
    """*qualifiée de "très bonne" par X*: the agent behind the quotation is no part of the predicate."""
    for token in range(first + 1, last + 1):
        if parsed.word[token] not in pack.grammar.agent_markers or parsed.quoted[token] >= 0:
            continue
        noun = next((t for t in range(token + 1, min(token + 5, last + 1)) if parsed.pos[t] in {"NOUN", "PROPN"}), token)
        if parsed.quoted[token - 1] >= 0 or pack.can_speak(parsed.word[noun], parsed.pos[noun]) and noun > token:
            return token - 1
    return last


def _with_object(parsed: Parsed, cue: Cue, mark: int, pack: Pack) -> int:
    """*considérer X comme Y* is one stretch with its object, *qualifier X de Y* is not (guidelines, settled cases)."""
    if len(parsed.word[mark]) <= 3 and pack.grammar.plain(parsed.word[mark]) not in pack.grammar.ascribing:
        return mark + 1
    start = places.past_circumstances(parsed, cue.last + 1, mark, pack)
    return start if start < mark and parsed.pos[start] in {"DET", "PROPN"} else mark + 1


def _introduces(parsed: Parsed, mark: int, core: int, cue: Cue, frame: Frame, pack: Pack) -> bool:
    """Whether the mark opens the predicate, not a complement of the object's noun (*les propos de X*)."""
    head = parsed.head[core]
    if head == cue.token or mark == cue.last + 1 or not (parsed.pos[head] in NOMINAL and head > cue.last):
        return True
    if parsed.pos[mark] == "SCONJ" or len(parsed.word[mark]) > 3 or parsed.word[mark] in pack.grammar.contractions and (
        pack.grammar.plain(parsed.word[mark]) in pack.grammar.ascribing
    ):
        return True
    if parsed.pos[mark + 1] == "ADJ" and parsed.head[mark + 1] != head:
        return True  # *qualifier la rencontre de constructive*
    if frame.obliged and parsed.pos[mark + 1] == "NOUN" and parsed.word[mark] not in pack.grammar.contractions:
        return True  # *qualifier la frappe de crime*
    return parsed.quoted[mark + 1] >= 0 and parsed.quoted[mark] < 0


def _bare_predicate(parsed: Parsed, cue: Cue, frame: Frame, stops: Borders) -> Complement | None:
    """*juger X Y*, *se dire Y*: an adjective or participle that says something of the object or the subject."""
    following = cue.last + 1
    for child in parsed.children[cue.token]:
        if child > cue.last and parsed.pos[child] in {"ADJ", "VERB", "NOUN", "ADV"} and parsed.dep[child] in {"xcomp", "obj", "advcl", "amod", "obl:arg", "acl"}:
            if parsed.pos[child] == "NOUN" and not cue.group.reflexive:
                continue
            if parsed.features[child].get("VerbForm") == "Part" and parsed.features[child].get("Tense") == "Pres":
                continue
            if parsed.features[child].get("VerbForm") in {"Inf", "Fin"}:
                continue
            first = max(min(parsed.left[child], child), following)
            before = [c for c in parsed.children[cue.token] if cue.last < c < first and parsed.dep[c] == "obj"]
            if before:
                first = max(parsed.left[before[0]], following)
            last = extent.phrase(parsed, first, child, stops)
            return Complement(frame, "nominal", ((first, last),))
    end = sentence_range(parsed, cue.token)[1]
    following = past_adverbs(parsed, following, end)
    judged_object = _object_with_judgement(parsed, cue)
    if judged_object is not None:
        return Complement(frame, "nominal", (judged_object,))
    if following <= end and (
        parsed.pos[following] == "ADJ" or parsed.features[following].get("VerbForm") == "Part" and cue.group.reflexive
    ):
        return Complement(frame, "nominal", ((following, extent.phrase(parsed, following, following, stops)),))
    return None


def _object_with_judgement(parsed: Parsed, cue: Cue) -> tuple[int, int] | None:
    """*trouve ces exigences inacceptables*: the parser hangs the adjective on the object; the two are one stretch."""
    if any(frame.complement == "noun" and not frame.mark for frame in cue.entry.frames):
        return None
    for child in parsed.children[cue.token]:
        if child > cue.last and parsed.dep[child] == "obj" and parsed.pos[child] in {"NOUN", "PROPN"}:
            adjectives = [c for c in parsed.children[child] if c > child and parsed.dep[c] in {"amod", "acl"}]
            if adjectives and parsed.left[child] <= cue.last + 2:
                return parsed.left[child], max(parsed.right[adjectives[-1]], adjectives[-1])
    return None
