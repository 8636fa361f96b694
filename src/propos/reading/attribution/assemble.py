"""All statements of a document: the only place where the order of the form finders is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from propos.lang.loader import Pack
from propos.model import Form, Span
from propos.reading.attribution import (
    adjectives,
    circumstances,
    complements,
    headlines,
    nouns,
    phrases,
    predicates,
    prepositions,
    quoted,
    speakers,
    stops,
)
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue, find_verbs
from propos.reading.attribution.draft import Draft
from propos.reading.attribution.refusal import Code, Refusal
from propos.reading.parse import Parsed


@dataclass(frozen=True, slots=True)
class Reading:
    """What was decided: the drafts in text order, and the candidates that gave no statement, each with its reason."""

    drafts: list[Draft]
    refusals: list[Refusal]
    borders: Borders


def find(parsed: Parsed, pack: Pack) -> list[Draft]:
    """Drafts of every statement in text order."""
    return read(parsed, pack).drafts


def read(parsed: Parsed, pack: Pack) -> Reading:
    """Drafts of every statement, and what was refused on the way."""
    cues: list[Cue] = []
    decided: list[Draft | Refusal] = []
    for cue in find_verbs(parsed, pack):
        if _may_attribute(parsed, cue, pack):
            cues.append(cue)
        else:
            decided.append(_refusal(parsed, cue, Code.QUOTED))
    phrasal = list(prepositions.find(parsed, pack))
    sources = [source for source in phrasal if isinstance(source, prepositions.Source)]
    borders = stops.find(parsed, cues, sources, pack)
    decided += [item for item in phrasal if isinstance(item, Refusal)]
    decided += [_verb(parsed, cue, pack, borders) for cue in cues]
    decided += [prepositions.draft(parsed, source, pack, borders) for source in sources]
    decided += nouns.find(parsed, pack, borders)
    decided += _adjectival(parsed, pack, borders)
    sifted = _relayed(_without_nested(_without_doubles([_tidied(item, parsed.text) for item in decided]), parsed))
    drafts = [item for item in sifted if isinstance(item, Draft)]
    taken = [span for draft in drafts for span in draft.content] + [draft.cue for draft in drafts if draft.cue]
    drafts += [_told(draft, drafts, parsed) for draft in quoted.stand_alone(parsed, taken, pack)]
    drafts += headlines.find(parsed, drafts, pack)
    refusals = [item for item in sifted if isinstance(item, Refusal)]
    return Reading(sorted(drafts, key=_place), sorted(refusals, key=lambda item: item.span), borders)


def _told(draft: Draft, body: Sequence[Draft], parsed: Parsed) -> Draft:
    """A quotation that stands alone and is told elsewhere with a cue (a headline said again) has that cue's source."""
    teller = headlines.teller(parsed, draft.content[0], body)
    if teller is not None:
        draft.source, draft.follows = teller.source, False
    return draft


def _refusal(parsed: Parsed, cue: Cue, code: Code) -> Refusal:
    return Refusal(cue.entry.id, parsed.span(cue.first, cue.last), code, cue.entry.frames)


def _dropped(draft: Draft, code: Code) -> Refusal:
    return Refusal(draft.rule, draft.cue or draft.content[0], code)


def _tidied(item: Draft | Refusal, text: str) -> Draft | Refusal:
    """A draft with its content in order; a content of marks alone says nothing."""
    if isinstance(item, Refusal):
        return item
    whole = item.cue or item.content[0]
    item.tidy(text)
    return item if item.says(text) else Refusal(item.rule, whole, Code.EMPTY)


def _without_doubles(items: list[Draft | Refusal]) -> list[Draft | Refusal]:
    """One statement a cue: a cue inside another's longer cue (*laisser* **entendre** *que*) is that cue's own word."""
    inner: set[Span] = set()
    outer: Span | None = None
    cues = {item.cue for item in items if isinstance(item, Draft) and item.cue}
    for cue in sorted(cues, key=lambda span: (span.start, -span.end)):
        if outer is not None and outer.covers(cue):
            inner.add(cue)
        else:
            outer = cue
    return [_dropped(item, Code.INSIDE_CUE) if isinstance(item, Draft) and item.cue in inner else item for item in items]


