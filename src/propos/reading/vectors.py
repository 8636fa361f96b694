"""The word vectors of a spaCy model, without the model's pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def of_words(model: str, terms: Sequence[Sequence[str]]) -> Matrix | None:
    """A vector of length 1 for each term: the mean of those of its words; zeros where none is known.

    ``model`` is a package or a folder. ``None`` where it is missing or has no vectors.
    """
    from spacy.strings import get_string_id
    from spacy.vectors import Vectors

    folder = _vocabulary(model)
    if folder is None:
        return None
    known = Vectors().from_disk(folder)
    found = np.zeros((len(terms), known.shape[1]))
    for at, words in enumerate(terms):
        for word in words:
            row = known.key2row.get(get_string_id(word))
            if row is not None:
                found[at] += unit(np.asarray(known.data[row], dtype=np.float64)[None, :])[0]
    return unit(found)


def unit(rows: Matrix) -> Matrix:
    """The rows, each of length 1; zeros stay."""
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12))


def _vocabulary(model: str) -> Path | None:
    """Where a model keeps its vectors: in its folder, or in the one folder of its package that has a vocabulary."""
    path = Path(model)
    if not path.is_dir():
        if not model.isidentifier() or find_spec(model) is None:
            return None
        path = Path(str(import_module(model).__file__)).parent
    places = [path / "vocab", *sorted(path.glob("*/vocab"))]
    return next((place for place in places if (place / "vectors").is_file() and (place / "key2row").is_file()), None)
