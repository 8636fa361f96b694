"""Infinitives under a verb cue: *appeler X à …*, *promettre de …*, *dit vouloir …*."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.lang.schema import Frame
from propos.reading.attribution import extent, places
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL, sentence_range


def infinitive(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """The infinitive behind a cue, under one of the marks of its frames, or ``None``."""
    frames = cue.entry.takes("infinitive")
    if not frames:
        return None
    infinitive = _infinitive_of(parsed, cue, frames, pack)
    if infinitive is None:
        return None
    token, frame = infinitive
    first = _after_mark(parsed, token, cue, pack, frame.mark)
    last = extent.phrase(parsed, first, token, stops)
    obj = places.object_between(parsed, cue, first, pack) if frame.addressee or frame.target else -1
    return Complement(frame, "infinitive", ((first, max(last, token)),), obj)


def _infinitive_of(parsed: Parsed, cue: Cue, frames: tuple[Frame, ...], pack: Pack) -> tuple[int, Frame] | None:
    candidates = [
        child
        for child in parsed.children[cue.token]
        if child > cue.last and parsed.dep[child] in {"xcomp", "ccomp", "advcl", "obl:arg", "obl:mod", "obj", "acl"}
        and parsed.features[_verb_in(parsed, child)].get("VerbForm") == "Inf"
    ]
    candidates += _by_position(parsed, cue)
    for child in candidates:
        if any(parsed.word[t] in pack.grammar.complementisers for t in range(cue.last + 1, child)):
            continue
        mark = _infinitive_mark(parsed, child, pack)
        for frame in frames:
            if frame.mark == mark:
                return child, frame
    return None


def _verb_in(parsed: Parsed, token: int) -> int:
    """The infinitive of a passive or copular group (*être libéré*): its auxiliary carries the form."""
    for child in parsed.children[token]:
        if parsed.dep[child] in {"aux:pass", "aux:tense", "cop"} and child < token:
            return child
    return token


def _by_position(parsed: Parsed, cue: Cue) -> list[int]:
    """The infinitive that directly follows the cue or its object, where the parser hung it elsewhere."""
    end = sentence_range(parsed, cue.token)[1]
    for token in range(cue.last + 1, min(end, cue.last + 20) + 1):
        if parsed.features[token].get("VerbForm") == "Inf" and parsed.pos[token] in VERBAL:
            return [parsed.head[token] if parsed.dep[token] in {"aux:pass", "aux:tense", "cop"} else token]
        if parsed.word[token] in {",", ":", ";"} or parsed.features[token].get("VerbForm") == "Fin":
            return []
        if parsed.pos[token] == "SCONJ" or parsed.features[token].get("PronType") == "Rel":
            return []
    return []


def _infinitive_mark(parsed: Parsed, token: int, pack: Pack) -> str:
    marks = pack.grammar.infinitive_marks | pack.grammar.purpose_markers
    for child in parsed.children[token]:
        word = pack.grammar.plain(parsed.word[child])
        if child < token and parsed.dep[child] in {"mark", "case"} and word in marks:
            return word
    left = token
    for child in parsed.children[token]:
        if child < token and parsed.dep[child] in {"mark", "case", "advmod", "aux:pass", "aux:tense", "cop", "iobj", "obj", "expl:comp", "expl:pass"}:
            left = min(left, child)
    for candidate in (left, left - 1):
        if candidate >= 0:
            word = pack.grammar.plain(parsed.word[candidate])
            if word in marks:
                return word
    return ""


def _after_mark(parsed: Parsed, token: int, cue: Cue, pack: Pack, mark: str) -> int:
    """First token of the infinitive phrase without its mark."""
    first = max(parsed.left[token], cue.last + 1)
    leaning = pack.grammar.negation_openers | pack.grammar.negation_closers | pack.grammar.object_clitics
    while first - 1 > cue.last and (parsed.word[first - 1] in leaning or parsed.word[first - 1] in pack.grammar.infinitive_marks):
        first -= 1
    while first < token and parsed.pos[first] == "PUNCT":
        first += 1
    opening = pack.grammar.plain(parsed.word[first])
    return first + 1 if opening in pack.grammar.infinitive_marks | {mark} and first < token else first
