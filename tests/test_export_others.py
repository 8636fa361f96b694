"""Exports for other people's tools: each is read back, by its library or by a reader written here after its manual."""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import networkx as nx
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from propos.export import registry
from propos.export.brat import file_name, pieces
from propos.export.characters import for_xml, one_line, storable, web_address
from propos.export.contract import Options
from propos.export.days import day_after, days, merged
from propos.export.iramuteq import body, value
from propos.export.parties import pairs, parties
from propos.export.webannotation import LONGEST_CONTEXT, selectors
from propos.export.wording import passage
from propos.model import Actor, Event, Record, Source, Span, Statement, TimeExpression
from propos.store.entry import DossierActor, Entry

ROOT = Path(__file__).parent.parent
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = (
    "Oslo exige des explications\n\n"
    "OSLO - La ministre Ana Solvik a exigé mardi des explications de Reykjavik.\n\n"
    "« Nous fermerons\nnos ports », a-t-elle averti. Les deux pays doivent se rencontrer le 4 avril."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


RECORD = Record(
    "gazette-17", "fr", "2024-03-13", "Oslo exige des explications", TEXT,
    (
        Statement("s1", span("a exigé"), span("La ministre Ana Solvik"), "a3", (span("des explications de Reykjavik"),),
                  "indirect", "nominal", "speech", addressees=(span("Reykjavik"),), date="2024-03-12"),
        Statement("s2", span("a-t-elle averti"), span("elle"), "a3", (span("« Nous fermerons\nnos ports »"),),
                  "direct", "quote", "speech"),
    ),
    (
        Event("e1", "REQUEST", span("a exigé"), ("a1",), ("a2",), holder="s1", date="2024-03-12", quad=3, intensity=0.0),
        Event("e2", "THREATEN", span("fermerons"), ("a1",), ("a2",), holder="s2", quad=3, intensity=-3.5),
        Event("e3", "AGREE", span("se rencontrer"), ("a1", "a2"), (), "planned", date="2024-04-04", quad=1,
              intensity=2.5),
    ),
    (
        Actor("a1", "Norvège", "state", "NOR", "GOV", (span("Oslo"), span("OSLO"))),
        Actor("a2", "Islande", "state", "ISL", "GOV", (span("Reykjavik"),)),
        Actor("a3", "Ana Solvik", "person", "NOR", "GOV", (span("La ministre Ana Solvik"),)),
    ),
    (TimeExpression(span("mardi"), "2024-03-12", "2024-03-12", "2024-03-12"),),
    source=Source(outlet="La Gazette du Fjord", url="https://gazette.example/articles/17", author="B. Lind",
                  sha256="ab" * 32, external=("gazette:17",)),
)  # fmt: skip
ENTRY = Entry.of(RECORD, 1, "gazette:17")

FORMATS = [name for name, item in registry.FORMATS.items() if not item.maker]


def export(name: str, entries: Iterable[Entry], folder: Path | None = None) -> bytes:
    module, is_folder = f"propos.export.{registry.FORMATS[name].module}", registry.FORMATS[name].folder
    writer = importlib.import_module(module)
    if is_folder:
        assert folder is not None
        writer.write(entries, folder, Options())
        return b"".join(b"%s\n%s" % (file.name.encode(), file.read_bytes()) for file in sorted(folder.iterdir()))
    stream = io.BytesIO()
    count = writer.write(entries, stream, Options())
    assert isinstance(count, int)
    return stream.getvalue()


def with_events(*events: Event, published: str | None = "2024-03-13", text: str = TEXT) -> Entry:
    return Entry.of(replace(RECORD, events=events, published=published, text=text))


# What may come in -----------------------------------------------------------------------------------------------------

ODD = st.text(
    st.one_of(
        st.sampled_from("ab \"'*_<>&;,\\|\n\r\t\x00\x07\x0b\x0c\x85\x1c\xa0\u2028\ud800\udc00\ufffe🙂éœ-~"),
        st.characters(),
    ),
    max_size=40,
)
DATES = st.sampled_from([None, "2024", "2024-02", "2024-02-29", "2023-02-29", "9999-12-31", "0001", "hier", "2024-13"])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    text = draw(ODD) + draw(ODD)

    def place() -> Span:
        start = draw(st.integers(0, len(text)))
        return Span(start, draw(st.integers(start, len(text))))

    actors = tuple(
        Actor(f"a{n}", draw(ODD), draw(st.sampled_from(["person", "state", "group"])), mentions=(place(), place()))
        for n in range(draw(st.integers(0, 3)))
    )
    ids = st.lists(st.sampled_from(["a0", "a1", "a2", "nobody"]), max_size=3).map(tuple)
    statements = tuple(
        Statement(
            f"s{n}", draw(st.one_of(st.none(), st.just(place()))), place(), draw(st.sampled_from([None, "a0", "gone"])),
            (place(), place()), "mixed", "clause", "speech", (place(),), draw(st.sampled_from([None, "s0", "s1", place()])),
            date=draw(DATES),
        )
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    events = tuple(
        Event(
            f"e{n}", draw(st.sampled_from(["ACCUSE", "AGREE", "ODD\x00 type"])), place(), draw(ids), draw(ids),
            draw(st.sampled_from(["asserted", "planned", "denied"])), "s0", place(), date=draw(DATES),
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    times = (TimeExpression(place(), draw(ODD)),)
    source = Source(url=draw(ODD), outlet=draw(ODD), author=draw(ODD), external=(draw(ODD),))
    record = Record(draw(ODD), "fr", draw(DATES), draw(ODD), text, statements, events, actors, times, source=source)
    known = {actor.id: DossierActor(7, draw(ODD), draw(ODD), actor.kind) for actor in actors[1:]}
    return replace(Entry.of(record, key=draw(ODD)), actors=known)


@pytest.mark.parametrize("name", FORMATS)
@SETTINGS
@given(given_entries=st.lists(entries(), max_size=3))
def test_whatever_comes_in_goes_out_as_utf8_and_twice_the_same(
    name: str, given_entries: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> None:
    one, other = (export(name, iter(given_entries), tmp_path_factory.mktemp("folder")) for _ in range(2))
    assert one == other
    one.decode()


def test_the_order_of_hashes_changes_nothing(tmp_path: Path) -> None:
    """Two processes with other seeds write the same bytes."""
    code = (
        "import importlib.util, sys, tempfile, hashlib; from pathlib import Path;"
        f"spec = importlib.util.spec_from_file_location('t', {str(Path(__file__))!r});"
        "t = importlib.util.module_from_spec(spec); sys.modules['t'] = t; spec.loader.exec_module(t);"
        "print([hashlib.sha256(t.export(n, [t.ENTRY], Path(tempfile.mkdtemp(dir=sys.argv[1])))).hexdigest()"
        " for n in t.FORMATS])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(runs) == 1


# Characters, days, parties ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_value", "start", "end", "precision"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
    ],
)
def test_days(given_value: str, start: str, end: str, precision: str) -> None:
    found = days(given_value)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


@pytest.mark.parametrize("odd", [None, "", "2023-02-29", "0000", "2024-00", "24-01-01", "2024-01-01T00:00", "٢٠٢٤"])
def test_what_is_no_date_has_no_days(odd: str | None) -> None:
    assert days(odd) is None


def test_intervals_do_not_overlap() -> None:
    spans = [days(value) for value in ("2024-03-05", "2024-02", "2024-02-10", "2024-03-01", "2024-03-07")]
    assert [tuple(map(str, pair)) for pair in merged(filter(None, spans))] == [
        ("2024-02-01", "2024-03-01"), ("2024-03-05", "2024-03-05"), ("2024-03-07", "2024-03-07"),
    ]  # fmt: skip
    assert day_after(date.max) == date.max


@given(ODD)
def test_replaced_characters_keep_the_length(text: str) -> None:
    assert len(storable(text)) == len(for_xml(text)) == len(text)
    storable(text).encode()
    etree.Element("x").text = for_xml(text)
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1#z", True),
        ("javascript:alert(1)", False),
        ("https://a.example/\nX", False),
        ('https://a.example/"><b', False),
        ("https://a.example/a b", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, *, kept: bool) -> None:
    assert (web_address(url) == url and url is not None) is kept


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event("e", "ACCUSE", Span(0, 4), ("a1", "a3"), ("a2",)), [("1", "2"), ("3", "2")]),
        (Event("e", "CONSULT", Span(0, 4), ("a1", "a2")), [("1", "2"), ("2", "1")]),
        (Event("e", "MOBILIZE", Span(0, 4), ("a1", "a2")), []),
        (Event("e", "AGREE", Span(0, 4), ("a1", "a2"), ("a3",)), [("1", "3"), ("2", "3")]),
        (Event("e", "ACCUSE", Span(0, 4), ("a1", "a1"), ("a2", "nobody")), [("1", "2")]),
    ],
)
def test_who_did_it_to_whom(event: Event, expected: list[tuple[str, str]]) -> None:
    known = {f"a{key}": DossierActor(0, key, key, "state") for key in "123"}
    assert pairs(event, parties(replace(ENTRY, actors=known))) == expected


# Networks ----------------------------------------------------------------------------------------------------------------

GEXF = "{http://gexf.net/1.3}"
# Element -> its parent, the attributes that it must have, those that it may have: after the published grammar.
GRAMMAR: dict[str, tuple[str | None, set[str], set[str]]] = {
    "gexf": (None, {"version"}, {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}),
    "meta": ("gexf", set(), {"lastmodifieddate"}),
    "creator": ("meta", set(), set()),
    "graph": ("gexf", {"mode", "defaultedgetype", "timeformat", "timerepresentation"}, {"idtype"}),
    "attributes": ("graph", {"class", "mode"}, set()),
    "attribute": ("attributes", {"id", "title", "type"}, set()),
    "nodes": ("graph", set(), set()),
    "edges": ("graph", set(), set()),
    "node": ("nodes", {"id", "label"}, {"start", "end"}),
    "edge": ("edges", {"id", "source", "target", "kind", "label", "weight"}, {"start", "end"}),
    "attvalues": (None, set(), set()),
    "attvalue": ("attvalues", {"for", "value"}, set()),
    "spells": (None, set(), set()),
    "spell": ("spells", {"start", "end"}, set()),
}


def check_gexf(data: bytes) -> Any:
    """The file's root, after everything that Gephi asks of it was checked."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    assert (root.tag, root.get("version")) == (GEXF + "gexf", "1.3")
    for element in root.iter():
        parent, must, may = GRAMMAR[element.tag.removeprefix(GEXF)]
        assert must <= set(element.attrib) <= must | may
        if parent is not None:
            assert element.getparent().tag == GEXF + parent
    nodes = [node.get("id") for node in root.iter(GEXF + "node")]
    assert len(nodes) == len(set(nodes))
    edges = list(root.iter(GEXF + "edge"))
    parallel = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges]
    assert len(parallel) == len(set(parallel)), "Gephi takes parallel edges of one kind for one"
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        float(edge.get("weight"))
    declared = {(a.getparent().get("class"), a.get("id")): a.get("type") for a in root.iter(GEXF + "attribute")}
    for value_ in root.iter(GEXF + "attvalue"):
        owner = value_.getparent().getparent().tag.removeprefix(GEXF)
        {"integer": int, "double": float, "string": str}[declared[owner, value_.get("for")]](value_.get("value"))
    for spells in root.iter(GEXF + "spells"):
        check_spells([(date.fromisoformat(s.get("start")), date.fromisoformat(s.get("end"))) for s in spells])
    return root


def check_spells(spells: list[tuple[date, date]]) -> None:
    assert len(spells) > 1
    assert all(start <= end for start, end in spells)
    assert all(one[1] < other[0] for one, other in pairwise(spells))


@SETTINGS
@given(st.lists(entries(), max_size=3))
def test_gexf_keeps_to_the_grammar(given_entries: list[Entry]) -> None:
    check_gexf(export("gexf", given_entries))


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_network_reads_back(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"network.{name}"
    later = with_events(
        replace(RECORD.events[1], id="e1", date="2024-05"),
        replace(RECORD.events[1], id="e2", factuality="denied", intensity=-2.5),
        replace(RECORD.events[1], id="e3", date="2024-03-14", intensity=-2.5),
    )
    file.write_bytes(export(name, [ENTRY, later]))
    graph = nx.read_gexf(file, version="1.3") if name == "gexf" else nx.read_graphml(file, force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert sorted(labels.values()) == ["Islande", "Norvège"]
    found = {(labels[source], data["event"], data["factuality"]): data for source, _, data in graph.edges(data=True)}
    assert set(found) == {
        ("Norvège", "REQUEST", "asserted"), ("Norvège", "THREATEN", "asserted"), ("Norvège", "THREATEN", "denied"),
        ("Norvège", "AGREE", "planned"), ("Islande", "AGREE", "planned"),
    }  # fmt: skip
    threats = found["Norvège", "THREATEN", "asserted"]
    assert (threats["n"], threats["undated"], threats["first"], threats["last"]) == (3, 1, "2024-03-13", "2024-05-31")
    assert float(threats["intensity"]) == pytest.approx(-3.167)
    assert float(threats["weight"]) == 3
    if name == "gexf":
        assert threats["spells"] == [("2024-03-13", "2024-03-14"), ("2024-05-01", "2024-05-31")]
        assert (found["Norvège", "REQUEST", "asserted"]["start"]) == "2024-03-12"


def test_two_keys_that_look_alike_in_xml_stay_two_nodes() -> None:
    known = {
        "a1": DossierActor(1, "x\x00", "Un", "state", "NOR"),
        "a2": DossierActor(2, "x\x01", "Deux", "state", "ISL"),
    }
    root = check_gexf(export("gexf", [replace(ENTRY, actors=known)]))
    assert len({node.get("id") for node in root.iter(GEXF + "node")}) == 2
    assert {node.get("label") for node in root.iter(GEXF + "node")} == {"Un", "Deux"}


@SETTINGS
@given(st.lists(entries(), max_size=3))
def test_graphml_reads_back_whole(given_entries: list[Entry]) -> None:
    gexf = check_gexf(export("gexf", given_entries))
    graph = nx.parse_graphml(export("graphml", given_entries).decode(), force_multigraph=True)
    assert graph.number_of_edges() == len(list(gexf.iter(GEXF + "edge")))
    assert set(graph) == {node.get("id") for node in gexf.iter(GEXF + "node")}


# Annotations --------------------------------------------------------------------------------------------------------------


def check_annotations(data: bytes, given_entries: list[Entry]) -> list[dict[str, Any]]:
    page = json.loads(data)
    assert set(page) == {"@context", "type", "items", "id"}
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert page["id"].startswith("urn:sha256:")
    texts = [storable(entry.record.text) for entry in given_entries]
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in {"classifying", "identifying", "describing"}
        assert all(body_["type"] == "TextualBody" and body_["value"] is not None for body_ in item["body"])
        position, quote = item["target"]["selector"]
        assert any(finds(text, position, quote) for text in texts)
    return list(page["items"])


def finds(text: str, position: dict[str, Any], quote: dict[str, Any]) -> bool:
    """Whether both selectors lead to the same place; the quote by search alone, as a browser's tool would."""
    passage = quote["prefix"] + quote["exact"] + quote["suffix"]
    found = text.find(passage)
    start = found + len(quote["prefix"])
    return (
        found >= 0
        and text.count(passage) == 1
        and text[position["start"] : position["end"]] == quote["exact"]
        and start == position["start"]
    )


@SETTINGS
@given(entries())
def test_annotations_are_found_again(entry: Entry) -> None:
    check_annotations(export("webannotation", [entry]), [entry])


def test_there_is_an_annotation_for_each_field() -> None:
    items = check_annotations(export("webannotation", [ENTRY]), [ENTRY])
    told = [(item["body"][0]["value"], item["target"]["selector"][1]["exact"]) for item in items]
    assert told[:4] == [
        ("statement.cue", "a exigé"),
        ("statement.speaker", "La ministre Ana Solvik"),
        ("statement.content", "des explications de Reykjavik"),
        ("statement.addressee", "Reykjavik"),
    ]
    assert ("event.trigger", "se rencontrer") in told
    assert ("actor.mention", "OSLO") in told
    assert told[-1] == ("time.time", "mardi")
    assert len({item["id"] for item in items}) == len(items)
    assert {item["target"]["source"]["id"] for item in items} == {"https://gazette.example/articles/17"}


def test_fields_that_filters_left_out_are_not_annotated() -> None:
    items = json.loads(export("webannotation", [replace(ENTRY, statements=(), events=RECORD.events[:1])]))["items"]
    tags = {body_["value"] for item in items for body_ in item["body"] if body_["purpose"] == "tagging"}
    assert tags == {"e1", "a1", "a2", "t1"}


def test_a_quote_that_stands_often_brings_more_of_its_surroundings() -> None:
    text = "x" * 100 + " il a dit non. " * 40 + "Et puis il a dit non. " + "y" * 100
    for match in re.finditer("non", text):
        position, quote = selectors(text, Span(*match.span()))
        assert finds(text, position, quote)
    endless = "non " * 5000
    _, quote = selectors(endless, Span(8000, 8003))
    assert len(quote["prefix"]) == LONGEST_CONTEXT


def test_what_utf8_cannot_hold_does_not_tell_two_places_apart() -> None:
    half = "a" * 40 + "%s" + "b" * 40
    text = half % "\ud800" + half % "\ud801"
    record = Record("d", "fr", None, None, text, times=(TimeExpression(Span(121, 125), "2024"),))
    check_annotations(export("webannotation", [Entry.of(record)]), [Entry.of(record)])


ANN = {
    "T": re.compile(r"T\d+\t[A-Za-z0-9_-]+ \d+ \d+(;\d+ \d+)*\t.+"),
    "E": re.compile(r"E\d+\t[A-Za-z0-9_-]+:T\d+( [A-Za-z]+\d*:[TE]\d+)*"),
    "R": re.compile(r"R\d+\t[A-Za-z]+ Arg1:T\d+ Arg2:T\d+"),
    "A": re.compile(r"A\d+\t[A-Za-z]+ E\d+( [A-Za-z_-]+)?"),
    "#": re.compile(r"#\d+\tAnnotatorNotes [TE]\d+\t.+"),
}


def read_brat(text: str, annotations: str) -> dict[str, str]:
    """brat's own reading: id -> the rest of the line, every span and every reference checked."""
    lines = annotations.splitlines()
    assert annotations == "".join(f"{line}\n" for line in lines), "no character but \\n ends a line"
    found = dict(line.split("\t", 1) for line in lines)
    assert len(found) == len(lines)
    for id_, rest in found.items():
        assert ANN[id_[0]].fullmatch(f"{id_}\t{rest}"), (id_, rest)
        if id_[0] == "T":
            places, words = rest.split(" ", 1)[1].split("\t")
            ends = [tuple(map(int, place.split())) for place in places.split(";")]
            assert " ".join(text[start:end] for start, end in ends) == words
            assert all(start < end for start, end in ends)
        else:
            named = re.findall(r"[:\s]([TE]\d+)(?=\s|$)", rest.split("\t")[0])
            assert set(named) <= set(found) - {id_}
            roles = re.findall(r"(\w+):", rest) if id_[0] == "E" else []
            assert len(roles) == len(set(roles)), "brat numbers the arguments of one role"
    return found


@SETTINGS
@given(given_entries=st.lists(entries(), max_size=3))
def test_brat_reads_back(given_entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("brat")
    export("brat", given_entries, folder)
    files = sorted(folder.glob("*.txt"))
    assert [file.read_bytes().decode() for file in files] == [storable(entry.record.text) for entry in given_entries]
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    for file in files:
        found = read_brat(file.read_bytes().decode(), file.with_suffix(".ann").read_bytes().decode())
        for rest in found.values():
            kind = re.split("[ :]", rest, maxsplit=1)[0]
            assert kind == "AnnotatorNotes" or re.search(rf"^{re.escape(kind)}\b", configuration, re.MULTILINE), kind


def test_what_brat_shows(tmp_path: Path) -> None:
    export("brat", [ENTRY], tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "000001-gazette-17.ann", "000001-gazette-17.txt", "annotation.conf",
    ]  # fmt: skip
    found = read_brat(TEXT, (tmp_path / "000001-gazette-17.ann").read_text(encoding="utf-8"))
    start = TEXT.index("« Nous")
    broken = start + len("« Nous fermerons")
    content = f"Content {start} {broken};{broken + 1} {broken + 1 + len('nos ports »')}\t« Nous fermerons nos ports »"
    assert content in found.values()
    (request,) = [rest for rest in found.values() if rest.startswith("REQUEST:")]
    arguments = dict(part.split(":") for part in request.split())
    assert found[arguments["Actor"]].endswith("\tOSLO"), "the mention nearest to the trigger"
    assert found[arguments["Recipient"]].endswith("\tReykjavik")
    assert found[arguments["Holder"]].startswith("Statement:")


@pytest.mark.parametrize(
    ("id_", "name"),
    [("../../etc/passwd", "000003-etc-passwd"), ("", "000003"), ("CON", "000003-CON"), ("é" * 300, "000003")],
)
def test_file_names_are_harmless(id_: str, name: str) -> None:
    assert file_name(3, id_) == name
    assert len(file_name(3, "x" * 500)) == 67


def test_a_span_is_cut_at_every_end_of_line() -> None:
    text = "un\n\ndeux\u2028trois\t \r\nquatre"
    assert [piece.of(text) for piece in pieces(text, Span(0, len(text)))] == ["un", "deux", "trois", "quatre"]


# Textometry ----------------------------------------------------------------------------------------------------------------

HEADER = re.compile(r"\*\*\*\*(?: \*[a-z]+_[a-z0-9-]+)+")


def read_iramuteq(corpus: str) -> list[tuple[dict[str, str], str]]:
    """IRaMuTeQ's reading: a line of four stars opens a text; variables are split at their first underscore."""
    texts: list[tuple[dict[str, str], str]] = []
    for line in corpus.split("\n"):
        if line.startswith("****"):
            assert HEADER.fullmatch(line), line
            texts.append((dict(part[1:].split("_", 1) for part in line.split()[1:]), ""))
        elif line:
            assert not set("*_") & set(line)
            texts[-1] = (texts[-1][0], f"{texts[-1][1]}{line}\n")
    return texts


@SETTINGS
@given(st.lists(entries(), max_size=3))
def test_iramuteq_reads_back(given_entries: list[Entry]) -> None:
    texts = read_iramuteq(export("iramuteq", given_entries).decode())
    with_words = [entry for entry in given_entries if any(letter.isalnum() for letter in body(entry.record.text))]
    assert [text for _, text in texts] == [f"{body(entry.record.text)}\n" for entry in with_words]
    assert all(list(variables) == ["source", "date", "am", "annee", "acteur", "acte"] for variables, _ in texts)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("La Croix", "la-croix"), ("L'Œuvre d'Été", "l-oeuvre-d-ete"), ("*Le_Monde*", "le-monde"), ("中文", ""),
        ("Ouest\u00a0France", "ouest-france"), ("Straße", "strasse"), ("", ""),
    ],
)  # fmt: skip
def test_values_have_no_accents_and_no_spaces(name: str, expected: str) -> None:
    assert value(name) == expected


