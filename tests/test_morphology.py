"""Inflection: French words against tables of their forms, and the file's notation against small packs of its own."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propos.errors import PackError
from propos.lang.morphology import Form, Inflection, index

TABLES = Path(__file__).parent / "inflection"
FRENCH = Inflection.load(files("propos.lang") / "fr" / "inflection.toml")
PERSONS = [(person, number) for number in ("sing", "plur") for person in (1, 2, 3)]


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


VERBS = {row["paradigm"]: row for row in rows("verbs.tsv")}
LEMMAS = [(lemma, name) for name, row in VERBS.items() for lemma in row["verbs"].split()]
WORDS = rows("words.tsv")


def cell(lemma: str, mood: str, tense: str, person: int = 0, number: str = "", gender: str = "") -> str:
    """The forms of one slot as the tables write them: variants with a slash, none as a point."""
    wanted = (mood, tense, person, number, gender)
    return "/".join(form.text for form in FRENCH.verb(lemma) if form[3:] == wanted) or "."


def ending(table: Mapping[str, object], word: str) -> str:
    """The longest ending of the word that a table has, found the slow way."""
    return max((key for key in table if f"^{word}".endswith(key)), key=len)


# French ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lemma", VERBS)
def test_principal_parts(lemma: str) -> None:
    genders = [("sing", "masc"), ("plur", "masc"), ("sing", "fem"), ("plur", "fem")]
    found = {
        "present": " ".join(cell(lemma, "ind", "pres", *slot) for slot in PERSONS),
        "il_future": cell(lemma, "ind", "fut", 3, "sing"),
        "il_past": cell(lemma, "ind", "past", 3, "sing"),
        "ils_past": cell(lemma, "ind", "past", 3, "plur"),
        "que_je": cell(lemma, "sub", "pres", 1, "sing"),
        "que_nous": cell(lemma, "sub", "pres", 1, "plur"),
        "imperative": " ".join(cell(lemma, "imp", "pres", *slot) for slot in ((2, "sing"), (1, "plur"), (2, "plur"))),
        "present_participle": cell(lemma, "part", "pres"),
        "past_participle": " ".join(cell(lemma, "part", "past", 0, *slot) for slot in genders),
    }
    assert found == {key: VERBS[lemma][key] for key in found}


@pytest.mark.parametrize(
    ("lemma", "tense", "forms"),
    [
        ("annoncer", "ind.imp", "annonçais annonçais annonçait annoncions annonciez annonçaient"),
        ("exiger", "ind.imp", "exigeais exigeais exigeait exigions exigiez exigeaient"),
        ("exiger", "ind.past", "exigeai exigeas exigea exigeâmes exigeâtes exigèrent"),
        ("avertir", "ind.past", "avertis avertis avertit avertîmes avertîtes avertirent"),
        ("maintenir", "ind.past", "maintins maintins maintint maintînmes maintîntes maintinrent"),
        ("vouloir", "ind.past", "voulus voulus voulut voulûmes voulûtes voulurent"),
        ("nier", "ind.imp", "niais niais niait niions niiez niaient"),
        ("croire", "ind.imp", "croyais croyais croyait croyions croyiez croyaient"),
        ("être", "ind.imp", "étais étais était étions étiez étaient"),
        ("falloir", "ind.imp", ". . fallait . . ."),
        ("déclarer", "ind.fut", "déclarerai déclareras déclarera déclarerons déclarerez déclareront"),
        ("permettre", "ind.fut", "permettrai permettras permettra permettrons permettrez permettront"),
        ("avoir", "cnd.pres", "aurais aurais aurait aurions auriez auraient"),
        ("payer", "cnd.pres", "paierais/payerais paierais/payerais paierait/payerait paierions/payerions paieriez/payeriez paieraient/payeraient"),
        ("envoyer", "sub.pres", "envoie envoies envoie envoyions envoyiez envoient"),
        ("falloir", "sub.pres", ". . faille . . ."),
        ("faire", "sub.pres", "fasse fasses fasse fassions fassiez fassent"),
        ("avoir", "sub.pres", "aie aies ait ayons ayez aient"),
        ("juger", "sub.imp", "jugeasse jugeasses jugeât jugeassions jugeassiez jugeassent"),
        ("dire", "sub.imp", "disse disses dît dissions dissiez dissent"),
        ("être", "sub.imp", "fusse fusses fût fussions fussiez fussent"),
        ("convenir", "sub.imp", "convinsse convinsses convînt convinssions convinssiez convinssent"),
    ],
)  # fmt: skip
def test_other_tenses(lemma: str, tense: str, forms: str) -> None:
    mood, time = tense.split(".")
    assert " ".join(cell(lemma, mood, time, *slot) for slot in PERSONS) == forms


def test_one_whole_verb() -> None:
    found = Counter((form.mood, form.tense) for form in FRENCH.verb("répondre"))
    six = dict.fromkeys([("ind", "pres"), ("ind", "imp"), ("ind", "past"), ("ind", "fut"), ("cnd", "pres")], 6)
    six |= {("sub", "pres"): 6, ("sub", "imp"): 6}
    assert found == six | {("imp", "pres"): 3, ("part", "pres"): 1, ("part", "past"): 4, ("inf", ""): 1}


@pytest.mark.parametrize(
    ("lemma", "forms"), [("exiger", "exiger"), ("connaître", "connaître/connaitre"), ("être", "être"), ("asseoir", "asseoir/assoir")]
)  # fmt: skip
def test_infinitive(lemma: str, forms: str) -> None:
    assert cell(lemma, "inf", "") == forms


@pytest.mark.parametrize(("lemma", "paradigm"), LEMMAS)
def test_paradigm_of_a_verb(lemma: str, paradigm: str) -> None:
    assert FRENCH.paradigm(lemma) == paradigm


@pytest.mark.parametrize(
    ("lemma", "paradigm"),
    [
        ("installer", "aimer"), ("emballer", "aimer"), ("sceller", "aimer"), ("rappeler", "appeler"), ("projeter", "appeler"),
        ("épeler", "renouveler"), ("céder", "espérer"), ("alléguer", "espérer"), ("réitérer", "espérer"), ("siéger", "protéger"),
        ("convoyer", "employer"), ("ralentir", "finir"), ("garantir", "finir"), ("investir", "finir"), ("nourrir", "finir"),
        ("jaillir", "finir"), ("bénir", "finir"), ("appauvrir", "finir"), ("pressentir", "partir"), ("desservir", "partir"),
        ("découvrir", "ouvrir"), ("secourir", "courir"), ("intervenir", "tenir"), ("apercevoir", "recevoir"), ("entrevoir", "voir"),
        ("équivaloir", "valoir"), ("satisfaire", "faire"), ("prédire", "contredire"), ("médire", "contredire"), ("élire", "lire"),
        ("souscrire", "écrire"), ("détruire", "conduire"), ("disparaître", "connaître"), ("soustraire", "extraire"),
        ("exclure", "conclure"), ("poursuivre", "suivre"), ("débattre", "battre"), ("compromettre", "mettre"),
        ("surprendre", "prendre"), ("prétendre", "rendre"), ("tordre", "rendre"), ("corrompre", "rompre"),
        ("restreindre", "craindre"), ("enjoindre", "craindre"), ("plaindre", "craindre"),
    ],
)  # fmt: skip
def test_paradigm_of_a_look_alike(lemma: str, paradigm: str) -> None:
    assert FRENCH.paradigm(lemma) == paradigm


def test_the_tables_reach_every_paradigm_and_every_ending() -> None:
    families = FRENCH._tables.verbs
    assert list(VERBS) == list(FRENCH.paradigms)
    assert {ending(families, lemma) for lemma, _ in LEMMAS} == set(families)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['rule']}-{row['word']}")
def test_words(row: dict[str, str]) -> None:
    assert "/".join(GIVES[row["rule"]](row["word"])) == row["gives"]


def _plural(word: str) -> list[str]:
    return [form.text for form in FRENCH.noun(word) if form.number == "plur"]


def _feminine(word: str) -> list[str]:
    return [form.text for form in FRENCH.adjective(word) if (form.number, form.gender) == ("sing", "fem")]


def _agent(word: str) -> list[str]:
    return [form.text for form in FRENCH.feminine(word) if form.number == "sing"]


def _before_vowel(word: str) -> list[str]:
    masculine = (form.text for form in FRENCH.adjective(word) if (form.number, form.gender) == ("sing", "masc"))
    return [text for text in masculine if text != word]


GIVES = {"plural": _plural, "feminine": _feminine, "agent": _agent, "before_vowel": _before_vowel}


def test_the_tables_reach_every_rule_for_words() -> None:
    words = FRENCH._tables.words
    reached = {
        name: {ending(table, row["word"]) for row in WORDS if row["rule"] == name} for name, table in words.items()
    }
    # Nouns for people follow the adjectives' rules, but for those of their own.
    shared = {key for key, rule in words["agent"].items() if words["feminine"].get(key) == rule}
    assert set(words["plural"]) <= reached["plural"]
    assert set(words["feminine"]) <= reached["feminine"] | (reached["agent"] & shared)
    assert set(words["agent"]) - shared <= reached["agent"]
    assert set(words["before_vowel"]) <= reached["before_vowel"]


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("prêt", "prêt prêts prête prêtes"),
        ("favorable", "favorable favorables favorable favorables"),
        ("français", "français français française françaises"),
        ("nouveau", "nouveau nouveaux nouvel nouvelle nouvelles"),
        ("international", "international internationaux internationale internationales"),
        ("final", "final finaux finals finale finales"),
        ("soucieux", "soucieux soucieux soucieuse soucieuses"),
    ],
)
def test_adjective(lemma: str, forms: str) -> None:
    assert " ".join(form.text for form in FRENCH.adjective(lemma)) == forms


def test_noun_and_its_feminine_keep_the_lemma() -> None:
    assert FRENCH.noun("État") == (
        Form("état", "État", "noun", number="sing"),
        Form("états", "État", "noun", number="plur"),
    )
    assert FRENCH.feminine("directeur") == (
        Form("directrice", "directeur", "noun", number="sing", gender="fem"),
        Form("directrices", "directeur", "noun", number="plur", gender="fem"),
    )


def test_index_keeps_all_readings_in_order() -> None:
    readings = index([*FRENCH.verb("dire"), *FRENCH.noun("dit")])
    assert [(form.pos, form.mood, form.tense) for form in readings["dit"]] == [
        ("verb", "ind", "pres"), ("verb", "ind", "past"), ("verb", "part", "past"), ("noun", "", ""),
    ]  # fmt: skip
    assert "dites" in readings
    assert "disez" not in readings


@pytest.mark.parametrize("lemma", ["", "maison", "mettre en garde", "ouïr"])
def test_no_paradigm(lemma: str) -> None:
    with pytest.raises(PackError, match="no verb paradigm fits"):
        FRENCH.verb(lemma)


# Properties -------------------------------------------------------------------------------------------------------

LETTERS = "abcdefghijklmnopqrstuvwxyzàâçèéêëîïôûœ"
REGULAR = st.builds(str.__add__, st.text(LETTERS, min_size=1), st.sampled_from(["ter", "ler", "quer", "ider", "onner"]))


@given(REGULAR.filter(lambda lemma: FRENCH.paradigm(lemma) == "aimer"))
def test_a_regular_verb_keeps_its_root(lemma: str) -> None:
    assert all(form.text.startswith(lemma.removesuffix("er")) for form in FRENCH.verb(lemma))


@given(st.sampled_from(LEMMAS))
def test_a_verb_has_each_form_once_and_keeps_its_root(pair: tuple[str, str]) -> None:
    lemma, _ = pair
    forms = FRENCH.verb(lemma)
    assert len(set(forms)) == len(forms)
    assert forms == FRENCH.verb(lemma)
    cut = FRENCH._tables.verbs[ending(FRENCH._tables.verbs, lemma)].cut
    assert all(form.text.startswith(lemma[: len(lemma) - cut]) and form.lemma == lemma for form in forms)


@given(st.text(LETTERS, min_size=1))
def test_every_word_inflects_as_noun_and_adjective(word: str) -> None:
    assert {form.number for form in FRENCH.noun(word)} == {"sing", "plur"}
    assert {form.gender for form in FRENCH.adjective(word)} == {"masc", "fem"}


@given(st.lists(st.sampled_from(LEMMAS), max_size=5, unique=True))
def test_index_is_the_inverse_of_inflection(pairs: list[tuple[str, str]]) -> None:
    forms = [form for lemma, _ in pairs for form in FRENCH.verb(lemma)]
    readings = index(forms)
    assert Counter(form for found in readings.values() for form in found) == Counter(forms)
    assert all(form.text == text for text, found in readings.items() for form in found)


# The notation -----------------------------------------------------------------------------------------------------

SMALL = """
plural = [{ of = "|", to = "s" }]
feminine = [{ of = "|", to = "e" }]
agent = [{ of = "chef|", to = "fe" }]
before_vowel = [{ of = "b|eau", to = "el" }]
[stem]
weak = "-"
strong = "weak"
name = "="
[tense]
inf = { slots = "-", stems = "name" }
"ind.pres" = { slots = "1s 2s", stems = "strong weak" }
[endings.all]
inf = "-"
"ind.pres" = "o as/ax"
[endings.other]
"ind.pres" = ". u"
[verb.model]
of = "m|(b,bb)a"
endings = "other"
stems = { weak = "*", strong = "*i" }
[verb.copy]
of = "^c|opa"
like = "model"
endings = "all"
stems = { weak = "y", strong = "i/-" }
"""


def small(tmp_path: Path, text: str) -> Inflection:
    path = tmp_path / "inflection.toml"
    path.write_text(text, encoding="utf-8")
    return Inflection.load(path)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [("mba", "mba mbu"), ("tumbba", "tumbba tumbbu"), ("copa", "copa cio co cyas cyax")],
)
def test_notation(tmp_path: Path, lemma: str, forms: str) -> None:
    assert " ".join(form.text for form in small(tmp_path, SMALL).verb(lemma)) == forms


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('plural = [{ of = "|", to = "s" }]', "", "the file lacks the key 'plural'"),
        ("[stem]", "extra = 1\n[stem]", "the file has the key 'extra'"),
        ('plural = [{ of = "|", to = "s" }]', "plural = 1", "plural is not a list of rules"),
        ('plural = [{ of = "|", to = "s" }]', "plural = [1]", "a rule of plural is not a table"),
        ('of = "|", to = "s"', 'of = "|"', "a rule of plural lacks the key 'to'"),
        ('of = "|", to = "s"', 'of = "|", to = "s", two = "x"', "a rule of plural has the key 'two'"),
        ('of = "|", to = "s"', 'of = "|", to = 1', "a rule of plural.to is not a string"),
        ('of = "|", to = "s"', 'of = "|", to = " "', "a rule of plural.to is not a string with something in it"),
        ('of = "|", to = "s"', 'of = "al|", to = "s"', "plural has no rule for '|'"),
        ('of = "|", to = "s"', 'of = "| s| s|", to = "s"', "plural takes the ending 's', which another rule has"),
        ('of = "|", to = "s"', 'of = "al", to = "s"', "the pattern 'al' is malformed"),
        ('of = "|", to = "s"', 'of = "a|l|", to = "s"', "the pattern 'a|l|' is malformed"),
        ('of = "|", to = "s"', 'of = "|(b", to = "s"', "the pattern '|(b' is malformed"),
        ('of = "|", to = "s"', 'of = "|", to = "*s"', "no letters in brackets for '*s'"),
        ('strong = "weak"', 'strong = "name"', "stem.strong is 'name', which is no stem above it"),
        (
            'inf = { slots = "-", stems = "name" }',
            'infinite = { slots = "-", stems = "name" }',
            "tense.infinite is no mood",
        ),
        ('slots = "1s 2s"', 'slots = "1s 4s"', "the slot '4s' is malformed"),
        ('slots = "1s 2s"', 'slots = "1s 2s 3s"', "tense.ind.pres.stems has 2 cells instead of 3"),
        ('stems = "strong weak"', 'stems = "strong other"', "tense.ind.pres has the stem 'other'"),
        ('"ind.pres" = ". u"', '"ind.fut" = ". u"', "endings.other has the key 'ind.fut'"),
        ('"ind.pres" = ". u"', '"ind.pres" = "u"', "verb.model, ind.pres, has 1 cells instead of 2"),
        ('[endings.all]\ninf = "-"', "[endings.all]", "verb.model, inf, has 0 cells instead of 1"),
        ('of = "^c|opa"\n', "", "verb.copy needs the keys 'of', and 'endings' or 'like'"),
        ('like = "model"', 'like = "later"', "verb.copy is like 'later', which is no paradigm above it"),
        ('like = "model"', "like = 1", "verb.copy.like is not a string"),
        ('like = "model"', 'model = "model"', "verb.copy has the key 'model'"),
        ('endings = "other"', 'endings = "others"', "verb.model names the endings 'others'; there are all, other"),
        ('stems = { weak = "y", strong = "i/-" }', 'stems = { week = "y" }', "verb.copy.stems has the key 'week'"),
        ('stems = { weak = "y", strong = "i/-" }', 'forms = { past = "y" }', "verb.copy.forms has the key 'past'"),
        ('of = "^c|opa"', 'of = "m|ba"', "verb.copy takes the ending 'mba'"),
        ("[stem]", "[stem", "Expected"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert SMALL.count(old) == 1 or old == "[stem]"
    with pytest.raises(PackError) as error:
        small(tmp_path, SMALL.replace(old, new, 1))
    assert message in str(error.value)
    assert "inflection.toml" in str(error.value)
