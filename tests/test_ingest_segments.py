from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propos.ingest import segments
from propos.model import Segment, Span

AGENCY = """Oslo convoque l'ambassadeur

OSLO, 28 nov 2023 (AFP) - Oslo a convoqué vendredi l'ambassadeur.

"Ces vols doivent cesser", a dit le ministre.

- "Mesures proportionnées" -

Le ministre a promis des mesures.

Une réponse attendue

Elle viendra lundi.

Par Jeanne ROUX"""


def kinds(text: str, title: str | None = None, *headings: Span) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(text)) for part in segments.find(text, title, tuple(Segment("heading", span) for span in headings), "fr")]


def test_an_agency_dispatch() -> None:
    assert kinds(AGENCY) == [
        ("title", "Oslo convoque l'ambassadeur"),
        ("dateline", "OSLO, 28 nov 2023 (AFP) - "),
        ("lead", "Oslo a convoqué vendredi l'ambassadeur."),
        ("body", '"Ces vols doivent cesser", a dit le ministre.'),
        ("heading", '- "Mesures proportionnées" -'),
        ("body", "Le ministre a promis des mesures."),
        ("heading", "Une réponse attendue"),
        ("body", "Elle viendra lundi."),
        ("byline", "Par Jeanne ROUX"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (AFP) - ",
        "PARIS, 28 nov (AFP) - ",
        "Kiev (Ukraine), 1er déc. 2021 (AFP) - ",
        "WASHINGTON (Reuters) – ",
        "Addis-Abeba, jeudi 3 mars (Xinhua) — ",
        "L'Aquila (Italie) (AFP) - ",
    ],
)
def test_datelines(dateline: str) -> None:
    assert kinds(f"{dateline}Le ministre a parlé.\n\nIl reviendra lundi.")[0] == ("dateline", dateline)


def test_a_bracket_is_no_dateline() -> None:
    assert kinds("L'Organisation (OTAN) - et ses alliés - a parlé.\n\nFin.")[0][0] == "lead"


def test_one_paragraph_is_body() -> None:
    assert kinds("Oslo a parlé.") == [("body", "Oslo a parlé.")]
    assert kinds("Oslo répond") == [("body", "Oslo répond")]


def test_a_known_title_may_differ_in_spaces() -> None:
    assert kinds("Oslo  répond\u00a0!\nLe ministre a parlé.", "Oslo répond !")[0] == ("title", "Oslo  répond\u00a0!")


def test_lines_are_paragraphs_where_none_is_blank() -> None:
    assert kinds("Oslo répond\nLe ministre a parlé.\nIl reviendra.") == [
        ("title", "Oslo répond"),
        ("lead", "Le ministre a parlé."),
        ("body", "Il reviendra."),
    ]


@given(st.text(st.sampled_from('aB. \n\u00a0-«»"():,'), max_size=120))
def test_segments_follow_each_other_and_lose_no_word(text: str) -> None:
    parts = segments.find(text, None, (), "fr")
    assert all(before.span.end <= after.span.start for before, after in pairwise(parts))
    covered = {at for part in parts for at in range(*part.span)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())
    assert all(part.span.start < part.span.end for part in parts)
