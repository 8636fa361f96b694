"""Noun phrases as contents: *exiger X*, *accuser X de Y*, *les frappes revendiquées par X*, *la trêve que réclame X*."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.lang.schema import Frame
from propos.reading.attribution import extent, places
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, SUBJECTS, VERBAL, case_of, noun_phrase, own_subject, sentence_range


def noun(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """The noun phrase behind a cue that one of its frames takes as content, or ``None``."""
    frames = cue.entry.takes("noun")
    if not frames:
        return None
    for frame in frames:
        noun = _noun_with(parsed, cue, frame, pack)
        if noun >= 0 and not (frame.thing and _is_somebody(parsed, noun, pack)):
            first = _first_of_noun(parsed, noun, cue, frame, pack)
            last = _without_date(parsed, noun, extent.phrase(parsed, first, noun, stops), pack)
            obj = places.object_between(parsed, cue, first, pack) if frame.addressee or frame.target else -1
            return Complement(frame, "nominal", ((first, last),), obj)
    return None


def _without_date(parsed: Parsed, noun: int, last: int, pack: Pack) -> int:
    """*a réitéré ces griefs le 20 mars*: the date of the saying is no part of what was said; *la réunion du 20 mars* is."""
    first = last + 1
    while first - 1 > noun and (parsed.word[first - 1] in pack.grammar.time_nouns or parsed.pos[first - 1] == "NUM"):
        first -= 1
    if first > last or parsed.quoted[last] >= 0 or not any(parsed.word[t] in pack.grammar.time_nouns for t in range(first, last + 1)):
        return last
    if parsed.pos[first - 1] == "DET" and parsed.word[first - 1] not in pack.grammar.contractions:
        return extent.trim(parsed, noun, first - 2) if first - 2 >= noun else last
    return last if parsed.pos[first - 1] in {"ADP", "DET", "ADJ"} else extent.trim(parsed, noun, first - 1)


def _is_somebody(parsed: Parsed, noun: int, pack: Pack) -> bool:
    return parsed.pos[noun] == "PROPN" or pack.is_title(parsed.word[noun]) or parsed.word[noun] in pack.places


def _noun_with(parsed: Parsed, cue: Cue, frame: Frame, pack: Pack) -> int:
    """The head of the noun phrase that the frame's mark governs, or -1."""
    behind_date = _behind_date(parsed, cue, frame, pack)
    if behind_date >= 0:
        return behind_date
    for child in parsed.children[cue.token]:
        if child <= cue.last or parsed.pos[child] not in {"NOUN", "PROPN", "NUM", "ADJ", "PRON"}:
            continue
        if parsed.dep[child] not in {"obj", "obl:arg", "obl:mod", "obl:agent", "xcomp", "dep", "iobj"}:
            continue
        case = case_of(parsed, child, pack.grammar)
        if case == frame.mark and parsed.pos[child] != "ADJ" and not places.is_date(parsed, child, pack):
            return child
        if not frame.mark and (_partitive(parsed, child, pack) or _portion(parsed, child, cue, case, pack)):
            return child
    for child in parsed.children[cue.token]:
        if child > cue.last and not frame.mark and parsed.dep[child] == "obj" and parsed.pos[parsed.left[child]] == "DET":
            return child
    return _noun_by_position(parsed, cue, frame, pack)


def _partitive(parsed: Parsed, noun: int, pack: Pack) -> bool:
    """*des garanties*, *de nouvelles frappes*: a plural article that the tagger may take for a preposition."""
    left = parsed.left[noun]
    if left == noun or parsed.features[noun].get("Number") != "Plur":
        return False
    return parsed.word[left] in pack.grammar.plural_articles or (
        pack.grammar.plain(parsed.word[left]) == pack.grammar.genitive and parsed.pos[left + 1] == "ADJ" and left + 1 < noun
    )


def _behind_date(parsed: Parsed, cue: Cue, frame: Frame, pack: Pack) -> int:
    """*a annoncé samedi 15 mars le départ de X*: the noun right behind the date, which the parser hangs on the date."""
    token = cue.last + 1
    if frame.mark or token >= len(parsed) or parsed.word[token] not in pack.grammar.time_nouns:
        return -1
    end = sentence_range(parsed, cue.token)[1]
    while token < end and (parsed.word[token] in pack.grammar.time_nouns or parsed.pos[token] == "NUM" or places.dates(parsed, token, pack)):
        token += 1
    if parsed.pos[token] != "DET":
        return -1
    head = parsed.head[token]
    return head if token < head <= end and parsed.pos[head] == "NOUN" else -1


def _portion(parsed: Parsed, noun: int, cue: Cue, case: str, pack: Pack) -> bool:
    """*réclame de la patience*: a singular partitive right behind the cue, where the cue takes no such preposition."""
    if parsed.left[noun] != cue.last + 1 or case != pack.grammar.genitive or any(f.mark == case for f in cue.entry.takes("noun")):
        return False
    return parsed.pos[cue.last + 2] == "DET" and parsed.features[noun].get("Number") == "Sing"