@pytest.mark.parametrize(
    ("published", "dates"),
    [
        ("2024-03-13", ("2024-03-13", "2024-03", "2024")),
        ("2024-03", ("inconnu", "2024-03", "2024")),
        ("2024", ("inconnu", "inconnu", "2024")),
        (None, ("inconnu", "inconnu", "inconnu")),
    ],
)
def test_dates_of_a_text(published: str | None, dates: tuple[str, ...]) -> None:
    ((variables, _),) = read_iramuteq(export("iramuteq", [with_events(published=published)]).decode())
    assert (variables["date"], variables["am"], variables["annee"]) == dates
    assert variables["acte"] == "aucun"


def test_a_text_may_look_like_a_header() -> None:
    text = "Titre\n\n**** *source_faux *date_faux\n-*theme\n_rire_ fin"
    ((_, found),) = read_iramuteq(export("iramuteq", [with_events(text=text)]).decode())
    assert found == "Titre\nsource faux date faux\n- theme\nrire fin\n"


# Timelines, calendars, references -------------------------------------------------------------------------------------------

SLIDE = {"start_date", "text", "group", "unique_id", "autolink"}
# Fields of the documented JSON format, their types.
DATE = {"year": int, "month": int, "day": int, "display_date": str}


def check_timeline(data: bytes) -> list[dict[str, Any]]:
    timeline = json.loads(data)
    assert set(timeline) == {"events"}
    for slide in timeline["events"]:
        assert set(slide) == SLIDE
        assert all(isinstance(told, DATE[name]) for name, told in slide["start_date"].items())
        assert {"year", "display_date"} <= set(slide["start_date"])
        date(slide["start_date"]["year"], slide["start_date"].get("month", 1), slide["start_date"].get("day", 1))
        assert set(slide["text"]) == {"headline", "text"}
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", slide["unique_id"])
        assert "<" not in slide["text"]["headline"] + slide["group"]
        assert set(re.findall(r"<(/?\w+)", slide["text"]["text"])) <= {"p", "/p", "a", "/a"}
    return list(timeline["events"])


