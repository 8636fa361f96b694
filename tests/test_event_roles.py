"""Who does it to whom: each sentence names all its events, ``TYPE [trigger] actors -> recipients``, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pytest

from propos.model import Document, Record
from propos.reading.pipeline import Pipeline

pytestmark = pytest.mark.model

SENTENCES: Mapping[str, tuple[str, ...]] = {
    # passives
    "passive with an agent": (
        "Les rebelles houthis ont été bombardés par la coalition arabe.",
        "ASSAULT [ont été bombardés] coalition arabe -> Houthis",
    ),
    "passive in the present": (
        "Le Togo est accusé par le Bénin d'avoir arrêté un journaliste.",
        "ACCUSE [est accusé] Bénin -> Togo",
        "COERCE [avoir arrêté un journaliste] Togo -> journaliste",
    ),
    "passive without an agent": (
        "Des journalistes ont été arrêtés à Minsk.",
        "COERCE [ont été arrêtés] -> journalistes",
    ),
    "passive of a meeting": (
        "Le président indien a été reçu par le roi du Bhoutan.",
        "CONSULT [a été reçu] roi du Bhoutan, président indien ->",
    ),
    "what another will suffer": (
        "Bakou subira de lourdes conséquences, a averti le ministre arménien.",
        "THREATEN [subira de lourdes conséquences] ministre arménien -> Azerbaïdjan",
    ),
    # words that stand for others
    "a phrase's possessive in the plural": (
        "Les Suédois ont donné leur accord.",
        "AGREE [ont donné leur accord] Suède ->",
    ),
    "a phrase's article in the plural": (
        "Les procureurs suisses ont ouvert des enquêtes sur le Hamas.",
        "ACCUSE [ont ouvert des enquêtes] procureurs suisses -> Hamas",
    ),
    "a number that stands for those it counts": (
        "Téhéran a relâché mardi deux des six marins norvégiens.",
        "RETREAT [a relâché] Iran -> six marins norvégiens",
    ),
    # relative clauses
    "subject of a relative clause": (
        "La Suède, qui a condamné la Russie, a rappelé son ambassadeur.",
        "ACCUSE [a condamné] Suède -> Russie",
        "SANCTION [a rappelé son ambassadeur] Suède ->",
    ),
    "subjects of a relative clause": (
        "La Pologne, la Lituanie et la Lettonie, qui accusent la Biélorussie, ont fermé leurs frontières.",
        "ACCUSE [accusent] Pologne, Lituanie, Lettonie -> Bélarus",
        "COERCE [ont fermé leurs frontières] Pologne, Lituanie, Lettonie ->",
    ),
    "object of a relative clause": (
        "La Norvège, que la Russie menace, a mobilisé ses réservistes.",
        "THREATEN [menace] Russie -> Norvège",
        "MOBILIZE [a mobilisé ses réservistes] Norvège ->",
    ),
    "object of a relative clause, participle agreeing": (
        "La Norvège, que la Russie a condamnée, a expulsé deux diplomates russes.",
        "ACCUSE [a condamnée] Russie -> Norvège",
        "SANCTION [a expulsé deux diplomates] Norvège -> deux diplomates russes",
    ),
    "clitic in a relative clause": (
        "La Finlande a remercié la Suède, qui l'a soutenue.",
        "SUPPORT [a remercié] Finlande -> Suède",
        "SUPPORT [a soutenue] Suède -> Finlande",
    ),
    # participle clauses
    "participle set apart": (
        "L'Arménie, bombardée par l'Azerbaïdjan, a demandé l'aide de la France.",
        "ASSAULT [bombardée] Azerbaïdjan -> Arménie",
        "REQUEST [a demandé l'aide] Arménie -> France",
    ),
    "participle of speech": (
        "La Turquie, accusée par la Grèce, a rappelé son ambassadeur.",
        "ACCUSE [accusée] Grèce -> Turquie",
        "SANCTION [a rappelé son ambassadeur] Turquie ->",
    ),
    "participle of support": (
        "L'Allemagne, soutenue par l'Italie, a critiqué la Grèce.",
        "SUPPORT [soutenue] Italie -> Allemagne",
        "ACCUSE [a critiqué] Allemagne -> Grèce",
    ),
    "bare participle": (
        "Des soldats tués par les rebelles ont été enterrés à Goma.",
        "ASSAULT [tués] rebelles -> soldats",
    ),
    "present participle": (
        "La Norvège et la Suède, soutenant l'Ukraine, ont condamné la Russie.",
        "SUPPORT [soutenant] Norvège, Suède -> Ukraine",
        "ACCUSE [ont condamné] Norvège, Suède -> Russie",
    ),
    "gerund": (
        "En attaquant le poste, les rebelles ont tué deux soldats.",
        "ASSAULT [attaquant] rebelles ->",
        "ASSAULT [ont tué] rebelles -> deux soldats",
    ),
    # coordination
    "three subjects": (
        "La Suède, la Finlande et le Danemark ont condamné la Biélorussie.",
        "ACCUSE [ont condamné] Suède, Finlande, Danemark -> Bélarus",
    ),
    "three objects": (
        "Le Brésil a condamné l'Iran, la Syrie et le Yémen.",
        "ACCUSE [a condamné] Brésil -> Iran, Syrie, Yémen",
    ),
    "two verbs": (
        "Le Canada a accordé un prêt à l'Ukraine et lui a livré des chars.",
        "AID [a accordé un prêt] Canada -> Ukraine",
        "AID [a livré des chars] Canada -> Ukraine",
    ),
    # control
    "to accuse of having done": (
        "Le Kremlin a accusé Kiev d'avoir attaqué un pétrolier russe.",
        "ACCUSE [a accusé] Russie -> Ukraine",
        "ASSAULT [avoir attaqué] Ukraine ->",
    ),
    "to threaten to do": (
        "La Corée du Nord menace de bombarder le Japon.",
        "THREATEN [menace] Corée du Nord -> Japon",
        "ASSAULT [bombarder] Corée du Nord -> Japon",
    ),
    "to threaten somebody with doing": (
        "La Turquie menace la Grèce de rompre les relations diplomatiques.",
        "THREATEN [menace] Turquie -> Grèce",
        "SANCTION [rompre les relations] Turquie -> Grèce",
    ),
    "to exhort to do": (
        "Le Soudan du Sud exhorte l'Ouganda et le Kenya à libérer les prisonniers.",
        "REQUEST [exhorte] Soudan du Sud -> Ouganda, Kenya",
        "RETREAT [libérer les prisonniers] Ouganda, Kenya -> prisonniers",
    ),
    "because of having done": (
        "Pour avoir arrêté un journaliste, le Bénin est critiqué par le Togo.",
        "COERCE [avoir arrêté un journaliste] Bénin -> journaliste",
        "ACCUSE [est critiqué] Togo -> Bénin",
    ),
    # nouns
    "noun with an adjective of nationality": (
        "La Russie reste muette. L'attaque russe contre l'Ukraine a duré deux heures.",
        "ASSAULT [attaque] Russie -> Ukraine",
    ),
    "adjective of a state that the text names nowhere": (
        "Les sanctions américaines contre l'Iran restent en vigueur.",
        "SANCTION [sanctions] -> Iran",
    ),
    "noun with de and contre": (
        "Les frappes de l'armée syrienne contre les rebelles ont repris.",
        "ASSAULT [frappes] armée syrienne -> rebelles",
    ),
    "noun with de and par": (
        "L'arrestation du général Traoré par la police malienne a surpris la presse.",
        "COERCE [arrestation] police malienne -> Traoré",
    ),
    "noun with de and par, an adjective between": (
        "L'expulsion de l'ambassadeur suédois par l'Irak a surpris la presse.",
        "SANCTION [expulsion] Irak -> ambassadeur suédois",
    ),
    "noun with de a thing, à and par": (
        "La livraison d'obus à l'Ukraine par la Norvège a commencé.",
        "AID [livraison] Norvège -> Ukraine",
    ),
    "noun with a phrase of its own": (
        "Le tir de missile de la Corée du Nord a échoué.",
        "ASSAULT [tir de missile] Corée du Nord ->",
    ),
    # possessives
    "his, of the last subject": (
        "La Géorgie a rejeté l'offre. Son refus a été critiqué par la Turquie.",
        "REJECT [a rejeté] Géorgie ->",
        "REJECT [refus] Géorgie ->",
        "ACCUSE [a été critiqué] Turquie -> Géorgie",
    ),
    "their": (
        "Les rebelles ont quitté la ville. Leur offensive contre l'armée yéménite a commencé.",
        "RETREAT [ont quitté] rebelles ->",
        "ASSAULT [offensive] rebelles -> armée yéménite",
    ),
    "their, behind an oblique": (
        "Les rebelles ont parlé de l'Iran, et leur offensive contre l'armée yéménite a commencé.",
        "ASSAULT [offensive] rebelles -> armée yéménite",
    ),
    "his, not the subject's own": (
        "La Serbie a arrêté trois policiers kosovars. Pristina a condamné sa décision.",
        "COERCE [a arrêté trois policiers] Serbie -> trois policiers kosovars",
        "ACCUSE [a condamné] Kosovo -> Serbie",
    ),
    "his, of the one who is thanked": (
        "La Croatie a remercié l'Autriche pour son soutien.",
        "SUPPORT [a remercié] Croatie -> Autriche",
        "SUPPORT [soutien] Autriche -> Croatie",
    ),
    # support verbs
    "to lead strikes": (
        "L'armée éthiopienne a mené des frappes contre les rebelles tigréens.",
        "ASSAULT [frappes] armée éthiopienne -> rebelles tigréens",
    ),
    "to suffer an attack": (
        "L'armée ukrainienne a subi une attaque de la Russie.",
        "ASSAULT [attaque] Russie -> armée ukrainienne",
    ),
    "to announce sanctions": (
        "Les États-Unis ont annoncé des sanctions contre la Biélorussie.",
        "SANCTION [ont annoncé des sanctions] États-Unis -> Bélarus",
    ),
    "to receive help": (
        "La Bolivie a reçu une aide du Pérou.",
        "AID [aide] Pérou -> Bolivie",
    ),
    "exercises with a partner": (
        "La Corée du Sud et le Japon ont mené des exercices conjoints avec les États-Unis.",
        "COOPERATE [exercices conjoints] Corée du Sud, Japon, États-Unis ->",
    ),
    # meetings
    "to talk with": (
        "Le président turc s'est entretenu avec le chancelier allemand.",
        "CONSULT [s'est entretenu] président turc, chancelier allemand ->",
    ),
    "to talk with, on the telephone": (
        "Le roi de Jordanie s'est entretenu au téléphone avec le président égyptien.",
        "CONSULT [s'est entretenu au téléphone] roi de Jordanie, président égyptien ->",
    ),
    "talks between": (
        "Les négociations entre l'Arménie et l'Azerbaïdjan ont repris à Genève.",
        "CONSULT [négociations] Arménie, Azerbaïdjan ->",
    ),
    "both are the subject": (
        "Le président serbe et son homologue kosovar se sont rencontrés à Vienne.",
        "CONSULT [se sont rencontrés] président serbe, homologue kosovar ->",
    ),
    "the meeting of one with another": (
        "La rencontre du président kényan avec le président somalien a duré deux heures.",
        "CONSULT [rencontre] président kényan, président somalien ->",
    ),
    "several on the other side": (
        "Le président turc a rencontré le roi de Jordanie, le président syrien et l'émir du Qatar.",
        "CONSULT [a rencontré] président turc, roi de Jordanie, président syrien, émir du Qatar ->",
    ),
    # visits: the host is the recipient, where the text names the country elsewhere too
    "to go to": (
        "L'Inde se méfie du Pakistan. Le ministre japonais de la Défense s'est rendu en Inde.",
        "CONSULT [s'est rendu] ministre japonais de la Défense -> Inde",
    ),
    "to pay a visit": (
        "L'Inde a remercié le Japon. Le pape a effectué une visite en Inde.",
        "SUPPORT [a remercié] Inde -> Japon",
        "CONSULT [a effectué une visite] pape -> Inde",
    ),
    "the visit of": (
        "La Jordanie a tout préparé. La visite du pape en Jordanie a commencé.",
        "CONSULT [visite] pape -> Jordanie",
    ),
    "to come for a visit": (
        "La Jordanie a tout préparé. Le pape est arrivé en Jordanie pour une visite.",
        "CONSULT [visite] pape -> Jordanie",
    ),
    "the visit of somebody with a nationality": (
        "Le Japon a tout préparé. La visite du président indien au Japon a commencé.",
        "CONSULT [visite] président indien -> Japon",
    ),
    # pronouns
    "plural pronoun for several named side by side": (
        "La Norvège, la Suède et la Finlande ont signé un pacte vendredi. Elles ont expulsé deux diplomates russes.",
        "SUPPORT [ont signé un pacte] Norvège, Suède, Finlande ->",
        "SANCTION [ont expulsé deux diplomates] Norvège, Suède, Finlande -> deux diplomates russes",
    ),
    "speaking pronoun for several named side by side": (
        "Paul Martin et Anne Dubois ont quitté Lima. Ils ont accusé le Chili de mentir.",
        "ACCUSE [ont accusé] Paul Martin, Anne Dubois -> Chili",
    ),
    "people by their age alone": (
        "12 nourrissons ont été tués par les rebelles houthis.",
        "ASSAULT [ont été tués] Houthis -> 12 nourrissons",
    ),
    "nobody who was named before": (
        "Le président péruvien est prudent. On a bombardé les rebelles houthis.",
        "ASSAULT [a bombardé] -> Houthis",
    ),
    "them, only of several": (
        "Les séparatistes ont quitté la ville vendredi. L'Angola les a condamnés.",
        "RETREAT [ont quitté] séparatistes ->",
        "ACCUSE [a condamnés] Angola -> séparatistes",
    ),
    "he": (
        "Le général Haddad a condamné l'Iran. Il a menacé la Turquie.",
        "ACCUSE [a condamné] Haddad -> Iran",
        "THREATEN [a menacé] Haddad -> Turquie",
    ),
    "she, of the passive's subject": (
        "La Hongrie est critiquée par la Pologne. Elle a rejeté les accusations de Varsovie.",
        "ACCUSE [est critiquée] Pologne -> Hongrie",
        "REJECT [a rejeté] Hongrie -> Pologne",
        "ACCUSE [accusations] Pologne ->",
    ),
    "they": (
        "Les séparatistes ont attaqué un poste de l'armée camerounaise. Ils ont tué trois soldats.",
        "ASSAULT [ont attaqué] séparatistes -> armée camerounaise",
        "ASSAULT [ont tué] séparatistes -> trois soldats",
    ),
    "they, of two singulars": (
        "Le président zambien a rencontré son homologue angolais. Ils ont signé un accord.",
        "CONSULT [a rencontré] président zambien, homologue angolais ->",
        "SUPPORT [ont signé un accord] président zambien, homologue angolais ->",
    ),
    "we in a quotation": (
        "« Nous condamnons la Russie », a déclaré le président moldave.",
        "ACCUSE [condamnons] président moldave -> Russie",
    ),
    "I in a quotation": (
        "« Je demande à la Serbie de retirer ses policiers », a dit le Premier ministre kosovar.",
        "REQUEST [demande] Premier ministre kosovar -> Serbie",
        "RETREAT [retirer ses policiers] Serbie ->",
    ),
    # demands: who is to act is the recipient
    "to call on somebody": (
        "L'Allemagne a appelé la Russie à retirer ses troupes.",
        "REQUEST [a appelé] Allemagne -> Russie",
        "RETREAT [retirer ses troupes] Russie ->",
    ),
    "to demand that somebody do": (
        "Le Ghana a exigé que le Togo libère le journaliste.",
        "REQUEST [a exigé] Ghana -> Togo",
        "RETREAT [libère le journaliste] Togo -> journaliste",
    ),
    "to demand of somebody that he do it to another": (
        "Le Premier ministre israélien a demandé aux États-Unis de sanctionner l'Iran.",
        "REQUEST [a demandé] Premier ministre israélien -> États-Unis",
        "SANCTION [sanctionner] États-Unis -> Iran",
    ),
    "somebody must": (
        "« La Grèce doit libérer les marins », a déclaré le président turc.",
        "REQUEST [doit] président turc -> Grèce",
        "RETREAT [libérer les marins] Grèce -> marins",
    ),
    # condemnation: whose act it is is the recipient, not the victim
    "to condemn an attack against somebody": (
        "La Norvège a condamné l'attaque de la Russie contre l'Ukraine.",
        "ACCUSE [a condamné] Norvège -> Russie",
        "ASSAULT [attaque] Russie -> Ukraine",
    ),
    "to condemn what is led by somebody": (
        "L'Irlande a condamné la répression menée par le Bélarus.",
        "ACCUSE [a condamné] Irlande -> Bélarus",
        "COERCE [répression] Bélarus ->",
    ),
    "to condemn an invasion of somebody by another": (
        "La Slovénie a dénoncé l'invasion de l'Ukraine par la Russie.",
        "ACCUSE [a dénoncé] Slovénie -> Russie",
        "ASSAULT [invasion] Russie -> Ukraine",
    ),
    "to condemn in the passive": (
        "Le bombardement du village par l'aviation syrienne a été condamné par la Turquie.",
        "ASSAULT [bombardement] aviation syrienne ->",
        "ACCUSE [a été condamné] Turquie -> aviation syrienne",
    ),
    "to condemn what happened somewhere": (
        "Le Canada a condamné le coup d'État au Niger.",
        "ACCUSE [a condamné] Canada ->",
        "ASSAULT [coup d'État] ->",
    ),
    "to condemn a decision": (
        "La Chine est furieuse. Le Japon a condamné les sanctions chinoises contre Taïwan.",
        "ACCUSE [a condamné] Japon -> Chine",
        "SANCTION [sanctions] Chine -> Taïwan",
    ),
    # nobody but those who take part
    "the source of a report is no victim": (
        "Selon Erevan, l'Azerbaïdjan a bombardé un village.",
        "ASSAULT [a bombardé] Azerbaïdjan ->",
    ),
    "a noun that looks like a verb": (
        "La police biélorusse a arrêté l'opposant Marek Nowak.",
        "COERCE [a arrêté l'opposant] police biélorusse -> Marek Nowak",
    ),
    # interviews are no meetings
    "an interview to a paper": (
        "Dans un entretien au quotidien Jutro, Paul Diaz a parlé du Chili.",
    ),
    "an interview with an agency": (
        "Dans un entretien avec l'AFP, Paul Diaz a parlé du Chili.",
    ),
    # nouns whose parties stand at a verb
    "warned against a deed": (
        "Oslo a mis en garde le Tchad contre une invasion du Niger.",
        "THREATEN [a mis en garde] Norvège -> Tchad",
        "ASSAULT [invasion] Tchad -> Niger",
    ),
    "target of a noun's participle": (
        "Des frappes visant l'armée malienne ont eu lieu à Gao.",
        "ASSAULT [frappes] -> armée malienne",
    ),
    "actors of a noun's participle": (
        "Des affrontements impliquant le Rwanda et le Burundi ont repris.",
        "ASSAULT [affrontements] Rwanda, Burundi ->",
    ),
    "answer by a deed": (
        "Le Chili a répondu par des sanctions contre le Pérou.",
        "SANCTION [sanctions] Chili -> Pérou",
    ),
    "predicate noun of a meeting": (
        "Paul Diaz est en contact avec le Chili.",
        "CONSULT [contact] Chili, Paul Diaz ->",
    ),
    "a visit has two actors": (
        "Le ministre Paul Diaz a rendu visite à la reine Silvia.",
        "CONSULT [a rendu visite] Paul Diaz, Silvia ->",
    ),
    # coordinated verbs
    "shared auxiliary and object": (
        "Le Pérou a condamné et expulsé deux diplomates chiliens.",
        "ACCUSE [a condamné] Pérou -> deux diplomates chiliens",
        "SANCTION [expulsé deux diplomates] Pérou -> deux diplomates chiliens",
    ),
    "shared passive": (
        "Deux diplomates péruviens ont été arrêtés et expulsés.",
        "COERCE [ont été arrêtés] -> Deux diplomates péruviens",
        "SANCTION [expulsés] -> Deux diplomates péruviens",
    ),
    # parties that another event gives
    "an answer to blame told before": (
        "Oslo a accusé Minsk d'espionnage. Minsk a rejeté ces accusations.",
        "ACCUSE [a accusé] Norvège -> Bélarus",
        "REJECT [a rejeté] Bélarus -> Norvège",
    ),
    "blame for an attack told before": (
        "Le Kenya a bombardé un village somalien. Le Maroc a condamné cette attaque.",
        "ASSAULT [a bombardé] Kenya ->",
        "ACCUSE [a condamné] Maroc -> Kenya",
    ),
    "threats, by whoever is angry at them": (
        "La Norvège a dénoncé les menaces de la Finlande.",
        "ACCUSE [a dénoncé] Norvège -> Finlande",
        "THREATEN [menaces] Finlande -> Norvège",
    ),
    "a truce is asked of both sides": (
        "Le pape a demandé un cessez-le-feu entre le Pérou et le Chili.",
        "REQUEST [a demandé] pape -> Pérou, Chili",
        "RETREAT [cessez-le-feu] Pérou, Chili ->",
    ),
    "threatened with something": (
        "Le Kenya menace la Somalie de sanctions.",
        "THREATEN [menace] Kenya -> Somalie",
        "SANCTION [sanctions] Kenya -> Somalie",
    ),
    "something announced on a day": (
        "L'armée kényane a annoncé jeudi matin de nouveaux raids contre des rebelles somaliens.",
        "ASSAULT [raids] armée kényane ->",
    ),
    "killed in an attack": (
        "Le Kenya accuse des rebelles somaliens. Dix soldats kényans ont été tués dans une attaque des rebelles.",
        "ACCUSE [accuse] Kenya -> rebelles somaliens",
        "ASSAULT [ont été tués] rebelles somaliens -> Dix soldats kényans",
        "ASSAULT [attaque] rebelles somaliens -> Dix soldats kényans",
    ),
    "answered with an attack": (
        "Le Pérou a riposté par des frappes contre la Bolivie.",
        "ASSAULT [a riposté] Pérou -> Bolivie",
        "ASSAULT [frappes] Pérou -> Bolivie",
    ),
    "an attack that kills": (
        "Un raid du Kenya a tué dix civils.",
        "ASSAULT [raid] Kenya -> dix civils",
        "ASSAULT [a tué] Kenya -> dix civils",
    ),
}
LINE = re.compile(r"(?P<type>[A-Z]+) \[(?P<trigger>.+)\] ?(?P<actors>.*?) ?-> ?(?P<recipients>.*)")


def line(kind: str, trigger: str, actors: Iterable[str], recipients: Iterable[str]) -> str:
    """An event in a line, names in alphabetical order."""
    return f"{kind} [{trigger}] {', '.join(sorted(actors))} -> {', '.join(sorted(recipients))}"


def expected(row: str) -> str:
    found = LINE.fullmatch(row)
    assert found, row
    actors, recipients = (filter(None, found[side].split(", ")) for side in ("actors", "recipients"))
    return line(found["type"], found["trigger"], actors, recipients)


def events(record: Record) -> list[str]:
    names = {actor.id: actor.name for actor in record.actors}
    return [
        line(
            event.type,
            event.trigger.of(record.text),
            (names[actor] for actor in event.actors),
            (names[actor] for actor in event.recipients),
        )
        for event in record.events
    ]


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> Mapping[str, Record]:
    """Every sentence, read as an article of its own."""
    return dict(zip(SENTENCES, pipeline.read_many(Document(text) for text, *_ in SENTENCES.values()), strict=True))


@pytest.mark.parametrize("case", SENTENCES)
def test_who_does_it_to_whom(case: str, records: Mapping[str, Record]) -> None:
    assert sorted(events(records[case])) == sorted(map(expected, SENTENCES[case][1:]))