def _without_nested(items: list[Draft | Refusal], parsed: Parsed) -> list[Draft | Refusal]:
    """*"Partez, disait mon père. Vite", raconte X*: what a quotation with a cue of its own holds is X's to tell."""
    told: dict[int, list[Span]] = defaultdict(list)
    for item in items:
        if isinstance(item, Draft) and item.cue_token >= 0 and parsed.quoted[item.cue_token] < 0:
            for span in item.content:
                told[parsed.quoted[parsed.token_at(span.start)]].append(span)
    return [
        _dropped(item, Code.QUOTED) if isinstance(item, Draft) and _nested(item, told, parsed) else item for item in items
    ]


def _nested(draft: Draft, told: Mapping[int, list[Span]], parsed: Parsed) -> bool:
    """Whether the cue stands in a quotation that a cue outside it reports; ``told``: contents by their quotation."""
    if draft.cue is None or parsed.quoted[draft.cue_token] < 0:
        return False
    return any(span.covers(draft.cue) for span in told.get(parsed.quoted[draft.cue_token], ()))


def _relayed(items: list[Draft | Refusal]) -> list[Draft | Refusal]:
    """*"Q", a dit X, selon Y*: a source behind an incised cue relays its statement and makes none of its own."""
    framed: dict[int, list[Draft]] = defaultdict(list)
    for item in items:
        if isinstance(item, Draft) and item.cue is not None and item.rule.endswith(".quote"):
            framed[item.cue.start].append(item)
    drafts = [item for item in items if isinstance(item, Draft)]
    kept: list[Draft | Refusal] = [item for item in items if isinstance(item, Refusal)]
    for draft in drafts:
        others = framed.get(draft.content[0].start, ())
        if draft.form == "prepositional" and draft.cue is not None and draft.speaker is not None and others:
            for other in others:
                other.via = Span(draft.cue.start, draft.speaker.end)
            kept.append(_dropped(draft, Code.RELAYS))
        else:
            kept.append(draft)
    return kept


def _place(draft: Draft) -> tuple[int, int]:
    start = min(span.start for span in draft.content)
    return (min(start, draft.cue.start) if draft.cue else start, start)


