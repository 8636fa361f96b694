"""Each format to a document: what is kept, what is dropped, where the offsets stand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Columns, Settings

ARTICLE = "Oslo a promis de répondre.\n\n« Nous\u202fsommes prêts\u00a0», a dit l’ad\u00adjointe."


def read(path: Path, settings: Settings | None = None) -> Document:
    (document,) = collect.documents([str(path)], settings or Settings())
    assert isinstance(document, Document), document
    return document


def fail(path: Path, settings: Settings | None = None) -> str:
    (error,) = collect.documents([str(path)], settings or Settings())
    assert isinstance(error, InputError)
    return error.code


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(document.text)) for part in document.segments]


# Plain text ----------------------------------------------------------------------------------------------------------


def test_plain_text_stays_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "oslo.txt"
    file.write_bytes(ARTICLE.encode())
    document = read(file)
    assert (document.text, document.id, document.title, document.published) == (ARTICLE, "oslo", None, None)
    assert document.source.reader == "text"
    assert document.source.file == str(file)
    assert document.source.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_become_line_feeds(tmp_path: Path, end: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(ARTICLE.replace("\n", end).encode("utf-16"))
    assert read(file).text == ARTICLE


def test_the_date_given_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"text": ARTICLE, "published": "2024-01-01"}))
    assert read(file).published == "2024-01-01"
    assert read(file, Settings(published="2024-03-15")).published == "2024-03-15"


# A single JSON object ------------------------------------------------------------------------------------------------


def test_a_json_object_keeps_its_text_and_fields(tmp_path: Path) -> None:
    text = "  Titre\r\n\r\n" + ARTICLE + "\n "
    row = {"id": 7, "title": "Autre titre", "published": "2024-03-15", "language": "fr", "text": text, "gold": [1]}
    file = tmp_path / "x.json"
    file.write_text(json.dumps(row, indent=1))
    document = read(file)
    assert document.text == text
    assert (document.id, document.title, document.published) == ("7", "Autre titre", "2024-03-15")
    assert document.source.reader == "json"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('{"text": "', "json-invalid"),
        ('{"title": "x"}', "column-missing"),
        ('{"text": 3}', "column-missing"),
        ('{"text": "  "}', "input-empty"),
        ("3", "json-not-object"),
        ('"text"', "json-not-object"),
        ("[" * 100_000, "json-invalid"),
    ],
)
def test_bad_json_is_a_coded_error(tmp_path: Path, written: str, code: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(written)
    assert fail(file) == code


def test_half_a_character_in_json_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"text": "été \\ud800 fin"}')
    assert read(file).text == "été \ufffd fin"


# JSON Lines ----------------------------------------------------------------------------------------------------------


def test_json_lines_columns_are_guessed_and_the_title_goes_first(tmp_path: Path) -> None:
    rows = [
        {"headline": "Oslo répond", "body": ARTICLE, "date": "2024-03-15T08:00:00Z", "url": "https://example.org"},
        {"headline": "Oslo répond", "body": "Oslo répond\n" + ARTICLE},
    ]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
    first, second = collect.documents([str(file)], Settings())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"Oslo répond\n\n{ARTICLE}"
    assert kinds(first)[0] == ("title", "Oslo répond")
    assert (first.published, first.id, first.source.url) == ("2024-03-15", "x-0", "https://example.org")
    assert (second.text, second.id, second.source.ordinal) == ("Oslo répond\n" + ARTICLE, "x-1", 1)


def test_json_lines_columns_can_be_mapped(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps({"text": "non", "corps2": ARTICLE, "t": "Titre"}) + "\n")
    settings = Settings(columns=Columns(text="corps2", title="t"))
    assert read(file, settings).text == f"Titre\n\n{ARTICLE}"
    assert fail(file, Settings(columns=Columns(text="nulle"))) == "column-missing"


def test_a_bad_line_is_skipped_and_told(tmp_path: Path) -> None:
    good = json.dumps({"text": ARTICLE}).encode()
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"\n".join([good, b"{", b"[1]", b'{"text": 1}', good, b"\xff\x00", good]))
    found = list(collect.documents([str(file)], Settings()))
    codes = [item.code if isinstance(item, InputError) else "read" for item in found]
    assert codes == ["read", "json-invalid", "json-not-object", "column-missing", "read", "input-binary", "read"]
    assert "line 2 of" in str(found[1])


def test_a_json_list_is_read_like_lines(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps([{"text": ARTICLE}, 3, {"text": ARTICLE, "id": "b"}]))
    found = list(collect.documents([str(file)], Settings()))
    assert [getattr(item, "id", None) or getattr(item, "code", None) for item in found] == [
        "x-0",
        "json-not-object",
        "b",
    ]


def test_half_a_character_garbles_nothing_else_in_a_json_list(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('[{"text": "L\u2019été \u00e0 Kiev, d\u00e9j\u00e0 \\ud800 fini", "titre": "\\udc00"}, {"text": "« Été »"}]')
    found = list(collect.documents([str(file)], Settings()))
    assert [item.text for item in found if isinstance(item, Document)] == [
        "\ufffd\n\nL’été à Kiev, déjà \ufffd fini",
        "« Été »",
    ]
    assert not any(item.diagnostics for item in found if isinstance(item, Document))


def test_wide_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    line = json.dumps({"text": ARTICLE}, ensure_ascii=False)
    file.write_bytes(f"{line}\n{line}\n".encode("utf-16"))
    assert [getattr(item, "text", None) for item in collect.documents([str(file)], Settings())] == [ARTICLE] * 2


def test_a_line_may_not_be_larger_than_allowed(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"text": "' + "a " * 100_000 + '"}\n')
    assert fail(file, Settings(max_bytes=1000)) == "input-too-large"


# Markdown ------------------------------------------------------------------------------------------------------------

MARKDOWN = """---
title: "Kiev : « nous tiendrons »"
date: 2024-03-15
source: Gazette
url: https://example.org/a
lang: fr
---

