"""Nominal cues: *l'annonce par X de …*, *ses accusations selon lesquelles …*, *les menaces de X d'intervenir*."""

from __future__ import annotations

from collections.abc import Iterator

from propos.lang.loader import Entry, Pack
from propos.lang.schema import Frame
from propos.model import Form
from propos.reading.attribution import extent
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.draft import Draft
from propos.reading.attribution.speakers import spoken
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, SUBJECTS, VERBAL, case_of, noun_phrase, sentence_range

# *l'annonce, faite mardi par le ministère, que …*: how far a noun's clause or infinitive may stand from it.
WIDEST_GAP = 12
# What leans on a verb from the left.
_GROUP = frozenset({"aux:tense", "aux:pass", "cop", "advmod", "expl:comp", "expl:pass", "iobj", "obj"})


def find(parsed: Parsed, pack: Pack, stops: Borders) -> Iterator[Draft]:
    """A statement for every noun of the lexicon that has a content, and a source where the content is a noun phrase."""
    for token in range(len(parsed)):
        if parsed.pos[token] != "NOUN" or parsed.quoted[token] >= 0:
            continue
        lemma = pack.lemma(parsed.word[token], "noun")
        for entry in pack.nouns.get(lemma or "", ()):
            draft = _draft(parsed, token, entry, pack, stops)
            if draft is not None:
                yield draft
                break


def _draft(parsed: Parsed, token: int, entry: Entry, pack: Pack, stops: Borders) -> Draft | None:
    last = _tail(parsed, token, entry)
    if last < 0 or not stands_alone(parsed, token, pack):
        return None
    source = _source(parsed, token, pack)
    for frame in entry.frames:
        found = _content(parsed, token, last, frame, source, entry.kind, pack, stops)
        if found is not None:
            form, (first, end) = found
            return Draft(
                cue=parsed.span(_determined(parsed, token), last), cue_token=token,
                content=(extent.with_marks(parsed, first, end),), form=form, kind=entry.kind,
                rule=f"{entry.id}.{frame.complement}", source=source if source >= 0 else _owner(parsed, token, pack),
                speaker=spoken(parsed, source) if source >= 0 else None, frame=frame,
            )  # fmt: skip
    return None


def _tail(parsed: Parsed, token: int, entry: Entry) -> int:
    for offset, variants in enumerate(entry.tail, start=1):
        if token + offset >= len(parsed) or parsed.word[token + offset] not in variants:
            return -1
    return token + len(entry.tail)


def _determined(parsed: Parsed, token: int) -> int:
    return token - 1 if token and parsed.pos[token - 1] == "DET" else token


def _source(parsed: Parsed, token: int, pack: Pack) -> int:
    """*par X*, else *de X* where X can speak; -1 for none."""
    agents, genitives = [], []
    for child in parsed.children[token]:
        if child < token or parsed.pos[child] not in NOMINAL:
            continue
        case = case_of(parsed, child, pack.grammar)
        if case in pack.grammar.agent_markers:
            agents.append(child)
        elif case == pack.grammar.genitive and pack.can_speak(parsed.word[child], parsed.pos[child]):
            genitives.append(child)
    return (agents + genitives + [-1])[0]


def _content(
    parsed: Parsed, token: int, last: int, frame: Frame, source: int, entry_kind: str, pack: Pack, stops: Borders
) -> tuple[Form, tuple[int, int]] | None:
    if frame.complement == "clause":
        return _clause(parsed, token, last, frame, pack, stops)
    if frame.complement == "infinitive":
        if entry_kind == "attitude" and source < 0 and not _possessed(parsed, token):
            return None
        return _infinitive(parsed, token, last, frame, pack, stops)
    if frame.complement == "noun" and (source >= 0 or _possessed(parsed, token) or _announced(parsed, token, frame, pack)):
        return _noun(parsed, token, last, frame, source, pack)
    return None


def stands_alone(parsed: Parsed, token: int, pack: Pack) -> bool:
    """Not the object of a verb that attributes (*exprimer son soutien à*), which makes the statement already."""
    verb = parsed.head[token]
    return parsed.dep[token] not in {"obj", "obl:arg"} or not pack.lemma(parsed.word[verb], "verb")


