"""States: by name, by capital, by seat of power, by demonym; and the same words where they are only places."""

from __future__ import annotations

from propos.lang.actors import Name
from propos.reading.actors.build import Builder
from propos.reading.actors.mention import Mention, MentionSort
from propos.reading.actors.persons import name_after
from propos.reading.actors.phrases import Phrase, extend, left_edge

# What stands between the place of a headline or dateline and the text.
HEADING = frozenset({":", "-", "--", "–", "—"})


_ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass"})


def state(build: Builder, token: int, last: int, name: Name) -> Mention | None:
    """A state, its capital or its seat of power, unless it is only where something happens."""
    scan = build.scan
    first = left_edge(scan, token)[0] if name.form[0].islower() else build.article(token)
    if _is_place(build, first, token, last, name):
        return None
    if scan.same_sentence(token, last + 1) and scan.word[last + 1] in build.words.neighbours:
        last += 1
    sort: MentionSort = "name" if name.sort == "state" else "metonym"
    return build.make(
        first, last, token, sort, "state", name.gender, name.number, country=name.country, sector="GOV", key=name.key,
        shown=name.shown,
    )  # fmt: skip


def region(build: Builder, token: int, last: int, name: Name) -> Mention | None:
    """A region or a territory that is disputed, where it acts."""
    first = build.article(token)
    if _is_place(build, first, token, last, name) or not (name.country is None and name.bare) and not build.acts(token):
        return None
    return build.make(
        first, last, token, "name", name.kind, name.gender, name.number, country=name.country, sector="GOV", key=name.key,
        shown=name.shown, named=(token, last),
    )  # fmt: skip


def _is_place(build: Builder, first: int, token: int, last: int, name: Name) -> bool:
    scan, words = build.scan, build.words
    if _heads_line(build, first, last):
        return True
    governor = _leader(build, first, token)
    before = governor - 1
    if not scan.same_sentence(token, before):
        return False
    word = scan.word[before]
    if word in words.locative_prepositions:
        return not _dative(build, before, token, name, with_article=governor < token)
    if word in words.place_prepositions:
        return True
    if word in words.complement_prepositions | words.bordering_prepositions:
        return _of_place(build, before, name, bare=governor == token and word in words.bare_prepositions)
    if scan.word[before] == "(":
        return scan.same_sentence(token, last + 1) and scan.word[last + 1] in {")", ","} and governor == token
    behind_noun = scan.parsed.pos[before] == "NOUN" and not scan.upper[before]
    # *a accusé mardi Oslo*: an argument of the verb, not the place of the noun before it.
    return name.sort == "capital" and behind_noun and scan.parsed.dep[token] not in _ARGUMENTS


def _leader(build: Builder, first: int, token: int) -> int:
    """The first token of the coordination that the name is a later part of (*à Londres et Paris*)."""
    parsed, scan = build.scan.parsed, build.scan
    head, steps = token, 0
    while parsed.dep[head] == "conj" and parsed.head[head] < head and steps < 6:
        if parsed.pos[first - 1] not in {"PUNCT", "CCONJ"} or parsed.head[head] not in scan.names:
            return first
        head, steps = parsed.head[head], steps + 1
        first = build.article(head)
    return first


def _heads_line(build: Builder, first: int, last: int) -> bool:
    """*Pérou: le scrutin reporté*: the place of a headline."""
    scan, parsed = build.scan, build.scan.parsed
    opening = parsed.sentences[parsed.sentence[first]][0] == first
    return opening and scan.same_sentence(first, last + 1) and scan.word[last + 1] in HEADING


def _dative(build: Builder, preposition: int, token: int, name: Name, *, with_article: bool) -> bool:
    """*écrire à la Norvège*: somebody, where *en Norvège* would be the place."""
    parsed, scan = build.scan.parsed, build.scan
    if with_article and name.sort == "state":
        return True
    if name.sort == "seat":
        return False
    governor = parsed.head[token]
    if parsed.pos[governor] == "VERB" and scan.word[governor].startswith(tuple(build.words.dative_stems)):
        return True
    noun = preposition - 1
    return scan.same_sentence(token, noun) and scan.word[noun] in build.words.dative_nouns


def _of_place(build: Builder, preposition: int, name: Name, *, bare: bool) -> bool:
    scan, words = build.scan, build.words
    noun = preposition - 1
    if not scan.same_sentence(preposition, noun):
        return False
    if scan.word[noun] in words.place_prepositions:
        return True
    if scan.word[preposition] in words.bordering_prepositions:
        return scan.word[noun] in words.borders
    if (
        scan.word[noun] in words.place_nouns
        or scan.parsed.pos[noun] == "ADJ"
        and scan.word[noun - 1] in words.place_nouns
    ):
        return True
    if name.sort == "seat" or bare and not name.bare:
        return True
    # *décoller de Moscou*, but *exiger de Moscou*.
    moves = bare and scan.parsed.pos[noun] in {"VERB", "AUX"}
    return moves and not scan.word[noun].startswith(tuple(words.source_stems))


def demonym(build: Builder, token: int) -> Mention | None:
    """*les Russes* for the state, *sept Danois* for people, *le Français Jean Roux* for a person."""
    scan, parsed = build.scan, build.scan.parsed
    last, entries = scan.nations[token]
    if (
        parsed.pos[token] == "ADJ"
        and scan.same_sentence(token, token - 1)
        and parsed.pos[token - 1] in {"NOUN", "PROPN"}
    ):
        return None
    country = entries[0].country
    first, numeral = left_edge(scan, token)
    phrase = Phrase(first, last, country=country)
    contracted = build.before(first) in build.words.plural_determiners
    if not (all(d.number == "plur" for d in entries) or build.plural_opening(first, token) or contracted or numeral):
        return _national(build, phrase, token, country)
    extend(scan, phrase, loose=False)
    counted = numeral or phrase.last > last or scan.word[first] in build.words.indefinite_articles or first < token - 1
    gone = country not in scan.lexicon.states  # *les Soviétiques*, in an article of a day when there are none
    group = counted or gone or country in build.words.stateless or _people(build, phrase.first, token, country)
    return build.make(
        first, phrase.last, token, "demonym", "group" if group else "state", "m", "plur", country=country,
        sector="CVL" if group else "GOV", key="" if group else country, office="people",
        shown="" if group else scan.lexicon.states[country].shown, described=frozenset(phrase.described),
    )  # fmt: skip


def _people(build: Builder, first: int, token: int, country: str) -> bool:
    """Whether a bare demonym means the people: a paper's own, or whoever something is given to or belongs to."""
    if country in build.words.home_countries:
        return True
    whose = build.before(first) if first == token else build.scan.word[first]
    given = whose in build.words.contracted or build.before(first) in build.words.loose_prepositions
    return given and not build.acts(token)


def _national(build: Builder, phrase: Phrase, token: int, country: str) -> Mention | None:
    if phrase.first == token:
        return None
    comma = build.scan.same_sentence(token, token + 1) and build.scan.word[token + 1] == ","
    start, last = (-1, -1) if comma else name_after(build, token + 1)
    found = start >= 0
    return build.make(
        phrase.first, last if found else token, token, "title" if found else "description", "person",
        build.gender(phrase.first, token), "sing", country=country, sector="CVL", named=(start, last),
        office="" if found else "people",
    )  # fmt: skip
