"""The actors of one article and the way from a token to its actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from propos.model import Actor


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in one article. Ids are ``a1``, ``a2``, … in the order of the first mention.

    ``joint``: tokens of plural pronouns -> head of the first of several named side by side, for whom they stand.
    """

    actors: tuple[Actor, ...] = ()
    tokens: Mapping[int, str] = field(default_factory=dict)
    voices: Mapping[int, str] = field(default_factory=dict)
    joint: Mapping[int, int] = field(default_factory=dict)

    def actor_at(self, token: int) -> str | None:
        """Id of the actor whose innermost mention covers the token; ``None`` where no actor stands there."""
        return self.tokens.get(token)

    def speaker_at(self, token: int) -> str | None:
        """Id of the actor who speaks where the source of a statement is the token: the first of several (*X et Y*)."""
        return self.voices.get(token) or self.tokens.get(token)
