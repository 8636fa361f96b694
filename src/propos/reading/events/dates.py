"""When an event took place where its own sentence does not say: the day that the story is at, or that of an earlier telling.

News tells its day once (*a déclaré mardi*) and goes on in the same tense: *Il a aussi dénoncé …* is of that Tuesday. What
is told in another tense, beside another time, or paragraphs later is not. ``docs/events.md`` says how often this is right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from propos.model import Event, Evidence, Span, Statement
from propos.reading.events.naming import Named
from propos.reading.parse import Parsed
from propos.reading.times import sentence_of

# Paragraphs after which a day no longer holds: farther, one in two of the dates carried is not in the gold.
FARTHEST = 3
CARRIED = "event.date.carried"
# Characters of an ISO date with its day.
_DAY = len("2024-03-15")
_TOLD = frozenset({"asserted", "claimed"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what it was made from."""

    event: Event
    named: Named

    @property
    def happened(self) -> bool:
        """Whether a verb tells it as having happened."""
        return self.named.site.group is not None and self.event.factuality in _TOLD


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the text fixes, and the cue or trigger that it goes with."""

    at: Span
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """Carries days on in one text. ``timed``: the sentences that have a time expression of their own."""

    parsed: Parsed
    statements: Sequence[Statement]
    timed: Collection[int]

    def dated(self, told: Sequence[Told]) -> Iterator[Event]:
        """The events in their order; those without a date given the day that the story is at."""
        days = self._days(told)
        known: dict[str, Day] = {}
        for item in told:
            event, word = item.event, item.named.predicate.head
            if event.date is None:
                day = self._day_at(event.trigger, days) if self._goes_on(item) else None
                day = known.get(word) if day is None and self._looks_back(item) else day
                event = _with(event, day)
            if event.date is not None and len(event.date) == _DAY and event.factuality in _TOLD:
                known[word] = Day(event.trigger, event.date)
            yield event

    def _days(self, told: Sequence[Told]) -> list[Day]:
        """Where the text fixes a day for something told as having happened, in text order."""
        # The day beside *selon X* is that of what X tells.
        spoken = [item for item in self.statements if item.form != "prepositional"]
        said = {Day(item.cue, item.date) for item in spoken if item.cue is not None and item.date}
        done = {Day(item.event.trigger, item.event.date) for item in told if item.event.date and item.happened}
        return sorted((day for day in said | done if len(day.date) == _DAY), key=lambda day: (day.at, day.date))

    def _day_at(self, place: Span, days: Sequence[Day]) -> Day | None:
        """The last day fixed shortly before a place; the first of all for a title."""
        before = [day for day in days if day.at.start <= place.start]
        if before:
            return before[-1] if self._paragraph(place) - self._paragraph(before[-1].at) <= FARTHEST else None
        return days[0] if days and self._paragraph(place) == 0 else None

    def _paragraph(self, place: Span) -> int:
        return self.parsed.block_of[min(self.parsed.token_at(place.start), len(self.parsed) - 1)]

    def _goes_on(self, item: Told) -> bool:
        """Whether an event is told in the tense of news, in a sentence without a time of its own."""
        if not item.happened or sentence_of(item.event.trigger, self.parsed) in self.timed:
            return False
        return self._perfect(item.named.site.token) or self.parsed.blocks[self._paragraph(item.event.trigger)].heading

    def _perfect(self, verb: int) -> bool:
        """*a dénoncé*, *s'est rendu*: a participle with a helper in the present."""
        parsed = self.parsed
        helpers = [parsed.features[c] for c in parsed.children[verb] if parsed.dep[c].startswith("aux") and c < verb]
        present = any(f.get("Tense") == "Pres" and f.get("Mood") == "Ind" for f in helpers)
        return present and parsed.features[verb].get("VerbForm") == "Part"

    def _looks_back(self, item: Told) -> bool:
        """*l'attaque* after *une attaque survenue mardi*: one definite act, told before."""
        parsed, token = self.parsed, item.named.site.token
        definite = any(parsed.features[c].get("Definite") == "Def" for c in parsed.children[token] if c < token)
        single = parsed.features[token].get("Number") == "Sing"
        return item.named.site.group is None and definite and single and item.event.factuality in _TOLD


def _with(event: Event, day: Day | None) -> Event:
    if day is None:
        return event
    return replace(event, date=day.date, evidence=(*event.evidence, Evidence(CARRIED, (day.at,))))
