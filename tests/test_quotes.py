"""Quotations as characters: each text has ``⟦…⟧`` around every quotation that must be found, ``⟦…⟩`` where left open."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propos.model import Span
from propos.reading import quotes
from propos.reading.quotes import Quotation

CASES = {
    # One pair of marks of each family
    "straight": 'Il dit ⟦"oui"⟧.',
    "guillemets": "Il dit ⟦« oui »⟧.",
    "guillemets without spaces": "Il dit ⟦«oui»⟧.",
    "narrow spaces inside": "Il dit ⟦«\u202foui\u00a0»⟧.",
    "curly": "Il dit ⟦“oui”⟧.",
    "low and high": "Il dit ⟦„oui“⟧.",
    "single angles": "Il dit ⟦‹ oui ›⟧.",
    "plus signs": "Le journal ⟦+La Lanterne+⟧ paraît.",
    "two in a row": '⟦"Oui"⟧, dit-il, ⟦"demain"⟧.',
    "two of two families": '⟦"Oui"⟧ et ⟦« non »⟧.',
    "spaces inside straight marks are a quotation": 'Il dit ⟦" oui "⟧ et part.',
    "the stop inside": 'Il dit: ⟦"Nous partons."⟧',
    "an ellipsis first": '⟦"... et demain"⟧, dit-il.',
    "brackets first": '⟦"(Nous) partons"⟧, dit-il.',
    "in brackets": 'Le plan (⟦"la feuille"⟧) tient.',
    "a whole paragraph": '⟦"Nous partons demain."⟧',
    # Nesting
    "guillemets in guillemets": "⟦« Il a dit ⟦« jamais »⟧ hier »⟧.",
    "curly in guillemets": "⟦« Il a dit ⟦“jamais”⟧ hier »⟧.",
    "straight in guillemets": '⟦« Il a dit ⟦"jamais"⟧ hier »⟧.',
    "straight in straight": '⟦"Il a dit ⟦"jamais"⟧ hier"⟧.',
    "plus signs in straight": '⟦"J\'ai lu ⟦+La Lanterne+⟧ hier"⟧.',
    "three deep": '⟦« A ⟦“b ⟦"c"⟧ d”⟧ e »⟧.',
    "the inner one ends the outer one": "⟦« Il a dit ⟦“jamais”⟧ »⟧.",
    # Apostrophes and other neighbours
    "an elision before a mark": 'Il parle d\'⟦"ingérence"⟧.',
    "a curly elision before a mark": "Il parle d’⟦« ingérence »⟧.",
    "a hyphen before a mark": 'Un vote anti-⟦"système"⟧.',
    "a straight mark for an apostrophe": 'L"Europe attend.',
    "such a mark inside a quotation": '⟦"Pour l"Europe, il faut agir"⟧.',
    "apostrophes are no marks": "L'accord d'hier n'a pas d'avenir.",
    "inches": 'Un tube de 12" de long.',
    "a percentage with its sign": "Le budget (+12%) monte, (+3%) ici.",
    "plus between words": "Le format 16+9 et le groupe A+B.",
    # Left open, stray
    "left open": '⟦"Nous partons demain, dit-il.⟩',
    "left open with guillemets": "Il dit: ⟦« Nous partons.⟩",
    "re-opened in the next paragraph": '⟦"Nous partons.⟩\n\n⟦"Nous reviendrons"⟧, dit-il.',
    "re-opened guillemets": "⟦« Nous partons.⟩\n\n⟦« Nous reviendrons »⟧.",
    "no quotation crosses a paragraph": 'Il a dit ⟦"oui.⟩\n\nElle a dit ⟦"non"⟧.',
    "re-opened at the head of a wrapped line": f"Note\n\n⟦« Nous partons {'demain ' * 7}\n« et après »⟧.",
    "a stray closing guillemet": "Nous partons », dit-il.",
    "a stray closing curly mark": "Nous partons”, dit-il.",
    "a stray straight mark": 'Nous partons", dit-il.',
    "a stray mark at the end": "Nous partons «",
    "a stray closer, then a quotation": 'Nous partons ». Il dit ⟦"oui"⟧.',
    # Families mixed by the typist
    "curly closed by a guillemet": "Il dit ⟦“oui »⟧.",
    "guillemet closed by a curly mark": "Il dit ⟦« oui”⟧.",
    "an inner quotation never closed": "⟦« Il a dit “jamais »⟧ hier.",
    # Nothing
    "no marks": "Il est parti hier.",
    "empty": "",
}


def marked(source: str) -> tuple[str, list[tuple[Span, int, bool]]]:
    """The text without brackets, and span, depth and closedness of each quotation in text order."""
    text, opened, found = "", list[int](), list[tuple[Span, int, bool]]()
    for part in re.split("([⟦⟧⟩])", source):
        if part == "⟦":
            opened.append(len(text))
        elif part in {"⟧", "⟩"}:
            start = opened.pop()
            found.append((Span(start, len(text)), len(opened), part == "⟧"))
        else:
            text += part
    assert not opened
    return text, sorted(found, key=lambda item: (item[0].start, -item[0].end))


def find(text: str) -> list[Quotation]:
    return quotes.find(text, quotes.paragraphs(text))[0]


@pytest.mark.parametrize("source", CASES.values(), ids=CASES.keys())
def test_quotations_are_found_with_depth_and_end(source: str) -> None:
    text, expected = marked(source)
    assert [(q.span, q.depth, q.closed) for q in find(text)] == expected


def test_the_inside_leaves_marks_and_spaces_out() -> None:
    text = 'Il dit «\u202foui, demain\u00a0» et " non ".'
    assert [q.inside.of(text) for q in find(text)] == ["oui, demain", "non"]


def test_a_quotation_left_open_is_told() -> None:
    text = 'Il dit "oui.\n\nElle dit "non".'
    _, odd = quotes.find(text, quotes.paragraphs(text))
    assert [(item.code, item.span) for item in odd] == [("quotation-left-open", Span(7, 12))]


NOISE = st.text(alphabet="«»“”„‹›\"+'’ab1.,!( )-\n\u00a0", max_size=60)


@given(NOISE)
def test_spans_lie_in_the_text_and_nest_or_stand_apart(text: str) -> None:
    found = find(text)
    for quotation in found:
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        assert quotation.span.covers(quotation.inside)
        assert text[quotation.span.start] in quotes.MARKS | {quotes.INNER}
    for one in found:
        for other in found:
            if one is not other and one.span.overlaps(other.span):
                assert one.span.covers(other.span) != other.span.covers(one.span), (one, other)


@given(NOISE)
def test_a_deeper_quotation_lies_in_a_shallower_one(text: str) -> None:
    found = find(text)
    for quotation in found:
        outer = [o for o in found if o is not quotation and o.span.covers(quotation.span) and o.depth < quotation.depth]
        assert quotation.depth < quotes.DEEPEST
        assert quotation.depth == 0 or outer or not quotation.closed or left_open(quotation, found, text)


def left_open(quotation: Quotation, found: list[Quotation], text: str) -> bool:
    """Whether an opening mark that was never closed stands before a quotation in its paragraph."""
    block = next(span for span in quotes.paragraphs(text) if span.covers(quotation.span))
    starts = {q.span.start for q in found}
    return any(
        text[at] in quotes.MARKS | {quotes.INNER} and at not in starts
        for at in range(block.start, quotation.span.start)
    )


@given(NOISE)
def test_no_quotation_crosses_a_paragraph(text: str) -> None:
    blocks = quotes.paragraphs(text)
    assert all(any(block.covers(q.span) for block in blocks) for q in find(text))


@given(NOISE)
def test_finding_twice_gives_the_same_in_text_order(text: str) -> None:
    found = find(text)
    assert found == find(text)
    assert all((a.span.start, -a.span.end) < (b.span.start, -b.span.end) for a, b in pairwise(found))


@given(NOISE)
def test_there_are_no_more_quotations_than_marks(text: str) -> None:
    assert len(find(text)) <= sum(char in quotes.MARKS | {quotes.INNER} for char in text)


@given(NOISE)
def test_paragraphs_tile_what_is_not_white(text: str) -> None:
    blocks = quotes.paragraphs(text)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(block.of(text) == block.of(text).strip() != "" for block in blocks)
    assert "".join(block.of(text) for block in blocks).split() == text.split() or len(blocks) > 1
    assert sum(not char.isspace() for char in text) == sum(not c.isspace() for b in blocks for c in b.of(text))


@pytest.mark.parametrize("piece", ['"', "«", "“ ", '"a ', "« a » ", "+a ", 'l"a '])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        start = time.perf_counter()
        find(text)
        return time.perf_counter() - start

    seconds(1000)
    small = min(seconds(2000) for _ in range(3))
    assert min(seconds(16000) for _ in range(2)) < 40 * small + 0.05
