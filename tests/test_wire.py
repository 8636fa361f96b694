"""The wire formats: what each reader takes from an item, and how versions, corrections and kills come out."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from propos.errors import InputError
from propos.ingest import collect, wire, wire_markup
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document, Edition
from propos.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"
ROOT = Path(__file__).parent.parent
FORMS = {"newsml_g2": "newsml-g2", "newsml1": "newsml1", "nitf": "nitf", "ninjs": "ninjs"}
Outcome = Document | InputError


def outcomes(path: Path | str, settings: Settings | None = None, form: str | None = None) -> list[Outcome]:
    return list(collect.documents([str(path)], settings or Settings(), form))


def one(name: str, settings: Settings | None = None) -> Document:
    (document,) = outcomes(FIXTURES / name, settings)
    assert isinstance(document, Document), document
    return document


def many(name: str) -> list[Outcome]:
    return outcomes(FIXTURES / name)


def codes(found: list[Outcome]) -> list[str]:
    return [item.code if isinstance(item, InputError) else "read" for item in found]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(document.text)) for part in document.segments]


def edition(document: Document) -> Edition:
    assert document.source.edition is not None
    return document.source.edition


# Whole items ---------------------------------------------------------------------------------------------------------


def test_newsml_g2_with_xhtml() -> None:
    document = one("newsml_g2/v1.xml")
    assert kinds(document) == [
        ("title", "La Lérie promet de rouvrir le détroit"),
        ("byline", "Par Camille ROUSSIN"),
        ("dateline", "PORT-LERAC, 15 mars 2024 (Alizé) -"),
        ("lead", "La Lérie a promis vendredi de rouvrir le détroit de Mervan dix jours après une médiation d'Oslo."),
        ("body", "«\u00a0Nous tiendrons parole\u00a0», a déclaré la ministre Ana Sorel. Le port attend."),
        ("heading", "Une voie étroite"),
        ("body", "Mervan a rejeté cette date."),
    ]
    guid = "urn:newsml:agence-alize.example:20240315:digue-001"
    source = document.source
    assert (document.title, document.published, document.language) == ("La Lérie promet de rouvrir le détroit", "2024-03-15", "fr")
    assert (source.reader, source.outlet, source.author) == ("newsml-g2", "Agence Alizé", "Camille ROUSSIN")
    assert (source.section, source.issued) == ("Politique; Diplomatie", "2024-03-15T18:02:00+01:00")
    assert source.external == (f"newsml-g2:{guid}",)
    assert source.edition == Edition(guid, 1)
    assert document.id == f"{guid}:1"
    assert source.sha256 == hashlib.sha256((FIXTURES / "newsml_g2/v1.xml").read_bytes()).hexdigest()


def test_a_newsml_g2_message_gives_its_text_items_and_says_what_is_empty() -> None:
    found = many("newsml_g2/message.xml")
    assert codes(found) == ["read", "read", "read", "input-empty"]
    assert "article 6 of" in str(found[3])
    nitf, data, alert = (item for item in found if isinstance(item, Document))
    assert [item.source.ordinal for item in (nitf, data, alert)] == [2, 3, 4]
    assert kinds(nitf) == [
        ("title", "Mervan exige des garanties"),
        ("byline", "Par Noé TALLAN"),
        ("heading", "Le conseil siège dimanche"),
        ("dateline", "MERVAN (Alizé) - "),
        ("lead", "Mervan a exigé samedi des garanties écrites de la Lérie."),
        ("body", "Selon un conseiller, rien n'est signé."),
    ]
    assert edition(nitf).version == 4
    assert nitf.source.external[1:] == ("altid:AZ-778",)
    assert data.text == "Oslo se dit prête\n\nOslo s'est dite prête à aider.\n\nRien de plus."
    assert (alert.text, alert.diagnostics[0].code) == ("La Lérie rouvre le détroit (ministre)", "body-missing")
    assert len({item.source.sha256 for item in (nitf, data, alert)}) == 3


def test_newsml1_with_nitf_and_a_picture_beside_it() -> None:
    document = one("newsml1/v1.xml")
    assert kinds(document) == [
        ("title", "Oslo annonce une médiation"),
        ("byline", "Par Noé TALLAN"),
        ("heading", "Une médiation discrète"),
        ("dateline", "OSLO, 15 mars 2024 (Alizé) - "),
        ("lead", "Oslo a annoncé une médiation entre la Lérie et Mervan."),
        ("body", "« C'est un début », a dit la médiatrice Liv Aasen."),
    ]
    source = document.source
    assert (source.outlet, source.author, source.section, source.issued) == (
        "Alizé", "Noé TALLAN", "11000000", "2024-03-15T16:00:00+00:00",
    )  # fmt: skip
    assert source.external == (
        "newsml:urn:newsml:agence-alize.example:20240315T160000Z:TX-LER-0042:1",
        "newsml:urn:newsml:agence-alize.example:20240315T160000Z:TX-LER-0042",
    )


def test_newsml1_paragraphs_may_stand_bare() -> None:
    document = one("newsml1/v2-correction.xml")
    assert "Mervan, à huis clos.\n\n« C'est un début »" in document.text
    assert edition(document).note == "Ajoute le huis clos"


def test_newsml1_components_with_headlines_of_their_own_are_documents() -> None:
    found = many("newsml1/several.xml")
    assert codes(found) == ["read", "read", "input-empty"]
    first, second = (item for item in found if isinstance(item, Document))
    assert (first.text, second.text) == (
        "Mervan répond à Oslo\n\nMervan a répondu à Oslo.",
        "Le calendrier du détroit\n\nLe détroit rouvre le 27 mars.",
    )
    guid = "urn:newsml:alize:20240316:X1"
    assert (edition(first), edition(second)) == (Edition(guid, 7), Edition(f"{guid}#2", 7))
    assert first.source.sha256 != second.source.sha256


def test_nitf_in_latin_1_with_named_characters() -> None:
    document = one("nitf/v1.xml")
    assert kinds(document) == [
        ("title", "Pêche: la Lérie menace de fermer ses ports"),
        ("byline", "Par Camille Roussin envoyée spéciale"),
        ("dateline", "PORT-LERAC, 15 mars 2024 (Alizé) -"),
        ("lead", "Le conflit de la pêche s'aigrit."),
        ("body", "La Lérie a menacé vendredi de fermer ses ports si Mervan ne libère pas les chalutiers."),
        ("heading", "Trois chalutiers"),
        ("body", "«\u00a0C'est un ultimatum\u00a0», a dit le ministre Ivan Vasse."),
    ]
    source = document.source
    assert (source.outlet, source.author, source.section, source.issued, source.external) == (
        "Agence Alizé", "Camille Roussin", "Politique", "2024-03-15T17:00:00+01:00", ("nitf:alize.240315.peche",),
    )  # fmt: skip


def test_nitf_that_replaces_another_is_a_later_version_of_it() -> None:
    document = one("nitf/replaces.xml")
    assert edition(document) == Edition("alize.240316.a", 2)
    source = document.source
    assert (source.outlet, source.section, source.url, source.issued) == (
        "La Gazette de Lérac", "Monde", "http://gazette.example/b", "2024-03-16",
    )  # fmt: skip


def test_nitf_that_only_takes_another_back_withdraws_it(tmp_path: Path) -> None:
    file = tmp_path / "kill.xml"
    file.write_text(
        '<nitf><head><docdata management-status="usable" management-doc-idref="a" management-idref-status="canceled">'
        '<doc-id id-string="b"/><ed-msg info="Ne pas publier a"/></docdata></head><body/></nitf>'
    )
    (document,) = outcomes(file)
    assert isinstance(document, Document)
    assert (document.text, edition(document)) == ("Ne pas publier a", Edition("a", 2, "withdrawn", "Ne pas publier a"))


def test_ninjs_1_with_a_body_for_each_form() -> None:
    document = one("ninjs/v1.json")
    assert document.text == (
        "Le traité du détroit est prêt\n\nPar Camille Roussin\n\nLERAC, 17 mars 2024\n\n"
        "Le traité est prêt, a affirmé dimanche la ministre Ana Sorel.\n\n"
        "«\u00a0Il reste à signer\u00a0», a-t-elle ajouté.\nNul ne sait quand."
    )
    source = document.source
    assert (source.outlet, source.author, source.section, source.issued) == (
        "Agence Alizé", "Camille Roussin", "Diplomatie", "2024-03-17T09:00:00+01:00",
    )  # fmt: skip


def test_ninjs_2_with_lists_of_headlines_and_bodies() -> None:
    document = one("ninjs/v2-correction.json")
    assert kinds(document) == [
        ("title", "Le traité du détroit sera signé mardi"),
        ("byline", "Par Camille Roussin"),
        ("heading", "Oslo recevra les deux ministres"),
        ("lead", "Le traité sera signé mardi, a affirmé dimanche la ministre Ana Sorel."),
        ("heading", "À Oslo"),
        ("body", "Oslo l'a confirmé."),
    ]
    assert document.source.external[1:] == ("interne:AZ-9",)
    assert document.source.section == "Diplomatie; Traité"


def test_ninjs_lines_are_read_one_by_one() -> None:
    found = many("ninjs/wire.jsonl")
    assert codes(found) == ["read", "json-invalid", "read"]
    assert "line 2 of" in str(found[1])
    last = found[2]
    assert isinstance(last, Document)
    assert last.text == "Lérac attend\n\nPar Noé Tallan\n\nLérac attend la signature."
    assert (last.source.url, last.source.author, last.source.ordinal) == ("https://alize.example/2024/3", "Noé Tallan", 4)


def test_a_ninjs_list_passes_over_its_pictures() -> None:
    found = many("ninjs/list.json")
    assert codes(found) == ["read", "read", "read", "json-not-object"]
    assert [item.source.ordinal for item in found if isinstance(item, Document)] == [0, 2, 3]


# Versions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FORMS)
def test_a_correction_and_a_kill_follow_a_first_version(folder: str) -> None:
    suffix = "json" if folder == "ninjs" else "xml"
    first, second, third = (one(f"{folder}/{name}.{suffix}") for name in ("v1", "v2-correction", "v3-kill"))
    assert {item.source.reader for item in (first, second, third)} == {FORMS[folder]}
    assert len({edition(item).guid for item in (first, second, third)}) == 1
    assert [edition(item).version for item in (first, second, third)] == [1, 2, 3]
    assert [edition(item).status for item in (first, second, third)] == ["usable", "usable", "withdrawn"]
    assert first.text != second.text
    assert edition(first).note is None
    assert edition(second).note
    assert third.text in {third.title, edition(third).note}
    assert [item.code for item in third.diagnostics] == ["body-missing"]
    assert len({item.id for item in (first, second, third)}) == 3
    times = [str(item.source.issued) for item in (first, second, third)]
    assert times == sorted(set(times))


def test_a_kill_without_a_word_keeps_its_identifier(tmp_path: Path) -> None:
    file = tmp_path / "k.json"
    file.write_text(json.dumps({"uri": "urn:x:1", "version": "2", "pubstatus": "canceled"}))
    (document,) = outcomes(file)
    assert isinstance(document, Document)
    assert (document.text, edition(document)) == ("urn:x:1", Edition("urn:x:1", 2, "withdrawn"))


@pytest.mark.parametrize(
    ("written", "withdrawn"),
    [
        ("stat:canceled", True), ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", True), ("Canceled", True), ("cancelled ", True),
        ("stat:usable", False), ("Embargoed", False), ("", False), (None, False), ("canceled:usable", False),
    ],
)  # fmt: skip
def test_what_takes_an_item_back(written: str | None, withdrawn: bool) -> None:  # noqa: FBT001
    assert wire.is_withdrawn(written) is withdrawn


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20241128T120000Z", "2024-11-28T12:00:00+00:00"),
        ("20241128T120000+0100", "2024-11-28T12:00:00+01:00"),
        ("20241128120000-0500", "2024-11-28T12:00:00-05:00"),
        ("2024-11-28T12:00:00+01:00", "2024-11-28T12:00:00+01:00"),
        ("20241128", "2024-11-28"),
        ("2024-11-28", "2024-11-28"),
        ("20241328", None),
        ("hier", None),
        ("", None),
        (None, None),
    ],
)
def test_times_of_wires(written: str | None, iso: str | None) -> None:
    assert wire.iso_time(written) == iso


@pytest.mark.parametrize(
    ("changed", "diagnostics"),
    [
        ({"version": "2024112812000000"}, ["version-unreadable"]),
        ({"version": "deux"}, ["version-unreadable"]),
        ({"versioncreated": "hier"}, ["date-unreadable"]),
        ({"embargoed": "2024-03-17T12:00:00Z"}, ["embargoed"]),
        ({"version": 5}, []),
    ],
)
def test_what_is_odd_is_told(tmp_path: Path, changed: dict[str, object], diagnostics: list[str]) -> None:
    row = json.loads((FIXTURES / "ninjs/v1.json").read_text()) | changed
    file = tmp_path / "x.json"
    file.write_text(json.dumps(row))
    (document,) = outcomes(file)
    assert isinstance(document, Document)
    assert [item.code for item in document.diagnostics] == diagnostics
    assert edition(document).version == (5 if changed == {"version": 5} else 1)


def test_the_date_given_wins_over_the_wire() -> None:
    document = one("nitf/v1.xml", Settings(published="2020-01-01"))
    assert (document.published, document.source.issued) == ("2020-01-01", "2024-03-15T17:00:00+01:00")


# Bodies --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>Un\n  mot</p><p>Deux</p>", [("Un mot", "body"), ("Deux", "body")]),
        ("<p>Un<br/>deux</p>", [("Un\ndeux", "body")]),
        ("<div>Un<br><br>deux<p>trois</p>quatre</div>", [(word, "body") for word in ("Un", "deux", "trois", "quatre")]),
        ("<h2>Un <i>mot</i></h2>suite", [("Un mot", "heading"), ("suite", "body")]),
        ("<ul><li>un</li><li>deux</li></ul>", [("- un", "body"), ("- deux", "body")]),
        ("<p>a<script>x()</script>b<style>y</style>c</p>", [("abc", "body")]),
        ("<p>a</p><figure><figcaption>légende</figcaption></figure>b", [("a", "body"), ("b", "body")]),
        ("<div class='x chapo'><p>a</p></div><p>b</p>", [("a", "lead"), ("b", "body")]),
        ("<p class=byline>Par A</p><p>b</p>", [("Par A", "byline"), ("b", "body")]),
        ("<pre>a\nb</pre>", [("a\nb", "body")]),
        ("<p>a&nbsp;: b\u202f!</p>", [("a\u00a0: b\u202f!", "body")]),
        ("<p> </p><p>-</p>", []),
        ("un\n\ndeux\nencore", [("un", "body"), ("deux\nencore", "body")]),
        ("un\r\ndeux", [("un", "body"), ("deux", "body")]),
        ("2 < 3 et 4 > 1", [("2 < 3 et 4 > 1", "body")]),
        ("", []),
    ],
)
def test_bodies(html: str, blocks: list[tuple[str, str]]) -> None:
    assert list(wire_markup.of_string(html)) == blocks


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("newsml_g2/bad-pictures.xml", ["wire-no-text"]),
        ("newsml_g2/bad-cut.xml", ["read", "read", "xml-invalid"]),
        ("newsml_g2/bad-start.xml", ["xml-invalid"]),
        ("newsml_g2/bad-bomb.xml", ["xml-unsafe"]),
        ("newsml_g2/bad-external.xml", ["xml-unsafe"]),
        ("newsml1/bad-pictures.xml", ["wire-no-text"]),
        ("newsml1/bad-cut.xml", ["xml-invalid"]),
        ("newsml1/bad-bomb.xml", ["xml-unsafe"]),
        ("nitf/bad-cut.xml", ["xml-invalid"]),
        ("nitf/bad-bomb.xml", ["xml-unsafe"]),
        ("ninjs/bad-pictures.json", ["wire-no-text"]),
        ("ninjs/bad-cut.json", ["json-invalid"]),
        ("ninjs/bad-types.json", ["input-empty", "read"]),
    ],
)
def test_broken_files_are_coded_errors(name: str, found: list[str]) -> None:
    assert codes(many(name)) == found


def test_every_fixture_is_found_by_content(tmp_path: Path) -> None:
    for file in sorted(FIXTURES.glob("*/*")):
        if file.parent.name in FORMS:
            assert sniff(Raw.of_bytes(file.read_bytes(), "standard input")) == FORMS[file.parent.name], file
            bare = tmp_path / file.with_suffix("").name
            shutil.copy(file, bare)
            with bare.open("rb") as stream:
                assert sniff(Raw.open(stream, str(bare), str(bare))) == FORMS[file.parent.name], file


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ('<?xml version="1.0"?><!-- a - b --><?x y?><!DOCTYPE nitf SYSTEM "x.dtd" [<!ATTLIST p a CDATA "b">]><nitf>', "nitf"),
        ('\ufeff<g2:newsMessage xmlns:g2="http://iptc.org/std/nar/2006-10-01/">', "newsml-g2"),
        ("<NewsML>", "newsml1"),
        ("<nitfs> est un mot", "text"),
        ('{"uri": "a", "headline": "b", "text": "c"}', "json"),
        ('{"uri": "a", "body_html": "b"}', "ninjs"),
        ('{"headline": "b", "nested": {"uri": 1}}', "json"),
        ('[{"uri": "a", "bodies": [', "ninjs"),
    ],
)
def test_wire_formats_are_told_from_others(head: str, form: str) -> None:
    assert sniff(Raw.of_bytes(head.encode(), "standard input")) == form


def test_xml_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text('<?xml version="1.0"?><recette><p>Du sel.</p></recette>')
    (error,) = outcomes(tmp_path)
    assert isinstance(error, InputError)
    assert error.code == "xml-unknown"
    assert "recette" in str(error)


def test_jsonl_of_another_kind_stays_so(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"uri": "a", "headline": "Titre", "text": "Un texte."}\n')
    (document,) = outcomes(tmp_path)
    assert isinstance(document, Document)
    assert document.source.reader == "jsonl"


# The pages about them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["newsml", "nitf", "ninjs"])
def test_the_example_of_each_page_reads_as_it_says(page: str, tmp_path: Path) -> None:
    written = (ROOT / "docs" / "readers" / f"{page}.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```(?:xml|json)\n(.*?)```", written, re.DOTALL)
    (text,) = re.findall(r"```text\n(.*?)\n```", written, re.DOTALL)
    file = tmp_path / "exemple"
    file.write_text(example, encoding="utf-8")
    (document,) = outcomes(file)
    assert isinstance(document, Document)
    assert document.text == text
    named = re.findall(r"\| `(\w+)` \| `", written.partition("\n## ")[0])
    assert {"published", "guid", "version", "status"} <= set(named)
    for name in named:
        value = getattr(document, name, None) or getattr(document.source, name, None) or getattr(edition(document), name)
        assert f"| `{name}` | `{value}` |" in written