Le **ministre** a dit : « Nous *tiendrons* ».
Il l'a dit [à Kiev](https://example.org).

## Une autre voie

- un point
- un second, a dit *M. Roux*

> « Assez », a-t-il lancé. ![photo](x.png)
"""


def test_markdown_loses_its_markers_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "kiev.md"
    file.write_text(MARKDOWN)
    document = read(file)
    assert document.text == (
        "Kiev : « nous tiendrons »\n\n"
        "Le ministre a dit : « Nous tiendrons ».\nIl l'a dit à Kiev.\n\n"
        "Une autre voie\n\n- un point\n\n- un second, a dit M. Roux\n\n« Assez », a-t-il lancé."
    )
    assert (document.title, document.published, document.language) == ("Kiev : « nous tiendrons »", "2024-03-15", "fr")
    assert (document.source.outlet, document.source.url) == ("Gazette", "https://example.org/a")
    assert [kind for kind, _ in kinds(document)] == ["title", "lead", "heading", "body"]


def test_a_first_heading_is_the_title_and_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"# Oslo répond\n\n{ARTICLE}\n")
    document = read(file)
    assert document.title == "Oslo répond"
    assert document.text == f"Oslo répond\n\n{ARTICLE}"


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_front_matter_is_seen_under_any_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(MARKDOWN)
    assert read(file).source.reader == "markdown"


def test_a_rule_is_no_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"---\n{ARTICLE}\n---\n")
    assert read(file).source.reader == "text"


# HTML ----------------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="fr-FR"><head><meta charset="{charset}"><title>Kiev promet - Gazette</title>
<meta property="og:title" content="Kiev promet de répondre"><meta property="og:site_name" content="Gazette">
<meta property="article:published_time" content="2024-03-15T10:00:00+01:00"></head>
<body><nav><a href=/>Accueil</a> <a href=/m>Monde</a></nav><article><h1>Kiev promet de répondre</h1>
<p>Le ministre a promis vendredi de répondre à &laquo;&nbsp;toute attaque&nbsp;&raquo;, au lendemain
 d'une frappe sur le port d'Odessa qui a fait plusieurs blessés.</p>
<p>«&#8239;Nous ne céderons pas&#8239;», a-t-il déclaré lors d’une confé&shy;rence, <em>selon un communiqué</em>
publié dans la soirée par ses services.</p>
<h2>Une autre voie</h2>
<p>Moscou a rejeté ces accusations, estimant que Kiev "cherche un prétexte" pour rompre les négociations.</p>
<ul><li>Un premier point, a dit M. Roux</li><li>Un second point</li></ul>
</article><footer>Mentions légales</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_article(tmp_path: Path, charset: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.replace("{charset}", charset).encode(charset))
    document = read(file)
    assert document.text.split("\n\n") == [
        "Kiev promet de répondre",
        "Le ministre a promis vendredi de répondre à «\u00a0toute attaque\u00a0», au lendemain"
        " d'une frappe sur le port d'Odessa qui a fait plusieurs blessés.",
        "«\u202fNous ne céderons pas\u202f», a-t-il déclaré lors d’une confé\u00adrence, selon un communiqué"
        " publié dans la soirée par ses services.",
        "Une autre voie",
        'Moscou a rejeté ces accusations, estimant que Kiev "cherche un prétexte" pour rompre les négociations.',
        "- Un premier point, a dit M. Roux",
        "- Un second point",
    ]
    assert (document.title, document.published, document.language) == ("Kiev promet de répondre", "2024-03-15", "fr")
    assert document.source.outlet == "Gazette"
    assert ("heading", "Une autre voie") in kinds(document)


def test_a_page_without_an_article_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<html><body><nav><a href=/>x</a></nav></body></html>")
    assert fail(file) == "html-no-article"


# What all formats share ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ('{"text": "x"}', "json"),
        ('{"text": "x"}\n{"text": "y"}\n', "jsonl"),
        ('{\n "text": "x"\n}', "json"),
        ('[{"text": "x"}]', "json"),
        ("[Mise à jour] Oslo répond.", "text"),
        ("{sic} Oslo répond.", "text"),
        ("<!DOCTYPE html><p>x", "html"),
        ("\n<html lang=fr>", "html"),
        ("<Oslo> répond", "text"),
        ("Oslo répond.", "text"),
    ],
)
def test_formats_are_found_by_content(head: str, form: str) -> None:
    assert sniff(Raw.of_bytes(head.encode(), "standard input")) == form


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-03-15", "2024-03-15"),
        ("2024-03-15T23:59:00+01:00", "2024-03-15"),
        ("15/03/2024 08:00", "2024-03-15"),
        ("Fri, 15 Mar 2024 08:00:00 GMT", "2024-03-15"),
        ("hier", None),
        ("2024-13-45", None),
    ],
)
def test_publication_dates(tmp_path: Path, written: str, iso: str | None) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"text": ARTICLE, "date": written}))
    document = read(file)
    assert document.published == iso
    assert [item.code for item in document.diagnostics] == ([] if iso else ["date-unreadable"])


def test_another_language_is_a_diagnostic(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "The minister said on Friday that the country would respond to any attack on its ports and ships. " * 3
    )
    assert [item.code for item in read(file).diagnostics] == ["language-unlikely"]


def test_limits_are_errors(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("mot " * 1000)
    assert fail(file, Settings(max_bytes=100)) == "input-too-large"
    assert fail(file, Settings(max_chars=100)) == "text-too-long"


def test_a_string_stays_as_it_stands() -> None:
    assert collect.of_text("Oslo\r\nrépond \ud800.", Settings()).text == "Oslo\r\nrépond \ufffd."