@SETTINGS
@given(st.lists(entries(), max_size=3))
def test_timelines_keep_to_the_documented_fields(given_entries: list[Entry]) -> None:
    check_timeline(export("timelinejs", given_entries))


@pytest.mark.parametrize(
    ("own", "published", "start", "words"),
    [
        ("2024-03-01", None, {"year": 2024, "month": 3, "day": 1}, "1er mars 2024"),
        ("2024-08", "2024-03-13", {"year": 2024, "month": 8}, "août 2024"),
        ("2030", "2024-03-13", {"year": 2030}, "2030"),
        (None, "2024-03-13", {"year": 2024, "month": 3, "day": 13}, "rapporté : 13 mars 2024"),
        (None, None, None, ""),
        ("demain", None, None, ""),
    ],
)
def test_dates_of_slides(own: str | None, published: str | None, start: dict[str, int] | None, words: str) -> None:
    entry = replace(with_events(replace(RECORD.events[0], date=own), published=published), statements=())
    found = [slide["start_date"] for slide in check_timeline(export("timelinejs", [entry]))]
    assert found == ([] if start is None else [start | {"display_date": words}])


def test_nothing_of_an_article_becomes_markup_in_a_timeline() -> None:
    actors = tuple(replace(actor, name=f"<i>{actor.name}") for actor in RECORD.actors)
    source = Source(outlet="<b>", url="javascript:x")
    record = replace(RECORD, title="<script>x</script>", source=source, actors=actors)
    slides = check_timeline(export("timelinejs", [Entry.of(record)]))
    assert slides
    assert all("&lt;script&gt;" in slide["text"]["text"] and "href" not in slide["text"]["text"] for slide in slides)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avant.\n\nIl a dit\nnon hier.\n\nAprès.", "Il a dit non hier."),
        ("non", "non"),
        ("a" * 200 + "non" + "b" * 200, "…" + "a" * 150 + "non" + "b" * 150 + "…"),
    ],
)
def test_the_passage_around_a_trigger(text: str, expected: str) -> None:
    start = text.index("non")
    assert passage(with_events(text=text), Span(start, start + 3)) == expected


