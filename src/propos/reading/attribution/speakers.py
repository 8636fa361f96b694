"""Who the source of a cue is: the subject, the inverted subject, the agent of a passive, the governor of a participle."""

from __future__ import annotations

from dataclasses import dataclass

from propos.lang.loader import Pack
from propos.model import Span
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import (
    NOMINAL,
    VERBAL,
    Subject,
    before_adverbs,
    case_of,
    head_within,
    noun_phrase,
    own_subject,
    sentence_range,
    subject,
)

# *qualifiée d'acte de guerre contre toute l'Alliance par Riga*: how far an agent may stand behind its verb.
FARTHEST_AGENT = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    """The source's head token (-1: none) and its span where it is written at the cue."""

    token: int = -1
    span: Span | None = None


NOBODY = Speaker()


def of(parsed: Parsed, cue: Cue, pack: Pack, *, incised: bool) -> Speaker:
    """The source of a verb cue."""
    if cue.group.passive or cue.group.shape == "participle" and not coordinated(parsed, cue):
        return agent(parsed, cue.token, pack)
    if incised or cue.group.inverted >= 0:
        return _inverted(parsed, cue, pack)
    found = subject(parsed, cue.token, pack.grammar)
    if found is not None and cue.group.shape == "gerund":
        return Speaker(_beside(parsed, found.token, pack))  # a gerund has no subject of its own
    if found is None and cue.group.shape == "participle":
        found = _subject_of_first(parsed, cue, pack)
    if cue.group.shape == "finite" and (found is None or _is_thing(parsed, found.token, pack)):
        found = _loose_subject(parsed, cue, pack) or found
    if found is None:
        return NOBODY
    if parsed.word[found.token] in pack.grammar.nobody_subjects:
        return _unnamed(parsed, cue, pack)
    if cue.group.shape == "infinitive" and _serves(parsed, cue, pack):
        found = Subject(found.token, written=True)
    return Speaker(found.token, clipped(parsed, found.token, cue) if found.written else None)


def _beside(parsed: Parsed, token: int, pack: Pack) -> int:
    """*a quitté la salle accusant X*: a gerund that the parser hung on a thing is the subject's whose verb takes the thing."""
    above = token
    while _is_thing(parsed, above, pack) and parsed.word[above] not in pack.media_openers:
        governor = parsed.head[above]
        if governor == above:
            return token
        found = own_subject(parsed, governor) if parsed.pos[governor] in VERBAL else None
        if found is not None and found != token:
            return found
        above = governor
    return token if parsed.pos[above] in VERBAL else above


def _unnamed(parsed: Parsed, cue: Cue, pack: Pack) -> Speaker:
    """*indique-t-on de source diplomatique*: nobody's subject, but the source is told behind the cue."""
    for token in range(cue.last + 1, min(cue.last + 8, len(parsed))):
        if parsed.word[token] in pack.grammar.source_nouns and parsed.pos[token - 1] in {"ADP", "ADJ", "DET"}:
            return Speaker(token, spoken(parsed, token))
        if parsed.word[token] in pack.grammar.source_prepositions and token + 2 < len(parsed):
            head = _head_from(parsed, token + 2, sentence_range(parsed, cue.token)[1])
            return Speaker(head, spoken(parsed, head))
    return NOBODY


