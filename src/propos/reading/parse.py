"""The parse: tokens, tags and dependencies as plain columns, paragraph- and quotation-aware.

Quotation marks are taken out before the parse (they break French parses) and sentence borders are set here, not guessed
by the model, so that a quotation is never cut from its cue. Offsets always refer to the document's text.
Columns are Python lists read out of spaCy once: later stages touch each token many times, and attribute
access on a spaCy ``Token`` costs about ten times a list look-up.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from spacy.attrs import DEP, HEAD, IDX, LENGTH, MORPH, POS
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from propos.model import Diagnostic, Document, Span
from propos.reading import names, sentences, trees
from propos.reading import quotes as quotations
from propos.reading.quotes import Quotation

# Longer runs without white space are cut before they are split into tokens: spaCy's time grows with their square.
LONGEST_RUN = 200
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")
_APOSTROPHES = frozenset("'’ʼ")
# A hyphen between spaces is a dash.
_DASH = re.compile(r"(?<=\s)-(?=\s)")
_begin = attrgetter("span.start")
_straightened = lru_cache(maxsize=1 << 15)(sentences.straighten)

Features = Mapping[str, str]
"""Universal Dependencies features of one token (``{"Number": "Sing", …}``); shared between tokens, never changed."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its span and its tokens ``[first, last)``; ``heading`` for titles and cross-heads."""

    span: Span
    first: int
    last: int
    heading: bool


