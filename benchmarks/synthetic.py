"""Invented articles with their records, for benchmarks and tests of the dossier: no spaCy, no reading.

``articles(N)`` gives (Document, Record) pairs of the size of an agency's dispatch: 8 statements, 10 events, 12 actors.
They are spread over two years and twenty outlets, in the order of their dates; one in twenty is another outlet's copy
of a recent one, a paragraph shorter. The same number and seed give the same articles, and each can be made alone.

Two that are no copies share 2 % of their runs of three words: ten times what unrelated news do, so that grouping copies
is not made easy, but not so much that all articles look alike.

``python benchmarks/synthetic.py 1000 --seed 1`` writes the records as JSON Lines.
"""

# ruff: noqa: S311 (nothing here is a secret)
from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Literal

from propos.model import (
    Actor,
    ActorKind,
    Document,
    Event,
    Evidence,
    Factuality,
    Form,
    Provenance,
    Record,
    Segment,
    Source,
    Span,
    Statement,
    TimeExpression,
)
from propos.serialise import to_json

FIRST_DAY = date(2023, 1, 1)
DAYS = 730
COPIES = 0.05
"""Share of articles that copy an earlier one."""
NEAR = 200
"""A copy's original is at most so many articles before it."""
EVENTS, FILLERS = 10, 21

OUTLETS = tuple(
    f"{paper} {place}"
    for paper in ("Le Courrier", "La Gazette", "L'Écho", "Le Messager", "La Dépêche")
    for place in ("de Valmeure", "du Grand-Lac", "des Trois-Rives", "d'Orsenne")
)
STATES = (
    ("la Norvège", "NOR"), ("le Pérou", "PER"), ("la Bolivie", "BOL"), ("le Maroc", "MAR"), ("la Lettonie", "LVA"),
    ("le Chili", "CHL"), ("la Gambie", "GMB"), ("la Slovénie", "SVN"), ("le Vietnam", "VNM"), ("la Turquie", "TUR"),
    ("la Pologne", "POL"), ("le Tchad", "TCD"), ("la Belgique", "BEL"), ("le Danemark", "DNK"), ("le Kenya", "KEN"),
    ("la Finlande", "FIN"), ("la Guinée", "GIN"), ("le Japon", "JPN"), ("l'Irlande", "IRL"), ("l'Ouganda", "UGA"),
)  # fmt: skip
BODIES = ("le ministère de la Défense", "le parquet", "le Parlement", "l'état-major", "la police", "la Cour suprême")
ALLIANCES = ("l'Otan", "l'Union africaine", "l'Asean", "la Cédéao", "l'OSCE", "la Ligue arabe")
GROUPS = ("les rebelles", "les manifestants", "les pêcheurs", "les exilés", "les grévistes", "les réfugiés")
OFFICES = ("le ministre", "l'ambassadeur", "le général", "le porte-parole", "le négociateur", "le député")
GIVEN = ("Anders", "Ruben", "Milo", "Tarek", "Ilya", "Osei", "Bruno", "Dario", "Emil", "Kenzo", "Lazar", "Nuri")
FAMILY_STARTS = ("Bal", "Cor", "Del", "Fen", "Gor", "Hal", "Kes", "Lor", "Mar", "Nev", "Ost", "Per", "Sol", "Tav")
FAMILY_ENDS = ("dane", "evic", "idou", "mark", "onne", "quist", "sara", "tchev", "vari", "wald", "yanne", "zeth")


@dataclass(frozen=True, slots=True)
class Frame:
    """How an event is said: who, the words, whom."""

    type: str
    quad: int
    intensity: float
    words: str