def _announced(parsed: Parsed, token: int, frame: Frame, pack: Pack) -> bool:
    """*l'annonce d'un accord*, *les appels à la désescalade*: a definite noun, or a plural one before *à*, tells of words."""
    definite = any(parsed.features[c].get("Definite") == "Def" for c in parsed.children[token] if c < token)
    return definite and parsed.features[token].get("Number") == "Plur" and frame.mark == pack.grammar.dative


def _possessed(parsed: Parsed, token: int) -> bool:
    return any(parsed.features[c].get("Poss") == "Yes" for c in parsed.children[token] if c < token)


def _owner(parsed: Parsed, token: int, pack: Pack) -> int:
    """The possessive of the third person before the noun (*sa promesse*), which points to the source; -1 for none."""
    return next(
        (
            c for c in parsed.children[token]
            if c < token and parsed.features[c].get("Poss") == "Yes" and parsed.word[c] not in pack.grammar.first_person
        ), -1,
    )  # fmt: skip


def _clause(
    parsed: Parsed, token: int, last: int, frame: Frame, pack: Pack, stops: Borders
) -> tuple[Form, tuple[int, int]] | None:
    end = sentence_range(parsed, token)[1]
    relative = frame.mark.split()[0] if " " in frame.mark else ""
    for at in range(last + 1, min(end, last + WIDEST_GAP)):
        opens = parsed.word[at] == relative if relative else parsed.word[at] in pack.grammar.complementisers
        if opens and (relative or _is_noun_clause(parsed, at, token)):
            first = at + (2 if relative else 1)
            core = parsed.head[at] if parsed.head[at] > at else first
            end_of_clause = extent.clause(parsed, first, core, token, stops)
            return "clause", (first, _before_main_verb(parsed, token, first, end_of_clause))
        if parsed.pos[at] in VERBAL and parsed.features[at].get("VerbForm") == "Fin" or parsed.word[at] in ";:.":
            return None
    return None


def _is_noun_clause(parsed: Parsed, mark: int, token: int) -> bool:
    """*que* as a conjunction, not as a relative object: its verb has a subject and no gap, as far as the parse tells."""
    verb = parsed.head[mark]
    return verb > mark and parsed.head[verb] == token and parsed.dep[mark] == "mark"


def _infinitive(
    parsed: Parsed, token: int, last: int, frame: Frame, pack: Pack, stops: Borders
) -> tuple[Form, tuple[int, int]] | None:
    end = sentence_range(parsed, token)[1]
    for at in range(last + 1, min(end, last + WIDEST_GAP)):
        if pack.grammar.plain(parsed.word[at]) == frame.mark and parsed.pos[at] == "ADP":
            verb = parsed.head[at]
            if verb > at and parsed.features[verb].get("VerbForm") == "Inf" and _under(parsed, verb, token):
                last = max(verb, extent.phrase(parsed, at + 1, verb, stops))
                return "infinitive", (at + 1, _before_main_verb(parsed, token, verb, last))
        if parsed.word[at] in ",;:." or parsed.features[at].get("VerbForm") == "Fin":
            return None
    return None


def _before_main_verb(parsed: Parsed, token: int, first: int, last: int) -> int:
    """*l'annonce selon laquelle le col rouvrira | a surpris Rome*: the verb whose subject the noun is ends the content."""
    verb = parsed.head[token]
    if not first < verb <= last + 1 or parsed.dep[token] not in SUBJECTS:
        return last
    group = [verb, *(c for c in parsed.children[verb] if c < verb and parsed.dep[c] in _GROUP and c > first)]
    return extent.trim(parsed, first, min(group) - 1)


def _under(parsed: Parsed, verb: int, token: int) -> bool:
    """The infinitive hangs on the noun or on a noun of its own phrase."""
    head = parsed.head[verb]
    return head == token or parsed.head[head] == token


def _noun(
    parsed: Parsed, token: int, last: int, frame: Frame, source: int, pack: Pack
) -> tuple[Form, tuple[int, int]] | None:
    for child in parsed.children[token]:
        if child <= last or child == source or parsed.pos[child] not in NOMINAL:
            continue
        if case_of(parsed, child, pack.grammar) == frame.mark:
            first = next(
                (t + 1 for t in range(parsed.left[child], child) if pack.grammar.plain(parsed.word[t]) == frame.mark), child
            )
            return "nominal", (first, max(child, noun_phrase(parsed, child, relative=True)[1]))
    return None