@dataclass
class Parsed:
    """A document with its parse. Every list has one entry a token, quotation marks left out.

    ``start``/``end``: offsets; ``word``: lower case, straight apostrophes; ``head``: index of the head
    (itself for a root); ``left``/``right``: first and last token of the subtree; ``sentence``: index into ``sentences``,
    whose items are token ranges ``[first, last)``.
    """

    document: Document
    text: str
    blocks: list[Block]
    quotations: list[Quotation]
    diagnostics: list[Diagnostic]
    start: list[int]
    end: list[int]
    word: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    features: list[Features]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.children = trees.children(self.head)
        self.left, self.right = trees.edges(self.head, self.children)

    def __len__(self) -> int:
        return len(self.word)

    @cached_property
    def block_of(self) -> list[int]:
        """Index of each token's paragraph."""
        return [index for index, block in enumerate(self.blocks) for _ in range(block.first, block.last)]

    @cached_property
    def quoted(self) -> list[int]:
        """Index of the outermost quotation that covers each token, or -1."""
        column, at = [-1] * len(self), 0
        outer = [(index, q) for index, q in enumerate(self.quotations) if q.depth == 0]
        for index, quotation in outer:
            while at < len(self) and self.end[at] <= quotation.span.start:
                at += 1
            while at < len(self) and self.start[at] < quotation.span.end:
                column[at] = index
                at += 1
        return column

    @cached_property
    def outer(self) -> list[Quotation]:
        """The outermost quotations in text order: none overlaps another."""
        return [quotation for quotation in self.quotations if quotation.depth == 0]

    @cached_property
    def outer_place(self) -> dict[int, int]:
        """Where in ``outer`` the outermost quotation of an index of ``quotations`` stands."""
        indices = (index for index, quotation in enumerate(self.quotations) if quotation.depth == 0)
        return {index: place for place, index in enumerate(indices)}

    def quotations_from(self, start: int) -> Iterator[Quotation]:
        """Quotations of every depth in text order, from the outermost one that ends at ``start`` or behind it."""
        place = bisect_left(self.outer, start, key=lambda quotation: quotation.span.end)
        if place < len(self.outer):
            first = bisect_left(self.quotations, self.outer[place].span.start, key=_begin)
            yield from (self.quotations[index] for index in range(first, len(self.quotations)))

    def span(self, first: int, last: int) -> Span:
        """Offsets of the tokens ``first`` to ``last``, both included."""
        return Span(self.start[first], self.end[last])

    def phrase(self, first: int, last: int) -> str:
        """The text of the tokens ``first`` to ``last``, both included."""
        return self.text[self.start[first] : self.end[last]]

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after ``offset`` (``len(self)`` past the last)."""
        return bisect_right(self.end, offset)

    def within(self, token: int, ancestor: int) -> bool:
        """Whether ``token`` is ``ancestor`` or below it in the tree."""
        while token != ancestor:
            if self.head[token] == token:
                return False
            token = self.head[token]
        return True


@dataclass(frozen=True, slots=True)
class _Layout:
    """A document made ready for the parser."""

    document: Document
    blocks: list[Block]
    quotations: list[Quotation]
    diagnostics: list[Diagnostic]
    words: list[str]
    start: list[int]
    sentences: list[tuple[int, int]]


def lay_out(document: Document, nlp: Language, openers: Container[str] = frozenset()) -> _Layout:
    """Paragraphs, quotations, tokens without quotation marks, and sentence borders.

    ``openers`` are the words, lower case, that can begin the frame of a quotation (*a*, *s'*, *déclare*).
    """
    text = document.text
    spans = quotations.paragraphs(text)
    found, odd = quotations.find(text, spans)
    words: list[str] = []
    start: list[int] = []
    outer = [q for q in found if q.depth == 0]
    blocks: list[Block] = []
    borders: list[tuple[int, int]] = []
    for span in spans:
        first = len(words)
        for offset, piece in _pieces(text, span):
            _split(piece, offset, first, nlp, words, start)
        last = len(words)
        heading = _is_heading(document, span, len(blocks))
        blocks.append(Block(span, first, last, heading))
        low = bisect_left(outer, span.start, key=_begin)
        inside = outer[low : bisect_left(outer, span.end, lo=low, key=_begin)]
        borders.extend(sentences.cut(words, start, first, last, inside, openers, heading=heading))
    return _Layout(document, blocks, found, odd, words, start, borders)


def _split(piece: str, offset: int, first: int, nlp: Language, words: list[str], start: list[int]) -> None:
    """Put the tokens of ``piece``, which stands at ``offset``, behind those of its paragraph, which begin at ``first``."""
    columns: Any = nlp.tokenizer(piece).to_array([IDX, LENGTH])
    for at, length in columns.tolist():
        word = piece[at : at + length]
        if word in _APOSTROPHES and len(words) > first and start[-1] + len(words[-1]) == offset + at:
            # An elision cut from its word by the quotation mark behind it (*d'"ingérence"*).
            words[-1] += word
        elif not word.isspace():
            words.append(word)
            start.append(offset + at)


def _pieces(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """The paragraph for the tokenizer, with its offset; in several pieces where a run without white space is too long."""
    masked, at = _masked(text, span), 0
    for match in _RUN.finditer(masked):
        if match.end() < len(masked) and not masked[match.end()].isspace():
            yield span.start + at, masked[at : match.end()]
            at = match.end()
    yield span.start + at, masked[at:]


def to_doc(layout: _Layout, vocab: Vocab) -> Doc:
    """The spaCy document to be parsed, its sentence borders set."""
    words = layout.words
    if "\u00ad" in layout.document.text or "’" in layout.document.text:
        words = [word.replace("\u00ad", "").replace("’", "'") or "-" for word in words]
    starts: list[bool | int | None] = [False] * len(words)
    for first, _ in layout.sentences:
        starts[first] = True
    return Doc(vocab, words=words, sent_starts=starts)


def from_doc(layout: _Layout, doc: Doc, days: Container[str] = frozenset()) -> Parsed:
    """The columns of a parsed document; ``days`` as for :func:`parse_many`."""
    text = layout.document.text
    strings = doc.vocab.strings
    columns: Any = doc.to_array([HEAD, DEP, POS, MORPH])
    head = [index + offset for index, offset in enumerate(columns[:, 0].astype("int64").tolist())]
    relations, tags, morphs = (columns[:, column].tolist() for column in (1, 2, 3))
    name = {key: strings[key] for key in {*relations, *tags}}
    shared = {key: _features(strings[key] if key else "") for key in set(morphs)}
    dep = [name[key] for key in relations]
    pos = [name[key] if key else "X" for key in tags]
    features = [shared[key] for key in morphs]
    trees.cut_rings(head, dep)
    names.join(names.Columns(layout.words, pos, dep, head, layout.sentences))
    trees.join_subjects(head, dep, pos)
    trees.free_objects(layout.words, head, dep, pos, days)
    trees.cut_rings(head, dep)
    ends = [at + len(word) for at, word in zip(layout.start, layout.words, strict=True)]
    sentence = [index for index, (first, last) in enumerate(layout.sentences) for _ in range(first, last)]
    return Parsed(
        document=layout.document, text=text, blocks=layout.blocks, quotations=layout.quotations,
        diagnostics=list(layout.diagnostics), start=layout.start, end=ends,
        word=list(map(_straightened, layout.words)), pos=pos, dep=dep, head=head, features=features,
        sentence=sentence, sentences=layout.sentences,
    )  # fmt: skip


def parse_many(
    documents: Iterable[Document],
    nlp: Language,
    batch_size: int = 16,
    openers: Container[str] = frozenset(),
    days: Container[str] = frozenset(),
) -> Iterator[Parsed]:
    """Parse documents in batches, in order; ``openers`` as for :func:`lay_out`.

    ``days``: nouns of time, lower case, that the parser takes for objects (*a accusé mardi Oslo*).
    """
    batch: list[_Layout] = []
    for document in documents:
        batch.append(lay_out(document, nlp, openers))
        if len(batch) >= batch_size:
            yield from _parse_batch(batch, nlp, days)
            batch = []
    yield from _parse_batch(batch, nlp, days)


def _parse_batch(batch: list[_Layout], nlp: Language, days: Container[str]) -> Iterator[Parsed]:
    docs = nlp.pipe((to_doc(layout, nlp.vocab) for layout in batch), batch_size=len(batch) or 1)
    for layout, doc in zip(batch, docs, strict=True):
        yield from_doc(layout, doc, days)


@lru_cache(maxsize=4096)
def _features(text: str) -> Features:
    return MappingProxyType(dict(pair.split("=", 1) for pair in text.split("|") if "=" in pair))


def _masked(text: str, span: Span) -> str:
    """The paragraph with quotation marks as spaces: same length, so the offsets hold."""
    return _DASH.sub("–", quotations.MARK.sub(" ", span.of(text)))


def _is_heading(document: Document, span: Span, index: int) -> bool:
    text = span.of(document.text)
    if index == 0 and document.title and text == document.title.strip():
        return True
    if len(text) > 160 or "\n" in text:
        return False
    if text.startswith("- ") and text.endswith(" -"):
        return True
    return text[-1] not in '.!?…"»”:;,' and len(text) < 120
