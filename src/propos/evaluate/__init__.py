"""Scores against gold, error reports, gains and losses between two versions, and the quality gate."""

from __future__ import annotations

from propos.evaluate.compare import Comparison, compare
from propos.evaluate.gold import load_gold, read_records
from propos.evaluate.report import errors_page
from propos.evaluate.score import Report, evaluate

__all__ = ["Comparison", "Report", "compare", "errors_page", "evaluate", "load_gold", "read_records"]
