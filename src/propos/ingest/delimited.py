"""CSV and TSV, streamed: the separator is found in the header (``, ; tab |``), columns are guessed or mapped.

Quotation as RFC 4180 has it: ``"…"`` round a field with separators, line ends or marks, inner marks doubled. A row that
breaks it is reported, and reading goes on at the next line, so that a mark never closed does not swallow the file.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from propos import errors
from propos.ingest import rows, tabular
from propos.ingest.encoding import BOMS, decode
from propos.ingest.raw import Raw, lines_of
from propos.ingest.tabular import Found, Row
from propos.model import Diagnostic, Document
from propos.settings import Columns, Settings

CSV, TSV = "csv", "tsv"
SEPARATORS = ",;\t|"
MOST_COLUMNS = 1_000
_AGAIN = 8
_LONGEST_HEADER = 65_536
"""Characters of the first line from which the separator is told."""
_MARK = "sep="
"""What Excel writes before the header to tell the separator."""


def read(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of a CSV file, one a row. Raises ``column-missing``, ``row-broken``, ``input-binary``."""
    yield from tabular.documents(_rows(raw, settings, None), CSV, raw.file, settings)


def read_tabs(raw: Raw, settings: Settings) -> Iterator[Document | errors.InputError]:
    """The documents of a file with tabs between its columns; raises as :func:`read`."""
    yield from tabular.documents(_rows(raw, settings, "\t"), TSV, raw.file, settings)


def separator(line: str, columns: Columns) -> str:
    """The separator of a header: the one that shows most of the columns looked for, then most columns."""
    return max(SEPARATORS, key=lambda mark: _worth(_split(line, mark), columns))


def known_columns(line: str, mark: str) -> int:
    """How many columns of the header ``line`` have names that hold a field; 0 where none is a text."""
    names = [name.strip() for name in _split(line, mark)]
    found, _ = _worth(names, Columns())
    return found


def _worth(names: Sequence[str], columns: Columns) -> tuple[int, int]:
    row = dict.fromkeys((name.strip() for name in names), "x")
    fields = rows.holders_of(row, columns)
    return (len([name for name in fields.values() if name in row]) if fields["text"] in row else 0, len(names))


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line[:_LONGEST_HEADER]], delimiter=mark), [])
    except csv.Error:
        return []


# Bytes go through the csv module as Latin-1, which maps each byte to one character and back. So rows keep their bytes,
# and each is decoded by itself: a file put together from others may change its encoding half-way.


class _TooLong(csv.Error):
    """A row of more bytes than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it has more than {limit} bytes")


@dataclass(slots=True)
class _Lines:
    """The lines of a file; some can be put back. ``number`` counts those given, ``taken`` are those of the row at hand."""

    source: Iterator[bytes]
    limit: int
    number: int = 0
    taken: list[bytes] = field(default_factory=list)
    size: int = 0
    waiting: deque[bytes] = field(default_factory=deque)
    rescued: int = 0

    def __iter__(self) -> Iterator[str]:
        """The lines for the csv module; a row beyond the limit raises its error."""
        while (line := self._next()) is not None:
            self.number += 1
            self.taken.append(line)
            self.size += len(line) + 1
            if self.size > self.limit:
                raise _TooLong(self.limit)
            yield line.decode("latin-1") + "\n"

    def _next(self) -> bytes | None:
        return self.waiting.popleft() if self.waiting else next(self.source, None)

    def end_row(self) -> bytes:
        """The bytes of the row at hand, which is over."""
        data = b"\n".join(self.taken)
        self.taken, self.size = [], 0
        return data

    def give_up_row(self) -> None:
        """Leave out the first line of the row at hand and go on after it.

        Of one file at most eight times ``limit`` bytes are read again: more would make the work grow with its square.
        """
        again = self.taken[1:]
        self.rescued += self.size
        if self.rescued <= _AGAIN * self.limit:
            self.waiting.extendleft(reversed(again))
            self.number -= len(again)
        self.end_row()


def _rows(raw: Raw, settings: Settings, mark: str | None) -> Iterator[Found]:
    """The rows after the header."""
    # The csv module's own limit holds for the whole process; rows are bounded here.
    csv.field_size_limit(max(csv.field_size_limit(), min(settings.max_bytes, 2**31 - 1)))
    lines = _Lines(_lines(raw, settings), settings.max_bytes)
    names, mark = _header(lines, raw.name, settings.columns, mark)
    for number, row in _records(lines, mark, raw.name):
        yield _row(row, names, lines, number, raw.name) if isinstance(row, list) else row


def _header(lines: _Lines, name: str, columns: Columns, mark: str | None) -> tuple[list[str], str]:
    """The columns' names and the separator; raises ``column-missing``."""
    first = _first_line(lines)
    told = first[len(_MARK) :].rstrip("\r\n") if first.lower().startswith(_MARK) else ""
    if len(told) == 1 and told in SEPARATORS:
        mark, first = told, _first_line(lines)
    chosen = mark or separator(decode(first.encode("latin-1"), name).text, columns)
    lines.waiting.appendleft(first.rstrip("\n").encode("latin-1"))
    lines.number -= 1
    for _, row in _records(lines, chosen, name):
        if not isinstance(row, list):
            raise row
        if len(row) > MOST_COLUMNS:
            reason = f"it has {len(row)} columns; at most {MOST_COLUMNS} are read"
            raise errors.ROW_BROKEN(name=f"the header of {name}", reason=reason)
        names = tabular.header([decode(cell.encode("latin-1"), name).text for cell in row])
        lines.end_row()
        tabular.check(names, columns, name)
        return names, chosen
    raise errors.INPUT_EMPTY(name=name)


