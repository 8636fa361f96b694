"""Patterns over words, matched as regular expressions over a text with one character a token.

Each word of the patterns gets a character of its own, each shape (such as a year's digits) one, all other words share
one; a document becomes a string as long as its tokens, so that a match's offsets are token indices. Nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NoReturn

from propos.errors import PACK_INVALID
from propos.lang.times import FILE, Parts, TimeRules, Value

_PIECE = re.compile(
    r"\s+|[()|?\[\]]|(?P<label>\w+(?:=\w+)?):\(|<(?:(?P<part>\w*):)?(?P<kind>\w+)>|\{(?P<fragment>\w+)\}"
    r"|(?P<word>\\[()]|[^\s()|?\[\]<>{}\\]+)"
)
_ANY = "_"  # the pattern's word for any word
_OTHER = "\x00"
_FIRST = 0xE000  # Unicode's private use area: 6,400 words, and no letter of any text
_PARTS = {item.name: item.type for item in fields(Parts)}
_SPAN = "span"


@dataclass(frozen=True, slots=True)
class Capture:
    """What a group of a pattern gives: a ``part`` (or ``span``), from the words of ``kind`` or with a fixed ``value``."""

    part: str
    kind: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: its expression, what its groups (``g1``, …) give, the characters it can begin with."""

    regex: re.Pattern[str]
    captures: Mapping[str, Capture]
    begins: frozenset[str]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """The tokens that a match covers: those in square brackets, or all."""
        marked = (name for name, capture in self.captures.items() if capture.part == _SPAN and match.start(name) >= 0)
        return next((match.span(name) for name in marked), match.span())

    def captured(self, match: re.Match[str]) -> Iterator[tuple[Capture, int]]:
        """The captures that take part in a match, each with its first token."""
        for name, capture in self.captures.items():
            if capture.part != _SPAN and match.start(name) >= 0:
                yield capture, match.start(name)


class Alphabet:
    """One character a word. ``word``: of a pattern's word; ``text``: of a document's words."""

    def __init__(self, rules: TimeRules) -> None:
        self._words: dict[str, str] = {}
        self._values = rules.words
        self._shapes = [(shape, re.compile(shape.form), chr(_FIRST - 1 - n)) for n, shape in enumerate(rules.shapes)]
        self.kinds = {name: "".join(self.word(word) for word in words) for name, words in rules.words.items()}
        for shape, form, char in self._shapes:
            # A word of the lists that has the shape (*1er*) is matched where the shape is.
            listed = "".join(known for word, known in self._words.items() if form.fullmatch(word))
            for kind in {shape.name, *shape.kinds}:
                self.kinds[kind] = self.kinds.get(kind, "") + char + listed

    def has_shape(self, word: str) -> bool:
        """Whether a word that is in no list has a shape: a pattern cannot name it alone."""
        return word not in self._words and any(form.fullmatch(word) for _, form, _ in self._shapes)

    def word(self, word: str) -> str:
        """The character of a pattern's word, given one where it is new."""
        return self._words.setdefault(word, chr(_FIRST + len(self._words)))

    def text(self, words: Sequence[str]) -> str:
        """The characters of a document's words."""
        known = self._words.get
        return "".join([known(word) or self._odd(word) for word in words])

    def values(self, capture: Capture, word: str) -> dict[str, Value]:
        """What a word gives for a capture; a word with a shape also gives the parts that its groups are named after."""
        known = self._values.get(capture.kind, {}).get(word)
        if known is not None:
            return {capture.part: known}
        found = next((match for _, form, _ in self._shapes if (match := form.fullmatch(word))), None)
        groups = found.groupdict() if found else {}
        return {capture.part if name == "value" else name: int(digits) for name, digits in groups.items() if digits}

    def _odd(self, word: str) -> str:
        # Every shape has a digit at one end: asked first, because most words are of no shape.
        if word[:1].isdigit() or word[-1:].isdigit():
            return next((char for _, form, char in self._shapes if form.fullmatch(word)), _OTHER)
        return _OTHER


@dataclass(frozen=True, slots=True)
class _Piece:
    """A compiled stretch of a pattern: its expression, the characters it can begin with, whether it can be empty."""

    regex: str
    begins: frozenset[str]
    empty: bool = False


