"""To whom, through which channel, relayed by whom: what stands around a cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from propos.lang.loader import Pack
from propos.lang.schema import MediumNoun
from propos.model import Span
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.attribution.speakers import medium_words
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL, head_within, noun_phrase, sentence_range

# *a indiqué X, ministre de …, cité par l'agence Y*: how far behind the speaker a relay may stand.
RELAY_GAP = 14


def addressees(parsed: Parsed, cue: Cue, found: Complement | None, pack: Pack) -> tuple[Span, ...]:
    """Spans of those who are spoken to, without preposition: object, clitic, or a person behind *à, devant, auprès de*."""
    spans = []
    takes_object = any(frame.addressee == "object" for frame in ([found.frame] if found else cue.entry.frames))
    if found is not None and found.object >= 0 and found.frame.addressee == "object":
        spans.append(_phrase(parsed, found.object))
    clitic = cue.group.addressee if not takes_object else cue.group.object_clitic
    if clitic >= 0:
        spans.append(parsed.span(clitic, clitic))
    for token in _outside(parsed, cue, found):
        head = _spoken_to(parsed, token, pack)
        if head >= 0:
            spans.append(_phrase(parsed, head))
    return tuple(dict.fromkeys(spans))


def _outside(parsed: Parsed, cue: Cue, found: Complement | None) -> Iterator[int]:
    """Tokens behind the cue in its own frame: its sentence without the content and without what follows the content."""
    last = sentence_range(parsed, cue.token)[1]
    stop = min((first for first, _ in found.parts if first > cue.last), default=last + 1) if found else last + 1
    for token in range(cue.last + 1, stop):
        if parsed.word[token] in {";", ":"} or parsed.quoted[token] >= 0 or _subordinate(parsed, token):
            return
        yield token


def _subordinate(parsed: Parsed, token: int) -> bool:
    return parsed.pos[token] == "SCONJ" or parsed.features[token].get("PronType") == "Rel" or (
        parsed.features[token].get("VerbForm") == "Fin" and parsed.pos[token] in {"VERB", "AUX"}
    )


def _spoken_to(parsed: Parsed, token: int, pack: Pack) -> int:
    """Head of the noun phrase of a person or body behind an addressee's preposition that begins at ``token``, or -1."""
    after = _preposition(parsed, token, pack.grammar.addressee_prepositions, pack)
    if after < 0 or after >= len(parsed) or pack.is_title(parsed.word[token - 1]) and not pack.is_title(parsed.word[after]):
        return -1
    if parsed.word[token - 1] == "," and not pack.is_title(parsed.word[after]) and after <= token + 2 and pack.grammar.plain(parsed.word[token]) == pack.grammar.dative:
        return -1
    if parsed.word[after] in pack.grammar.circumstance_nouns:
        return -1
    head = head_within(parsed, after, after + 4)
    if parsed.word[head] in pack.places or medium_at(parsed, after, pack) is not None:
        return -1
    named = parsed.pos[head] == "PROPN" and parsed.features[token].get("Number") != "Plur" and parsed.pos[after] == "PROPN"
    return head if named or pack.is_addressable(parsed.word[head]) else -1


def _preposition(parsed: Parsed, token: int, phrases: tuple[tuple[str, ...], ...], pack: Pack) -> int:
    """The first word of the noun phrase behind the longest of the prepositions that stands at ``token``, or -1."""
    opener = pack.grammar.plain(parsed.word[token])
    for phrase in phrases:
        if phrase[0] != opener:
            continue
        words = tuple(pack.grammar.plain(word) for word in parsed.word[token : token + len(phrase)])
        if words == phrase:
            after = token + len(phrase)
            while after < len(parsed) and parsed.pos[after] in {"DET", "ADJ", "NUM"}:
                after += 1
            return after
    return -1


def _phrase(parsed: Parsed, token: int) -> Span:
    return parsed.span(*noun_phrase(parsed, token))


def medium(parsed: Parsed, cue: Cue, found: Complement | None, source: int, pack: Pack) -> Span | None:
    """Span of the channel, without preposition: behind the cue, before it, or the document that is itself the source."""
    content = found.parts if found else ()
    first, last = sentence_range(parsed, cue.token)
    before = range(cue.first - 1, first - 1, -1) if cue.group.shape == "finite" else range(0)
    for token in [*range(cue.last + 1, last + 1), *before]:
        if parsed.quoted[token] >= 0 or not _is_channel(parsed, token, pack):
            continue
        if not any(a <= token <= b for a, b in content):
            return _channel(parsed, token, pack)
    return document(parsed, source, pack)


def _channel(parsed: Parsed, token: int, pack: Pack) -> Span:
    """The channel's words with determiner and adjectives: what the tree adds may be the speaker (*à l'AFP Bruno K*)."""
    first, last = token, token + medium_words(parsed, token, pack) - 1
    while first and parsed.pos[first - 1] in {"DET", "ADJ", "NUM"} and parsed.word[first - 1] not in pack.grammar.fused:
        first -= 1
    while last + 1 < len(parsed) and parsed.pos[last + 1] == "ADJ" and parsed.quoted[last + 1] < 0:
        last += 1
    return parsed.span(first, max(first, last))


