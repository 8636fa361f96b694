"""Hostile exports: whatever comes in, only documents and input errors come out, and work grows with the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import collect, press_marks
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"
FOLDERS = ("europresse", "factiva", "nexis")
FILES = {path.name: path.read_bytes() for folder in FOLDERS for path in sorted((FIXTURES / folder).iterdir())}
PRESS = ("europresse", "factiva-html", "factiva-rtf", "factiva-xml", "nexis")
JUNK = (
    b"<",
    b">",
    b"<td>",
    b"</div>",
    b"<article>",
    b"\x00",
    b"\xff\xfe",
    b"{",
    b"}",
    b"\\bin99 ",
    b"\\u",
    b"&#0;",
    b"]]>",
    b"\n",
)

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcomes(data: bytes, form: str | None) -> list[Document | InputError]:
    raw = Raw.of_bytes(data, "x")
    try:
        return list(collect.READERS[form or sniff(raw)](raw, Settings()))
    except InputError as error:
        return [error]


def check(found: list[Document | InputError]) -> None:
    """Every part lies in its text, in order."""
    assert found
    for document in (item for item in found if isinstance(item, Document)):
        at = 0
        for part in document.segments:
            assert at <= part.span.start < part.span.end <= len(document.text)
            at = part.span.end
        document.text.encode()  # no half character


@quick
@given(data=st.binary(max_size=300), form=st.sampled_from(PRESS))
def test_random_bytes(data: bytes, form: str) -> None:
    check(outcomes(data, form))


@quick
@given(name=st.sampled_from(sorted(FILES)), share=st.floats(0, 1), form=st.sampled_from([None, *PRESS]))
def test_truncated_exports(name: str, share: float, form: str | None) -> None:
    data = FILES[name]
    check(outcomes(data[: int(share * len(data))] or b"x", form))


@quick
@given(
    name=st.sampled_from(sorted(FILES)),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from(JUNK) | st.binary(max_size=4)), max_size=12
    ),
)
def test_mutated_exports(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = FILES[name]
    for share, dropped, junk in changes:
        at = int(share * len(data))
        data = data[:at] + junk + data[at + dropped :]
    check(outcomes(data or b"x", None))


@quick
@given(text=st.text(alphabet="\\{}'*abu0159 \n-", max_size=200))
def test_rtf_loses_no_byte(text: str) -> None:
    from propos.ingest import rtf

    data = b"{\\rtf1 " + text.encode()
    assert b"".join(line.markup for line in rtf.lines(data)) == data


HEAVY = {
    "articles": ("europresse", b'<article class="x">' * 5_000),
    "nested": ("europresse", b"<article>" + b"<div>" * 200_000),
    "publications": ("europresse", b'<td><span class="DocPublicationName">x' * 3_000),
    "spans": ("europresse", b'<article><div class="docOcurrContainer">' + b"<mark>a</mark>" * 100_000),
    "half-open": ("europresse", b"<article " * 5_000),
    "divs": ("factiva-html", b'<div class="article frArticle">' + b"<div>x" * 100_000),
    "rows": ("factiva-html", b'<div class="article frArticle"><table>' + b"<tr><td>HD<td>x" * 20_000),
    "braces": ("factiva-rtf", b"{\\rtf1 " + b"{" * 1_000_000),
    "bytes": ("factiva-rtf", b"{\\rtf1 " + b"\\'e9" * 300_000),
    "lengths": ("factiva-rtf", b"{\\rtf1 " + b"12 mots\\par " * 50_000),
    "documents": ("factiva-rtf", b"{\\rtf1 " + b"Document ABCDEF0020240101abcd\\par " * 5_000),
    "elements": ("factiva-xml", b"<article>" * 5_000),
    "bodies": ("nexis", b"Body\n" * 100_000),
    "starts": ("nexis", b"1 of 2 DOCUMENTS\n" * 10_000),
    "spaces": ("nexis", b"Length: " + b" " * 500_000 + b"\nBody\n" + b"a" * 500_000),
    "digits": ("nexis", b"1 of 2 DOCUMENTS\n" + b"1 mars " * 100_000 + b"\nLENGTH: 1\na\n"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_work_grows_with_the_text(name: str) -> None:
    form, data = HEAVY[name]
    check(outcomes(data, form))


def test_a_heavy_head_is_recognised_in_passing() -> None:
    for _, data in HEAVY.values():
        assert sniff(Raw.of_bytes(data, "x")) if not data.startswith(press_marks.RTF_MAGIC) else True
