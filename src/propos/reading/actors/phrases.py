"""Noun phrases of actors: how far a title or a noun for people reaches to the left and to the right.

The parser's own edges fail on names and long titles; the phrase is therefore walked word by word, and the parse is only
asked where words alone cannot tell (a preposition other than *de*).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from propos.reading.actors.scan import Scan

# A title with its complements seldom has more words; a hostile text must not make the walk long.
LONGEST = 24


@dataclass
class Phrase:
    """A noun phrase as it is walked: tokens, and what its words say."""

    first: int
    last: int
    country: str | None = None
    body: str = ""
    union: bool = False
    sector: str = ""
    described: set[str] = field(default_factory=set)
    inside: list[int] = field(default_factory=list)


def left_edge(scan: Scan, token: int) -> tuple[int, bool]:
    """First token of the phrase whose noun is ``token``, and whether a number stands before the noun."""
    words, pos, fold = scan.lexicon.words, scan.parsed.pos, scan.word
    at, numeral = token, False
    while scan.same_sentence(token, at - 1) and token - at < 7:
        word = fold[at - 1]
        if word in words.before_nouns or word in scan.lexicon.modifiers or pos[at - 1] == "NUM":
            numeral = numeral or pos[at - 1] == "NUM" or word in words.pair_numbers
        elif pos[at - 1] == "ADJ" and scan.parsed.head[at - 1] >= at and not scan.upper[at - 1]:
            pass
        else:
            break
        at -= 1
    at, counted = _measured(scan, at)
    at = _determined(scan, at)
    return at, numeral or counted


def _measured(scan: Scan, at: int) -> tuple[int, bool]:
    """*une vingtaine de*, *des milliers de* before the noun."""
    words = scan.lexicon.words
    if (
        scan.same_sentence(at, at - 2)
        and scan.word[at - 1] in words.bare_prepositions
        and scan.word[at - 2] in words.group_heads
    ):
        at -= 2
        while scan.same_sentence(at, at - 1) and (
            scan.parsed.pos[at - 1] in {"NUM", "ADJ"} or scan.word[at - 1] in words.before_nouns
        ):
            at -= 1
        return at, True
    return at, False


def _determined(scan: Scan, at: int) -> int:
    words, word = scan.lexicon.words, scan.word
    if not scan.same_sentence(at, at - 1):
        return at
    before = word[at - 1]
    determiner = before in words.articles | words.possessives | words.demonstratives | words.indefinite_articles and (
        scan.parsed.pos[at - 1] != "ADP" or before in words.definite_articles
    )
    article = before not in words.contracted or scan.parsed.pos[at - 1] == "DET"
    return at - 1 if determiner and article else at


def extend(scan: Scan, phrase: Phrase, *, loose: bool = True) -> None:
    """Walk the phrase to the right: adjectives, *de* complements, and other complements where the parse hangs them on it."""
    limit = phrase.last + LONGEST
    while phrase.last < limit:
        at = phrase.last + 1
        if not scan.same_sentence(phrase.first, at) or scan.quote_before(at):
            return
        reach = _adjective(scan, phrase, at)
        if reach < 0:
            reach = _complement(scan, phrase, at)
        if reach < 0 and loose:
            reach = _loose(scan, phrase, at)
        if reach < 0:
            return
        phrase.last = reach


def _adjective(scan: Scan, phrase: Phrase, at: int) -> int:
    word, parsed = scan.word[at], scan.parsed
    if scan.upper[at]:
        return _party(scan, phrase, at)
    country = scan.country(at)
    if country or word in scan.lexicon.words.union_words or word in scan.lexicon.region_demonyms:
        _note(scan, phrase, at, country)
        return scan.nations[at][0] if country else at
    if word in scan.lexicon.modifiers or _plain_adjective(scan, phrase, at):
        phrase.described.add(word)
        return at
    if _faction(scan, phrase, at):
        return scan.titles[at][0]
    if (
        (parsed.pos[at] == "CCONJ" or word == ",")
        and scan.same_sentence(at, at + 1)
        and parsed.pos[at + 1] == "ADJ"
        and parsed.pos[at - 1] == "ADJ"
    ):
        following = _adjective(scan, phrase, at + 1)
        return following if word != "," or scan.country(at + 1) else -1
    return -1


def _party(scan: Scan, phrase: Phrase, at: int) -> int:
    """*le député LFI*: an acronym right behind the noun is the party."""
    if at != phrase.last + 1 or not scan.parsed.text[scan.parsed.start[at] : scan.parsed.end[at]].isupper():
        return -1
    found = scan.names.get(at)
    if found is None or found[0] != at or found[1][0].sort != "organisation" or found[1][0].kind != "organisation":
        return -1
    follows = scan.same_sentence(at, at + 1) and not (scan.upper[at + 1] and scan.parsed.pos[at + 1] == "PROPN")
    if found[1][0].sector != "PTY" and follows:
        return -1
    phrase.described.add(scan.word[at])
    phrase.country = phrase.country or found[1][0].country
    return at


def _faction(scan: Scan, phrase: Phrase, at: int) -> bool:
    """*le sénateur démocrate*: a noun of party right behind another noun is its adjective."""
    if (
        at not in scan.titles
        or scan.titles[at][1].sector not in {"PTY", "REB", "MIL", "SPY"}
        or not scan.titles[at][1].person
    ):
        return False
    if (
        at != phrase.last + 1
        or scan.parsed.pos[phrase.last] not in {"NOUN", "ADJ", "PROPN"}
        and phrase.last not in scan.titles
    ):
        return False
    phrase.described.add(scan.word[at].rstrip("s"))
    phrase.sector = phrase.sector or scan.titles[at][1].sector
    return True


def _plain_adjective(scan: Scan, phrase: Phrase, at: int) -> bool:
    parsed = scan.parsed
    if parsed.pos[at] == "ADJ":
        return phrase.first <= parsed.head[at] <= phrase.last or parsed.dep[at] == "amod"
    participle = (
        parsed.pos[at] == "VERB"
        and parsed.features[at].get("VerbForm") == "Part"
        and parsed.features[at].get("Tense") == "Past"
    )
    if not participle or not phrase.first <= parsed.head[at] <= phrase.last or parsed.dep[at] not in {"amod", "acl"}:
        return False
    return not any(child > at and parsed.dep[child] != "advmod" for child in parsed.children[at])


def _note(scan: Scan, phrase: Phrase, at: int, country: str | None) -> None:
    if country:
        phrase.country = phrase.country or country
    elif scan.word[at] in scan.lexicon.words.union_words and not phrase.country and not phrase.inside:
        phrase.union = True
    phrase.described.add(country or scan.word[at])


def _complement(scan: Scan, phrase: Phrase, at: int) -> int:
    """*de la Défense*, *des Affaires étrangères*, *de l'ONU*; *et des Finances* after one."""
    words = scan.lexicon.words
    if scan.parsed.pos[at] == "CCONJ" and phrase.inside and scan.same_sentence(at, at + 1):
        if scan.word[at + 1] in words.complement_prepositions and scan.parsed.head[at] > at:
            return _noun_after(scan, phrase, at + 2, contracted=scan.word[at + 1] in words.contracted)
        return -1
    if scan.word[at] not in words.complement_prepositions:
        return -1
    return _noun_after(scan, phrase, at + 1, contracted=scan.word[at] in words.contracted)


