"""The questions by name; each is loaded when it is first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from propos.errors import QUESTION_UNKNOWN
from propos.query.answers import Answer
from propos.query.asking import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """``about``: what it answers, in a line; ``module`` has a function of its ``name``."""

    name: str
    module: str
    about: str

    def ask(self, asked: Asked) -> Answer[Any]:
        """The answer; raises what the question's function raises."""
        answer: Answer[Any] = getattr(import_module(f"propos.query.{self.module}"), self.name)(asked)
        return answer


_ALL = (
    Question("positions", "positions", "what an actor or side demands, promises, rejects, threatens, accuses, supports"),
    Question("changes", "changes", "where a position of theirs turns into its opposite"),
    Question("exchanges", "exchanges", "everything between two parties, both ways"),
    Question("intensity", "exchanges", "how hard these exchanges are, by week or month"),
    Question("conditions", "conditions", "conditional threats and promises, and what may bear on them"),
    Question("disputes", "disputes", "what one side asserts and another denies, or one side only claims"),
    Question("drift", "drift", "one quotation as different outlets print it"),
    Question("chains", "chains", "who relays whom"),
    Question("sources", "chains", "how much rests on sources without a name, by outlet or side"),
    Question("agenda", "agenda", "what is announced, by its day"),
    Question("themes", "topics", "what is spoken of, by the themes that were proposed or named"),
    Question("speakers", "speakers", "who speaks, direct and indirect"),
)
QUESTIONS: Mapping[str, Question] = MappingProxyType({question.name: question for question in _ALL})
"""The questions by name."""


def named(name: str) -> Question:
    """The question of that name. Raises ``question-unknown``."""
    if name not in QUESTIONS:
        raise QUESTION_UNKNOWN(got=repr(name), allowed=", ".join(QUESTIONS))
    return QUESTIONS[name]
