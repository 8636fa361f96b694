"""Event data: every pitfall that users of such files report has its test here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from propos.evaluate import read_records
from propos.export import codes, icews, plover, polecat, sidecar
from propos.export.article import Party
from propos.export.contract import Options
from propos.export.event_data import cell, happenings
from propos.export.registry import named
from propos.lang.ontology import load
from propos.model import Actor, Event, Factuality, Record, Role, Source, Span, Statement
from propos.store.entry import CopyGroup, Entry

(VARDAL,) = read_records(Path(__file__).parents[1] / "examples" / "records.jsonl")
ENTRY = Entry.of(VARDAL, 1)
LANG = Path(plover.__file__).parents[1] / "lang"

# The 40 columns once more, as the field's own loaders spell them.
POLECAT = (
    "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, Actor COW, "
    "Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name, "
    "Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw, "
    "Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, "
    "Raw Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, "
    "Version"
)
ICEWS = (
    "Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity, Target Name, "
    "Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country, Latitude, "
    "Longitude"
)

st.register_type_strategy(Span, st.tuples(st.integers(0, 90), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1])))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
TYPES = st.sampled_from(sorted(load().types))
TEXTS = st.text(st.characters(codec=None), max_size=20)
ACTORS = st.lists(
    st.builds(Actor, id=st.sampled_from(["a1", "a2", "a3"]), name=TEXTS), max_size=3, unique_by=lambda a: a.id
)
IDS = st.lists(st.sampled_from(["a1", "a2", "a3", "a9"]), max_size=3, unique=True).map(tuple)
EVENTS = st.lists(
    st.builds(Event, type=TYPES, actors=IDS, recipients=IDS, holder=st.none() | st.sampled_from(["s1", "s2"])),
    max_size=3,
    unique_by=lambda event: event.id,
)
RECORDS = st.builds(Record, text=TEXTS, actors=ACTORS.map(tuple), events=EVENTS.map(tuple))


def folder_of(folder: Path, *entries: Entry) -> dict[str, list[dict[str, str]]]:
    folder.mkdir(exist_ok=True)
    named("polecat").folder_format().write(entries, folder, Options())
    return {file.name: table((folder / file.name).read_bytes()) for file in folder.glob("*.tsv")}


def table(data: bytes) -> list[dict[str, str]]:
    """Read by hand, as loaders without quoting do: the same number of cells in each line."""
    header, *lines = data.decode().removesuffix("\n").split("\n")
    columns = header.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def written(name: str, *entries: Entry) -> bytes:
    stream = io.BytesIO()
    named(name).file_format().write(entries, stream, Options())
    return stream.getvalue()


def events_of(*entries: Entry) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("plover", *entries).splitlines()]


def entry_of(*events: Event, actors: Iterable[Actor] = (), **values: Any) -> Entry:
    record = Record("d", "fr", "2024-03-14", None, "mot " * 9, events=events, actors=tuple(actors))
    return Entry.of(replace(record, **values), 1)


# Pitfalls of the field -------------------------------------------------------------------------------------------------


def test_polecat_has_the_forty_columns_in_order_and_no_other(tmp_path: Path) -> None:
    folder_of(tmp_path, ENTRY)
    for name in (polecat.TOLD, polecat.UNTOLD):
        header = (tmp_path / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert header.split("\t") == POLECAT.split(", ")
    assert len(polecat.COLUMNS) == 40


def test_icews_has_the_twenty_columns_in_order() -> None:
    assert written("icews").decode() == ICEWS.replace(", ", "\t") + "\n"


@given(st.lists(RECORDS, max_size=4))
@settings(deadline=None, max_examples=40)
def test_event_ids_are_unique_and_tell_article_type_and_number(records: list[Record]) -> None:
    # The same article twice, and articles that share an id: both happen in real dossiers.
    entries = [Entry.of(record) for record in [*records, *records]]
    ids = [happening.id for happening in happenings(entries)]
    assert len(set(ids)) == len(ids)
    assert all(len(name.split("_")) == 3 for name in ids)
    stories = {name.split("_")[0] for name in ids}
    assert len(stories) == sum(bool(entry.events) for entry in entries)


def test_event_ids_stay_the_same_under_filters_and_from_run_to_run() -> None:
    whole = {happening.event.id: happening.id for happening in happenings([ENTRY])}
    narrowed = replace(ENTRY, events=VARDAL.events[2:3])
    assert [happening.id for happening in happenings([narrowed])] == [whole["e3"]]
    assert whole["e3"].startswith("20240314-1-")
    assert whole["e3"].endswith("_CONSULT_3")


@given(RECORDS)
@settings(deadline=None, max_examples=60)
def test_no_tab_line_break_or_quotation_mark_breaks_a_table(
    tmp_path_factory: pytest.TempPathFactory, record: Record
) -> None:
    folder = tmp_path_factory.mktemp("polecat")
    tables = folder_of(folder, Entry.of(record))
    assert sum(len(tables[name]) for name in (polecat.TOLD, polecat.UNTOLD)) == len(record.events)
    for file in folder.glob("*.tsv"):
        lines = file.read_bytes().decode().split("\n")
        assert len({line.count("\t") for line in lines[:-1]}) == 1
        # str.splitlines knows more line breaks than LF, and so do loaders.
        assert len(file.read_text(encoding="utf-8").splitlines()) == len(lines) - 1
        quoted = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""), delimiter="\t"))
        assert len(quoted) == len(lines) - 1
    assert len({line.count(b"\t") for line in written("icews", Entry.of(record)).splitlines()}) == 1


@pytest.mark.parametrize(
    "text", ["a\tb", "a\nb", "a\r\nb", "a\x0bb", "a\x85b", "a\u2028b", "a\0b", " a  b\t", "a\x1cb"]
)
def test_whatever_breaks_a_line_is_a_blank(text: str) -> None:
    assert cell(text, "None") == "a b"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "None"),
        ("", "None"),
        ("\t", "None"),
        ('le "mot"', "le 'mot'"),
        (-3.5, "-3.5"),
        (0, "0"),
        (10.0, "10"),
        ("a\ud83d", "a\ufffd"),
    ],
)
def test_cells_say_none_and_plain_numbers(value: str | float | None, shown: str) -> None:
    assert cell(value, "None") == shown


def test_a_list_mark_inside_a_name_does_not_make_two_of_it(tmp_path: Path) -> None:
    actors = (Actor("a1", "Comité; Nord", "group"), Actor("a2", "Sud", "group", "NOR"))
    tables = folder_of(tmp_path, entry_of(Event("e1", "AID", Span(0, 3), ("a1", "a2")), actors=actors))
    (row,) = tables[polecat.TOLD]
    assert row["Actor Name"].split("; ") == ["Comité, Nord", "Sud"]
    # The lists of a row can be read side by side.
    assert (row["Actor Country"], row["Actor COW"]) == ("None; NOR", "None; 385")


def test_cameo_codes_keep_their_leading_zeros_and_are_all_three_digits() -> None:
    rows = table(written("icews", ENTRY))
    assert [row["CAMEO Code"] for row in rows] == ["170", "040", "040"]
    assert all(len(category.code) == 3 and category.code.isdigit() for category in codes.cameo().values())


def test_what_is_denied_hypothetical_planned_or_relayed_twice_is_not_among_the_events(tmp_path: Path) -> None:
    tables = folder_of(tmp_path, ENTRY)
    assert [row["Event Type"] for row in tables[polecat.TOLD]] == ["COERCE", "CONSULT"]
    assert [row["Event Type"] for row in tables[polecat.UNTOLD]] == ["CONSULT", "AGREE"]
    assert [row["Told"] for row in tables[polecat.SIDECAR]] == ["yes", "no", "yes", "no"]


@pytest.mark.parametrize(
    ("factuality", "via", "told"),
    [
        ("asserted", None, True), ("claimed", None, True), ("claimed", Span(0, 3), False), ("claimed", "s2", False),
        ("asserted", "s2", False), ("denied", None, False), ("hypothetical", None, False), ("planned", None, False),
    ],
)  # fmt: skip
def test_one_mouth_may_stand_between_the_event_and_the_outlet(factuality: Factuality, via: Any, *, told: bool) -> None:
    statements = tuple(
        Statement(own, None, None, None, (), "indirect", "clause", "speech", via=relay)
        for own, relay in (("s1", via), ("s2", None))
    )
    entry = entry_of(Event("e1", "AID", Span(0, 3), factuality=factuality, holder="s1"), statements=statements)
    (happening,) = happenings([entry])
    assert happening.told == told
    assert len(table(written("icews", entry))) == told


def test_the_readme_says_what_is_in_which_file(tmp_path: Path) -> None:
    folder_of(tmp_path, ENTRY)
    page = (tmp_path / polecat.ABOUT).read_text(encoding="utf-8")
    assert "events.polecat.tsv   2 events" in page
    assert "events.untold.tsv    2 other events" in page


def test_every_event_has_its_text_offsets_url_and_digest(tmp_path: Path) -> None:
    rows = folder_of(tmp_path, ENTRY)[polecat.SIDECAR]
    assert len(rows) == len(VARDAL.events)
    for row in rows:
        start, end = int(row["Trigger Start"]), int(row["Trigger End"])
        assert VARDAL.text[start:end] == row["Trigger"]
        assert (row["URL"], row["Source SHA-256"]) == (VARDAL.source.url, VARDAL.source.sha256)
    second = rows[1]
    assert VARDAL.text[int(second["Condition Start"]) : int(second["Condition End"])] == second["Condition"]
    assert second["Condition Type"] == "if"


def test_the_sidecar_tells_who_said_it_to_whom_and_how(tmp_path: Path) -> None:
    rows = folder_of(tmp_path, ENTRY)[polecat.SIDECAR]
    wanted = {
        "Attribution Depth": "2", "Speaker Chain": "Ivan Petrov; Arne Holt", "Speaker Chain Statements": "s3; s2",
        "Speaker Chain Spans": "156-181; 98-140", "Speech Type": "direct", "Speech Form": "infinitive",
        "Addressees": "lui", "Addressee Spans": "182-185", "Factuality": "hypothetical", "Polarity": "positive",
        "Actor Spans": "156-181", "Rules": "fr.consult.verb.parler", "Date Basis": "publication",
    }  # fmt: skip
    assert {key: rows[1][key] for key in wanted} == wanted
    assert [rows[0][key] for key in ("Time Expression", "Time Value", "Time Start", "Date Basis")] == [
        "mardi", "2024-03-12", "67", "text",
    ]  # fmt: skip
    assert rows[3]["Polarity"] == "negative"


def test_the_sidecar_has_every_event_once_by_its_id(tmp_path: Path) -> None:
    tables = folder_of(tmp_path, ENTRY)
    both = [row["Event ID"] for name in (polecat.TOLD, polecat.UNTOLD) for row in tables[name]]
    assert sorted(both) == sorted(row["Event ID"] for row in tables[polecat.SIDECAR])
    assert not sidecar.COLUMNS.keys() & (polecat.COLUMNS.keys() - {"Event ID"})


def test_copies_of_a_report_can_be_told_from_events(tmp_path: Path) -> None:
    copies = [
        replace(Entry.of(VARDAL, number), group=CopyGroup(5, canonical=number == 1, size=2, outlets=("A", "B")))
        for number in (1, 2)
    ]
    rows = folder_of(tmp_path, *copies)[polecat.SIDECAR]
    assert [(row["Canonical"], row["Group"], row["Copies"], row["Copy Outlets"]) for row in rows[::4]] == [
        ("yes", "5", "2", "A; B"), ("no", "5", "2", "A; B"),
    ]  # fmt: skip
    assert [event["propos"]["canonical"] for event in events_of(*copies)][::4] == [True, False]


# POLECAT -------------------------------------------------------------------------------------------------------------


def test_a_row_of_polecat(tmp_path: Path) -> None:
    first, second = folder_of(tmp_path, ENTRY)[polecat.TOLD]
    wanted = {
        "Event Date": "2024-03-12", "Event Mode": "restrict", "Intensity": "-7", "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "military; territory", "Actor Name": "Russie", "Actor Country": "RUS", "Actor COW": "365",
        "Primary Actor Sector": "GOV", "Actor Name Raw": "La Russie", "Wikipedia Actor ID": "None",
        "Recipient Name": "Norvège", "Recipient COW": "385", "Latitude": "None", "Source": "La Gazette du Nord",
        "Publication Date": "2024-03-14", "Story People": "Arne Holt; Ivan Petrov", "Story Organizations": "ONU",
        "Story Locations": "Norvège; Russie", "Language": "fr", "Version": "propos-0.1.0",
    }  # fmt: skip
    assert {key: first[key] for key in wanted} == wanted
    assert (second["Actor Name Raw"], second["Actor Country"]) == ("M. Holt; l'émissaire de l'ONU", "NOR; UNO")
    assert second["Event Mode"] == "None"


def test_the_quad_code_is_the_ontologys_in_words() -> None:
    assert {kind.quad for kind in load().types.values()} == set(codes.QUADS)
    assert all(words == words.upper() for words in codes.QUADS.values())


@pytest.mark.parametrize(
    ("said", "published", "date", "basis"),
    [
        ("2024-03-12", "2024-03-14", "2024-03-12", "text"),
        ("2024-03", "2024-03-14", "2024-03-14", "publication"),
        (None, "2024-03-14", "2024-03-14", "publication"),
        ("2023-11", "2024-03-14", "2023-11-01", "period"),
        ("2019", "2024-03-14", "2019-01-01", "period"),
        (None, "2024", "2024-01-01", "period"),
        (None, None, None, None),
        ("mardi", None, None, None),
    ],
)
def test_an_event_has_a_whole_day_and_says_where_it_is_from(
    said: str | None, published: str | None, date: str | None, basis: str | None
) -> None:
    (happening,) = happenings([entry_of(Event("e1", "AID", Span(0, 3), date=said), published=published)])
    assert (happening.date, happening.basis) == (date, basis)


# Codes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "sector", "kind", "name", "expected"),
    [
        ("FRA", "GOV", "state", "France", ("FRA", "220", "GOV")),
        ("XKX", "GOV", "state", "Kosovo", ("KOS", "347", "GOV")),
        ("NCL", "GOV", "state", "Nouvelle-Calédonie", ("FRA", "220", "GOV")),
        ("HKG", "GOV", "state", "Hong Kong", ("HKG", None, "GOV")),
        ("PSE", "REB", "group", "milices", ("PSE", None, "REB")),
        ("FRA", "MED", "organisation", "La Gazette", ("FRA", "220", "JRN")),
        (None, "IGO", "igo", "Otan", ("IGO", None, "UNK")),
        (None, "IGO", "igo", "Union européenne", ("EUR", None, "UNK")),
        (None, "NGO", "organisation", "Secours du Nord", ("NGO", None, "CVL")),
        (None, None, "group", "manifestants", (None, None, None)),
        ("QQQ", "QQQ", "group", "x", ("QQQ", None, "QQQ")),
    ],
)
def test_codes_of_other_systems(country: Any, sector: Any, kind: Any, name: str, expected: tuple[Any, ...]) -> None:
    party = Party(Actor("a1", name, kind, country, sector))
    assert (codes.country(party), codes.cow(party), codes.sector(party)) == expected


def test_every_state_and_sector_of_the_pack_has_its_codes() -> None:
    def column(name: str, key: str) -> set[str]:
        with (LANG / "fr" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
            return {row[key] for row in csv.DictReader(lines, delimiter="\t")} - {""}

    assert column("states", "iso3") == set(codes.states())
    assert column("organisations", "sector") | column("titles", "sector") <= set(codes.sectors())
    assert all(state.name and (not state.cow or state.cow.isdecimal()) for state in codes.states().values())
    numbers = [state.cow for iso3, state in codes.states().items() if state.plover == iso3 and state.cow]
    # A state's forerunners and successors share its number in the Correlates of War.
    assert {number for number in numbers if numbers.count(number) > 1} == {"345", "365"}


def test_every_type_and_mode_of_cameo_is_the_ontologys() -> None:
    types = load().types
    assert {kind for kind, mode in codes.cameo() if not mode} == set(types)
    assert all(not mode or mode in types[kind].modes for kind, mode in codes.cameo())


@pytest.mark.parametrize(
    ("event_type", "mode", "code"),
    [("REQUEST", "meet", "100"), ("ACCUSE", "allege", "110"), ("ACCUSE", "investigate", "090"), ("THREATEN", None, "130"),
     ("ASSAULT", "drone", "190"), ("ASSAULT", "beat", "180"), ("ASSAULT", "unconventional", "200"), ("CONSULT", "visit", "040")],
)  # fmt: skip
def test_cameo_roots(event_type: str, mode: str | None, code: str) -> None:
    category = codes.cameo_of(event_type, mode)
    assert category is not None
    assert category.code == code
    assert codes.cameo_of("OTHER", mode) is None


# PLOVER --------------------------------------------------------------------------------------------------------------


def test_an_event_of_plover() -> None:
    first = events_of(ENTRY)[0]
    assert first["date"] == "2024-03-12"
    assert (first["event"], first["mode"], first["context"]) == (["COERCE"], ["restrict"], ["military", "territory"])
    assert (first["quad_code"], first["event_scale"], first["event_text"]) == (4, -7.0, "a bloqué")
    assert first["actor"] == [{"code": "RUS", "sector": "GOV", "entity_text": "Russie", "raw_text": "La Russie"}]
    assert VARDAL.text[first["text_info"]["start"] : first["text_info"]["end"]] == first["event_text"]
    assert first["cite_info"]["publication"] == "La Gazette du Nord"
    assert "text" not in first  # rights


def test_what_is_ours_stands_under_one_key() -> None:
    codebook = {
        "id", "has_event", "date", "actor", "recipient", "event", "mode", "context", "quad_code", "event_scale",
        "event_text", "text_info", "link", "cite_info", "coder",
    }  # fmt: skip
    for event in events_of(ENTRY):
        assert event.keys() - codebook == {"propos"}
        assert {"id", "date", "actor", "event"} <= event.keys()
    second = events_of(ENTRY)[1]["propos"]
    assert [link["speaker"] for link in second["attribution"]] == ["Ivan Petrov", "Arne Holt"]
    assert second["condition"] == {"text": "si Oslo retire sa plainte", "kind": "if", "span": [211, 236]}
    assert second["attribution_depth"] == 2


@pytest.mark.parametrize(
    ("factuality", "modes"),
    [("asserted", ["demo"]), ("claimed", ["demo"]), ("denied", ["demo", "negation"]),
     ("hypothetical", ["demo", "hypothetical"]), ("planned", ["demo", "future"])],
)  # fmt: skip
def test_what_did_not_happen_bears_the_codebooks_auxiliary_mode(factuality: Factuality, modes: list[str]) -> None:
    (event,) = events_of(entry_of(Event("e1", "PROTEST", Span(0, 3), factuality=factuality, mode="demo")))
    assert event["mode"] == modes
    assert set(plover.AUXILIARY) <= set(get_args(Factuality))


def test_several_actors_stay_one_event() -> None:
    third = events_of(ENTRY)[2]
    assert [entity["entity_text"] for entity in third["actor"]] == ["Arne Holt", "ONU"]
    assert third["actor"][0]["office"] == "ministre norvégien de la Mer"
    assert len(events_of(ENTRY)) == len(VARDAL.events)


def test_an_event_without_a_date_says_so() -> None:
    (event,) = events_of(entry_of(Event("e1", "AID", Span(0, 3)), published=None))
    assert event["date"] is None


@given(st.lists(RECORDS, max_size=3))
@settings(deadline=None, max_examples=30)
def test_every_line_of_plover_is_json(records: list[Record]) -> None:
    data = written("plover", *map(Entry.of, records))
    assert len([json.loads(line) for line in data.decode().split("\n")[:-1]]) == sum(len(r.events) for r in records)


# ICEWS ---------------------------------------------------------------------------------------------------------------


def parties(*names: str) -> tuple[Party, ...]:
    return tuple(Party(Actor(name, name, "state")) for name in names)


@pytest.mark.parametrize(
    ("actors", "recipients", "symmetric", "expected"),
    [
        ("A", "B", False, ["AB"]),
        ("AB", "CD", False, ["AC", "AD", "BC", "BD"]),
        ("A", "", False, ["A-"]),
        ("", "B", False, ["-B"]),
        ("", "", False, ["--"]),
        ("A", "B", True, ["AB", "BA"]),
        ("AB", "", True, ["AB", "BA"]),
        ("AB", "C", True, ["AB", "AC", "BA", "BC", "CA", "CB"]),
        ("A", "", True, ["A-"]),
        ("AB", "A", True, ["AB", "BA"]),
    ],
)
def test_dyads(actors: str, recipients: str, *, symmetric: bool, expected: list[str]) -> None:
    found = icews.dyads(parties(*actors), parties(*recipients), symmetric=symmetric)
    assert ["".join(party.name if party else "-" for party in pair) for pair in found] == expected


def test_rows_of_icews() -> None:
    first, second, third = table(written("icews", ENTRY))
    wanted = {
        "Event ID": "1", "Event Date": "2024-03-12", "Source Name": "Russie", "Source Sectors": "Government",
        "Source Country": "Russian Federation", "Event Text": "Coerce", "Intensity": "-7.0", "Target Name": "Norvège",
        "Target Country": "Norway", "Story ID": "1", "Sentence Number": "", "Publisher": "La Gazette du Nord",
        "Latitude": "",
    }  # fmt: skip
    assert {key: first[key] for key in wanted} == wanted
    assert (second["Source Name"], second["Target Name"]) == (third["Target Name"], third["Source Name"])


def test_icews_ids_are_whole_numbers_and_unique() -> None:
    rows = table(written("icews", ENTRY, Entry.of(replace(VARDAL, source=Source(ordinal=1)), 2)))
    assert [row["Event ID"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert {row["Story ID"] for row in rows} == {"1", "2"}


def test_the_intensity_of_icews_is_cameos_not_plovers() -> None:
    consult = [row for row in table(written("icews", ENTRY)) if row["Event Text"] == "Consult"]
    assert {row["Intensity"] for row in consult} == {"1.0"}
    assert VARDAL.events[2].intensity == 2.5


def test_a_title_of_several_roles_is_one_value(tmp_path: Path) -> None:
    actor = Actor("a1", "X", "person", roles=(Role("ministre", Span(0, 3)), Role("chef; élu", Span(4, 7))))
    (row,) = folder_of(tmp_path, entry_of(Event("e1", "AID", Span(0, 3), ("a1",)), actors=[actor]))[polecat.TOLD]
    assert row["Actor Title"] == "ministre / chef, élu"