def read_calendar(data: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    items = list(calendar.walk("VEVENT"))
    for item in items:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(item)
        assert type(item.decoded("dtstart")) is date, "all day"
        assert item.decoded("dtend") >= item.decoded("dtstart")
    assert len({item["uid"] for item in items}) == len(items)
    return items


@SETTINGS
@given(entries())
def test_calendars_read_back(entry: Entry) -> None:
    items = read_calendar(export("icalendar", [entry]))
    assert len(items) <= sum(event.factuality == "planned" and days(event.date) is not None for event in entry.events)


@pytest.mark.parametrize(
    ("factuality", "when", "expected"),
    [
        ("planned", "2024-04-04", (date(2024, 4, 4), date(2024, 4, 5))),
        ("planned", "2024-03-20", (date(2024, 3, 20), date(2024, 3, 21))),
        ("planned", "2024-03-19", (date(2024, 3, 19), date(2024, 3, 20))),  # past today, ahead when it was told
        ("planned", "2024-03", (date(2024, 3, 1), date(2024, 4, 1))),  # the month is not over
        ("planned", "2023", None),
        ("planned", None, None),
        ("hypothetical", "2024-04-04", None),
        ("asserted", "2024-04-04", None),
    ],
)
def test_what_a_calendar_holds(factuality: Any, when: str | None, expected: tuple[date, date] | None) -> None:
    event = replace(RECORD.events[2], factuality=factuality, date=when)
    last = with_events(published="2024-03-20")
    items = read_calendar(export("icalendar", [with_events(event, published="2024-03-13"), last]))
    assert [(item.decoded("dtstart"), item.decoded("dtend")) for item in items] == ([expected] if expected else [])


def test_an_item_keeps_its_name_and_says_where_it_comes_from() -> None:
    (one,) = read_calendar(export("icalendar", [ENTRY]))
    (later,) = read_calendar(export("icalendar", [ENTRY, with_events(published="2024-03-30")]))
    assert one["uid"] == later["uid"]
    assert one["summary"] == "Accord (annoncé) : Norvège, Islande"
    assert "La Gazette du Fjord, 2024-03-13" in one["description"]
    assert one["url"] == "https://gazette.example/articles/17"


@SETTINGS
@given(st.lists(entries(), max_size=3))
def test_references_read_back(given_entries: list[Entry]) -> None:
    data = export("ris", given_entries).decode()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in data.split("\n"))
    assert all(len(line.splitlines()) <= 1 for line in data.split("\n"))
    found = rispy.loads(data) if data else []
    assert [item["type_of_reference"] for item in found] == ["NEWS"] * len(given_entries)
    for item, entry in zip(found, given_entries, strict=True):
        assert item.get("primary_title", "") == one_line(entry.record.title or entry.record.id).strip()
        assert "unknown_tag" not in item


