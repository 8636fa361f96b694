"""Who speaks in the end: each text has one statement whose content holds the words, by the actor named."""

from __future__ import annotations

import pytest

from propos.model import Document, Record
from propos.reading.pipeline import Pipeline

# Text; words of the content; name of the actor who says them.
SOURCES = {
    "a document stands for whoever voted it": (
        "L'Assemblée nationale a voté une résolution sur la pêche. Le Japon avait protesté contre le vote. "
        "« Les quotas doivent baisser dès cet automne », indique le document.",
        "quotas", "Assemblée nationale",
    ),
    "a document stands for whoever it is by": (
        "Le rapport annuel de la Banque mondiale est paru lundi. Sara Lindqvist en a pris connaissance. "
        "Le rapport affirme que la récolte a chuté.",
        "récolte", "Banque mondiale",
    ),
    "what an indefinite document says is said by who voted it": (
        "Le Sénat avait signé une lettre réclamant la baisse des péages kényans.",
        "péages kényans", "Sénat",
    ),
    "a gerund beside a thing": (
        "Le Pérou a quitté la table accusant la Bolivie de « pillage ».", "pillage", "Pérou",
    ),
    "a name between comma and cue": (
        "Jointe par la radio locale, Sara Lindqvist avait aussitôt promis que le bac circulerait.",
        "bac circulerait", "Sara Lindqvist",
    ),
    "the owner of a noun of speech": (
        "Mario Keller a perdu le vote. Malgré sa promesse de baisser les loyers, la rue gronde.",
        "loyers", "Mario Keller",
    ),
    "a sentence that is only an infinitive": (
        "« Le barrage tiendra », a promis Sara Lindqvist. Et d'ajouter : « La digue est neuve et solide. »",
        "digue", "Sara Lindqvist",
    ),
    "an apposition of two nouns": (
        "La juge Sara Lindqvist, ancienne patineuse et mère du maire, avait soupçonné les pêcheurs de tricher.",
        "tricher", "Sara Lindqvist",
    ),
    "two verbs of one subject": (
        "Le maire Paul Berger a reçu les pêcheurs et leur a promis que la digue tiendrait.",
        "tiendrait", "Paul Berger",
    ),
    "a channel and a name run together": (
        "« Le port rouvrira mardi dès cinq heures », confiait mercredi au Matin Mario Keller.", "rouvrira", "Mario Keller",
    ),
    "a name that a particle opens": (
        "« Le port rouvrira mardi dès cinq heures », annonce al-Rahmani.", "rouvrira", "al-Rahmani",
    ),
    "an auxiliary that the tagger does not know": (
        "« Nous partons demain à la rame », a tweeté Arvid Sorokine, le capitaine.",
        "rame", "Arvid Sorokine",
    ),
    "the subject of the words quoted is not who says them": (
        "Le maire Paul Berger a reçu la presse. Mario Keller « devrait apprendre à nager », a-t-il lancé.",
        "nager", "Paul Berger",
    ),
    "a long quotation is counted once": (
        "La crue a surpris le député Paul Berger. « La digue a cédé. Le préfet dormait. Il ne viendra plus. "
        "La ville attend des pompes », raconte-t-il dans un courrier.",
        "cédé", "Paul Berger",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_who_speaks_in_the_end(name: str, pipeline: Pipeline) -> None:
    text, words, expected = SOURCES[name]
    record = pipeline.read(Document(text, published="2023-03-01"))
    assert speaker(record, words) == expected


def speaker(record: Record, words: str) -> str | None:
    """Name of the actor of the innermost statement with these words."""
    holding = [s for s in record.statements if any(words in span.of(record.text) for span in s.content)]
    innermost = min(holding, key=lambda s: sum(span.end - span.start for span in s.content))
    return next((a.name for a in record.actors if a.id == innermost.speaker_actor), None)


def test_a_topic_before_a_colon_says_nothing(pipeline: Pipeline) -> None:
    text = "Mario Keller : la victoire de Sara Lindqvist\n\nMario Keller a dit que le port rouvrirait."
    assert [s.cue.of(text) for s in pipeline.read(Document(text)).statements if s.cue] == ["a dit"]


def test_a_headline_said_again_is_said_by_whom_the_body_quotes(pipeline: Pipeline) -> None:
    text = (
        "Pérou-Bolivie: « la pêche du lac est finie »\n\n"
        "Le canal est fermé depuis mars, et les récoltes sont perdues pour la saison.\n\n"
        "« Sans écluse, toute pêche est bientôt finie », a prévenu Sara Lindqvist lundi."
    )
    record = pipeline.read(Document(text, published="2023-03-01"))
    names = {actor.id: actor.name for actor in record.actors}
    assert [names[str(s.speaker_actor)] for s in record.statements] == ["Sara Lindqvist", "Sara Lindqvist"]
