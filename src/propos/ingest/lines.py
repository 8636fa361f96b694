"""The lines (paragraphs) of word processors' files and of plain text, each with its own bytes of the file."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from propos import errors
from propos.ingest.line import Line
from propos.ingest.page import open_page
from propos.ingest.press_marks import DOCX_MAGIC, RTF_MAGIC
from propos.ingest.rtf import lines as rtf_lines

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST = 1_000_000
"""Lines that are read: the largest export has a tenth of that."""

_ROW = re.compile(rb"[^\n]*\n|[^\n]+")
_MAIN_PART = "word/document.xml"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def of_file(data: bytes, name: str, limit: int) -> list[Line]:
    """The lines of a DOCX, RTF or text file, blank ones kept.

    ``limit`` holds for what a DOCX unpacks to as well. Raises ``input-too-large``, ``input-binary``, ``file-damaged``.
    """
    found = list(islice(_lines(data, name, limit), MOST + 1))
    if len(found) > MOST:
        raise errors.FILE_DAMAGED(name=name, reason=f"it has more than {MOST} lines")
    return found


def _lines(data: bytes, name: str, limit: int) -> Iterator[Line]:
    if data.startswith(DOCX_MAGIC):
        return of_docx(data, name, limit)
    if data.startswith(RTF_MAGIC):
        return rtf_lines(data)
    return of_text(data, name)


def of_text(data: bytes, name: str) -> Iterator[Line]:
    """The lines of a text file in whatever encoding; raises ``input-binary``."""
    opened = open_page(data, name)
    for row in _ROW.finditer(opened.data.removeprefix(codecs.BOM_UTF8)):
        yield Line(opened.text(row.group())[0].strip("\x0c\r\n\t "), row.group())


def of_docx(data: bytes, name: str, limit: int) -> Iterator[Line]:
    """The paragraphs of a Word file's main part; their bytes are their canonical XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(_unpacked(data, name, limit), parser)
    except etree.LxmlError as error:
        raise errors.FILE_DAMAGED(name=name, reason="its text is not well-formed XML") from error
    if root.getroottree().docinfo.doctype:
        raise errors.FILE_DAMAGED(name=name, reason="it declares entities, which Word never does")
    yield from _paragraphs(root)


def _paragraphs(root: etree._Element) -> list[Line]:
    """The paragraphs by their beginnings. A text box's are their own lines, their bytes those of the paragraph around them.

    What was deleted is no text. One pass: with each paragraph gone through by itself, deep boxes would cost its square.
    """
    found: list[Line] = []
    around: list[tuple[int, list[str]]] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=[f"{_WORD}{name}" for name in ("p", "t", *_SIGNS)]):
        kind = etree.QName(element).localname
        if kind == "p" and event == "start":
            own = b"" if around else etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
            around.append((len(found), []))
            found.append(Line("", own))
        elif kind == "p":
            place, words = around.pop()
            found[place] = found[place]._replace(text="".join(words).strip())
        elif event == "start" and around:
            around[-1][1].append(element.text or "" if kind == "t" else _SIGNS[kind])
    return found


def joined(lines: Iterable[Line]) -> bytes:
    """The bytes of several lines, for their digest."""
    return b"".join(line.markup for line in lines)


def _unpacked(data: bytes, name: str, limit: int) -> bytes:
    """The main part, never more of it than ``limit`` bytes, whatever the archive says about its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MAIN_PART) as part:
            found = part.read(limit + 1)
    except KeyError as error:
        raise errors.FILE_DAMAGED(name=name, reason="it is no Word file: it has no text part") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise errors.FILE_DAMAGED(name=name, reason="its archive is broken or cut off") from error
    if len(found) > limit:
        raise errors.INPUT_TOO_LARGE(name=name, limit=limit)
    return found
