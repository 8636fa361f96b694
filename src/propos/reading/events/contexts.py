"""The contexts of PLOVER: what a paragraph's words say that its events are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.model import Span
from propos.reading.attribution import cues
from propos.reading.parse import Parsed

# The codebook's rule: crime is not tagged beside a context that names the crime, but it is beside cyber.
_CRIME = "crime"
_CRIMES = frozenset({"terrorism", "corruption", "illegal_drugs", "trafficking", "human_rights"})
# Modes that bring their own context with them.
OF_MODES: Mapping[str, str] = {"cyber": "cyber", "misinformation": "misinformation"}
_PARTS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adjective"}


def find(parsed: Parsed, blocks: Iterable[int], lexicon: EventLexicon, pack: Pack) -> dict[int, dict[str, Span]]:
    """For paragraphs by their index: their contexts in the codebook's order, each with its first cue."""
    return {index: _of_block(parsed, index, lexicon, pack) for index in sorted(set(blocks))}


def _of_block(parsed: Parsed, index: int, lexicon: EventLexicon, pack: Pack) -> dict[str, Span]:
    found: dict[str, Span] = {}
    block = parsed.blocks[index]
    for token in range(block.first, block.last):
        for name, part, tail in lexicon.contexts.get(parsed.word[token], ()):
            if name not in found and _PARTS.get(parsed.pos[token], part) == part and cues.stands(parsed, tail, token + 1, pack):
                found[name] = parsed.span(token, token + len(tail))
    if found.keys() & _CRIMES:
        found.pop(_CRIME, None)
    return {name: found[name] for name in lexicon.ontology.contexts if name in found}