def _first_line(lines: _Lines) -> str:
    """The next line that holds something."""
    first = next((line for line in lines if line.strip()), "")
    lines.end_row()
    return first


def _records(lines: _Lines, mark: str, name: str) -> Iterator[tuple[int, list[str] | errors.InputError]]:
    """The rows as the csv module gives them, with the number of their first line; empty lines are passed over."""
    while True:
        try:
            for cells in csv.reader(lines, delimiter=mark, strict=True):
                if any(cell.strip() for cell in cells):
                    yield lines.number - len(lines.taken) + 1, cells
                lines.end_row()
        except csv.Error as error:
            number = lines.number - len(lines.taken) + 1
            reason = str(error).replace("unexpected end of data", "a quotation mark is opened and never closed")
            lines.give_up_row()
            yield number, tabular.broken(f"line {number} of {name}", reason)
        else:
            return


def _row(cells: list[str], names: list[str], lines: _Lines, number: int, file: str) -> Found:
    """The row with its columns' names; one with too many cells is an error, one with too few is told of.

    ``number``: that of its first line, from 1.
    """
    name, data = f"line {number} of {file}", b"\n".join(lines.taken)
    while len(cells) > len(names) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(names):
        reason = f"it has {len(cells)} cells for {len(names)} columns"
        return tabular.broken(name, reason)
    odd: tuple[Diagnostic, ...] = ()
    if len(cells) < len(names):
        odd = (Diagnostic("row-short", f"The row has {len(cells)} cells for {len(names)} columns; the others are taken as empty."),)
    try:
        # One decision for the whole row: a cell by itself may be too short to show its encoding.
        decoded = decode(data, name)
    except errors.InputError as error:
        return error
    values = [cell.encode("latin-1").decode(decoded.encoding, "replace") for cell in cells]
    return Row(name, number - 1, dict(zip(names, values, strict=False)), data, (*odd, *decoded.diagnostics))


def _lines(raw: Raw, settings: Settings) -> Iterator[bytes]:
    """The lines as bytes of an encoding that extends ASCII; UTF-16 and UTF-32 become UTF-8 on the way."""
    encoding = decode(raw.head, raw.name).encoding
    wide = encoding if encoding.startswith(("utf-16", "utf-32")) else None
    chunks = _narrowed(raw, wide) if wide else _without_mark(raw.chunks())
    head = raw.head.replace(b"\0", b"") if wide else raw.head
    return lines_of(chunks, settings.max_bytes, raw.name, b"\n" if b"\n" in head else b"\r")


def _narrowed(raw: Raw, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = (decoder.decode(chunk) for chunk in raw.chunks())
    yield next(text, "").removeprefix("\ufeff").encode("utf-8", "replace")
    yield from (part.encode("utf-8", "replace") for part in text)
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield next(chunks, b"").removeprefix(BOMS[0][0])
    yield from chunks
