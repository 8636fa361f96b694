"""Conditions and what hangs on them; ``condition_marks`` finds them in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from propos.model import ConditionKind, Span
from propos.reading import outlook
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL
from propos.reading.times.tense import path

# Relations by which what a verb governs shares the verb's condition.
_SHARED = frozenset({"obj", "xcomp", "ccomp", "conj", "obl:arg", "nsubj", "nsubj:pass", "iobj", "acl", "nmod", "dep"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: tokens ``first`` to ``last`` with its opening words, both included.

    ``governor``: the verb or predicate that hangs on it; ``above``: words above that one that commit to it (*menace de*);
    ``open``: whether the governor hangs on it itself, not only what it governs (*a annoncé des sanctions en cas de …*);
    ``past``: the condition is what was asked for before (*sinon*).
    """

    kind: ConditionKind
    first: int
    last: int
    governor: int
    span: Span
    above: frozenset[int] = frozenset()
    open: bool = True
    past: bool = False

    def holds(self, token: int) -> bool:
        """Whether a token stands inside the condition."""
        return self.first <= token <= self.last


def governing(conditions: Sequence[Condition], token: int, parsed: Parsed) -> Condition | None:
    """The condition that an event at a token hangs on, the nearest of several."""
    event = outlook.predicate(parsed, token)
    near = (condition for condition in conditions if _in_sentence(condition, event, parsed))
    ranked = [(steps, condition.first, condition) for condition in near if (steps := _steps(condition, event, parsed)) >= 0]
    return min(ranked, key=lambda row: row[:2])[2] if ranked else None


def _in_sentence(condition: Condition, event: int, parsed: Parsed) -> bool:
    """Whether what hangs on a condition stands in the event's sentence: no tree reaches further."""
    first, end = parsed.sentences[parsed.sentence[event]]
    return first <= condition.governor < end or any(first <= above < end for above in condition.above)


def _steps(condition: Condition, event: int, parsed: Parsed) -> int:
    """How far an event stands from a condition in the tree; -1 where it does not hang on it."""
    if condition.holds(event) and not condition.past:
        return -1
    if event in condition.above:
        return 1
    if event == condition.governor:
        return 0 if condition.open else -1
    if not condition.open and _is_known(parsed, event, definite=True):
        return -1
    return _climb(condition, event, parsed)


def _climb(condition: Condition, event: int, parsed: Parsed) -> int:
    """How many steps the governor stands above an event, by relations that share its condition."""
    if _is_known(parsed, event, definite=False) or parsed.pos[event] in VERBAL and _is_settled(parsed, event):
        return -1
    last = event
    for steps, above in enumerate(path(parsed, event)):
        if above == condition.governor:
            return steps
        relation = parsed.dep[above]
        definite = relation == "nmod" and _is_known(parsed, above, definite=True)
        free = relation == "obl:mod" and (parsed.pos[parsed.head[above]] == "ADJ" or above != event and outlook.is_bare(parsed, above))
        if definite or relation not in _SHARED and not free or above != last and outlook.is_done(parsed, above):
            return -1
        last = above
    return -1


def _is_settled(parsed: Parsed, verb: int) -> bool:
    """Whether a verb is told as past, or is a bare participle (*un texte ratifié*)."""
    bare = parsed.features[verb].get("Tense") == "Past" and len(outlook.group(parsed, verb)) == 1
    participle = parsed.features[verb].get("VerbForm") == "Part" and bare and not outlook.shares_helper(parsed, verb)
    return participle or outlook.is_done(parsed, verb)


def _is_known(parsed: Parsed, token: int, *, definite: bool) -> bool:
    """Whether a noun has a possessive or a demonstrative (with ``definite``: or a definite article)."""
    determiners = [parsed.features[c] for c in parsed.children[token] if parsed.dep[c] == "det" and c < token]
    marked = any(item.get("Poss") == "Yes" or item.get("PronType") == "Dem" for item in determiners)
    return marked or definite and any(item.get("Definite") == "Def" for item in determiners)
