"""Persons: civility and surname, title and name, full names, lone surnames."""

from __future__ import annotations

from propos.lang.actors import Gender, Title
from propos.lang.folding import atoms
from propos.reading.actors.build import Builder
from propos.reading.actors.mention import Mention
from propos.reading.actors.phrases import Phrase, extend, left_edge


def given_name(build: Builder, token: int) -> bool:
    """A given name that is also a state's or a body's (*Jordan*), followed by a surname."""
    scan, following = build.scan, token + 1
    return (
        scan.word[token] in scan.lexicon.given
        and (token not in scan.names or scan.names[token][0] == token)
        and scan.same_sentence(token, following)
        and scan.upper[following]
        and following not in scan.names
    )


def civil(build: Builder, token: int) -> Mention | None:
    """*M. Karimov*, *le général Roux*."""
    scan = build.scan
    civility, start = scan.civilities[token], token + 1
    if not scan.same_sentence(token, start) or not scan.upper[start] or scan.quote_before(start):
        return None
    last = scan.name_end(start) if start not in scan.names or given_name(build, start) else scan.names[start][0]
    last = max(last, start)
    first = token if civility.bare or civility.number == "plur" else left_edge(scan, token)[0]
    country = scan.titles[token][1].country if token in scan.titles else None
    return build.make(
        first, with_apposition(build, last), start, "title", "person", civility.gender, "sing",
        country=country, sector=civility.sector, named=(start, last), office="" if civility.bare else scan.word[token],
        role=None if civility.bare else scan.parsed.span(token, token),
    )  # fmt: skip


def titled(build: Builder, phrase: Phrase, token: int, title: Title, gender: Gender) -> Mention:
    """*le président letton Karlis Ozols*, *la ministre de la Défense*."""
    scan = build.scan
    start, last = name_after(build, phrase.last + 1)
    role = scan.parsed.span(token, phrase.last)
    known: Gender = scan.lexicon.given.get(scan.word[start], "") if start >= 0 else ""
    office = office_of(build, phrase, token, title)
    return build.make(
        phrase.first, last if start >= 0 else phrase.last, token, "title", "person", gender or known, "sing",
        country=phrase.country, sector=_sector(build, phrase, title), office=office, body=_body_of(build, phrase, office),
        role=role, named=(start, last), described=frozenset(phrase.described),
    )  # fmt: skip


def _sector(build: Builder, phrase: Phrase, title: Title) -> str:
    """The sector of a title; one of an international post only where its body is none of the other ones."""
    listed = phrase.inside[0] in build.scan.names if phrase.inside else False
    if title.sector == "IGO" and phrase.inside and not (listed or phrase.union or phrase.body):
        return phrase.sector or "UNK"
    if title.sector == "IGO" and phrase.body and phrase.body not in build.scan.lexicon.international:
        return phrase.sector or "GOV"
    return phrase.sector if title.sector in {"UNK", "GOV"} and phrase.sector else title.sector


def _body_of(build: Builder, phrase: Phrase, office: str) -> str:
    if phrase.body or ":" in office:
        return phrase.body or office.split(":")[1]
    union = phrase.union and not phrase.country
    return (
        next((name.key for name in build.scan.lexicon.names.get(next(iter(build.words.union_names)))), "")
        if union
        else ""
    )


def office_of(build: Builder, phrase: Phrase, token: int, title: Title) -> str:
    """The post: *ministre cubain des Affaires étrangères* is that of foreign minister, *président du groupe X* no head of state."""
    scan = build.scan
    at = scan.titles[token][0] + 1
    while at <= phrase.last and (scan.country(at) or scan.word[at] in build.words.union_words):
        at += 1
    if at > phrase.last or scan.word[at] not in build.words.complement_prepositions:
        return title.office
    words = [*atoms(build.text(token, scan.titles[token][0])), *atoms(build.text(at, phrase.last))]
    for length, titles in scan.lexicon.titles.matches(words, 0):
        if length > scan.titles[token][0] - token + 1:
            return titles[0].office
        break
    inside = phrase.inside[0] if phrase.inside else -1
    if inside < 0 or inside in scan.names and scan.names[inside][1][0].kind == "state" and not phrase.body:
        return title.office
    return f"{title.lemma}:{phrase.body or scan.word[inside]}"


def name_after(build: Builder, at: int) -> tuple[int, int]:
    """First and last token of the name that follows a title, directly or in commas; -1 where none does."""
    scan = build.scan
    if not scan.same_sentence(at - 1, at) or scan.quote_before(at):
        return -1, -1
    comma = scan.word[at] == ","
    start = at + 1 if comma else at
    if comma and start + 1 in scan.civilities and scan.word[start] in build.words.definite_articles:
        start += 1
        if not scan.same_sentence(at, start + 1) or not scan.upper[start + 1]:
            return -1, -1
        last = scan.name_end(start + 1)
        return (start + 1, last) if last >= 0 else (-1, -1)
    if comma and start + 1 in scan.nations and scan.upper[min(start + 1, len(scan) - 1)]:
        start = scan.nations[start + 1][0] + 1
    if not scan.same_sentence(at, start) or not scan.upper[start] or scan.quote_before(start):
        return -1, -1
    civility = start in scan.civilities and scan.same_sentence(start, start + 1)
    start += civility
    if start in scan.names and not given_name(build, start) and scan.name_end(start) <= scan.names[start][0]:
        return -1, -1
    last = scan.name_end(start)
    if last < 0 or comma and not civility and last == start and scan.word[start] not in scan.lexicon.given:
        return -1, -1
    return start, last


