"""Personal and proper names joined by their shape, before anybody trusts the tree about them.

The parser of a small model cuts names in two (*Emmanuel* subject, *Macron* adverb) in one article out of three.
A run of capitalised tokens is one name whatever its tags; a name right behind a title, or set between commas
behind one, belongs to it. Works on the columns of the parse in place, one pass.
"""

from __future__ import annotations

from dataclasses import dataclass

# Parts of names that are written small (al-Assad, van der Leyen).
PARTICLES = frozenset({"al", "el", "von", "van", "der", "den", "ben", "bin", "ibn", "da", "dos", "di", "ould", "-"})
_FUNCTION = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "NUM"})


@dataclass(slots=True)
class Columns:
    """The columns of a parse that the joining reads and changes; see :class:`propos.reading.parse.Parsed`."""

    words: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    sentences: list[tuple[int, int]]


def join(columns: Columns) -> None:
    """Make every run of capitalised tokens one name, and hang names on the titles that stand before them."""
    for first, end in columns.sentences:
        token = first
        while token < end:
            last = _run(columns, token, first, end)
            if last > token:
                _flatten(columns, token, last)
            if last >= token and _is_name(columns, token):
                _hang(columns, token, last, first)
            token = max(last, token) + 1


def _run(columns: Columns, token: int, first: int, end: int) -> int:
    """Last token of the name that begins at ``token``; ``token - 1`` where none begins."""
    words = columns.words
    small = _small_opening(columns, token, end)
    if not small and (not _capital(words[token]) or columns.pos[token] in _FUNCTION or token == first and columns.pos[token] in {"ADV", "VERB"}):
        return token - 1
    last = token + 2 if small else token
    while last + 1 < end:
        following = last + 1
        while following < end and words[following].lower() in PARTICLES:
            following += 1
        if following >= end or not _capital(words[following]) or columns.pos[following] in {"DET", "ADP", "PRON", "NUM"}:
            break
        if words[last].isupper() and len(words[last]) > 1 and not words[following].isupper():
            break
        last = following
    return last


def _small_opening(columns: Columns, token: int, end: int) -> bool:
    """*al*-Rahmani: a particle that a hyphen joins to its name opens it."""
    words = columns.words
    return words[token] in PARTICLES and token + 2 < end and words[token + 1] == "-" and _capital(words[token + 2])


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _is_name(columns: Columns, token: int) -> bool:
    return columns.pos[token] == "PROPN" and not columns.words[token].isupper()


def _flatten(columns: Columns, first: int, last: int) -> None:
    """One head for the run: its first token, hung where the run hung on the rest of the sentence."""
    inside = range(first, last + 1)
    anchor = first
    for token in inside:
        if not first <= columns.head[token] <= last or columns.head[token] == token:
            anchor = token
            if columns.dep[token] not in {"flat:name", "advmod", "amod", "flat:foreign"}:
                break
    if _climbs_into(columns, columns.head[anchor], first, last):
        # The word above hangs itself on the run: to take it would close a ring.
        anchor = _topmost(columns, first, last)
    outside = columns.head[anchor]
    columns.dep[first] = columns.dep[anchor]
    columns.head[first] = first if outside == anchor else outside
    if columns.pos[first] not in {"NOUN", "PROPN"}:
        columns.pos[first] = "PROPN"
    for token in inside:
        if token != first:
            columns.head[token], columns.dep[token], columns.pos[token] = first, "flat:name", "PROPN"
    for token, above in enumerate(columns.head[first : last + 40], start=first):
        if first < above <= last and not first <= token <= last:
            columns.head[token] = first


def _climbs_into(columns: Columns, token: int, first: int, last: int) -> bool:
    """Whether the way from ``token`` up to its root passes through the run, having begun outside."""
    if first <= token <= last:
        return False
    while columns.head[token] != token:
        token = columns.head[token]
        if first <= token <= last:
            return True
    return False


def _topmost(columns: Columns, first: int, last: int) -> int:
    """The token of the run above which no other one stands."""
    top = token = first
    while columns.head[token] != token:
        token = columns.head[token]
        top = token if first <= token <= last else top
    return top


def _hang(columns: Columns, token: int, last: int, first: int) -> None:
    """*le ministre russe X*, *le ministre, X,*: the name becomes an apposition of a title that hangs on the same verb."""
    before = token - 1
    comma = before > first and columns.words[before] == ","
    if comma:
        if last + 1 < len(columns.words) and columns.words[last + 1] not in {",", ".", "!", "?", ";", ":"}:
            return
        before -= 1
    title = _noun_ending_at(columns, before, first)
    if title < 0 or columns.head[token] == title or title == token:
        return
    above = columns.head[token]
    # A name that is the root stays it: its title hangs on it already.
    if above != token and above == columns.head[title] and columns.dep[title] in {"nsubj", "nsubj:pass", "obl:agent", "obj", "obl:mod", "obl:arg"}:
        columns.head[token], columns.dep[token] = title, "appos"


def _noun_ending_at(columns: Columns, token: int, first: int) -> int:
    """The common noun whose phrase ends at ``token``: climbs from adjectives and complements, or -1."""
    while token >= first and columns.pos[token] in {"ADJ", "PROPN", "NOUN"}:
        above = columns.head[token]
        if columns.pos[token] == "NOUN" and (above > token or columns.pos[above] in {"VERB", "AUX"} or above == token):
            return token
        if not first <= above < token:
            return -1
        token = above
    return -1
