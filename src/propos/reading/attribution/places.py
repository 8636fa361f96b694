"""What may stand between a cue and its content: dates, prepositional phrases, partitive articles, the one addressed."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL

# *a déclaré jeudi à la ministre lettone des Finances que …*: how far a content may stand from its cue.
WIDEST_GAP = 30


def past_circumstances(parsed: Parsed, token: int, end: int, pack: Pack) -> int:
    """The token after the prepositional phrases, adverbs and dates that stand between a cue and its object."""
    stop = min(end, token + 14)
    while token <= stop:
        word, pos = parsed.word[token], parsed.pos[token]
        if opens_partitive(parsed, token, pack):
            return token
        if pos == "ADP":
            token = past_preposition(parsed, token, end)
        elif word == "," and parsed.pos[min(token + 1, end)] == "ADP":
            token = next((at + 1 for at in range(token + 1, stop) if parsed.word[at] == ","), stop + 1)
        elif pos == "NUM" and parsed.word[min(token + 1, end)] not in pack.grammar.time_nouns:
            return token
        elif pos in {"ADV", "NUM"} or word in pack.grammar.time_nouns or dates(parsed, token, pack):
            token += 1
        else:
            return token
    return token


def past_preposition(parsed: Parsed, token: int, end: int) -> int:
    """The token after a short prepositional phrase that begins at ``token`` (*depuis lors*, *à la présidente*)."""
    token += 1
    while token <= end and parsed.pos[token] in {"DET", "ADJ", "NUM", "ADV"}:
        token += 1
    while token <= end and (parsed.pos[token] in {"NOUN", "PROPN", "PRON", "X"} or parsed.dep[token] in {"fixed", "flat:name"}):
        token += 1
        if token <= end and parsed.pos[token] == "ADJ":
            token += 1
    return token


def is_date(parsed: Parsed, token: int, pack: Pack) -> bool:
    """A bare noun without determiner beside the verb is a date (*a exigé jeudi*), not the object."""
    if parsed.word[token] in pack.grammar.time_nouns and parsed.dep[token] in {"obl:mod", "obj"}:
        return True
    if parsed.pos[token] == "NUM" and token + 1 < len(parsed) and parsed.word[token + 1] in pack.grammar.time_nouns:
        return True
    return parsed.pos[token] == "NOUN" and parsed.left[token] == token and parsed.right[token] <= token + 1 and (
        parsed.dep[token] in {"obl:mod", "obj"} and not any(parsed.dep[c] in {"det", "nmod", "amod"} for c in parsed.children[token])
    )


def dates(parsed: Parsed, token: int, pack: Pack) -> bool:
    """An adjective or number right after a time noun (*mercredi dernier*)."""
    return parsed.pos[token] in {"ADJ", "NUM"} and token > 0 and parsed.word[token - 1] in pack.grammar.time_nouns


def opens_partitive(parsed: Parsed, token: int, pack: Pack) -> bool:
    """Whether a plural article stands at ``token`` that the tagger may take for a preposition (*des, de nouvelles*)."""
    word = parsed.word[token]
    return word in pack.grammar.plural_articles or (
        pack.grammar.plain(word) == pack.grammar.genitive and token + 1 < len(parsed) and parsed.pos[token + 1] == "ADJ"
        and parsed.features[token + 1].get("Number") == "Plur"
    )  # fmt: skip


def object_between(parsed: Parsed, cue: Cue, mark: int, pack: Pack) -> int:
    """The one addressed or aimed at between a cue and the token ``mark`` of its content, or -1."""
    for child in parsed.children[cue.token]:
        if cue.last < child < mark and parsed.dep[child] in {"obj", "obl:arg", "iobj"} and parsed.pos[child] in NOMINAL:
            if not is_date(parsed, child, pack):
                return child
    # The parser may hang a name on something else: the noun phrase right behind the cue (*menacer Oslo de …*).
    for token in range(cue.last + 1, min(cue.last + 6, mark)):
        if parsed.pos[token] == "PROPN" and parsed.pos[token - 1] != "ADP":
            return token
        if parsed.pos[token] in {"ADP", "PUNCT"}:
            break
    return -1
