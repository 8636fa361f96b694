"""Where a text has the words and phrases of a query."""

from __future__ import annotations

from collections.abc import Sequence

from propos.lang import lemmas
from propos.model import Span
from propos.store.search import Term


def hits(text: str, terms: Sequence[Term], language: str) -> list[Span]:
    """The places of all terms in the text's own code points, in order, each once; ``language`` is that of the text."""
    known = lemmas.load(language)
    placed = list(lemmas.placed(text))
    words = [word for word, _, _ in placed]
    found: set[tuple[int, int]] = set()
    for term in terms:
        length = len(term.words)
        for at in _starts(words, term, known):
            found.add((placed[at][1], placed[at + length - 1][2]))
    return [Span(start, end) for start, end in sorted(found)]


def _starts(words: list[str], term: Term, known: lemmas.Lemmas) -> list[int]:
    """At which words a term begins: as it stands, a single word by its lemma too."""
    first, length = term.words[0], len(term.words)
    wanted = list(term.words)
    return [
        at
        for at, word in enumerate(words)
        if (word == first and words[at : at + length] == wanted)
        or (term.lemma is not None and known.of(word) == term.lemma)
    ]
