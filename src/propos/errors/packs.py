"""Language packs and models."""

from __future__ import annotations

from propos.errors.kinds import Fault, ModelError, PackError

PACK_MISSING = Fault("pack-missing", "There is no language pack for {got}.", "Installed packs: {allowed}.", PackError)
PACK_INVALID = Fault(
    "pack-invalid", "The language pack's file {file} is not valid: {reason}.", "Mend the file.", PackError
)
MODEL_MISSING = Fault(
    "model-missing",
    "The spaCy pipeline {got} is not installed.",
    "Install it with: python -m pip install {package}",
    ModelError,
)
MODEL_UNFIT = Fault(
    "model-unfit",
    "The spaCy pipeline {got} lacks {lacks}.",
    "Name a pipeline with a morphologizer and a parser, both with Universal Dependencies labels.",
    ModelError,
)