FRAMES = (
    Frame("AGREE", 1, 2.5, "a approuvé"),
    Frame("CONSULT", 1, 2.5, "a rencontré"),
    Frame("SUPPORT", 1, 5.0, "a salué"),
    Frame("CONCEDE", 1, 4.5, "a remercié"),
    Frame("COOPERATE", 2, 9.5, "a épaulé"),
    Frame("AID", 2, 10.0, "a secouru"),
    Frame("RETREAT", 2, 6.5, "a évacué"),
    Frame("REQUEST", 3, 0.0, "a sommé"),
    Frame("ACCUSE", 3, -3.0, "a condamné"),
    Frame("REJECT", 3, -2.0, "a éconduit"),
    Frame("THREATEN", 3, -3.5, "a menacé"),
    Frame("PROTEST", 4, -5.0, "a hué"),
    Frame("SANCTION", 4, -6.0, "a sanctionné"),
    Frame("MOBILIZE", 4, -5.5, "a encerclé"),
    Frame("COERCE", 4, -7.0, "a réprimé"),
    Frame("ASSAULT", 4, -9.0, "a bombardé"),
)
FORMS: tuple[tuple[Form, str], ...] = (
    ("clause", "a déclaré"), ("clause", "a affirmé"), ("quote", "a lancé"), ("quote", "a dit"),
    ("prepositional", "Selon"), ("prepositional", "D'après"),
)  # fmt: skip
FACTUALITIES: tuple[tuple[Factuality, int], ...] = (("claimed", 12), ("planned", 3), ("hypothetical", 3), ("denied", 2))
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SUBJECTS = (
    "le marché", "la récolte", "le port", "la frontière", "le barrage", "la monnaie", "le sommet", "la route", "le fleuve",
    "la mine", "le gazoduc", "la mosquée", "le cargo", "la radio", "le tribunal", "la base", "le convoi", "la presse",
)  # fmt: skip
VERBS = (
    "attend", "inquiète", "divise", "occupe", "traverse", "longe", "rassemble", "nourrit", "ralentit", "surprend",
    "retient", "entoure", "dépasse", "rassure", "appauvrit", "éclaire", "déçoit", "réveille", "fatigue", "réunit",
)  # fmt: skip
OBJECTS = (
    "les habitants", "les experts", "les marchands", "les voisins", "les armateurs", "les électeurs", "les éleveurs",
    "les médecins", "les juges", "les paysans", "les étudiants", "les douaniers", "les ouvriers", "les touristes",
)  # fmt: skip
MANNERS = (
    "longtemps", "sans bruit", "chaque hiver", "malgré tout", "à contretemps", "partout", "faute de mieux", "au grand jour",
    "rarement", "trop tard", "de loin", "par endroits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to be written: an event, said by somebody or not; or a filler without either."""

    filler: str = ""
    frame: Frame = FRAMES[0]
    actor: int = 0
    recipient: int = 0
    place: str = ""
    speaker: int | None = None
    form: Form = "clause"
    cue: str = ""
    factuality: Factuality = "asserted"
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an article tells, before it is put into words."""

    published: date
    outlet: str
    town: str
    cast: tuple[Actor, ...]
    title: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    copy_of: int | None = None


@dataclass(slots=True)
class Draft:
    """The text so far and what was marked in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    mentions: dict[str, list[Span]] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)

    def add(self, text: str) -> Span:
        """Write on; where it stands."""
        self.parts.append(text)
        self.length += len(text)
        return Span(self.length - len(text), self.length)

    def name(self, actor: Actor, *, capital: bool = False) -> Span:
        """Write an actor's name and mark it as a mention."""
        span = self.add(actor.name[:1].upper() + actor.name[1:] if capital else actor.name)
        self.mentions.setdefault(actor.id, []).append(span)
        return span


def articles(count: int, seed: int = 0) -> Iterator[tuple[Document, Record]]:
    """``count`` articles in the order of their dates."""
    return (article(number, count, seed) for number in range(count))


def article(number: int, count: int, seed: int = 0) -> tuple[Document, Record]:
    """The article with this number, from 0, of ``count``."""
    return write(plan(number, count, seed), number)


def original(number: int, seed: int = 0) -> int | None:
    """The number of the article that this one copies; ``None`` where it is its own."""
    rng = Random(f"copy:{seed}:{number}")
    if number == 0 or rng.random() >= COPIES:
        return None
    earlier = number - rng.randint(1, min(number, NEAR))
    first = original(earlier, seed)
    return earlier if first is None else first