def _may_attribute(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """No attribution inside a direct quotation counts, but a cue incised in one that runs on around it."""
    index = parsed.quoted[cue.token]
    if index < 0 or parsed.quoted[cue.first] < 0 and cue.first < cue.token:
        return True  # *a "exhorté Lima à …"*: the auxiliary stands outside the marks
    return quoted.is_incised(parsed, cue, pack) and cue.group.addressee < 0


def _verb(parsed: Parsed, cue: Cue, pack: Pack, borders: Borders) -> Draft | Refusal:
    incised = quoted.is_incised(parsed, cue, pack)
    found: Complement | None = None
    reply = _complement(parsed, cue, pack, borders, incised=incised)
    if isinstance(reply, Complement):
        found = circumstances.without_medium(parsed, reply, pack)
        content, form, frame = found.spans(parsed), found.form, found.frame
        if form in {"nominal", "clause"} and cue.entry.takes("quote") and not incised:
            content = (*content, *quoted.after_colon(parsed, cue))
        incised = incised and cue.group.inverted >= 0
    else:
        quotation = _quotation(parsed, cue, pack, borders, incised=incised)
        if quotation is None:
            return _refusal(parsed, cue, reply)
        if cue.group.negated and not incised and not cue.entry.negatable:
            return _refusal(parsed, cue, Code.NEGATED)
        (content, form), frame = quotation, cue.entry.takes("quote")[0]
    speaker = speakers.of(parsed, cue, pack, incised=incised)
    if speaker.token >= 0 and parsed.word[speaker.token].lstrip("-") in pack.grammar.first_person and (
        parsed.quoted[speaker.token] < 0 and parsed.pos[speaker.token] == "PRON"
    ):
        return _refusal(parsed, cue, Code.OUTLET)  # *j'ai demandé à X si*: the outlet itself speaks
    medium = circumstances.medium(parsed, cue, found, speaker.token, pack)
    return Draft(
        cue=parsed.span(cue.first, cue.last), cue_token=cue.token, content=content, form=form,
        kind=cue.entry.kind, rule=f"{cue.entry.id}.{frame.complement}", source=circumstances.author(parsed, speaker.token, pack),
        speaker=speakers.before_channel(parsed, speaker.span, medium), frame=frame,
        addressees=tuple(a for a in circumstances.addressees(parsed, cue, found, pack) if a != speaker.span),
        medium=medium,
        via=circumstances.relay(parsed, cue.last, speaker.token, pack),
        unconfirmed=cue.group.hearsay or _claims(parsed, cue, found, pack), past=cue.group.past or incised, asides=_relative_clauses(parsed, cue.token),
        shape=cue.group.shape,
        document=circumstances.document(parsed, speaker.token, pack) is not None,
    )  # fmt: skip


def _claims(parsed: Parsed, cue: Cue, found: Complement | None, pack: Pack) -> bool:
    """*dit avoir frappé*: a past infinitive under *dire* leaves the truth to the speaker."""
    if found is None or found.form != "infinitive" or cue.entry.head not in pack.grammar.claiming:
        return False
    first, last = found.parts[0]
    return any(
        parsed.features[t].get("VerbForm") == "Inf" and pack.lemma(parsed.word[t], "verb") in pack.grammar.auxiliaries
        for t in range(first, min(first + 4, last + 1))
    )


def _relative_clauses(parsed: Parsed, token: int) -> tuple[int, ...]:
    """Where the relative clauses around a token begin, as offsets."""
    found = []
    while parsed.head[token] != token:
        if parsed.dep[token] == "acl:relcl":
            found.append(parsed.start[parsed.left[token]])
        token = parsed.head[token]
    return tuple(found)


def _complement(parsed: Parsed, cue: Cue, pack: Pack, borders: Borders, *, incised: bool) -> Complement | Code:
    """What a cue says beside it, or why it says nothing there."""
    behind = complements.find(parsed, cue, pack, borders)
    if incised and not _is_clause_at_hand(cue, behind):
        return Code.NO_HOST
    missing = Code.NO_FRAME if any(frame.complement != "quote" for frame in cue.entry.frames) else Code.QUOTE_ONLY
    if cue.group.passive or cue.group.shape == "participle":
        agent = speakers.agent(parsed, cue.token, pack).token
        found = predicates.predicate(parsed, cue, pack, borders)
        if found is not None and (parsed.quoted[found.parts[0][0]] >= 0 or agent >= 0):
            return found
        found = phrases.passive(parsed, cue, pack)
        if found is not None and agent >= 0 and _somebody(parsed, agent, pack):
            return found
        if found is not None:
            missing = Code.NO_AGENT if agent < 0 else Code.CANNOT_SPEAK
        if cue.group.shape == "participle" and not speakers.coordinated(parsed, cue):
            if behind is not None and behind.frame.target == "object" and behind.frame.mark:
                return behind  # *accusé de couvrir des fraudes*: the noun is the target; who accuses is not said
            return missing if missing is Code.CANNOT_SPEAK else Code.PARTICIPLE
    found = behind or phrases.antecedent(parsed, cue, pack)
    return missing if found is None else _objection(parsed, cue, found, pack) or found


def _is_clause_at_hand(cue: Cue, found: Complement | None) -> bool:
    """An incised-looking cue with a clause of its own right behind it is none (*…, a-t-il dit que*)."""
    return found is not None and found.form == "clause" and found.parts[0][0] <= cue.last + 8


def _objection(parsed: Parsed, cue: Cue, found: Complement, pack: Pack) -> Code | None:
    """What a noun phrase or a bare infinitive lacks beside it: somebody who can speak, and a report, not a mere action."""
    if found.form == "infinitive" and cue.entry.kind == "speech" and pack.is_silence(parsed.word[_core(parsed, found)]):
        return Code.SILENCE
    if cue.group.negated and cue.entry.kind == "speech" and not cue.entry.negatable:
        return Code.NEGATED
    if found.form == "clause":
        return None if not cue.group.passive or _impersonal(parsed, cue, pack) else Code.PASSIVE
    if cue.group.passive:
        return None if found.form == "infinitive" else Code.NO_AGENT
    if cue.group.shape == "infinitive" and not _narrates(parsed, cue, pack):
        return Code.INFINITIVE
    somebody = _somebody(parsed, speakers.of(parsed, cue, pack, incised=False).token, pack) or any(
        parsed.quoted[t] >= 0 for first, last in found.parts for t in range(first, last + 1)
    )
    return None if somebody else Code.CANNOT_SPEAK


def _somebody(parsed: Parsed, source: int, pack: Pack) -> bool:
    """Whether a source can speak: unknown, a name, a title, a body, a document; a number stands for people."""
    if source < 0 or pack.can_speak(parsed.word[source].lstrip("-"), parsed.pos[source]):
        return True
    if parsed.pos[source] != "NOUN" or parsed.text[parsed.start[source]].isupper():
        return True
    return any(parsed.pos[c] == "PROPN" and parsed.dep[c] in {"appos", "flat:name"} for c in parsed.children[source])


def _core(parsed: Parsed, found: Complement) -> int:
    """The infinitive itself: the first one in the content."""
    first, last = found.parts[0]
    return next((t for t in range(first, last + 1) if parsed.features[t].get("VerbForm") == "Inf"), first)


def _impersonal(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    return any(parsed.word[t] in pack.grammar.impersonal_subjects for t in range(max(0, cue.first - 2), cue.token))


def _narrates(parsed: Parsed, cue: Cue, pack: Pack) -> bool:
    """*avant d'annoncer*, *pour dénoncer*: the infinitive tells what was said; *veut annoncer*, *forcer à accepter* do not."""
    if any(parsed.word[t] in pack.grammar.purpose_markers for t in range(max(0, cue.first - 3), cue.first)):
        return True
    # *faisant craindre une escalade*, *a fait savoir*: the causative tells of words or thoughts that came about.
    return cue.first > 0 and pack.lemma(parsed.word[cue.first - 1], "verb") in pack.grammar.causatives


def _quotation(
    parsed: Parsed, cue: Cue, pack: Pack, borders: Borders, *, incised: bool
) -> tuple[tuple[Span, ...], Form] | None:
    if not cue.entry.takes("quote"):
        return None
    if incised:
        return quoted.host(parsed, cue, pack, borders)
    spans = quoted.after_colon(parsed, cue) or quoted.directly_after(parsed, cue)
    return (spans, "quote") if spans else None


def _adjectival(parsed: Parsed, pack: Pack, borders: Borders) -> Iterator[Draft | Refusal]:
    for cue in adjectives.find(parsed, pack):
        found = complements.find(parsed, cue, pack, borders)
        if found is None:
            yield _refusal(parsed, cue, Code.NO_FRAME)
            continue
        speaker = speakers.of(parsed, cue, pack, incised=False)
        yield Draft(
            cue=parsed.span(cue.first, cue.last), cue_token=cue.token, content=found.spans(parsed), form=found.form,
            kind=cue.entry.kind, rule=f"{cue.entry.id}.{found.frame.complement}", source=speaker.token,
            speaker=speaker.span, past=cue.group.past, frame=found.frame,
        )  # fmt: skip
