from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest.encoding import decode

FRENCH = "« Nous\u00a0ne céderons pas\u202f», a-t-il dit à l’aéroport\u00ad; cœur, Noël, où ? 3 €"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("utf-32"), "utf-32-le"),
    ],
)
def test_unicode_survives_whole(data: bytes, encoding: str) -> None:
    assert decode(data, "x") == (FRENCH, encoding, ())


def test_windows_1252_keeps_typography() -> None:
    text = FRENCH.replace("\u202f", "\u00a0")
    assert decode(text.encode("cp1252"), "x") == (text, "cp1252", ())


def test_an_unusual_encoding_is_guessed_and_told() -> None:
    text = "Le général a déclaré à l'évêque que la société était épuisée, déçue et inquiète. " * 5
    decoded = decode(text.encode("cp850"), "x")
    assert "encoding-guessed" in {item.code for item in decoded.diagnostics}


def test_a_few_bad_bytes_in_utf8_are_replaced_and_told() -> None:
    data = ("é" * 40).encode() + b"\xff" + ("à" * 40).encode()
    decoded = decode(data, "x")
    assert decoded.text == "é" * 40 + "\ufffd" + "à" * 40
    assert [item.code for item in decoded.diagnostics] == ["encoding-damaged"]


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7 stuff", "PDF"),
        (b"PK\x03\x04docx", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"text with a \x00 in it", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x01\x02\x03\x04", "binary"),
    ],
)
def test_binary_is_refused(data: bytes, looks_like: str) -> None:
    with pytest.raises(InputError, match=looks_like) as raised:
        decode(data, "x")
    assert raised.value.code == "input-binary"


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_coded_error(data: bytes) -> None:
    try:
        text = decode(data, "x").text
    except InputError as error:
        assert error.code == "input-binary"  # noqa: PT017 (either outcome is right)
    else:
        text.encode()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_is_read_as_it_stands(text: str) -> None:
    if not text.startswith("\ufeff"):
        try:
            assert decode(text.encode(), "x").text == text
        except InputError:  # text that starts like a document of another kind
            assert text.startswith(("PK", "%PDF-", "{\\rtf", "GIF8"))