def document(parsed: Parsed, source: int, pack: Pack) -> Span | None:
    """The source's own noun phrase where it is a document (*le rapport prévoit*), else ``None``."""
    if source < 0 or parsed.pos[source] not in NOMINAL:
        return None
    entry = medium_at(parsed, source, pack)
    return _phrase(parsed, source) if entry is not None and entry.document else None


def author(parsed: Parsed, source: int, pack: Pack) -> int:
    """Who speaks through a document: its genitive (*le communiqué du ministère*), else the document itself."""
    if document(parsed, source, pack) is None:
        return source
    for child in parsed.children[source]:
        if child > source and parsed.pos[child] in NOMINAL and pack.can_speak(parsed.word[child], parsed.pos[child]):
            if parsed.dep[child] in {"nmod", "appos", "flat:name"} and parsed.word[child] not in pack.grammar.time_nouns:
                return child
    return source


def _is_channel(parsed: Parsed, token: int, pack: Pack) -> bool:
    entry = medium_at(parsed, token, pack)
    return entry is not None and _behind(parsed, token, entry, pack)


def medium_at(parsed: Parsed, token: int, pack: Pack) -> MediumNoun | None:
    """The longest entry of the media whose first word stands at ``token``."""
    if parsed.word[token] not in pack.media_openers:
        return None
    if parsed.pos[token] in {"DET", "ADP", "PRON", "PUNCT", "AUX"} or parsed.pos[token] in {"VERB", "ADV"} and (
        parsed.text[parsed.start[token]].islower()
    ):
        return None
    for lemma in (pack.lemma(parsed.word[token], "noun") or "", parsed.word[token]):
        for words, entry in pack.media.get(lemma, ()):
            if all(parsed.word[token + k : token + k + 1] == [word] for k, word in enumerate(words, start=1)):
                return entry
    return None


def _behind(parsed: Parsed, token: int, entry: MediumNoun, pack: Pack) -> bool:
    """Whether one of the entry's prepositions stands before the noun, its determiner and adjectives."""
    left = token - 1
    while left >= 0 and parsed.pos[left] in {"DET", "ADJ", "NUM"} and parsed.word[left] not in pack.grammar.contractions:
        left -= 1
    if left >= 0 and parsed.pos[left] == "DET" and parsed.word[left] not in pack.grammar.fused:
        left -= 1
    for preposition in entry.prepositions:
        words = tuple(pack.grammar.plain(word) for word in preposition.replace("'", "' ").split())
        start = left - len(words) + 1
        if start >= 0 and tuple(pack.grammar.plain(word) for word in parsed.word[start : left + 1]) == words:
            return True
    return False


def without_medium(parsed: Parsed, found: Complement, pack: Pack) -> Complement:
    """A noun phrase or infinitive cut before a channel that the parser took for its own (*un « virage » sur Twitter*)."""
    if found.form not in {"nominal", "infinitive"}:
        return found
    first, last = found.parts[-1]
    for token in range(first + 2, last + 1):
        if parsed.quoted[token] < 0 and _is_channel(parsed, token, pack):
            left = token
            while left > first and parsed.pos[left] != "ADP":
                left -= 1
            while left - 1 > first and parsed.pos[left - 1] in {"ADP", "ADV"} and parsed.head[left - 1] == parsed.head[left]:
                left -= 1
            if left > first + 1:
                return replace(found, parts=(*found.parts[:-1], (first, left - 1)))
    return found


def relay(parsed: Parsed, cue_last: int, source: int, pack: Pack) -> Span | None:
    """*cité par l'agence X*, *par la voix de Y*: the phrase that names who passes the words on, or ``None``."""
    last = sentence_range(parsed, cue_last)[1]
    behind = max(source, cue_last) + 1
    starts = [*range(source + 1, cue_last), *range(behind, min(behind + RELAY_GAP, last + 1))] if source >= 0 else []
    for token in starts or range(cue_last + 1, min(cue_last + RELAY_GAP, last + 1)):
        if parsed.word[token] not in pack.relay_openers and parsed.features[token].get("VerbForm") != "Fin":
            continue
        if parsed.quoted[token] >= 0 or token > cue_last and parsed.features[token].get("VerbForm") == "Fin":
            return None
        span = _relay_at(parsed, token, pack)
        if span is not None:
            return span
    return None


def _relay_at(parsed: Parsed, token: int, pack: Pack) -> Span | None:
    opener = pack.grammar.plain(parsed.word[token])
    for phrase in pack.grammar.relay_phrases:
        if phrase[0] == opener and tuple(pack.grammar.plain(word) for word in parsed.word[token : token + len(phrase)]) == phrase:
            return _through(parsed, token, token + len(phrase))
    lemma = pack.lemma(parsed.word[token], "verb")
    if lemma in pack.grammar.relay_verbs and parsed.features[token].get("VerbForm", "Part") == "Part":
        if token + 1 < len(parsed) and parsed.word[token + 1] in pack.grammar.agent_markers:
            return _through(parsed, token, token + 2)
    return None


def _through(parsed: Parsed, first: int, noun: int) -> Span | None:
    """The span from ``first`` to the end of the noun phrase that begins at ``noun``."""
    if noun >= len(parsed):
        return None
    head = head_within(parsed, noun, sentence_range(parsed, first)[1])
    return parsed.span(first, max(head, noun_phrase(parsed, head)[1]))