def named(build: Builder, token: int, last: int) -> Mention:
    """A full name, with the title that follows it in commas."""
    scan = build.scan
    end = with_apposition(build, last)
    gender = scan.lexicon.given.get(scan.word[token], "")
    found = next((t for t in range(last + 2, end + 1) if t in scan.titles), -1)
    if found < 0:
        return build.make(token, end, token, "name", "person", gender, "sing", named=(token, last))
    title = scan.titles[found][1]
    phrase = Phrase(last + 2, scan.titles[found][0], country=title.country)
    extend(scan, phrase)
    office = office_of(build, phrase, found, title)
    return build.make(
        token, end, token, "name", "person", gender or title.gender, "sing", country=phrase.country, sector=_sector(build, phrase, title),
        office=office, body=_body_of(build, phrase, office), role=scan.parsed.span(found, end),
        described=frozenset(phrase.described), named=(token, last),
    )  # fmt: skip


def with_apposition(build: Builder, last: int) -> int:
    """*Petra Novak, cheffe du parti*: the title behind a name belongs to its phrase. The last token."""
    scan, words = build.scan, build.words
    if not scan.same_sentence(last, last + 2) or scan.word[last + 1] != "," or scan.quote_before(last + 2):
        return last
    at = last + 2
    opening = words.articles | words.possessives | words.before_nouns
    while scan.same_sentence(last, at) and at - last < 6 and at not in scan.titles and scan.word[at] in opening:
        at += 1
    if at not in scan.titles or scan.titles[at][1].kind != "person" or scan.titles[at][1].number == "plur":
        return _apposition(build, last)
    phrase = Phrase(last + 2, scan.titles[at][0])
    extend(scan, phrase)
    after = phrase.last + 1
    if not scan.same_sentence(last, after):
        return phrase.last
    if scan.upper[after] and scan.name_end(after) >= 0:
        return last
    closed = scan.parsed.pos[after] in {"PUNCT", "CCONJ"} or scan.parsed.features[after].get("PronType") == "Rel"
    return phrase.last if closed or scan.parsed.pos[after] in {"AUX", "VERB"} else last


def _apposition(build: Builder, last: int) -> int:
    """*Nadia Roux, infirmière à Lille*, *X, l'un des rescapés*: a noun that the parse hangs on the name. The last token."""
    scan, parsed = build.scan, build.scan.parsed
    at = last + 2
    while scan.same_sentence(last, at) and at - last < 6 and parsed.pos[at] in {"DET", "ADJ"}:
        at += 1
    if not scan.same_sentence(last, at) or scan.upper[at]:
        return last
    if scan.word[at] in build.words.one_of and scan.same_sentence(last, at + 2):
        end = next((t for t in range(at + 2, at + 8) if _closes(build, last, t)), -1)
        return end - 1 if end >= 0 and scan.word[at + 1] in build.words.complement_prepositions else last
    hangs = parsed.dep[at] in {"appos", "nmod"} and last - 5 <= parsed.head[at] <= last
    if parsed.pos[at] not in {"NOUN", "PRON"} or not hangs:
        return last
    end = next((t for t in range(at + 1, min(parsed.right[at], at + 14) + 2) if _closes(build, last, t)), -1)
    return end - 1 if end >= 0 else last


def _closes(build: Builder, last: int, token: int) -> bool:
    """Whether a phrase in commas ends before the token."""
    scan, parsed = build.scan, build.scan.parsed
    if not scan.same_sentence(last, token) or scan.quote_before(token):
        return True
    return parsed.pos[token] in {"PUNCT", "AUX", "VERB"} or parsed.features[token].get("PronType") == "Rel"


def lone(build: Builder, token: int) -> Mention | None:
    """A single capitalised word: somebody's name where something else shows it (``weak``)."""
    scan = build.scan
    if scan.parsed.pos[token] not in {"PROPN", "NOUN", "X", "ADJ", "VERB", "PRON"} or len(scan.word[token]) < 3:
        return None
    article = build.article(token)
    known = scan.word[token] in scan.lexicon.given and article == token or build.known_person(token, token)
    return build.make(
        article, with_apposition(build, token) if known else token, token, "name", "organisation" if article < token else "person",
        scan.lexicon.given.get(scan.word[token], ""), "sing", named=(token, token), weak=not known,
    )  # fmt: skip
