"""Finite clauses and indirect questions under a verb cue: *que …*, *si …*."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.lang.schema import Frame
from propos.reading.attribution import extent, places
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL, sentence_range


def clause(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """The finite clause behind a cue whose entry takes one, in one or two parts, or ``None``."""
    frames = cue.entry.takes("clause")
    if not frames:
        return None
    mark = _complementiser(parsed, cue, pack, stops)
    if mark < 0:
        return None
    frame = _clause_frame(parsed, frames, mark, pack)
    if frame is None:
        return None
    parts = _clause_parts(parsed, mark, cue, pack, stops)
    return Complement(frame, "clause", parts, places.object_between(parsed, cue, mark, pack)) if parts else None


def _clause_frame(parsed: Parsed, frames: tuple[Frame, ...], mark: int, pack: Pack) -> Frame | None:
    """The frame whose mark stands before *que* (*à ce que*, *sur le fait que*), else the plain one."""
    for frame in sorted(frames, key=lambda f: -len(f.mark)):
        words = frame.mark.split()[:-1] if frame.mark else []
        before = [pack.grammar.plain(word) for word in parsed.word[max(0, mark - len(words)) : mark]]
        if before == [pack.grammar.plain(word) for word in words]:
            return frame
    return None


def _complementiser(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> int:
    """The *que* that opens the cue's clause, or -1."""
    last = min(sentence_range(parsed, cue.token)[1], cue.last + places.WIDEST_GAP)
    return _complementiser_from(parsed, cue.last + 1, last, cue, pack, stops)


def _complementiser_from(
    parsed: Parsed, first: int, last: int, cue: Cue, pack: Pack, stops: Borders
) -> int:
    for token in range(first, last):
        if tuple(parsed.word[token : token + 3]) == pack.grammar.time_opening:
            return _complementiser_from(parsed, token + 3, last, cue, pack, stops)
        if parsed.word[token] in pack.grammar.complementisers:
            if _opens_clause(parsed, token, cue, pack):
                return token
        elif token in stops or parsed.word[token] in {";", ":"} or _crosses(parsed, token, pack):
            return -1
    return -1


def _crosses(parsed: Parsed, token: int, pack: Pack) -> bool:
    """A finite verb between cue and *que* takes the clause for itself, unless it stands in a relative clause of a noun.

    So does an infinitive that takes clauses (*a dit attendre du ministre qu'il …*).
    """
    if parsed.features[token].get("VerbForm") == "Inf":
        lemma = pack.lemma(parsed.word[token], "verb") or ""
        return any(entry.takes("clause") and not entry.tail for entry in pack.verbs.get(lemma, ()))
    if parsed.features[token].get("VerbForm") != "Fin" or parsed.pos[token] not in VERBAL:
        return False
    verb = parsed.head[token] if parsed.dep[token].startswith("aux") else token
    return parsed.dep[verb] != "acl:relcl"


def _opens_clause(parsed: Parsed, token: int, cue: Cue, pack: Pack) -> bool:
    previous = token - 1
    if parsed.pos[previous] == "CCONJ" and previous > cue.last:
        return False
    if previous == cue.last + 1 and parsed.word[previous] in pack.grammar.weak_adverbs:
        return True
    if previous > cue.last and parsed.word[previous] in pack.grammar.before_que:
        return any(frame.mark.endswith(f"{parsed.word[previous]} que") for frame in cue.entry.takes("clause"))
    verb = _clause_verb(parsed, token)
    if verb < 0:
        return False
    if previous > cue.last and any(
        frame.mark.split()[-2:-1] == [parsed.word[previous]] for frame in cue.entry.takes("clause") if frame.mark
    ):
        return True
    if parsed.dep[verb] == "acl:relcl" and parsed.head[verb] != cue.token and previous > cue.last:
        return _is_object_gap(parsed, parsed.head[verb], cue)
    return True


def _is_object_gap(parsed: Parsed, noun: int, cue: Cue) -> bool:
    """*dire à X que*: the parser may read the clause as a relative of the addressee; a prepositional noun is no direct object."""
    if parsed.dep[noun] == "obj" and parsed.head[noun] == cue.token:
        return any(f.complement == "clause" and f.addressee == "object" for f in cue.entry.frames)
    return any(f.complement == "clause" and f.addressee for f in cue.entry.frames) or parsed.dep[noun] == "obl:mod"


def _clause_verb(parsed: Parsed, mark: int) -> int:
    """The finite verb that *que* belongs to, or -1."""
    head = parsed.head[mark]
    if head > mark:
        return head
    end = sentence_range(parsed, mark)[1]
    for token in range(mark + 1, end + 1):
        if parsed.pos[token] in VERBAL and not parsed.dep[token].startswith("aux"):
            return token
    return mark + 1 if mark < end else -1


def _clause_parts(
    parsed: Parsed, mark: int, cue: Cue, pack: Pack, stops: Borders
) -> tuple[tuple[int, int], ...]:
    """The clause after *que*; a second *et que …* makes a second part."""
    parts, end = [], sentence_range(parsed, mark)[1]
    while mark >= 0 and mark < end:
        first = mark + 1
        core = max(_clause_verb(parsed, mark), first)
        last = extent.clause(parsed, first, core, cue.token, stops)
        second = _coordinated(parsed, first, last, pack)
        if second < 0:
            parts.append((first, last))
            break
        parts.append((first, extent.trim(parsed, first, second - 1)))
        mark = second
    return tuple(parts)


def _coordinated(parsed: Parsed, first: int, last: int, pack: Pack) -> int:
    """The *que* of a clause coordinated with the one that begins at ``first``, or -1."""
    for token in range(first + 2, min(last + 4, sentence_range(parsed, first)[1])):
        if parsed.word[token] in pack.grammar.complementisers and parsed.word[token - 1] in pack.grammar.coordinators:
            verb = _clause_verb(parsed, token)
            if verb > 0 and (parsed.dep[verb] in {"conj", "ccomp", "advcl"} or parsed.pos[token - 1] == "CCONJ"):
                return token
    return -1


def question(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """The indirect question behind a cue whose entry takes one, or ``None``."""
    frames = cue.entry.takes("question")
    if not frames or cue.group.negated:
        return None
    end = sentence_range(parsed, cue.token)[1]
    for token in range(cue.last + 1, min(end, cue.last + 10)):
        if parsed.word[token] in pack.grammar.question_words and parsed.head[token] > token and not (
            parsed.features[token].get("PronType") == "Rel" and token > cue.last + 1
        ):
            core = parsed.head[token]
            if parsed.dep[core] in {"ccomp", "xcomp", "advcl", "obj"} and parsed.head[core] == cue.token:
                first = token + 1 if parsed.dep[token] == "mark" else token
                return Complement(frames[0], "clause", ((first, extent.clause(parsed, first, core, cue.token, stops)),))
        if parsed.pos[token] in VERBAL:
            break
    return None