def plan(number: int, count: int, seed: int) -> Plan:
    """What the article tells; a copy tells the same in another outlet, a filler paragraph less, the same day or the next."""
    copied = original(number, seed)
    rng = Random(f"article:{seed}:{number}")
    if copied is None:
        return _fresh(rng, FIRST_DAY + timedelta(days=number * DAYS // count))
    first = plan(copied, count, seed)
    others = [outlet for outlet in OUTLETS if outlet != first.outlet]
    last_day = FIRST_DAY + timedelta(days=DAYS - 1)
    return replace(
        first,
        outlet=rng.choice(others),
        published=min(first.published + timedelta(days=rng.randint(0, 1)), last_day),
        paragraphs=first.paragraphs[:-1],
        copy_of=copied,
    )


def _fresh(rng: Random, published: date) -> Plan:
    cast = _cast(rng)
    told = [_told(rng, number, published) for number in range(EVENTS)]
    fillers = [Sentence(filler=_filler(rng)) for _ in range(FILLERS)]
    paragraphs = [tuple(told[at : at + 2]) + tuple(fillers[at // 2 : at // 2 + 1]) for at in range(0, EVENTS, 2)]
    rest = fillers[EVENTS // 2 :]
    paragraphs += [tuple(rest[at : at + 2]) for at in range(0, len(rest), 2)]
    place = _place(rng)
    title = f"{rng.choice(SUBJECTS).capitalize()} de {place} {rng.choice(VERBS)} {rng.choice(OBJECTS)}"
    return Plan(published, rng.choice(OUTLETS), place, cast, title, tuple(paragraphs))


def _cast(rng: Random) -> tuple[Actor, ...]:
    """Twelve actors: eight who act (states, an alliance, a group, two bodies), then four who only speak."""
    states = rng.sample(STATES, 4)
    told: list[tuple[str, ActorKind, str | None, str]] = [(name, "state", code, "GOV") for name, code in states]
    told.append((rng.choice(ALLIANCES), "igo", None, "IGO"))
    told.append((rng.choice(GROUPS), "group", states[0][1], "CVL"))
    told += [
        (name, "organisation", state[1], "GOV") for name, state in zip(rng.sample(BODIES, 2), states, strict=False)
    ]
    people = rng.sample(range(len(GIVEN) * len(FAMILY_STARTS) * len(FAMILY_ENDS)), 4)
    told += [(_person(one), "person", state[1], "GOV") for one, state in zip(people, states, strict=True)]
    return tuple(Actor(f"a{n}", name, kind, code, sector) for n, (name, kind, code, sector) in enumerate(told, start=1))


def _person(number: int) -> str:
    rest, given = divmod(number, len(GIVEN))
    end, start = divmod(rest, len(FAMILY_STARTS))
    return f"{GIVEN[given]} {FAMILY_STARTS[start]}{FAMILY_ENDS[end]}"


def _place(rng: Random) -> str:
    return f"{rng.choice(FAMILY_STARTS)}{rng.choice(('a', 'e', 'i', 'o'))}{rng.choice(FAMILY_ENDS)}"


def _told(rng: Random, number: int, published: date) -> Sentence:
    """Of the ten events, the first and the sixth are the outlet's own; the others somebody says."""
    own = number % 5 == 0
    form, cue = rng.choice(FORMS)
    factuality = "asserted" if own else rng.choices([f for f, _ in FACTUALITIES], cum_weights=_WEIGHTS)[0]
    ahead = rng.randint(1, 60) if factuality == "planned" else -rng.randint(0, 6)
    return Sentence(
        frame=rng.choice(FRAMES),
        actor=2 * number % 8,
        recipient=(2 * number + 1) % 8,
        place=_place(rng),
        speaker=None if own else 6 + (number - number // 5 - 1) % 6,
        form=form,
        cue=cue,
        factuality=factuality,
        day=published + timedelta(days=ahead) if rng.random() < 0.7 else None,
    )


_WEIGHTS = tuple(accumulate(weight for _, weight in FACTUALITIES))


def _filler(rng: Random) -> str:
    words = (rng.choice(SUBJECTS), _place(rng), rng.choice(VERBS), _place(rng), rng.choice(MANNERS))
    rate = f"{rng.randint(2, 900)} {rng.choice(OBJECTS)[4:]} sur {rng.randint(1000, 9000)}"
    text = f"{' '.join(words)} et {_place(rng)} {rng.choice(VERBS)} {rng.choice(OBJECTS)}, {rate}."
    return text[0].upper() + text[1:]


def write(told: Plan, number: int) -> tuple[Document, Record]:
    """Put an article into words."""
    draft = Draft()
    draft.segments.append(Segment("title", draft.add(told.title)))
    for place, paragraph in enumerate(told.paragraphs):
        draft.add("\n\n")
        start = draft.length
        if place == 0:
            draft.add(f"{told.town.upper()} - ")
        for at, sentence in enumerate(paragraph):
            draft.add(" " if at else "")
            _sentence(draft, sentence, told.cast)
        draft.segments.append(Segment("lead" if place == 0 else "body", Span(start, draft.length)))
    return _finished(draft, told, number)


def _sentence(draft: Draft, sentence: Sentence, cast: tuple[Actor, ...]) -> None:
    if sentence.filler:
        draft.add(sentence.filler)
    elif sentence.speaker is None:
        _event(draft, sentence, cast, None, capital=True)
        draft.add(".")
    else:
        _said(draft, sentence, cast, cast[sentence.speaker])


def _said(draft: Draft, sentence: Sentence, cast: tuple[Actor, ...], who: Actor) -> None:
    """A sentence in which somebody says what happens: quoted, after *que*, or after *selon*."""
    id_ = f"s{len(draft.statements) + 1}"
    mode: Literal["direct", "indirect"] = "indirect"
    if sentence.form == "quote":
        mode, start = "direct", draft.add("« ").start
        _event(draft, sentence, cast, id_, capital=True)
        content = Span(start, draft.add(" »").end)
        draft.add(", ")
        cue = draft.add(sentence.cue)
        draft.add(" ")
        speaker = draft.name(who)
    elif sentence.form == "clause":
        speaker = draft.name(who, capital=True)
        draft.add(" ")
        cue = draft.add(sentence.cue)
        draft.add(" que ")
        content = _event(draft, sentence, cast, id_, capital=False)
    else:
        cue = draft.add(sentence.cue)
        draft.add(" ")
        speaker = draft.name(who)
        draft.add(", ")
        content = _event(draft, sentence, cast, id_, capital=False)
    draft.add(".")
    draft.statements.append(
        Statement(id_, cue, speaker, who.id, (content,), mode, sentence.form, "speech",
                  evidence=(Evidence(f"synthetic.{sentence.form}", (cue,)),))
    )  # fmt: skip


def _event(draft: Draft, sentence: Sentence, cast: tuple[Actor, ...], holder: str | None, *, capital: bool) -> Span:
    """Who does what to whom, where and when; the span of it all."""
    frame, actor, recipient = sentence.frame, cast[sentence.actor], cast[sentence.recipient]
    start = draft.name(actor, capital=capital).start
    draft.add(" ")
    trigger = draft.add(frame.words)
    draft.add(" ")
    draft.name(recipient)
    draft.add(f" à {sentence.place}")
    if sentence.day is not None:
        draft.add(" ")
        day, iso = sentence.day, sentence.day.isoformat()
        span = draft.add(f"le {day.day} {MONTHS[day.month - 1]}")
        draft.times.append(TimeExpression(span, iso, iso, iso))
    draft.events.append(
        Event(f"e{len(draft.events) + 1}", frame.type, trigger, (actor.id,), (recipient.id,), sentence.factuality, holder,
              date=sentence.day.isoformat() if sentence.day else None, quad=frame.quad, intensity=frame.intensity,
              evidence=(Evidence(f"synthetic.{frame.type.lower()}", (trigger,)),))
    )  # fmt: skip
    return Span(start, draft.length)


def _finished(draft: Draft, told: Plan, number: int) -> tuple[Document, Record]:
    text, id_, published = "".join(draft.parts), f"synthetic-{number:07}", told.published.isoformat()
    source = Source(
        file="synthetic.txt",
        ordinal=number,
        sha256=hashlib.sha256(f"{id_}\n{text}".encode()).hexdigest(),
        url=f"https://articles.example/{id_}",
        outlet=told.outlet,
        external=(f"synthetic:{number}",),
    )
    segments = tuple(draft.segments)
    cast = tuple(replace(actor, mentions=tuple(draft.mentions.get(actor.id, ()))) for actor in told.cast)
    document = Document(text, id_, told.title, published, "fr", source, segments)
    record = Record(
        id_, "fr", published, told.title, text, tuple(draft.statements), tuple(draft.events), cast, tuple(draft.times),
        Provenance("synthetic", "synthetic", "synthetic"), source, segments,
    )  # fmt: skip
    return document, record


def main() -> None:
    """Write records as JSON Lines to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for _, record in articles(options.count, options.seed):
        sys.stdout.write(f"{to_json(record)}\n")


if __name__ == "__main__":
    main()
