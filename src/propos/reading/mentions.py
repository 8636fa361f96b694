"""Where the text names, describes or points to somebody who speaks, acts or is acted on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from propos.lang.actors import ActorLexicon, Gender, Number
from propos.model import ActorKind, Span
from propos.reading.actors.bodies import by_title, capitals, listed, people
from propos.reading.actors.build import Builder
from propos.reading.actors.mention import Mention
from propos.reading.actors.persons import civil, given_name
from propos.reading.actors.scan import Scan
from propos.reading.actors.states import demonym
from propos.reading.parse import Parsed
from propos.reading.syntax import noun_phrase

__all__ = ["Mention", "find"]


def find(
    parsed: Parsed, lexicon: ActorLexicon, speakers: Sequence[int], pointers: Collection[int] = ()
) -> list[Mention]:
    """Mentions in text order; one may lie inside another.

    ``speakers`` are the head tokens of the sources of statements: pronouns are mentions only there. ``pointers`` are
    pronouns that act elsewhere: who they stand for is asked, but they are no mentions.
    """
    build = Builder(Scan(parsed, lexicon), frozenset(speakers))
    found = list(_walk(build))
    found.extend(_speaking(build, found))
    covered = {token for mention in found for token in range(mention.first, mention.last + 1)}
    pointing = (token for token in pointers if token not in covered and _looks_back(build, token))
    found.extend(replace(_pointer(build, token), pointer=True) for token in pointing)
    # A document is read after whoever is named in its phrase: that is its author.
    return sorted(_believed(found), key=lambda m: (m.last if m.silent else m.first, m.silent, -m.last))


def _believed(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Drop lone capitalised words that nothing else shows to be somebody's name."""
    known = {word for m in mentions if m.name and not m.weak and m.kind == "person" for word in (m.name[0], m.name[-1])}
    for mention in mentions:
        if not mention.weak:
            yield mention
        elif mention.name[-1] in known:
            yield replace(mention, weak=False, kind="person")
        elif mention.speaker or mention.subject:
            yield replace(mention, weak=False)


def _walk(build: Builder) -> Iterator[Mention]:
    token = 0
    while token < len(build.scan):
        found = _at(build, token) if build.scan.may_begin(token) else None
        if found is None:
            token += 1
            continue
        yield found
        yield from _nested(build, found)
        token = max(token, found.last) + 1


def _at(build: Builder, token: int) -> Mention | None:
    """The mention that begins with the noun or name at ``token``; readers in order of how sure they are."""
    scan = build.scan
    person = scan.upper[token] and given_name(build, token)
    found = civil(build, token) if token in scan.civilities and not person else None
    if found is None and token in scan.titles and not person and not _longer_name(build, token):
        found = by_title(build, token)
    if found is not None:
        return found
    if token in scan.names and not person:
        return listed(build, token)
    if scan.upper[token]:
        found = demonym(build, token) if token in scan.nations else None
        return found or capitals(build, token)
    return people(build, token) if scan.word[token] in build.words.generic_people else None


def _longer_name(build: Builder, token: int) -> bool:
    """Whether a listed name that begins here reaches at least as far as the title that begins here."""
    name = build.scan.names.get(token)
    return name is not None and name[0] >= build.scan.titles[token][0]


def _nested(build: Builder, outer: Mention) -> Iterator[Mention]:
    """Actors inside a phrase: persons everywhere but in a post's title, other actors only in groups and bodies."""
    if outer.size < 3 or outer.name and outer.kind != "person":
        return
    token = build.scan.titles[outer.head][0] + 1 if outer.head in build.scan.titles else outer.head + 1
    if outer.name:
        token = next((t for t in range(token, outer.last + 1) if not build.scan.upper[t]), outer.last + 1)
    while token <= outer.last:
        found = _inner(build, token, outer)
        if found is not None and found.last <= outer.last and found.first > outer.first:
            yield found
            token = found.last
        token += 1


def _inner(build: Builder, token: int, outer: Mention) -> Mention | None:
    scan = build.scan
    if (
        token in scan.titles
        and outer.kind != "person"
        and scan.word[token - 1] in build.words.contracted | build.words.definite_articles
    ):
        title = by_title(build, token)
        return title if title is not None and title.kind == "person" else None
    if not scan.upper[token] or scan.word[token - 1] not in build.words.complement_prepositions | build.words.articles:
        return None
    if token in scan.civilities:
        return civil(build, token)
    if token in scan.names and not given_name(build, token):
        return listed(build, token) if outer.kind == "group" and scan.names[token][1][0].kind == "igo" else None
    found = capitals(build, token)
    return found if found is not None and found.kind == "person" else None


def _speaking(build: Builder, found: Sequence[Mention]) -> Iterator[Mention]:
    """Pronouns and other noun phrases that are the source of a statement."""
    covered = {token for mention in found for token in range(mention.first, mention.last + 1)}
    starts = sorted(mention.first for mention in found)
    surnames = {mention.name[-1] for mention in found if mention.kind == "person" and len(mention.name) > 1}
    for token in sorted(build.speakers):
        if 0 <= token < len(build.scan) and token not in covered:
            yield _source(build, _demonstrative(build, token), starts, surnames)


