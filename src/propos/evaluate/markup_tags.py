"""The body of a marked-up dispatch: text with tags, each closing tag naming its id, so that tags may overlap.

``<speaker s1>Le ministre</speaker s1>``; a literal ``<`` is written ``&lt;`` (and ``&lt;`` itself ``&amp;lt;``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from propos.errors import MARKUP_INVALID, ProposError
from propos.model import Span


class TagKind(NamedTuple):
    """What a tag belongs to (a table of the header) and whether one id may have several."""

    table: str
    several: bool = False


TAGS = {
    "actor": TagKind("actors", several=True),
    "speaker": TagKind("statements"),
    "cue": TagKind("statements"),
    "content": TagKind("statements", several=True),
    "to": TagKind("statements", several=True),
    "medium": TagKind("statements"),
    "via": TagKind("statements"),
    "time": TagKind("times"),
    "trigger": TagKind("events"),
    "condition": TagKind("events"),
}
ESCAPE = re.compile(r"&(lt|amp);")
TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-z]+) (?P<id>[\w-]+)>|<")


@dataclass(frozen=True, slots=True)
class Mark:
    """One tagged stretch of the text; ``line`` (from 1) is where its opening tag stands in the file."""

    tag: str
    id: str
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """The text without its tags, and what they mark, in order of start and end."""

    text: str
    marks: tuple[Mark, ...]

    def spans(self, tag: str, name: str) -> tuple[Span, ...]:
        """The stretches with this tag and id, in text order."""
        return tuple(mark.span for mark in self.marks if mark.tag == tag and mark.id == name)

    def span(self, tag: str, name: str) -> Span | None:
        """The only stretch with this tag and id, or ``None``."""
        return next(iter(self.spans(tag, name)), None)


class BodyReader:
    """Reads one body. ``name`` is the dispatch in messages, ``first_line`` the body's first line in its file."""

    def __init__(self, name: str, first_line: int) -> None:
        self._name = name
        self._first_line = first_line
        self._text = ""
        self._open: dict[tuple[str, str], tuple[int, int]] = {}
        self._marks: list[Mark] = []

    def read(self, source: str) -> Body:
        """Take the tags out. Raises ``MarkupError`` for any that is unknown, unbalanced or badly placed."""
        at = 0
        for token in TOKEN.finditer(source):
            self._text += _unescape(source[at : token.start()])
            at = token.end()
            line = self._first_line + source.count("\n", 0, token.start())
            self._take(token, source, line)
        self._text += _unescape(source[at:])
        for (tag, name), (_, line) in self._open.items():
            raise self._fault(line, f"<{tag} {name}> is never closed", f"Write </{tag} {name}> where it ends.")
        marks = sorted(self._marks, key=lambda mark: (mark.span, mark.line))
        self._check_single(marks)
        return Body(self._text, tuple(marks))

    def _take(self, token: re.Match[str], source: str, line: int) -> None:
        if not token["name"]:
            got = source[token.start() : token.start() + 20].partition("\n")[0]
            raise self._fault(line, f"{got!r} is no tag", "Write <tag id> and </tag id>, or &lt; for the character <.")
        if token["name"] not in TAGS:
            raise self._fault(line, f"there is no tag {token['name']!r}", f"Tags are: {', '.join(TAGS)}.")
        if token["close"]:
            self._close(token["name"], token["id"], line)
        else:
            self._begin(token["name"], token["id"], line)

    def _begin(self, tag: str, name: str, line: int) -> None:
        if (tag, name) in self._open:
            raise self._fault(line, f"<{tag} {name}> opens twice", f"Close it first with </{tag} {name}>.")
        self._open[tag, name] = (len(self._text), line)

    def _close(self, tag: str, name: str, line: int) -> None:
        if (tag, name) not in self._open:
            raise self._fault(
                line, f"</{tag} {name}> closes what is not open", f"Write <{tag} {name}> where it begins."
            )
        start, opened = self._open.pop((tag, name))
        inside = self._text[start:]
        if inside != inside.strip() or not inside:
            raise self._fault(
                opened,
                f"<{tag} {name}> is empty, or has space at its edge",
                "Move the tag to the first and last letter.",
            )
        if "\n" in inside:
            raise self._fault(opened, f"<{tag} {name}> runs over a line's end", "Mark each paragraph by itself.")
        self._marks.append(Mark(tag, name, Span(start, len(self._text)), opened))

    def _check_single(self, marks: Iterable[Mark]) -> None:
        seen: set[tuple[str, str]] = set()
        for mark in marks:
            if (mark.tag, mark.id) in seen and not TAGS[mark.tag].several:
                raise self._fault(mark.line, f"<{mark.tag} {mark.id}> stands twice", "Keep one of them.")
            seen.add((mark.tag, mark.id))

    def _fault(self, line: int, reason: str, hint: str) -> ProposError:
        return MARKUP_INVALID(name=self._name, line=line, reason=reason, hint=hint)


def write_body(text: str, marks: Iterable[Mark]) -> str:
    """The text with its tags: longer stretches outside, closing tags before opening ones."""
    opening: defaultdict[int, str] = defaultdict(str)
    closing: defaultdict[int, str] = defaultdict(str)
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        opening[mark.span.start] += f"<{mark.tag} {mark.id}>"
        closing[mark.span.end] = f"</{mark.tag} {mark.id}>" + closing[mark.span.end]
    result, at = "", 0
    for offset in sorted(opening.keys() | closing.keys()):
        result += _escape(text[at:offset]) + closing[offset] + opening[offset]
        at = offset
    return result + _escape(text[at:])


def _unescape(text: str) -> str:
    return ESCAPE.sub(lambda found: "<" if found[1] == "lt" else "&", text)


def _escape(text: str) -> str:
    return ESCAPE.sub(lambda found: f"&amp;{found[1]};", text).replace("<", "&lt;")
