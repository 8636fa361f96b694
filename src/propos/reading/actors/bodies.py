"""Groups of people and bodies: by a common noun, by a listed name, by the shape of an unknown one."""

from __future__ import annotations

from propos.lang.actors import Gender, Name, Number, Title
from propos.model import ActorKind
from propos.reading.actors.build import Builder
from propos.reading.actors.mention import Mention, MentionSort
from propos.reading.actors.persons import given_name, lone, named, office_of, titled
from propos.reading.actors.phrases import Phrase, extend, left_edge
from propos.reading.actors.states import region, state


def by_title(build: Builder, token: int) -> Mention | None:
    """The phrase of a title or of a noun for people and bodies; ``None`` where the word is no noun here."""
    scan = build.scan
    last, title = scan.titles[token]
    if _measures(build, token):
        return None
    first, numeral = left_edge(scan, token)
    if not _nominal(build, first, token, last, title):
        return None
    phrase = Phrase(first, last, country=title.country)
    extend(scan, phrase)
    number: Number = title.number or ("plur" if numeral or build.plural_opening(first, token) else "sing")
    gender = title.gender or build.gender(first, token)
    if title.person and number == "sing" and not (title.lemma in build.words.country_nouns and phrase.country):
        return titled(build, phrase, token, title, gender)
    if title.kind == "state" or title.lemma in build.words.country_nouns:
        return _government(build, phrase, token, title, gender, number)
    return _collective(build, phrase, token, title, gender, number)


def _measures(build: Builder, token: int) -> bool:
    """Whether the word only counts people (*un groupe de militaires*): they are the noun of the phrase."""
    scan, noun = build.scan, token + 2
    if scan.word[token] not in build.words.group_heads or not scan.same_sentence(token, noun):
        return False
    if scan.word[noun - 1] not in build.words.bare_prepositions:
        return False
    people_noun = noun in scan.titles and scan.titles[noun][1].person or scan.word[noun] in build.words.generic_people
    return people_noun and scan.parsed.features[noun].get("Number") != "Sing"


def _nominal(build: Builder, first: int, token: int, last: int, title: Title) -> bool:
    """Whether the words are a noun with a referent here: no predicate (*il est président*), no set phrase (*au pouvoir*)."""
    scan, parsed, words = build.scan, build.scan.parsed, build.words
    before = build.before(first)
    opened = first < token or before in words.contracted
    if token == last and parsed.pos[token] in {"VERB", "AUX", "ADV", "PRON", "ADJ"} and not opened:
        return False
    if any(parsed.dep[child] == "cop" for child in parsed.children[token]):
        return False
    if " ".join(scan.word[token : token + 3]) in words.set_phrases:
        return False
    if _owned_in_phrase(build, first, token):
        return False
    if scan.word[token] in words.never_actors or f"{before} {scan.word[token]}" in words.set_phrases:
        return False
    if opened or scan.upper[token] and not scan.opens(token) or title.number == "plur":
        return before not in words.role_markers or opened
    following = last + 1
    if scan.same_sentence(token, following) and scan.upper[following] and parsed.pos[following] == "PROPN":
        return True
    return (
        before
        not in words.complement_prepositions
        | words.locative_prepositions
        | words.place_prepositions
        | words.role_markers
        and (scan.opens(token) or build.acts(token))
    )


def _owned_in_phrase(build: Builder, first: int, token: int) -> bool:
    """*les droits de l'homme*: a set phrase of a noun and its complement."""
    return " ".join(build.scan.word[max(first - 2, 0) : token + 1]).replace("' ", "'") in build.words.set_phrases


def _collective(build: Builder, phrase: Phrase, token: int, title: Title, gender: Gender, number: Number) -> Mention:
    kind: ActorKind = "group" if title.person or number == "plur" and _many(build, title) else title.kind
    if kind == "organisation" and phrase.body in build.scan.lexicon.international:
        kind = "igo"
    sector, country = phrase.sector or title.sector, phrase.country
    start = phrase.last + 1
    sort: MentionSort = "name" if scan_named(build, token) else "description"
    if (
        kind != "organisation"
        or not build.scan.same_sentence(token, start)
        or not build.scan.upper[start]
        or build.scan.quote_before(start)
    ):
        return build.make(
            phrase.first, phrase.last, token, sort, kind, gender, number, country=country, sector=sector,
            office=office_of(build, phrase, token, title).split(":")[0],
            body=phrase.body, described=frozenset(phrase.described),
        )  # fmt: skip
    return _with_name(build, phrase, token, title, gender, number)


