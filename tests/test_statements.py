"""Who said what: each dispatch marks every statement that must be found; there must be no other.

``{c1 a dit}`` marks the cue of the first statement; ``s`` speaker, ``x`` content, ``t`` to whom, ``m`` medium, ``v`` a
relay phrase. Before the text stands a line for the rest: ``1 clause speech; 2 quote speech via 1``. The dispatch is
rewritten into the package's own markup and read by its strict parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from propos.evaluate import markup
from propos.model import Document, Record, Span, Statement
from propos.reading.pipeline import Pipeline

TAGS = {"c": "cue", "s": "speaker", "x": "content", "t": "to", "m": "medium", "v": "via"}
PART = re.compile(r"\{([csxtmv])(\d) |\}")

DISPATCHES = {
    # Quotations with their cue
    "quote before its cue": """1 quote speech
        {x1 "Nous ne céderons pas un mètre"}, {c1 a déclaré} {s1 le ministre moldave de la Défense}.""",
    "quote behind a colon": """1 quote speech
        {s1 Le général Ruiz} {c1 a prévenu}: {x1 "La trêve prendra fin dimanche"}.""",
    "quote around its cue": """1 quote speech
        {x1 "La route est coupée"}, {c1 a indiqué} {s1 le maire}, {x1 "mais nous tenons le pont"}.""",
    "guillemets": """1 quote speech
        {x1 « La trêve tient partout »}, {c1 a affirmé} {s1 la présidente Ana Voicu}.""",
    "an inverted pronoun": """1 quote speech; 2 quote speech
        {x1 "Le port est fermé"}, {c1 a annoncé} {s1 la ministre}. {x2 "Il rouvrira vendredi matin"}, {c2 a-t-{s2 elle} ajouté}.""",
    "a quotation that stands alone": """1 quote speech; 2 quote speech
        {x1 "Nous avons perdu deux bateaux"}, {c1 a dit} {s1 le capitaine}. {x2 "La mer était calme et nous n'avons rien vu venir"}.""",
    "a quotation of two paragraphs": """1 quote speech
        {s1 Le Premier ministre} {c1 a déclaré}: {x1 "Nous avons signé un accord juste.}

        {x1 "Il sera soumis au Parlement"}.""",
    # Clauses
    "a clause": """1 clause speech
        {s1 Le porte-parole du gouvernement} {c1 a indiqué} que {x1 la frontière resterait fermée}.""",
    "a clause with an elided que": """1 clause speech
        {s1 L'ambassadeur} {c1 affirme} qu'{x1 aucune arme n'a été livrée}.""",
    "two clauses under one cue": """1 clause speech
        {s1 Le ministre} {c1 a assuré} que {x1 la trêve tenait} et que {x1 les convois passaient}.""",
    "an incised cue": """1 clause speech
        {x1 Le cessez-le-feu sera prolongé d'une semaine}, {c1 a annoncé} {s1 le médiateur suisse}.""",
    "a mixed clause": """1 clause speech
        {s1 Le secrétaire général de l'Otan} {c1 a estimé} que {x1 la situation restait "très fragile" dans le nord}.""",
    "a mixed incised clause": """1 clause speech
        {x1 L'accord est "un premier pas" vers la paix}, {c1 a estimé} {s1 le président kényan}.""",
    "an indirect question": """1 clause speech
        {s1 Le sénateur} {c1 a demandé} si {x1 la base serait fermée}.""",
    "an impersonal passive": """1 clause speech
        Il {c1 a été annoncé} que {x1 la conférence se tiendrait à Genève}.""",
    "a verb in the present": """1 clause speech
        {s1 Le gouverneur} {c1 assure} que {x1 le barrage est intact}.""",
    "a pronoun speaks": """1 clause speech; 2 clause speech
        {s1 Le ministre grec} {c1 a dit} que {x1 l'île était défendue}. {s2 Il} {c2 a précisé} que {x2 deux frégates y resteraient}.""",
    "a relative clause": """1 clause speech
        {s1 Le général Moreau}, qui {c1 a affirmé} que {x1 le pont était miné}, a quitté la salle.""",
    "to fear that": """1 clause attitude
        {s1 Les Européens} {c1 craignent} que {x1 le détroit soit fermé}.""",
    "an opinion in a plain present": """1 clause attitude
        {s1 Berlin} {c1 estime} que {x1 les sanctions sont efficaces}.""",
    "an opinion that was voiced": """1 clause speech
        {s1 La chancelière} {c1 a estimé} que {x1 les sanctions étaient efficaces}.""",
    "negated words that still say something": """1 clause speech
        {s1 Le ministre} {c1 n'exclut pas} que {x1 la base soit fermée}.""",
    "two sources": """1 clause speech; 2 clause speech
        {s1 Kiev} {c1 affirme} que {x1 le village est libéré}. {s2 Moscou} {c2 assure} que {x2 ses troupes y sont toujours}.""",
    "coordinated speakers": """1 clause speech
        {s1 Paris et Berlin} {c1 ont annoncé} que {x1 le sommet était reporté}.""",
    "coordinated speakers of a noun": """1 nominal speech
        {s1 Paris et Berlin} {c1 ont annoncé} {x1 l'envoi de chars}.""",
    "a channel behind its speaker": """1 nominal speech
        {s1 Le ministre} sur {m1 Twitter} {c1 a dénoncé} {x1 une manœuvre}.""",
    "one learns it from somebody": """1 clause speech
        {x1 Le navire a quitté le port}, {c1 a-t-on appris} auprès de {s1 son armateur}.""",
    "a court behind pour": """1 prepositional speech
        {c1 Pour} {s1 le tribunal}, {x1 ces contrats n'avaient "aucune consistance"}.""",
    "to qualify of a bare noun": """1 nominal speech
        {s1 Le maire} {c1 a qualifié} la frappe de {x1 crime}.""",
    "a gerund goes on": """1 clause speech; 2 clause speech
        {s1 Le ministre} {c1 a indiqué} que {x1 le convoi était parti}, {c2 ajoutant} que {x2 la route était sûre}.""",
    # Infinitives
    "to call on somebody": """1 infinitive speech
        {s1 Le secrétaire général de l'ONU} {c1 a appelé} {t1 les belligérants} à {x1 déposer les armes}.""",
    "to promise": """1 infinitive speech
        {s1 Le président} {c1 a promis} de {x1 retirer ses soldats de la vallée}.""",
    "to threaten": """1 infinitive speech
        {s1 Le chef de la milice} {c1 a menacé} de {x1 couper l'eau}.""",
    "to wish": """1 infinitive attitude
        {s1 La Suède} {c1 souhaite} {x1 rejoindre l'Alliance avant l'été}.""",
    "to say that one has done": """1 infinitive speech unconfirmed
        {s1 L'armée} {c1 dit} {x1 avoir abattu deux drones}.""",
    "to ask somebody": """1 infinitive speech
        {s1 Le juge} {c1 a demandé} au {t1 ministre} de {x1 livrer les documents}.""",
    "to call somebody ready": """1 infinitive speech
        {s1 Le Qatar} {c1 s'est dit} {x1 prêt à accueillir les pourparlers}.""",
    "to deny having done": """1 infinitive speech
        {s1 Le ministre} {c1 a démenti} {x1 avoir donné cet ordre}.""",
    "to order": """1 infinitive speech
        {s1 Le général} {c1 a ordonné} à {t1 ses soldats} de {x1 quitter le village}.""",
    "to plan by words": """1 infinitive speech
        {s1 Le gouvernement} {c1 a proposé} d'{x1 envoyer des observateurs}.""",
    # Noun phrases
    "to demand something": """1 nominal speech
        {s1 La Pologne} {c1 a exigé} {x1 des garanties écrites}.""",
    "to condemn": """1 nominal speech
        {s1 L'Union africaine} {c1 a condamné} {x1 l'attaque du marché}.""",
    "to condemn in the passive": """1 nominal speech
        {x1 L'attaque du marché} {c1 a été condamnée} par {s1 l'Union africaine}.""",
    "to accuse": """1 infinitive speech
        {s1 Le Mali} {c1 a accusé} son voisin de {x1 armer les rebelles}.""",
    "to accuse of a noun": """1 nominal speech
        {s1 Le Mali} {c1 a accusé} son voisin de {x1 trahison}.""",
    "to qualify": """1 nominal speech
        {s1 Le ministre turc} {c1 a qualifié} cette décision de {x1 "provocation"}.""",
    "to put on guard": """1 nominal speech
        {s1 Pékin} {c1 a mis en garde} contre {x1 une escalade en mer de Chine}.""",
    "to deny": """1 nominal speech
        {s1 Le Rwanda} {c1 a démenti} {x1 ces accusations}.""",
    "to welcome": """1 nominal speech
        {s1 Le président chilien} {c1 a salué} {x1 la libération des otages}.""",
    "to deplore with a colon": """1 nominal speech
        {s1 Le nonce} {c1 a dénoncé} {x1 les bombardements}: {x1 "C'est une honte pour nous tous"}.""",
    "to rejoice": """1 nominal speech
        {s1 Le médiateur} {c1 s'est félicité} de {x1 la libération des otages}.""",
    "to announce in the present": """1 nominal speech
        {s1 Ottawa} {c1 annonce} {x1 de nouvelles sanctions}.""",
    "to fear something": """1 nominal attitude
        {s1 Les pêcheurs} {c1 craignent} {x1 une nouvelle marée noire}.""",
    "two verbs, one subject": """1 nominal speech; 2 nominal speech
        {s1 {s2 Le ministre}} {c1 a condamné} {x1 l'attaque} et {c2 a exigé} {x2 une enquête}.""",
    # Prepositions
    "selon": """1 prepositional speech
        {c1 Selon} {s1 le gouverneur de la province}, {x1 trois soldats ont été tués}.""",
    "selon behind": """1 prepositional speech
        {x1 Trois soldats ont été tués}, {c1 selon} {s1 le gouverneur de la province}.""",
    "d'après": """1 prepositional speech
        {c1 D'après} {s1 la police}, {x1 la bombe était artisanale}.""",
    "aux yeux de": """1 prepositional attitude
        {c1 Aux yeux de} {s1 Pékin}, {x1 l'île reste une province rebelle}.""",
    "pour somebody": """1 prepositional attitude
        {c1 Pour} {s1 l'analyste Karin Holm}, {x1 la trêve ne tiendra pas}.""",
    "a quotation selon somebody": """1 prepositional speech
        {x1 "La ville est encerclée"}, {c1 selon} {s1 le chef de la milice}.""",
    # Nouns
    "accusations selon lesquelles": """1 clause speech
        {c1 Les accusations} du {s1 ministre} selon lesquelles {x1 le port abritait des armes} n'ont pas convaincu.""",
    "a threat of somebody": """1 infinitive speech
        {c1 La menace} du {s1 général} de {x1 fermer le détroit} inquiète les armateurs.""",
    # To whom, where, through whom
    "to whom": """1 clause speech
        {s1 Le ministre} {c1 a dit} à {t1 son homologue turc} que {x1 la trêve serait respectée}.""",
    "in a statement": """1 clause speech
        {s1 Le ministère} {c1 a annoncé} dans {m1 un communiqué} que {x1 le vol était suspendu}.""",
    "in a statement, behind a quotation": """1 quote speech
        {x1 "Le vol est suspendu jusqu'à lundi"}, {c1 a annoncé} {s1 le ministère} dans {m1 un communiqué}.""",
    "on a network": """1 quote speech
        {x1 "La trêve est rompue"}, {c1 a écrit} {s1 le ministre} sur {m1 Twitter}.""",
    "to an agency": """1 clause speech
        {s1 Un témoin} {c1 a raconté} à {m1 l'AFP} que {x1 le pont s'était effondré}.""",
    "to a channel": """1 clause speech
        {s1 Le prince} {c1 a affirmé} à {m1 la chaîne Al-Arabiya} que {x1 le contrat était signé}.""",
    "before the press": """1 clause speech
        {s1 La ministre} {c1 a déclaré} devant {t1 la presse} que {x1 l'accord était proche}.""",
    "a document speaks": """1 clause speech
        {s1 {m1 Le rapport}} {c1 affirme} que {x1 des prisonniers ont été battus}.""",
    "one statement relays another": """1 clause speech via 2; 2 clause speech
        {x2 {s1 Le ministre} {c1 a jugé} que {x1 l'accord était mort}}, {c2 a indiqué} {s2 son porte-parole}.""",
    "selon relays": """1 clause speech via 2; 2 prepositional speech
        {c2 Selon} {s2 l'agence Belta}, {x2 {s1 le président} {c1 a promis} que {x1 les prisonniers seraient libérés}}.""",
    "quoted by an agency": """1 quote speech
        {x1 "La route du nord est coupée"}, {c1 a déclaré} {s1 le général Ruiz}, {v1 cité par l'agence Belta}.""",
    "a report in doubt": """1 clause speech unconfirmed
        {s1 Le général} {c1 aurait déclaré} que {x1 la ville tomberait}.""",
    # Headlines
    "a headline with a colon": """1 quote speech; 2 quote speech
        {s1 Petrescu}{c1 :} {x1 "Nous ne céderons pas"}

        {x2 "Nous ne céderons pas"}, {c2 a déclaré} lundi {s2 le ministre Ion Petrescu} à Chisinau.""",
    # Nothing to be found
    "words without content": """
        Le ministre s'est exprimé devant la presse pendant une heure.""",
    "what is not said": """
        Le porte-parole n'a pas précisé combien de soldats seraient envoyés.""",
    "scare quotes": """
        Le "rideau de fer" passait par cette vallée jusqu'en 1989.""",
    "no attribution inside a direct quotation": """1 quote speech
        {x1 "Mon père disait que la paix viendrait un jour"}, {c1 a raconté} {s1 la députée}.""",
    "an event without words": """
        L'armée a bombardé le port pendant la nuit et deux navires ont coulé.""",
}


class Found(NamedTuple):
    """A statement by its words and places; ``via`` is the relaying statement's cue, or the relay phrase."""

    cue: Span | None
    speaker: Span | None
    content: tuple[Span, ...]
    mode: str
    form: str
    kind: str
    addressees: tuple[Span, ...]
    medium: Span | None
    via: Span | None
    unconfirmed: bool


def expected(dispatch: str) -> Record:
    """The record that a dispatch of the table stands for."""
    head, _, body = dispatch.partition("\n")
    body = re.sub(r"\n +", "\n", body.strip())
    header = "".join(header_of(line.split()) for line in head.split(";") if line.strip())
    return markup.parse(
        f'+++\nid = "d"\nlanguage = "fr"\npublished = "2022-03-01"\n{header}+++\n{"".join(tagged(body))}\n'
    )


def header_of(words: list[str]) -> str:
    number, form, kind, *rest = words
    lines = [f"[statements.s{number}]", f'form = "{form}"', f'kind = "{kind}"']
    if "via" in rest:
        lines.append(f'via = "s{rest[rest.index("via") + 1]}"')
    if "unconfirmed" in rest:
        lines.append("unconfirmed = true")
    return "".join(f"{line}\n" for line in lines)


def tagged(body: str) -> Iterator[str]:
    opened: list[str] = []
    at = 0
    for match in PART.finditer(body):
        yield body[at : match.start()]
        at = match.end()
        if match[1]:
            opened.append(f"{TAGS[match[1]]} s{match[2]}")
            yield f"<{opened[-1]}>"
        else:
            yield f"</{opened.pop()}>"
    yield body[at:]


def flat(record: Record) -> list[Found]:
    cues = {statement.id: statement.cue for statement in record.statements}

    def found(one: Statement) -> Found:
        via = cues[one.via] if isinstance(one.via, str) else one.via
        return Found(
            one.cue, one.speaker, one.content, one.mode, one.form, one.kind,
            one.addressees, one.medium, via, one.unconfirmed,
        )  # fmt: skip

    return sorted(map(found, record.statements), key=lambda item: (item.content, item.cue or Span(0, 0)))


def told(items: list[Found], text: str) -> list[dict[str, object]]:
    """The statements with words for spans, for messages."""

    def words(value: object) -> object:
        if isinstance(value, Span):
            return value.of(text)
        return [words(item) for item in value] if isinstance(value, tuple) else value

    return [{name: words(value) for name, value in item._asdict().items() if value} for item in items]


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> dict[str, Record]:
    """What the engine reads in every dispatch."""
    documents = [Document(expected(dispatch).text, id=name) for name, dispatch in DISPATCHES.items()]
    return {record.id: record for record in pipeline.read_many(documents)}


@pytest.mark.model
@pytest.mark.parametrize("name", DISPATCHES)
def test_a_dispatch_gives_these_statements_and_no_others(name: str, records: dict[str, Record]) -> None:
    want = expected(DISPATCHES[name])
    got = records[name]
    assert told(flat(got), got.text) == told(flat(want), want.text)
    assert flat(got) == flat(want)
