"""The words of an explanation: one sentence a reason, and frames in plain terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from propos.lang.schema import Frame
from propos.reading.attribution.refusal import Code, Refusal

REASONS: Mapping[Code, str] = MappingProxyType(
    {
        Code.QUOTED: "inside a direct quotation: its words are the speaker's, not the outlet's",
        Code.AUXILIARY: "the auxiliary or copula of another word",
        Code.REFLEXIVE: "the entry asks for a reflexive pronoun or a clitic that does not stand here, or for none",
        Code.NO_FRAME: "no frame of the entry fits what stands beside it",
        Code.NO_HOST: "set into a sentence, but nothing that can be reported stands before it",
        Code.QUOTE_ONLY: "the verb only introduces quotations, and none stands beside it",
        Code.NEGATED: "negated speech: nothing was conveyed",
        Code.SILENCE: "refused as silence: it tells that nothing was said",
        Code.CANNOT_SPEAK: "the source cannot speak: no name, title, body or document",
        Code.NO_AGENT: "passive, and nobody is named who says it",
        Code.PASSIVE: "passive: a clause is reported only behind an impersonal subject",
        Code.PARTICIPLE: "a bare participle without anybody who says it",
        Code.INFINITIVE: "an infinitive that does not tell what was said: it may never have come about",
        Code.OUTLET: "the outlet itself speaks, in the first person",
        Code.INSIDE_CUE: "lies inside the longer cue of another statement",
        Code.RELAYS: "passes another statement on, and is written as its relay",
        Code.EMPTY: "nothing is left to be said",
        Code.NOUN: "nothing behind the noun fits a frame, or nobody is named whose words they are",
        Code.OBJECT: "the noun is the object of a verb of the lexicon, which is judged instead",
        Code.NO_COPULA: "no copula links the adjective to somebody",
        Code.NO_SOURCE: "no noun or name stands behind it",
        Code.NOT_PEOPLE: "a source only at the head of a clause and before a person",
        Code.RELATIVE: "opens a relative clause about a thing",
        Code.MEASURE: "names a measure or a manner, not somebody who speaks",
        Code.HEADING: "in a title: nobody in the article is given these words",
        Code.SHORT: "the quotation is too short to stand for a statement",
        Code.SCARE: "a name or a figure of speech in quotation marks, not a clause",
        Code.CLAIMED: "quoted outside what the other statement of its sentence reports",
    }
)


def refused(refusal: Refusal) -> str:
    """The reason in words; where no frame fits, the frames that the entry has."""
    words = REASONS[refusal.code]
    return f"{words}; it takes {frames(refusal.frames)}" if refusal.code is Code.NO_FRAME and refusal.frames else words


def frames(items: Iterable[Frame]) -> str:
    """Frames in plain terms, each once."""
    return "; ".join(dict.fromkeys(frame(item) for item in items))


def frame(item: Frame) -> str:
    """*infinitive behind “de”, addressee behind “à”*."""
    parts = [item.complement + (f" behind “{item.mark}”" if item.mark else "")]
    parts += [f"{role} {_place(word)}" for role, word in (("addressee", item.addressee), ("target", item.target)) if word]
    parts += ["active only"] if item.voice == "active" else []
    return ", ".join(parts)


def _place(word: str) -> str:
    return "as object" if word == "object" else f"behind “{word}”"