def _loose(scan: Scan, phrase: Phrase, at: int) -> int:
    parsed, words = scan.parsed, scan.lexicon.words
    if scan.word[at] not in words.loose_prepositions or parsed.pos[at] != "ADP":
        return -1
    noun = parsed.head[at]
    if scan.word[at] in words.locative_prepositions and _portfolio(scan, at):
        return _noun_after(scan, phrase, at + 1, contracted=scan.word[at] in words.contracted)
    if (
        noun <= at
        or not phrase.first <= parsed.head[noun] <= phrase.last
        or parsed.dep[noun] not in {"nmod", "obl:arg"}
    ):
        return -1
    country, body = phrase.country, phrase.body
    reach = _noun_after(scan, phrase, at + 1, contracted=scan.word[at] in words.contracted)
    phrase.country, phrase.body = country, body or phrase.body
    return reach if reach >= noun else -1


def _portfolio(scan: Scan, at: int) -> bool:
    """*ministre délégué aux Ports*: a capitalised common noun behind *à* is a field of work."""
    noun = at + 1
    while scan.same_sentence(at, noun) and scan.word[noun] in scan.lexicon.words.definite_articles:
        noun += 1
    return (
        scan.same_sentence(at, noun)
        and scan.upper[noun]
        and scan.parsed.pos[noun] == "NOUN"
        and noun not in scan.names
        and noun not in scan.titles
    )


def _noun_after(scan: Scan, phrase: Phrase, at: int, *, contracted: bool) -> int:
    """Last token of the noun (with its article and the adjectives before it) that begins at ``at``; -1 where none does."""
    parsed, words = scan.parsed, scan.lexicon.words
    start = at
    if (
        scan.same_sentence(phrase.first, at)
        and not contracted
        and scan.word[at] in words.articles | words.possessives | words.demonstratives
    ):
        at += 1
    while scan.same_sentence(phrase.first, at) and at - start < 5 and _before_noun(scan, at):
        at += 1
    if not scan.same_sentence(phrase.first, at) or scan.quote_before(at):
        return -1
    return _noun(scan, phrase, at) if parsed.pos[at] in {"NOUN", "PROPN", "ADJ", "X", "NUM", "VERB"} else -1


def _before_noun(scan: Scan, at: int) -> bool:
    if at in scan.names or at in scan.titles:
        return False
    return (
        scan.word[at] in scan.lexicon.words.before_nouns or scan.parsed.pos[at] in {"ADJ", "NUM"} and not scan.upper[at]
    )


def _noun(scan: Scan, phrase: Phrase, at: int) -> int:
    found = scan.names.get(at)
    phrase.inside.append(at)
    if found is not None:
        last, readings = found
        # A body is *of* a city where it sits, not of the government or union for which the city's name can stand.
        seat = next((name for name in readings if name.sort == "capital"), None)
        name = seat if seat is not None and readings[0].kind == "igo" else readings[0]
        if name.kind == "state":
            phrase.country = phrase.country or name.country
        elif name.sort == "organisation" and not phrase.body:
            phrase.body = name.key
            phrase.country = phrase.country or name.country
        phrase.described.add(name.key)
        return last
    if at in scan.titles:
        last = scan.titles[at][0]
        phrase.described.update(scan.word[at : last + 1])
        following = last + 1
        if (
            scan.titles[at][1].person
            and scan.titles[at][1].number != "plur"
            and scan.same_sentence(at, following)
            and scan.upper[following]
        ):
            return max(last, scan.name_end(following))
        return last
    last = scan.name_end(at) if scan.upper[at] and scan.parsed.pos[at] == "PROPN" else at
    if last < 0 or scan.parsed.pos[at] == "VERB" and scan.parsed.features[at].get("VerbForm") == "Inf":
        return -1
    phrase.described.update(scan.word[at : last + 1])
    return last
