"""Where the rules of a language fit in a document: the longest match at each place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from propos.lang.times import Parts, TimeRule, TimeRules, Value
from propos.reading.times.patterns import Alphabet, Pattern, compile_pattern


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits: the tokens ``[first, end)`` that it covers, and what it captured."""

    rule: TimeRule
    first: int
    end: int
    parts: Parts


@dataclass(frozen=True, slots=True)
class _Way:
    """A rule with one of its patterns."""

    rule: TimeRule
    pattern: Pattern


class Matcher:
    """The rules of a language, indexed by the words that they can begin with."""

    def __init__(self, rules: TimeRules) -> None:
        self._alphabet = Alphabet(rules)
        ways = [
            _Way(rule, compile_pattern(text, rule.id, rules, self._alphabet))
            for rule in rules.rules
            for text in rule.pattern
        ]
        begins = sorted(frozenset[str]().union(*(way.pattern.begins for way in ways)))
        self._ways = {char: tuple(way for way in ways if char in way.pattern.begins) for char in begins}
        self._any: dict[str, re.Pattern[str]] = {}
        self._beginning = re.compile(f"[{''.join(begins)}]")

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """The longest match at each place, from left to right, without overlaps; of equals the rule that stands first.

        Matches that mean ``nothing`` are yielded too: they hide what they cover.
        """
        text, floor = self._alphabet.text(words), 0
        for beginning in self._beginning.finditer(text):
            first = beginning.start()
            if first >= floor and self._some_way(beginning[0]).match(text, first):
                found = self._longest(text, first, words)
                yield found
                floor = found.end

    def _some_way(self, char: str) -> re.Pattern[str]:
        """Whether a rule fits that can begin with a word: asked first, since most articles begin no time."""
        known = self._any.get(char)
        if known is None:
            every = "|".join(re.sub(r"\?P<\w+>", "?:", way.pattern.regex.pattern) for way in self._ways[char])
            known = self._any[char] = re.compile(every)
        return known

    def _longest(self, text: str, first: int, words: Sequence[str]) -> Match:
        tried = ((way, way.pattern.regex.match(text, first)) for way in self._ways[text[first]])
        way, match = max(((way, match) for way, match in tried if match), key=lambda item: item[1].end())
        start, end = way.pattern.span(match)
        return Match(way.rule, start, end, self._parts(way.pattern, match, words))

    def _parts(self, pattern: Pattern, match: re.Match[str], words: Sequence[str]) -> Parts:
        values: dict[str, Value] = {}
        for capture, token in pattern.captured(match):
            if capture.value is not None:
                values[capture.part] = capture.value
            else:
                values.update(self._alphabet.values(capture, words[token]))
        known = {name: value for name, value in values.items() if name in Parts.__slots__}
        return Parts(**known)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def matcher(rules: TimeRules) -> Matcher:
    """The matcher of a language's rules, made once."""
    return Matcher(rules)
