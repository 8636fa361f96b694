"""Trees over token indices: children, edges, and the rings that must not be there.

A tree is a list of heads: ``head[token]`` is the index of the token above, a root is its own head.
"""

from __future__ import annotations

from collections.abc import Container

_TORN = frozenset({"appos", "nmod", "flat:name"})


def cut_rings(head: list[int], dep: list[str]) -> None:
    """Make one token of every ring of heads a root, in place.

    spaCy's deprojectivisation leaves rings in about 3 % of news articles (11 of 350 measured);
    a walk up the tree would never end in one.
    """
    state = [0] * len(head)  # 0: not seen, otherwise the number of the walk that saw it
    for start in range(len(head)):
        token, walk = start, start + 1
        while state[token] == 0:
            state[token] = walk
            token = head[token]
        if state[token] == walk and head[token] != token:
            head[token], dep[token] = token, "ROOT"


def join_subjects(head: list[int], dep: list[str], pos: list[str]) -> None:
    """Put *Paris et Berlin ont annoncé* right, in place: the parser takes *Berlin ont annoncé* for a clause joined to *Paris*.

    A verb joined by *et* to a nominal before it, its subject between the two, governs both.
    """
    nominal = {"NOUN", "PROPN"}
    for verb, relation in enumerate(dep):
        first = head[verb]
        if relation != "conj" or pos[verb] != "VERB" or pos[first] not in nominal or head[first] != first:
            continue
        second = next((t for t in range(first + 1, verb) if head[t] == verb and dep[t] == "nsubj"), -1)
        if second == first + 2 and dep[first + 1] == "cc" and pos[second] in nominal:
            head[verb], dep[verb] = verb, dep[first]
            head[first], dep[first] = verb, "nsubj"
            head[second], dep[second] = first, "conj"
            head[first + 1] = second


def free_objects(words: list[str], head: list[int], dep: list[str], pos: list[str], days: Container[str]) -> None:
    """Put *a accusé mardi Oslo* and *a également accusé Bakou* right, in place.

    The parser takes a day for the object and the noun right behind it for a part of the day, or a name right behind
    the verb for an adverb: both are the verb's object.
    """
    for token in range(1, len(head)):
        above = head[token]
        if pos[token] == "PROPN" and dep[token] == "advmod" and above == token - 1 and pos[above] == "VERB":
            dep[token] = "obj"
        elif above == token - 1 and words[above] in days and dep[token] in _TORN and pos[token] in {"PROPN", "NOUN"}:
            verb = head[above]
            if pos[verb] == "VERB" and verb < above and dep[above] in {"obj", "obl:mod"}:
                head[token], dep[token], dep[above] = verb, "obj", "obl:mod"


def children(head: list[int]) -> list[list[int]]:
    """The tokens that hang on each token, in order."""
    below: list[list[int]] = [[] for _ in head]
    for token, parent in enumerate(head):
        if parent != token:
            below[parent].append(token)
    return below


def edges(head: list[int], below: list[list[int]]) -> tuple[list[int], list[int]]:
    """First and last token of every subtree; ``below`` as :func:`children` gives it."""
    left, right = list(range(len(head))), list(range(len(head)))
    downward = [token for token, parent in enumerate(head) if parent == token]
    for token in downward:  # grows: every token stands behind its head
        downward.extend(below[token])
    for token in reversed(downward):
        above = head[token]
        left[above], right[above] = min(left[above], left[token]), max(right[above], right[token])
    return left, right
