"""Statements: matched by their content, then compared field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from propos.evaluate.figures import Figures
from propos.evaluate.layers.actors import ActorAlignment
from propos.evaluate.matching import Alignment, match
from propos.evaluate.spans import Chars, TextChars, overlap, touch
from propos.model import Record, Span, Statement

FLOORS = (0.3, 0.5, 0.8)
# Fields are compared, and errors shown, at this floor.
FIELD_FLOOR = 0.5
# Of two contents equally alike, the one under the same cue wins; too small to lift a pair over a floor.
SAME_CUE_BONUS = 0.001


class Signature(NamedTuple):
    """What a statement is matched by."""

    content: Chars
    cue: Chars


def is_core(statement: Statement) -> bool:
    """Reported speech proper: a quotation, a clause or *selon X*; not attitudes, infinitives and noun phrases."""
    return statement.kind == "speech" and statement.form in ("quote", "clause", "prepositional")


def align(gold: Record, system: Record, chars: TextChars, floor: float = FIELD_FLOOR) -> Alignment[Statement]:
    """Match statements whose contents overlap (intersection over union) by at least ``floor``."""
    matches = match(signatures(gold, chars), signatures(system, chars), similarity, floor)
    return Alignment(gold.statements, system.statements, matches)


def signatures(record: Record, chars: TextChars) -> list[Signature]:
    """One signature a statement, in the record's order."""
    return [Signature(chars.of(item.content), chars.one(item.cue)) for item in record.statements]


def similarity(left: Signature, right: Signature) -> float:
    """Overlap of the contents, with a grain more where the cue is the same."""
    alike = overlap(left.content, right.content)
    return alike + (SAME_CUE_BONUS if touch(left.cue, right.cue) >= 0.5 else 0) if alike else 0.0


def figures(gold: Record, system: Record, actors: ActorAlignment, chars: TextChars) -> Figures:
    """Statements found at each floor, in all and in the core; fields of the matched ones."""
    result = Figures()
    for floor in FLOORS:
        _found(align(gold, system, chars, floor), floor, result)
    aligned = align(gold, system, chars)
    to_gold = {found.id: expected.id for expected, found in aligned.pairs()}
    for expected, found in aligned.pairs():
        _speaker(expected, found, actors, chars, result)
        if chars.one(expected.cue):
            result.check("cue", touch(chars.one(expected.cue), chars.one(found.cue)) >= 0.5)
        result.check("mode", expected.mode == found.mode)
        result.check("form", expected.form == found.form)
        result.check("kind", expected.kind == found.kind)
        _attachments(expected, found, to_gold, chars, result)
    return result


def _found(aligned: Alignment[Statement], floor: float, result: Figures) -> None:
    result.count(f"statements @{floor}", len(aligned.matches), len(aligned.system), len(aligned.gold))
    matched = {pair.system for pair in aligned.matches}
    hits = sum(is_core(expected) for expected, _ in aligned.pairs())
    # Outside the core: matched to a gold statement that is, or unmatched and says so of itself. Not charged.
    outside = len(matched) - hits
    unmatched = (item for at, item in enumerate(aligned.system) if at not in matched)
    outside += sum(not is_core(item) for item in unmatched)
    core_gold = sum(map(is_core, aligned.gold))
    result.count(f"core statements @{floor}", hits, len(aligned.system) - outside, core_gold)


def speaker_agrees(expected: Statement, found: Statement, chars: TextChars) -> bool:
    """Both name nobody, or the two spans share at least half of the shorter."""
    return chars.agree(expected.speaker, found.speaker)


def _speaker(expected: Statement, found: Statement, actors: ActorAlignment, chars: TextChars, result: Figures) -> None:
    agrees = speaker_agrees(expected, found, chars)
    result.check("speaker span", agrees)
    if is_core(expected):
        result.check("core speaker span", agrees)
    if expected.speaker_actor:
        result.check("speaker resolved", actors.gold_id(found.speaker_actor) == expected.speaker_actor)


def _attachments(
    expected: Statement, found: Statement, to_gold: dict[str, str], chars: TextChars, result: Figures
) -> None:
    hits = match(_each(expected.addressees, chars), _each(found.addressees, chars), touch, 0.5)
    result.count("addressees", len(hits), len(found.addressees), len(expected.addressees))
    if expected.via or found.via:
        hit = via_agrees(expected.via, found.via, to_gold, chars)
        result.count("via", int(hit), int(bool(found.via)), int(bool(expected.via)))
    wanted, got = chars.one(expected.medium), chars.one(found.medium)
    if wanted or got:
        result.count("medium", int(touch(wanted, got) >= 0.5), int(bool(got)), int(bool(wanted)))


def _each(spans: Sequence[Span], chars: TextChars) -> list[Chars]:
    return [chars.one(span) for span in spans]


def via_agrees(
    expected: str | Span | None, found: str | Span | None, to_gold: dict[str, str], chars: TextChars
) -> bool:
    """The same relaying statement, or relay phrases that share at least half of the shorter."""
    if isinstance(expected, str) and isinstance(found, str):
        return to_gold.get(found) == expected
    if isinstance(expected, Span) and isinstance(found, Span):
        return touch(chars.one(expected), chars.one(found)) >= 0.5
    return False