def scan_named(build: Builder, token: int) -> bool:
    """Whether a common noun is written as a name (*le Parlement*)."""
    return build.scan.upper[token] and not build.scan.opens(token)


def _with_name(build: Builder, phrase: Phrase, token: int, title: Title, gender: Gender, number: Number) -> Mention:
    """*le groupe Wagner*, *la chaîne X*: the noun and the name are one mention."""
    scan, start = build.scan, phrase.last + 1
    listed: Name | None = scan.names[start][1][0] if start in scan.names else None
    last = scan.names[start][0] if start in scan.names else scan.name_end(start)
    if (
        last < 0
        or listed is not None
        and listed.kind == "state"
        or start in scan.civilities
        or given_name(build, start)
    ):
        last, listed = phrase.last, None
    found = last > phrase.last
    sector = listed.sector if listed is not None and listed.sector != "UNK" else title.sector
    return build.make(
        phrase.first, last, token, "name" if found else "description", listed.kind if listed else "organisation", gender, number,
        country=phrase.country or (listed.country if listed else None), sector=sector, key=listed.key if listed else "",
        office=title.office, body=phrase.body, described=frozenset(phrase.described),
        named=(start, last) if found else (-1, -1), shown=listed.shown if listed else "",
    )  # fmt: skip


def _many(build: Builder, title: Title) -> bool:
    """Whether the title is the plural of a word for one (*agences*), not a plural by itself (*forces*)."""
    found = build.scan.lexicon.titles.get(title.lemma)
    return bool(found) and found[0].number != "plur"


def _government(
    build: Builder, phrase: Phrase, token: int, title: Title, gender: Gender, number: Number
) -> Mention | None:
    """*le gouvernement turc* is the state; without a country it is a body of its own until it is linked."""
    scan, words = build.scan, build.words
    many = number == "plur" and _many(build, title)
    key = phrase.country or ""
    if many and not key and title.lemma in words.country_nouns and _both(build, phrase.first, token):
        return None
    if many:
        return build.make(
            phrase.first, phrase.last, token, "description", "group", gender, "plur", country=phrase.country, sector="GOV",
            office=title.office, described=frozenset(phrase.described),
        )  # fmt: skip
    if not key and title.lemma in words.only_acting and not build.acts(token):
        return None
    if not key and title.lemma in words.country_nouns:
        if not (
            scan.word[phrase.first] in words.possessives | words.demonstratives
            or build.acts(token)
            or scan.upper[token]
        ):
            return None
        if build.before(phrase.first) in words.place_prepositions:
            return None
    start = phrase.last + 1
    if (
        not key
        and scan.same_sentence(token, start)
        and scan.upper[start]
        and start not in scan.names
        and not scan.quote_before(start)
    ):
        end = scan.name_end(start)
        phrase.described.update(scan.word[start : end + 1])
        phrase.last = max(phrase.last, end)
    state_itself = bool(key) or title.lemma in words.country_nouns
    if state_itself and not key and number == "sing" and scan.word[phrase.first] not in words.possessives:
        key = build.state_before(token)
    return build.make(
        phrase.first, phrase.last, token, "description", "state" if state_itself else "organisation", gender, number,
        country=phrase.country or key or None, sector="GOV", key=key, office=title.office, described=frozenset(phrase.described),
        shown=scan.lexicon.states[key].shown if key in scan.lexicon.states else "",
    )  # fmt: skip


def _both(build: Builder, first: int, token: int) -> bool:
    """*les deux pays*, *les deux hommes*: a mention of neither, unless they speak with one voice."""
    scan, words = build.scan, build.words
    if scan.word[token - 1] not in words.pair_numbers or any(at in build.speakers for at in range(first, token + 1)):
        return False
    alone = first == token - 1 and build.before(first) in words.contracted
    return alone or first == token - 2 and scan.word[first] in words.definite_articles


