"""Terms put into groups: by what they mean (the model's vectors), and by the articles in which they are said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from propos.query.terms import Term
from propos.reading.vectors import unit

Matrix = NDArray[np.float64]
MEANING = 0.4
"""How much the vectors count beside the articles."""
ALIKE = 0.3
"""Mean likeness below which two groups stay apart."""
ALONE = 30
"""Of the weightiest terms, so many make a theme even if none is like them."""
LARGEST = 10
"""Terms of a group."""
_DIGITS = 6
_APART = -1.0


def groups(terms: Sequence[Term], articles: int, vectors: Matrix | None) -> list[list[Term]]:
    """The groups, the weightiest first, as are the terms in each; ``terms`` has the weightiest first.

    Groups are joined by their mean likeness (UPGMA), the likest first; of equals those of the weightier terms.
    """
    if not terms:
        return []
    joined = _joined(_likeness(terms, articles, vectors))
    found = [[terms[at] for at in sorted(members)] for members in joined if len(members) > 1 or members[0] < ALONE]
    return sorted(found, key=lambda group: (-sum(term.weight for term in group), group[0].words))


def _likeness(terms: Sequence[Term], articles: int, vectors: Matrix | None) -> Matrix:
    said = np.zeros((len(terms), articles))
    for at, term in enumerate(terms):
        for article, count in term.places.items():
            said[at, article] = np.log1p(count)
    # An article of many terms says little of each pair.
    said = unit(said / np.maximum(np.log1p(np.count_nonzero(said, axis=0), dtype=np.float64), 1.0))
    together: Matrix = np.sqrt(np.clip(said @ said.T, 0, 1)).astype(np.float64)
    if vectors is not None:
        # Without what all words of the dossier have in common.
        means = unit(vectors - vectors.mean(axis=0))
        together = MEANING * np.clip(means @ means.T, 0, 1) + (1 - MEANING) * together
    likeness: Matrix = np.round(together, _DIGITS)  # sums may differ in their last digits from machine to machine
    np.fill_diagonal(likeness, _APART)
    return likeness


def _joined(likeness: Matrix) -> list[list[int]]:
    members = [[at] for at in range(len(likeness))]
    while True:
        one, other = sorted(divmod(int(likeness.argmax()), len(likeness)))
        if likeness[one, other] < ALIKE:
            return [group for group in members if group]
        sizes = len(members[one]), len(members[other])
        if sum(sizes) > LARGEST:
            likeness[one, other] = likeness[other, one] = _APART
            continue
        mean = (sizes[0] * likeness[one] + sizes[1] * likeness[other]) / sum(sizes)
        # What was kept apart stays apart.
        mean[(likeness[one] == _APART) | (likeness[other] == _APART)] = _APART
        likeness[one], likeness[:, one] = mean, mean
        likeness[other], likeness[:, other] = _APART, _APART
        members[one] += members[other]
        members[other] = []