@pytest.mark.parametrize(
    ("published", "date_", "year"),
    [
        ("2024-03-13", "2024/03/13/", "2024"),
        ("2024-03", "2024/03//", "2024"),
        ("2024", "2024///", "2024"),
        (None, None, None),
    ],
)
def test_a_reference(published: str | None, date_: str | None, year: str | None) -> None:
    (item,) = rispy.loads(export("ris", [Entry.of(replace(RECORD, published=published))]).decode())
    assert (item.get("date"), item.get("year")) == (date_, year)
    assert (item["secondary_title"], item["urls"]) == ("La Gazette du Fjord", ["https://gazette.example/articles/17"])
    assert (item["authors"], item["language"], item["accession_number"]) == (["B. Lind"], "fr", "gazette:17")
    assert item["keywords"] == ["demande", "menace", "accord"]
    assert "Parlent : Ana Solvik." in item["notes"][0]


# Pages ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_a_page_with_an_example_of_it(name: str, tmp_path: Path) -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "exports").glob("*.md")))
    (example,) = re.findall(rf"<!-- example: {name} -->\n```\w*\n(.*?)```", pages, re.DOTALL)
    # "…" in a line stands for lines that the page leaves out.
    written = export(name, [ENTRY], tmp_path).decode().replace("\r\n", "\n")
    at = 0
    for part in re.split(r"^…\n", example, flags=re.MULTILINE):
        at = written.index(part, at) + len(part)
    assert example.strip()