def listed(build: Builder, token: int) -> Mention | None:
    """A name of the lexicon."""
    scan = build.scan
    last, readings = scan.names[token]
    name = readings[0]
    if name.sort == "epithet" and (region_too := next((n for n in readings if n.sort == "region"), None)):
        name = name if build.acts(token) else region_too
    longer = scan.name_end(token)
    if longer > last and name.kind in {"state", "group"} and name.form[0].isupper():
        return capitals(build, token)
    if name.sort == "region":
        return region(build, token, last, name)
    if name.kind == "state":
        return state(build, token, last, name)
    lower = name.form[0].islower()
    first = left_edge(scan, token)[0] if lower or name.number == "plur" else build.article(token)
    phrase = Phrase(first, last, country=name.country)
    if name.kind == "group" or lower:
        extend(scan, phrase, loose=False)
    elif scan.same_sentence(token, last + 1) and name.country and scan.country(last + 1) == name.country:
        phrase.last = last + 1
    return build.make(
        phrase.first, phrase.last, token, "acronym" if name.form.isupper() else "name", name.kind, name.gender, name.number,
        country=name.country, sector=name.sector, key=name.key, shown=name.shown, named=(token, last),
        office=scan.titles[token][1].office if token in scan.titles else "",
    )  # fmt: skip


def capitals(build: Builder, token: int) -> Mention | None:
    """A name that no list knows: a person, a body, or a place (``None``)."""
    scan = build.scan
    last = scan.name_end(token)
    if last < 0:
        return None
    if last > token and (given_name(build, token) or build.known_person(token, last)):
        return named(build, token, last)
    if _like_a_body(build, token, last):
        return _unlisted(build, token, last)
    if _placed(build, token, last) or scan.city(token) >= last and not build.acts(token):
        return None
    if last > token and build.article(token) < token:
        return _unlisted(build, token, last)
    return named(build, token, last) if last > token else lone(build, token)


def _like_a_body(build: Builder, token: int, last: int) -> bool:
    if build.scan.word[token] in build.words.organisation_nouns and not build.scan.opens(token):
        return True
    text = build.text(token, last)
    return build.scan.parsed.phrase(last, last).isupper() and len(text) > 1 and last - token < 2


def _unlisted(build: Builder, token: int, last: int) -> Mention | None:
    scan = build.scan
    first = build.article(token)
    acronym = last == token and build.text(token, last).isupper()
    known = build.before(token) in build.words.contracted | {"("}
    if acronym and first == token and not known and not build.acts(token):
        return None
    phrase = Phrase(first, last)
    if not acronym:
        extend(scan, phrase)
    return build.make(
        first, phrase.last, token, "acronym" if acronym else "name", "organisation", "", "sing", country=phrase.country,
        named=(token, phrase.last), described=frozenset(phrase.described),
    )  # fmt: skip


def _placed(build: Builder, token: int, last: int) -> bool:
    """Whether the name stands where places and things do: after *à*, *en*, or an article."""
    scan, words = build.scan, build.words
    if not scan.same_sentence(token, token - 1):
        return False
    before, noun = token - 1, token - 2
    word = scan.word[before]
    if word in words.articles and word not in words.bare_prepositions:
        return not (build.acts(token) or build.acts(last))
    if word in words.place_prepositions:
        return True
    if word in words.locative_prepositions:
        return last == token or scan.city(token) >= last
    if word in words.bare_prepositions and scan.same_sentence(token, noun) and scan.word[noun] in words.place_nouns:
        return True
    return scan.parsed.pos[before] == "NOUN" and not scan.upper[before]


def people(build: Builder, token: int) -> Mention | None:
    """People by a noun that is no title: *dix mille personnes*, *ces hommes*."""
    scan, parsed = build.scan, build.scan.parsed
    first, _ = left_edge(scan, token)
    if first == token or parsed.pos[token] not in {"NOUN", "PROPN", "ADJ"}:
        return None
    if _owned_in_phrase(build, first, token):
        return None
    plural = parsed.features[token].get("Number") == "Plur" or build.plural_opening(first, token)
    if _both(build, first, token):
        return None
    phrase = Phrase(first, token)
    extend(scan, phrase, loose=False)
    gender: Gender = "f" if parsed.features[token].get("Gender") == "Fem" else "m"
    one = not plural and scan.word[token] in build.words.one_person
    return build.make(
        first, phrase.last, token, "description", "person" if one else "group", gender, "plur" if plural else "sing",
        country=phrase.country, sector="CVL", office=scan.word[token].rstrip("s"), described=frozenset(phrase.described),
    )  # fmt: skip