def _noun_by_position(parsed: Parsed, cue: Cue, frame: Frame, pack: Pack) -> int:
    """The noun phrase right after the cue, where the parser hung it elsewhere."""
    token = cue.last + 1
    end = sentence_range(parsed, cue.token)[1]
    while token < end and (
        parsed.pos[token] == "ADV" or parsed.word[token] in pack.grammar.time_nouns or places.dates(parsed, token, pack)
    ):
        token += 1
    if frame.mark and "object" in {frame.addressee, frame.target}:
        return _after_object(parsed, token, end, frame, pack)
    if frame.mark and frame.addressee not in {"", "object"} and pack.grammar.plain(parsed.word[token]) == frame.addressee:
        token = places.past_preposition(parsed, token, end)
    token = token + 1 if frame.mark else _past_article(parsed, token, end, pack)
    if token < 0 or token > end or frame.mark and pack.grammar.plain(parsed.word[token - 1]) != frame.mark:
        return -1
    while token <= end and parsed.pos[token] not in {"NOUN", "PROPN"}:
        if parsed.pos[token] not in {"DET", "ADJ", "NUM", "ADV"}:
            return -1
        token += 1
    if token > end or parsed.dep[token] in SUBJECTS and own_subject(parsed, cue.token) is None:
        return -1
    return token


def _past_article(parsed: Parsed, token: int, end: int, pack: Pack) -> int:
    """The first token of the bare noun phrase behind dates and circumstances, a mistagged partitive passed; or -1."""
    token = places.past_circumstances(parsed, token, end, pack)
    if token <= end and parsed.pos[token] in {"DET", "PROPN", "NUM"}:
        return token
    return token + 1 if token <= end and places.opens_partitive(parsed, token, pack) else -1


def _after_object(parsed: Parsed, token: int, end: int, frame: Frame, pack: Pack) -> int:
    """*appeler les parties à un règlement*: the noun behind the mark that follows the object."""
    if token > end or parsed.pos[token] not in {"DET", "PROPN", "NOUN"}:
        return -1
    for at in range(token + 1, min(end, token + 10)):
        if pack.grammar.plain(parsed.word[at]) == frame.mark and parsed.pos[at] in {"ADP", "DET"}:
            head = parsed.head[at]
            if head > at and parsed.pos[head] in NOMINAL and (frame.mark != pack.grammar.genitive or _charges(parsed, at, head, pack)):
                return head
        if parsed.word[at] in {",", ";", ":"} or parsed.pos[at] in VERBAL:
            return -1
    return -1


def _charges(parsed: Parsed, mark: int, noun: int, pack: Pack) -> bool:
    """*accuser le général de crimes* against *le général de brigade, de Paris*: a thing, not a name or a title's part."""
    return parsed.pos[noun] == "NOUN" and parsed.word[noun] not in pack.places and not pack.is_title(parsed.word[noun]) and (
        parsed.word[mark] not in pack.grammar.plural_articles
    )


def _first_of_noun(parsed: Parsed, noun: int, cue: Cue, frame: Frame, pack: Pack) -> int:
    first = max(parsed.left[noun], cue.last + 1)
    while first < noun and (parsed.word[first] in pack.grammar.time_nouns or parsed.pos[first] == "ADV" or places.dates(parsed, first, pack)):
        first += 1
    if frame.mark:
        for token in range(first, noun):
            if pack.grammar.plain(parsed.word[token]) == frame.mark.split()[-1]:
                return token + 1
    while first < noun and parsed.pos[first] in {"PUNCT", "CCONJ"}:
        first += 1
    # *condamner "avec la plus grande fermeté" un putsch*: a quoted manner is part of what was said.
    return cue.last + 1 if all(parsed.quoted[t] >= 0 for t in range(cue.last + 1, first)) else first


def antecedent(parsed: Parsed, cue: Cue, pack: Pack) -> Complement | None:
    """*la trêve que réclame Paris*: the noun that a relative object stands for; *Ce que dément …*."""
    verb = cue.token
    pronoun = next((parsed.word[t] for t in range(parsed.left[verb], verb) if parsed.word[t] in pack.grammar.relative_objects), "")
    if parsed.dep[verb] != "acl:relcl" or not pronoun:
        return None
    noun = parsed.head[verb]
    mark = pack.grammar.relative_marks.get(pronoun, "")
    frames = [frame for frame in cue.entry.takes("noun") if frame.mark == mark]
    if not frames or noun > verb:
        return None
    return Complement(frames[0], "nominal", (noun_phrase(parsed, noun),))


def passive(parsed: Parsed, cue: Cue, pack: Pack) -> Complement | None:
    """*les frappes ont été revendiquées par …*, *une trêve réclamée par …*: the content is the passive subject or the noun."""
    frames = [frame for frame in cue.entry.takes("noun") if not frame.mark and frame.voice != "active"]
    if not frames:
        return None
    verb = cue.token
    noun = next((c for c in parsed.children[verb] if parsed.dep[c] in SUBJECTS and c < verb), -1)
    if noun < 0 and cue.group.shape == "participle" and parsed.dep[verb] in {"acl", "amod", "conj"}:
        noun = parsed.head[verb]
    if noun < 0 or parsed.pos[noun] not in NOMINAL or noun > verb:
        return None
    first, last = noun_phrase(parsed, noun)
    last = min(last, cue.first - 1)
    if parsed.word[noun] in pack.grammar.relative_subjects and parsed.dep[verb] == "acl:relcl":
        first, last = noun_phrase(parsed, parsed.head[verb])
    return Complement(frames[0], "nominal", ((first, extent.trim(parsed, first, last)),)) if last >= first else None
