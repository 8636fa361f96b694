"""Hostile wire files: whatever stands in them, only documents and coded errors come out, in work that the file's size bounds."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import collect
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"
FORMS = {"newsml_g2": "newsml-g2", "newsml1": "newsml1", "nitf": "nitf", "ninjs": "ninjs"}
SEEDS = [(FORMS[file.parent.name], file.read_bytes()) for file in sorted(FIXTURES.glob("*/*")) if file.parent.name in FORMS]
HIDDEN = "mot caché"


def run(data: bytes, form: str, limits: Settings | None = None) -> list[Document | InputError]:
    """All that comes out; anything else than documents and input errors fails the test."""
    found: list[Document | InputError] = []
    try:
        for item in collect.READERS[form](Raw.of_bytes(data, "x"), limits or Settings()):
            assert isinstance(item, Document | InputError)
            found.append(item)
    except InputError as error:
        found.append(error)
    for item in found:
        if isinstance(item, Document):
            assert item.text
            item.text.encode()
            assert all(0 <= part.span.start < part.span.end <= len(item.text) for part in item.segments)
    return found


def codes(data: bytes, form: str, limits: Settings | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else "read" for item in run(data, form, limits)]


@pytest.mark.parametrize("form", FORMS.values())
@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_random_bytes(form: str, data: bytes) -> None:
    assert run(data, form)


@given(seed=st.integers(0, 2**32), form=st.sampled_from([*FORMS.values(), None]))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_fixtures(seed: int, form: str | None) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    own, data = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance)
    run(data, form or own)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(0, 200) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start : start + chance.randint(0, 300)] * 3 + data[start:]


def _byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + bytes([chance.randint(0, 255)]) + data[at + 1 :]


def _drop_element(data: bytes, chance: random.Random) -> bytes:
    tags = re.findall(rb"<([\w:.]+)[\s>/]", data)
    tag = re.escape(chance.choice(tags)) if tags else b"x"
    return re.sub(rb"<%b\b[^>]*?(?:/>|>.*?</%b>)" % (tag, tag), b"", data, count=1, flags=re.DOTALL)


def _value(data: bytes, chance: random.Random) -> bytes:
    """Another JSON value, or another attribute, in place of one."""
    odd = chance.choice([b"null", b"7", b"[]", b"{}", b'"\\ud800"', b'"\\u0000"', b'"<p>"', b'""', b"[[1]]"])
    spots = [match.span() for match in re.finditer(rb'"[^"]*"', data)]
    start, end = chance.choice(spots) if spots else (0, 0)
    return data[:start] + odd + data[end:]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [_cut, _drop, _repeat, _byte, _drop_element, _value]


# Entities ------------------------------------------------------------------------------------------------------------

BODY = b'<nitf><body><body.content><p title="&a;">Vu: &a;</p></body.content></body></nitf>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "b">', '<!ENTITY a SYSTEM "secret.txt">', '<!ENTITY % p SYSTEM "http://nulle-part.example/"> %p;',
        '<!ELEMENT p ANY> <!ENTITY a PUBLIC "x" "secret.txt">',
    ],
)  # fmt: skip
def test_declared_entities_are_refused(subset: str, encoding: str, in_folder: Path) -> None:
    (in_folder / "secret.txt").write_text(HIDDEN)
    data = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE nitf [{subset}]>'.encode(encoding) + BODY.decode().encode(
        encoding if encoding != "utf-16" else "utf-16-le"
    )
    assert codes(data, "nitf") == ["xml-unsafe"]


def test_nothing_outside_the_file_is_opened(in_folder: Path) -> None:
    (in_folder / "x.dtd").write_text(f'<!ENTITY a "{HIDDEN}">')
    include = b'<p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x.dtd" parse="text"/></p>'
    data = b'<!DOCTYPE nitf SYSTEM "x.dtd">' + BODY.replace(b"</p>", b"</p>" + include)
    (document,) = run(data, "nitf")
    assert isinstance(document, Document)
    assert document.text == "Vu: &a;"


def test_an_encoding_that_hides_a_declaration_is_not_followed() -> None:
    hidden = "<!DOCTYPE nitf [<!ENTITY a 'b'>]>".encode("utf-7") + BODY
    data = b'<?xml version="1.0" encoding="utf-7"?>' + hidden
    assert "read" not in codes(data, "nitf")


# Size: each of these would outlast the whole run if the work grew with its square ------------------------------------

MANY = 60_000


@pytest.mark.parametrize(
    ("form", "data", "found"),
    [
        ("nitf", b"<nitf><body><body.content>" + b"<p>" * 5_000, {"xml-invalid"}),
        ("nitf", b"<nitf>" * 200 + b"<body><body.content><p>a b</p></body.content></body>" + b"</nitf>" * 200, {"input-empty"}),
        ("nitf", b'<!DOCTYPE nitf SYSTEM "x"><nitf><body><body.content>' + b"&x;" * MANY + b"</body.content></body></nitf>", {"text-too-long", "read"}),
        ("nitf", b"<nitf><head><title>" + b"mot " * 500_000 + b"</title></head><body/></nitf>", {"text-too-long"}),
        ("nitf", b"<nitf><body><body.content>" + b"<br/>" * MANY + b"mot</body.content></body></nitf>", {"read"}),
        ("newsml1", b"<NewsML><NewsItem><NewsComponent>" + b"<NewsComponent><NewsLines><HeadLine>%d</HeadLine></NewsLines><ContentItem><DataContent>mot</DataContent></ContentItem></NewsComponent>" * 3_000 + b"</NewsComponent></NewsItem></NewsML>", {"read"}),
        ("newsml1", b"<NewsML>" + b"<NewsItem><NewsComponent>" * 100 + b"</NewsComponent></NewsItem>" * 100 + b"</NewsML>", {"input-empty"}),
        ("newsml-g2", b"<newsMessage>" + b"<newsItem>" * 100 + b"</newsItem>" * 100 + b"</newsMessage>", {"input-empty"}),
        ("newsml-g2", b"<newsItem" + b"".join(b' a%d="b"' % number for number in range(20_000)) + b"/>", {"input-empty"}),
        ("nitf", b"<n:nitf><n:body><n:body.content><n:p>mot</n:p></n:body.content></n:body></n:nitf>", {"read", "xml-invalid"}),
        ("nitf", b"<nitf><x:y><a:/></x:y><body><body.content><z:p>mot</z:p></body.content></body></nitf>", {"read", "xml-invalid"}),
        ("newsml-g2", b"<!--" * MANY, {"xml-invalid"}),
        ("newsml-g2", b"<!DOCTYPE" * MANY, {"xml-invalid"}),
        ("ninjs", b'{"uri": "a", "headline": "b", "body_html": "' + b"<p" * MANY + b'"}', {"read"}),
        ("ninjs", b'{"uri": "a", "headline": "b", "body_html": "' + b"<div>" * MANY + b'mot"}', {"read"}),
        ("ninjs", b'{"uri": "a", "headline": "b", "body_html": "<p ' + b" ".join(b"a%d=b" % number for number in range(MANY)) + b'>mot"}', {"read"}),
        ("ninjs", b'[{"uri": "a", "headline": "b", "body_html": "<o:p><:><a:><p a:=1 =2>mot</o:p><!-- x --><?y z?></p></p>"}]', {"read"}),
        ("ninjs", b"[" * MANY, {"json-invalid"}),
        ("ninjs", b'[{"uri": ' + b"[" * 900 + b"]" * 900 + b"}]", {"input-empty", "json-invalid"}),
    ],
)  # fmt: skip
def test_large_and_deep_files(form: str, data: bytes, found: set[str]) -> None:
    assert set(codes(data, form)) <= found


def test_a_file_may_not_be_larger_than_allowed() -> None:
    for form, data in SEEDS:
        if form != "ninjs":
            assert codes(data, form, Settings(max_bytes=100)) == ["input-too-large"]
    assert codes(json.dumps({"uri": "a", "headline": "mot " * 50}).encode(), "ninjs", Settings(max_bytes=100)) == ["input-too-large"]


def test_a_large_file_is_read_up_to_the_limit() -> None:
    item = b"<newsItem><contentMeta><headline>mot</headline></contentMeta><!--" + b"x" * 4_000_000 + b"--></newsItem>"
    assert codes(b"<newsMessage>" + item * 4 + b"</newsMessage>", "newsml-g2") == ["read"] * 4


def test_half_characters_are_replaced() -> None:
    row = {"uri": "u\ud800", "headline": "Un \udfff titre", "bodies": [{"value": "<p>Un \ud800 mot \x00.</p>"}]}
    for data in (json.dumps(row), json.dumps([row])):
        (document,) = run(data.encode(), "ninjs")
        assert isinstance(document, Document)
        assert document.text == "Un \ufffd titre\n\nUn \ufffd mot ."