class _Compiler:
    """Reads one pattern, by descent: alternatives, sequences, atoms."""

    def __init__(self, text: str, rule: str, rules: TimeRules, alphabet: Alphabet) -> None:
        self._rule, self._rules, self._alphabet = rule, rules, alphabet
        self._tokens = list(self._split(text))
        self._at = 0
        self.captures: dict[str, Capture] = {}

    def piece(self) -> _Piece:
        """The whole pattern. Raises ``PackError`` where it cannot be read."""
        piece = self._choice()
        if self._at < len(self._tokens) or piece.empty:
            self._refuse("it is not balanced, or can match nothing")
        return piece

    def _split(self, text: str) -> Iterator[re.Match[str]]:
        at = 0
        while at < len(text):
            found = _PIECE.match(text, at)
            if not found:
                self._refuse(f"{text[at:]!r} is not understood")
            at = found.end()
            if found["fragment"]:
                if found["fragment"] not in self._rules.fragments:
                    self._refuse(f"there is no fragment {found['fragment']!r}")
                yield from self._split(f"({self._rules.fragments[found['fragment']]})")
            elif found[0].strip():
                yield found

    def _choice(self) -> _Piece:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        regex = "|".join(option.regex for option in options)
        begins = frozenset[str]().union(*(option.begins for option in options))
        return _Piece(f"(?:{regex})", begins, any(option.empty for option in options))

    def _sequence(self) -> _Piece:
        regex, begins, empty = "", frozenset[str](), True
        while self._peek() not in {"", "|", ")", "]"}:
            piece = self._optional(self._atom())
            regex += piece.regex
            begins |= piece.begins if empty else frozenset()
            empty = empty and piece.empty
        return _Piece(regex, begins, empty)

    def _optional(self, piece: _Piece) -> _Piece:
        if self._peek() != "?":
            return piece
        self._at += 1
        return _Piece(f"(?:{piece.regex})?", piece.begins, empty=True)

    def _atom(self) -> _Piece:
        token = self._tokens[self._at]
        self._at += 1
        if token["word"]:
            return self._word(token["word"].lstrip("\\"))
        if token["kind"]:
            return self._class(token["part"], token["kind"])
        name = _SPAN if token[0] == "[" else token["label"]
        piece = self._choice()
        if self._peek() not in {")", "]"}:
            self._refuse("a bracket is not closed")
        self._at += 1
        return _Piece(f"{self._label(name)}{piece.regex})" if name else f"(?:{piece.regex})", piece.begins, piece.empty)

    def _word(self, word: str) -> _Piece:
        if self._alphabet.has_shape(word):
            self._refuse(f"{word!r} has a shape: write the shape's class, or list the word in one")
        char = "." if word == _ANY else self._alphabet.word(word)
        return _Piece(char, frozenset(char))

    def _class(self, part: str | None, kind: str) -> _Piece:
        """``<kind>`` captures the part of its own name, ``<part:kind>`` another one, ``<:kind>`` none."""
        chars = self._alphabet.kinds.get(kind)
        if not chars:
            self._refuse(f"there is no class {kind!r}")
        whole = kind in {shape.name for shape in self._rules.shapes}
        if part == "" or part is None and kind not in _PARTS and not whole:
            return _Piece(f"[{chars}]", frozenset(chars))
        return _Piece(f"{self._group(Capture(part or kind, kind))}[{chars}])", frozenset(chars))

    def _label(self, label: str) -> str:
        part, _, constant = label.partition("=")
        if part != _SPAN and part not in _PARTS:
            self._refuse(f"there is no part {part!r}")
        if not constant:
            return self._group(Capture(part, value=True))
        return self._group(Capture(part, value=int(constant) if constant.isdigit() else constant))

    def _group(self, capture: Capture) -> str:
        name = f"g{len(self.captures) + 1}"
        self.captures[name] = capture
        return f"(?P<{name}>"

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _refuse(self, reason: str) -> NoReturn:
        raise PACK_INVALID(file=FILE, reason=f"in a pattern of the rule {self._rule!r}, {reason}")


def compile_pattern(text: str, rule: str, rules: TimeRules, alphabet: Alphabet) -> Pattern:
    """A pattern of the rule with the id ``rule``. Raises ``PackError`` where it cannot be read."""
    compiler = _Compiler(text, rule, rules, alphabet)
    piece = compiler.piece()
    return Pattern(re.compile(piece.regex), compiler.captures, piece.begins)