def _serves(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """*a fini par confirmer*, *tient à saluer*: the infinitive is the act, its governor only a helper."""
    governor = parsed.head[cue.token]
    return parsed.dep[cue.token] in {"xcomp", "advcl", "obl:arg"} and (
        pack.lemma(parsed.word[governor], "verb") in pack.grammar.catenatives
    )


def _is_thing(parsed: Parsed, token: int, pack: Pack) -> bool:
    return parsed.pos[token] == "NOUN" and parsed.word[token].islower() and not (
        pack.can_speak(parsed.word[token], "NOUN") or parsed.text[parsed.start[token]].isupper()
    )


def _loose_subject(parsed: Parsed, cue: Cue, pack: Pack) -> Subject | None:
    """The last noun phrase without preposition before a finite cue whose subject the parser hung elsewhere."""
    best = -1
    for token in range(sentence_range(parsed, cue.token)[0], _first_of_row(parsed, cue)):
        # *la juge, patineuse et mère du maire, a dit*: behind *et* stands no new subject.
        if _may_be_subject(parsed, token, pack) and not (best >= 0 and _joined(parsed, token)):
            best = token
    beside = _name_beside(parsed, cue)
    best = max(best, beside)
    return Subject(best, written=True) if best >= 0 else None


def _first_of_row(parsed: Parsed, cue: Cue) -> int:
    """*X a reçu Y et lui a promis que …*: the first of two verbs joined by *et* has the subject before it."""
    before = cue.first - 1
    while before > 0 and parsed.pos[before] == "PRON":
        before -= 1
    above = parsed.head[cue.token]
    joined = parsed.dep[cue.token] == "conj" and parsed.pos[before] == "CCONJ" and parsed.pos[above] in VERBAL
    return above if joined and above < cue.first else cue.first


def _may_be_subject(parsed: Parsed, token: int, pack: Pack) -> bool:
    if parsed.pos[token] not in {"NOUN", "PROPN"} or parsed.quoted[token] >= 0 or parsed.word[token] in pack.grammar.time_nouns:
        return False
    if parsed.dep[token] in {"flat:name", "appos", "amod"} or case_of(parsed, token, pack.grammar):
        return False
    if not pack.can_speak(parsed.word[token], parsed.pos[token]):
        return False
    # *les voisins, dont plusieurs élus, ont jugé*: only some of those who speak
    return not any(parsed.features[c].get("PronType") == "Rel" for c in parsed.children[token])


def _joined(parsed: Parsed, token: int) -> bool:
    """Whether *et* or *ou* stands right before the noun's determiner and adjectives."""
    before = token - 1
    while before > 0 and parsed.pos[before] in {"DET", "ADJ", "NUM"}:
        before -= 1
    return parsed.pos[before] == "CCONJ"


def _name_beside(parsed: Parsed, cue: Cue) -> int:
    """*Interrogée par la presse, Ada Lund a répondu*: the name between a comma and the cue, whatever the parser hung it on."""
    last = cue.first - 1
    while last > 0 and parsed.pos[last] in {"ADV", "PRON"}:
        last -= 1
    first = parsed.head[last] if parsed.dep[last] == "flat:name" else last
    named = parsed.pos[first] == "PROPN" and first <= last and first > sentence_range(parsed, cue.token)[0]
    return first if named and parsed.word[first - 1] == "," and parsed.quoted[first] < 0 else -1


def coordinated(parsed: Parsed, cue: Cue) -> bool:
    """*a dénoncé A et rejeté B*: the second participle shares auxiliary and subject, whatever the parser hung it on."""
    before = before_adverbs(parsed, cue.first)
    if before >= 0 and parsed.pos[before] == "CCONJ":
        return _first_participle(parsed, cue) >= 0
    token = cue.token
    while parsed.dep[token] == "conj" and parsed.head[token] < token:
        token = parsed.head[token]
        if any(parsed.dep[c] == "aux:tense" for c in parsed.children[token]):
            return True
    return False


def _first_participle(parsed: Parsed, cue: Cue) -> int:
    """The nearest participle with an auxiliary before the cue in its sentence, or -1."""
    for token in range(cue.first - 1, sentence_range(parsed, cue.token)[0], -1):
        if parsed.features[token].get("VerbForm") == "Part" and any(
            parsed.dep[c] == "aux:tense" for c in parsed.children[token]
        ):
            return token
    return -1


def _subject_of_first(parsed: Parsed, cue: Cue, pack: Pack) -> Subject | None:
    first = _first_participle(parsed, cue)
    return subject(parsed, first, pack.grammar) if first >= 0 else None


def spoken(parsed: Parsed, token: int) -> Span:
    """The span of the noun phrase or pronoun; the hyphens of an inverted clitic are left out."""
    word = parsed.word[token]
    phrase = parsed.pos[token] == "PRON" and any(
        parsed.dep[c] == "nmod" and parsed.quoted[c] == parsed.quoted[token] for c in parsed.children[token]
    )
    if parsed.pos[token] == "PRON" and not phrase or word.startswith("-"):
        offset = word.rfind("-") + 1 if word.startswith("-") else 0
        return Span(parsed.start[token] + offset, parsed.end[token])
    return parsed.span(*noun_phrase(parsed, token))


def clipped(parsed: Parsed, token: int, cue: Cue) -> Span:
    """The noun phrase without any word of the cue, and without what the tree carries across it."""
    span = spoken(parsed, token)
    if token < cue.first:
        return Span(span.start, min(span.end, parsed.end[cue.first - 1]))
    if token > cue.last:
        return Span(max(span.start, parsed.start[cue.last + 1]), span.end)
    return span


def before_channel(parsed: Parsed, speaker: Span | None, medium: Span | None) -> Span | None:
    """*le ministre sur Twitter*: the channel that the tree hangs on the speaker is cut off with its preposition."""
    if speaker is None or medium is None or not speaker.start < medium.start < speaker.end:
        return speaker
    token = parsed.token_at(medium.start) - 1
    while token > 0 and parsed.pos[token] != "ADP" and parsed.start[token] > speaker.start:
        token -= 1
    return Span(speaker.start, parsed.end[token - 1]) if parsed.start[token] > speaker.start else speaker


def agent(parsed: Parsed, verb: int, pack: Pack) -> Speaker:
    """*par X* of a passive or participle."""
    for child in parsed.children[verb]:
        if child > verb and parsed.pos[child] in NOMINAL and case_of(parsed, child, pack.grammar) in pack.grammar.agent_markers:
            return Speaker(child, spoken(parsed, child))
    after, end = verb + 1, min(sentence_range(parsed, verb)[1], verb + FARTHEST_AGENT)
    while after < end and parsed.word[after] not in pack.grammar.agent_markers and (
        parsed.word[after] not in {",", ";", ":"} and parsed.features[after].get("VerbForm") != "Fin"
    ):
        after += 1
    if after + 1 < len(parsed) and parsed.word[after] in pack.grammar.agent_markers:
        head = _head_from(parsed, after + 1, sentence_range(parsed, verb)[1])
        return Speaker(head, spoken(parsed, head))
    return NOBODY


def _inverted(parsed: Parsed, cue: Cue, pack: Pack) -> Speaker:
    clitic = cue.group.inverted
    if clitic >= 0:
        if parsed.word[clitic] in pack.grammar.nobody_subjects:
            return _unnamed(parsed, cue, pack)
        noun = own_subject(parsed, cue.token)
        if noun is not None and noun < cue.first and parsed.pos[noun] in {"NOUN", "PROPN"} and (
            noun_phrase(parsed, noun)[1] == cue.first - 1
        ):
            return Speaker(noun, spoken(parsed, noun))
        return Speaker(clitic, spoken(parsed, clitic))
    end = sentence_range(parsed, cue.token)[1]
    noun = following(parsed, cue.last + 1, end, pack)
    if noun < 0:  # *assure au Courrier Mario Keller*: the tree makes one name of the channel's and the speaker's
        noun = following(parsed, cue.last + 1, end, pack, longest_name=1)
        if noun >= 0 and parsed.dep[noun] == "flat:name":
            row = [t for t in parsed.children[parsed.head[noun]] if t >= noun and parsed.dep[t] == "flat:name"]
            return Speaker(noun, parsed.span(noun, row[-1]))
    return Speaker(noun, clipped(parsed, noun, cue)) if noun >= 0 else NOBODY


def following(parsed: Parsed, first: int, last: int, pack: Pack, longest_name: int = 9) -> int:
    """Head of the first noun phrase without preposition in ``[first, last]``: the inverted subject; -1 for none.

    ``longest_name``: the most words of a name behind a preposition.
    """
    token = first
    while token <= last:
        pos = parsed.pos[token]
        if tuple(parsed.word[token : token + 3]) == pack.grammar.time_opening:
            token += 5
        elif pos == "ADP" and parsed.word[token] not in pack.grammar.plural_articles:
            token = _past_phrase(parsed, token, last, pack, longest_name)
        elif _opens_subject(parsed, token, pack):
            return _head_from(parsed, token, last)
        elif pos == "PUNCT" and not (token == first and parsed.word[token] in {",", "("}):
            return -1
        else:
            token += 1
    return -1


def _opens_subject(parsed: Parsed, token: int, pack: Pack) -> bool:
    pos = parsed.pos[token]
    if pos in {"DET", "PROPN", "PRON"} or parsed.word[token].endswith(".") and pos == "NOUN" or parsed.word[token] in pack.grammar.plural_articles:
        return True
    return parsed.dep[token] in {"nsubj", "nsubj:pass"} or pos == "NOUN" and parsed.text[parsed.start[token]].isupper()


def _past_phrase(parsed: Parsed, token: int, last: int, pack: Pack, longest_name: int) -> int:
    """The token after a prepositional phrase between cue and subject (*sur Twitter*, *aux délégués*, *devant la presse*)."""
    token += 1
    while token <= last and parsed.pos[token] in {"DET", "ADJ", "NUM"}:
        token += 1
    words = medium_words(parsed, token, pack)
    if words:
        token += words
    else:
        name = token
        while token <= min(last, name + longest_name - 1) and (token == name or parsed.dep[token] in {"flat:name", "fixed"}) and parsed.pos[token] in NOMINAL:
            token += 1
    while token <= last and parsed.pos[token] == "ADJ":
        token += 1
    return token


def medium_words(parsed: Parsed, token: int, pack: Pack) -> int:
    """How many words of a channel's name stand at ``token`` (*conférence de presse*: 3); 0 for none."""
    if token >= len(parsed):
        return 0
    for lemma in (pack.lemma(parsed.word[token], "noun") or "", parsed.word[token]):
        for words, _ in pack.media.get(lemma, ()):
            if tuple(parsed.word[token + 1 : token + 1 + len(words)]) == words:
                return 1 + len(words)
    return 0


def _head_from(parsed: Parsed, token: int, last: int) -> int:
    """The head of the noun phrase that begins at ``token``."""
    head = head_within(parsed, token, last, NOMINAL | {"ADJ"})
    if parsed.pos[head] == "DET":
        return next((t for t in range(head + 1, min(last, head + 4) + 1) if parsed.pos[t] in NOMINAL), head)
    return head
