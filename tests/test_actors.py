"""Who is who: each text marks every mention with its actor, ``[words]a``; the engine must find exactly these."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files

import pytest
from spacy.language import Language

from propos.lang import actors, loader
from propos.lang.actors import ActorLexicon
from propos.model import Actor, Document
from propos.reading import mentions, models, parse
from propos.reading.actors.cast import Cast
from propos.reading.actors.linking import link
from propos.reading.actors.names import plain, same_person
from propos.reading.attribution import assemble
from propos.reading.pipeline import Pipeline
from propos.settings import Settings

MARK = re.compile(r"\[|\](\w)")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return models.load(Settings().model)


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return actors.load(files("propos.lang") / "fr")


def cast(text: str, nlp: Language, lexicon: ActorLexicon) -> Cast:
    """The cast of a text; its speakers as the attribution finds them."""
    parsed = next(parse.parse_many([Document(text)], nlp))
    speakers = [draft.source for draft in assemble.find(parsed, loader.load("fr")) if draft.source >= 0]
    return link(mentions.find(parsed, lexicon, speakers), parsed, lexicon)


def marked(text: str) -> tuple[str, dict[str, list[str]]]:
    """The text without marks, and the marked words of each actor in order."""
    plain_text, found, opened, at = "", defaultdict(list), [], 0
    for match in MARK.finditer(text):
        plain_text += text[at : match.start()]
        at = match.end()
        if match.group() == "[":
            opened.append(len(plain_text))
        else:
            found[match.group(1)].append(plain_text[opened.pop() :])
    assert not opened
    return plain_text + text[at:], found


def words(actor: Actor, text: str) -> list[str]:
    return [span.of(text) for span in actor.mentions]


TEXTS = {
    "surname after full name": "[Le président letton Karlis Ozols]a a menacé [Kiev]b. [M. Ozols]a a reçu [le général Sourovikine]c.",
    "surname in the headline": "[Merkel]a rencontre [Macron]b\n\n[La chancelière Angela Merkel]a a reçu [le président Emmanuel Macron]b lundi.",
    "particles": "[Mohammed al-Khoury]a a parlé. [M. Khoury]a a salué [la Syrie]b.",
    "title after the name": "[Petra Novak, présidente de la commission]a, a critiqué [la Serbie]b. [Mme Novak]a a promis un rapport.",
    "title looks back by country": "[Le président turc Kemal Aydin]a a appelé [la Grèce]b au calme. [Le président turc]a a reçu [le Premier ministre grec]c.",
    "equivalent titles": "[Le ministre polonais des Affaires étrangères Jan Nowak]a a protesté. [Le chef de la diplomatie polonaise]a a rappelé [son ambassadeur]b.",
    "head of a body": "[Le secrétaire général de l'ONU, Pedro Alvarez]a, a lancé un appel. [Le chef de l'ONU]a a promis de l'aide.",
    "former title": "[Paul Berger]a a été condamné. [Paul Berger]a a fait appel. [L'ex-ministre]a a nié.",
    "nested title is no mention": "[Le porte-parole du Kremlin]a a démenti.",
    "capital, seat, demonym, government": "[Moscou]a a averti [l'Ukraine]b. [Le Kremlin]a a menacé. [Les Russes]a ont attaqué. [Le gouvernement russe]a a démenti.",
    "capital as a place": "[Le ministre]a s'est rendu à Moscou, puis en Pologne et près de Kiev.",
    "coordinated metonyms": "[La Suède]a a proposé une rencontre entre [Bakou]b et [Erevan]c.",
    "border": "[L'armée turque]a a bombardé le sud de la Syrie, près de la frontière avec l'Irak.",
    "dative": "[Le Japon]a a demandé à [la Chine]b de libérer [les marins]c.",
    "acronym in brackets": "[L'Observatoire mauritanien des libertés]a ([OML]a) a recensé vingt arrestations. [L'OML]a demande une enquête.",
    "organisation called otherwise": "[Médecins sans frontières]a a cessé ses activités. [L'ONG]a a condamné le tir.",
    "army": "[L'armée nigériane]a a lancé un assaut. [L'armée]a a tué [dix rebelles]b.",
    "groups": "[Des manifestants]a ont bloqué la route. [Les manifestants]a réclament [une enquête]x.",
    "counted people": "[Une vingtaine de soldats]a ont fui. [Un groupe de militaires]b a pris [le pouvoir]x.",
    "a name whose particle has a capital": "[La Suède]a a cité une note du [quotidien El Pueblo Libre]b.",
    "an imperative is no name": "Avouons-le : [Paul Berger]a a menti. [M. Berger]a a démenti.",
    "human rights are nobody's": "[La Norvège]a a défendu les droits de l'homme. [M. Berger]b a applaudi.",
    "party adjective": "[Le sénateur démocrate Alan Weber]a a déposé un texte.",
    "party acronym": "[Le député LR Jules Martin]a a voté contre.",
    "pronoun": '"Nous ne céderons pas sur ce point essentiel", a déclaré [le ministre Karl Weber]a. "Rien ne changera", a-t-[il]a ajouté.',
    "pronoun by gender": '[Anna Lindberg]a a rencontré [Karl Weber]b à Oslo. "La porte reste ouverte à tous", a-t-[elle]a assuré.',
    "document speaks for its author": "[L'ONU]a a publié un bilan. Selon un rapport de [l'ONU]a, la famine menace.",
    "title and rank after a comma": "[Le chef de la marine, le colonel Yann Orvik]a, a démissionné.",
    "former holder": "[Le Premier ministre Paul Horak]a a refusé. [L'ex-Premier ministre]b a protesté.",
    "the country last named": "[Le Japon]a a protesté. [Ce pays]a a rappelé [son ambassadeur]b.",
    "both countries are no mention": "[Le Japon]a a reçu [la Chine]b. La visite des deux pays a duré peu.",
    "junta and soldiers": "[La junte]a a pris Kidal. [Les militaires]a ont fermé la frontière.",
    "same description in the headline": "[Un diplomate expulsé]a\n\n[Un diplomate expulsé]a a quitté la ville lundi.",
    "surname of the better known": "[Le ministre Karl Weber]a a parlé. [Anna Weber]b a ri. [Weber]a a signé.",
    "acronym with a number": "[Le Mouvement du 9-Avril]a a défilé. [Le M9]a a refusé.",
    "Europe acts": "[L'Europe]a a promis une aide. [L'Union européenne]a a voté.",
    "city is no person": "Une réunion aura lieu à Port Harcourt. [Le ministre]a viendra.",
    "no link across countries": "[Le président serbe]a a refusé. [Le président kosovar]b a accepté.",
    "no link across gender": "[La ministre]a a refusé. [Le ministre]b a accepté.",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_everybody_is_found_and_linked(name: str, nlp: Language, lexicon: ActorLexicon) -> None:
    text, expected = marked(TEXTS[name])
    expected.pop("x", None)
    found = [words(actor, text) for actor in cast(text, nlp, lexicon).actors]
    assert sorted(found) == sorted(expected.values())


def one(text: str, name: str, nlp: Language, lexicon: ActorLexicon) -> Actor:
    """The actor of that name."""
    return next(actor for actor in cast(text, nlp, lexicon).actors if actor.name == name)


def test_fields_of_a_person(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "Le Premier ministre tchèque a démissionné. Le Premier ministre Pavel Horak a salué la décision."
    actor = one(text, "Pavel Horak", nlp, lexicon)
    assert (actor.kind, actor.country, actor.sector) == ("person", "CZE", "GOV")
    assert [role.title for role in actor.roles] == ["Premier ministre tchèque", "Premier ministre"]
    assert all(role.span.of(text) == role.title for role in actor.roles)


def test_a_state_has_its_usual_name(nlp: Language, lexicon: ActorLexicon) -> None:
    (actor,) = cast("Londres a protesté.", nlp, lexicon).actors
    assert (actor.name, actor.kind, actor.country) == ("Royaume-Uni", "state", "GBR")


def test_ids_follow_the_text(nlp: Language, lexicon: ActorLexicon) -> None:
    found = cast("L'Iran a menacé Israël. Le Qatar a proposé sa médiation.", nlp, lexicon).actors
    assert [actor.id for actor in found] == [f"a{number}" for number in range(1, len(found) + 1)]
    assert [actor.mentions[0].start for actor in found] == sorted(actor.mentions[0].start for actor in found)


def test_side_of_the_unnamed_is_that_of_the_article(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "Le président sénégalais a parlé. Des étudiants ont manifesté dans la capitale sénégalaise."
    assert one(text, "étudiants", nlp, lexicon).country == "SEN"


def test_no_two_heads_of_one_state(nlp: Language, lexicon: ActorLexicon) -> None:
    text = "Le président kényan Daniel Otieno a reçu le président Louis Marchal. La France finance un port au Kenya."
    assert one(text, "Louis Marchal", nlp, lexicon).country == "FRA"


def test_innermost_actor_at_a_token(nlp: Language, lexicon: ActorLexicon) -> None:
    parsed = next(parse.parse_many([Document("Des ministres de l'Otan ont protesté.")], nlp))
    found = link(mentions.find(parsed, lexicon, []), parsed, lexicon)
    names = {actor.id: actor.name for actor in found.actors}
    assert [names.get(found.actor_at(token) or "") for token in (1, 4)] == ["ministres de l'Otan", "Otan"]
    assert found.actor_at(5) is None
    assert found.actor_at(10_000) is None


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Nigeria: un pont détruit\n\nDes pêcheurs ont fui. Pékin a protesté.", "pêcheurs", "NGA"),
        ("Une grève a éclaté à Rotterdam. Les dockers ont refusé.", "dockers", "NLD"),
        ("L'Iran a menacé. Le tribunal de Lyon a condamné un homme.", "tribunal de Lyon", "FRA"),
        ("L'armée a ouvert le feu. La Norvège et le Chili ont parlé.", "armée", "NOR"),
        ("Des députés ont voté. La préfecture a fermé le port.", "députés", "FRA"),
        ("La Croix-Rouge a envoyé des vivres en Irak.", "Croix-Rouge", None),
        ("Des observateurs étrangers ont quitté l'Irak.", "observateurs étrangers", None),
        ("Le député congolais a parlé à Brazzaville. Le Congo a voté.", "député congolais", "COG"),
        ("Le député congolais a parlé à Kinshasa.", "député congolais", "COD"),
    ],
)
def test_side_without_a_country_word(
    text: str, name: str, country: str | None, nlp: Language, lexicon: ActorLexicon
) -> None:
    assert one(text, name, nlp, lexicon).country == country


@pytest.mark.parametrize(("text", "name", "kind"), [
    ("Les troupes russes ont avancé.", "troupes russes", "group"),
    ("La mission de l'ONU a quitté Bamako.", "mission de l'ONU", "igo"),
    ("Le Grand Matin a publié un article.", "Grand Matin", "organisation"),
    ("Le soulagement des Haïtiens est grand.", "Haïtiens", "group"),
    ("Les Haïtiens ont refusé.", "Haïti", "state"),
    ("Les Français ont voté.", "Français", "group"),
])  # fmt: skip
def test_kind(text: str, name: str, kind: str, nlp: Language, lexicon: ActorLexicon) -> None:
    assert one(text, name, nlp, lexicon).kind == kind


def test_the_first_of_several_speaks_for_them(nlp: Language, lexicon: ActorLexicon) -> None:
    parsed = next(parse.parse_many([Document("Oslo et Riga ont condamné le tir.")], nlp))
    found = link(mentions.find(parsed, lexicon, [2]), parsed, lexicon)
    names = {actor.id: actor.country for actor in found.actors}
    assert [names[str(found.actor_at(token))] for token in (0, 2)] == ["NOR", "LVA"]
    assert names[str(found.speaker_at(2))] == "NOR"
    assert found.speaker_at(10_000) is None


@pytest.mark.parametrize(("full", "short", "same"), [
    ("mohammed al khoury", "khoury", True),
    ("xi lang", "xi", True),
    ("anna maria berg", "anna berg", True),
    ("anna berg", "paul berg", False),
    ("berg", "anna berg", False),
    ("anna berg", "berger", False),
])  # fmt: skip
def test_variants_of_a_name(full: str, short: str, same: object) -> None:
    parts = [plain(tuple(name.split()), {"al"}) for name in (full, short)]
    assert same_person(*parts) is same


def test_reading_twice_gives_the_same(nlp: Language, lexicon: ActorLexicon) -> None:
    text = marked(" ".join(TEXTS.values()))[0]
    assert cast(text, nlp, lexicon) == cast(text, nlp, lexicon)


def test_a_blank_line_only_shifts(nlp: Language, lexicon: ActorLexicon) -> None:
    text = marked(TEXTS["army"])[0]
    before, after = cast(text, nlp, lexicon), cast("\n\n" + text, nlp, lexicon)
    assert [[span.start + 2 for span in actor.mentions] for actor in before.actors] == [
        [span.start for span in actor.mentions] for actor in after.actors
    ]


@pytest.mark.model
def test_people_of_a_state_that_is_no_more_are_a_group(pipeline: Pipeline) -> None:
    record = pipeline.read(Document("Les Soviétiques ont envahi la Finlande en 1939.", published="2020-11-30"))
    assert "state" not in {actor.kind for actor in record.actors if actor.country == "SUN"}
