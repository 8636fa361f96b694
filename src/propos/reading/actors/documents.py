"""Who made the documents that a text speaks of: *l'assemblée a voté une motion*, *un rapport rédigé par la mission*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from propos.lang.actor_words import ActorWords
from propos.lang.folding import fold
from propos.reading.parse import Parsed
from propos.reading.syntax import own_subject


@dataclass(frozen=True, slots=True)
class Paper:
    """A document's noun (folded), its token, and the token that heads whoever made it."""

    noun: str
    token: int
    maker: int


def papers(parsed: Parsed, words: ActorWords) -> tuple[Paper, ...]:
    """Every document outside quotations whose maker the parse shows, in text order; a treaty has a name, but no author."""
    found: list[Paper] = []
    for token, written in enumerate(parsed.word):
        noun = fold(written)
        plain = parsed.text[parsed.start[token]].islower() or parsed.sentences[parsed.sentence[token]][0] == token
        if noun in words.speech_nouns and plain and parsed.quoted[token] < 0:
            maker = next(_makers(parsed, token, words), -1)
            if maker >= 0:
                found.append(Paper(noun, token, maker))
    return tuple(found)


def _makers(parsed: Parsed, token: int, words: ActorWords) -> Iterator[int]:
    """The agent of a participle or passive, the subject of a verb of making, the genitive: the surest first."""
    for child in parsed.children[token]:
        if parsed.dep[child] == "acl" and _makes(parsed, child, words):
            yield from _agents(parsed, child)
    verb = parsed.head[token]
    if verb != token and _makes(parsed, verb, words):
        yield from _agents(parsed, verb)
        subject = own_subject(parsed, verb)
        if parsed.dep[token] == "obj" and subject is not None:
            yield subject
    for child in parsed.children[token]:
        if parsed.dep[child] == "nmod" and fold(parsed.word[parsed.left[child]]) in words.complement_prepositions:
            yield child


def _makes(parsed: Parsed, verb: int, words: ActorWords) -> bool:
    return fold(parsed.word[verb]).startswith(tuple(words.making_stems))


def _agents(parsed: Parsed, verb: int) -> Iterator[int]:
    return (child for child in parsed.children[verb] if parsed.dep[child] == "obl:agent")