def _source(build: Builder, token: int, starts: Sequence[int], surnames: Collection[str]) -> Mention:
    """The mention of a source that no reader of names or titles found."""
    if build.scan.upper[token] and build.scan.word[token] in surnames:
        return build.make(token, token, token, "name", "person", "", "sing", named=(token, token))
    if build.scan.word[token] in build.words.possessives:
        return _possessive(build, token)
    return _pronoun(build, token) if _is_pronoun(build, token) else _described(build, token, starts)


def _possessive(build: Builder, token: int) -> Mention:
    """*sa promesse*: the owner is meant as by a pronoun, but no mention stands here."""
    number: Number = "plur" if build.scan.word[token] in build.words.plural_owners else "sing"
    return build.make(token, token, token, "pronoun", "person", "", number, office=build.scan.word[token], silent=True)


def _demonstrative(build: Builder, token: int) -> int:
    """The pronoun itself where the token is only its tail (*celle-ci*)."""
    tail = build.scan.word[token] in build.words.pronoun_tails and build.scan.word[max(token - 1, 0)] == "-"
    return max(token - 2, 0) if tail else token


def _is_pronoun(build: Builder, token: int) -> bool:
    """Whether the source only points to somebody: *il*, *ce dernier*; *l'un d'eux* is somebody new."""
    if build.scan.word[token] in build.words.one_of:
        return False
    scan = build.scan
    if scan.upper[token] and _inside_sentence(scan, token):
        return scan.word[token] in build.words.latter  # a name that the tagger does not know
    word = scan.parsed.word[token]
    return word.startswith("-") or scan.parsed.pos[token] == "PRON" or scan.word[token] in build.words.latter


def _inside_sentence(scan: Scan, token: int) -> bool:
    """Whether a capital says that a word is a name: where no sentence or quotation begins; after a dash by its tag."""
    begins = scan.parsed.sentences[scan.parsed.sentence[token]][0] == token or scan.quote_before(token)
    return not begins and (not scan.opens(token) or scan.parsed.pos[token] in {"PROPN", "PRON"})


def _pronoun(build: Builder, token: int) -> Mention:
    parsed, words = build.scan.parsed, build.words
    written = parsed.word[token]
    word = build.scan.word[token].lstrip("-").removeprefix("t-").split("-")[0]
    start = parsed.start[token] + (written.rfind("-") + 1 if written.startswith("-") else 0)
    gender: Gender = "m" if word in words.masculine_pronouns else "f" if word in words.feminine_pronouns else ""
    number: Number = "plur" if word in words.plural_pronouns else "sing" if gender else ""
    first = token
    if word in words.latter:
        first, number = token - 1, "plur" if word.endswith("s") else "sing"
        start = parsed.start[first]
    return build.make(
        first, token, token, "pronoun", "person", gender, number, office=word, span=Span(start, parsed.end[token])
    )


def _looks_back(build: Builder, token: int) -> bool:
    """Whether a pronoun stands for somebody named before: *on*, *certains*, *ceux qui* do not."""
    return build.scan.word[token] not in build.words.vague_pronouns | build.words.one_of


def _pointer(build: Builder, token: int) -> Mention:
    """A pronoun or possessive that acts; where its form does not tell the number, the parse does."""
    if build.scan.parsed.pos[token] == "DET":
        return _possessive(build, token)
    found = _pronoun(build, token)
    plural = build.scan.parsed.features[token].get("Number") == "Plur"
    return found if found.number == "plur" or not plural else replace(found, number="plur")


def _described(build: Builder, token: int, starts: Sequence[int]) -> Mention:
    """A source that no list knows.

    A document speaks for its author and is no actor itself (``silent``); so does any thing whose phrase names an actor.
    """
    scan, parsed = build.scan, build.scan.parsed
    first, last = noun_phrase(parsed, token)
    plural = parsed.features[token].get("Number") == "Plur"
    genders: dict[str, Gender] = {"Masc": "m", "Fem": "f"}
    kind: ActorKind = "group" if plural else "person"
    country = next((c for t in range(first, last + 1) if (c := scan.country(t))), None)
    names_actor = bisect_right(starts, first) < bisect_right(starts, last)
    return build.make(
        first, last, token, "description", kind, genders.get(parsed.features[token].get("Gender", ""), ""),
        "plur" if plural else "sing", country=country, office=scan.word[token], described=frozenset(scan.word[first : last + 1]),
        named=(token, token) if scan.upper[token] and _inside_sentence(scan, token) else (-1, -1),
        silent=scan.word[token] in build.words.speech_nouns or scan.word[token] not in build.words.one_of and not scan.upper[token] and names_actor,
    )  # fmt: skip
