"""Whether an event happened, by the text's own words: negation, modality, tense, conditions, and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from propos.lang.events import EventLexicon
from propos.lang.loader import Pack
from propos.model import Evidence, Factuality, Span, Statement
from propos.reading import outlook
from propos.reading.conditions import Condition
from propos.reading.events.naming import Named
from propos.reading.parse import Parsed
from propos.reading.syntax import VERBAL
from propos.reading.times.tense import path

# How many words up a cue of factuality is looked for.
FARTHEST = 6
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "obj", "obl:arg", "nmod", "obl", "acl", "nsubj:pass", "iobj", "obl:mod", "conj", "advcl", "nsubj"})

# Relations by which a verb's tense holds for its arguments.
_MAIN = frozenset({"obj", "nsubj:pass", "nsubj", "conj", "xcomp", "ccomp"})
# Relations of what is governed as a circumstance: *appelle au calme après les combats* asks for no combats.
_CIRCUMSTANCES = frozenset({"obl:mod", "obl", "advcl"})
# What a word beside an event may be, by its relation: *nul* is tagged as an adjective.
_PARTS: Mapping[str, tuple[str, ...]] = {"det": ("determiner",), "amod": ("determiner", "adjective"), "acl": ("adjective",)}
# What is demanded or threatened has not happened; what is promised is to come.
_BY_TYPE: Mapping[str, Factuality] = {"REQUEST": "hypothetical", "THREATEN": "hypothetical", "AGREE": "planned"}
# What a negation makes of what a word governs: *ne veut pas frapper*, *n'exclut pas de frapper*.
_NEGATED: Mapping[Factuality, Factuality] = {"hypothetical": "denied", "denied": "hypothetical"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an event is other than asserted, and the words that say so."""

    makes: Factuality
    cue: Evidence


def keys(named: Named) -> Iterator[tuple[str, str]]:
    """What tells an event again: its type with its word, or with one who is acted on (*l'attentat* after *une attaque*)."""
    yield named.predicate.type, named.predicate.head
    yield from ((named.predicate.type, name) for name in named.recipients)


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides the events of one text.

    ``types``: what the words that name events name; ``outlet``: ``keys`` of the events that the outlet tells itself.
    """

    parsed: Parsed
    lexicon: EventLexicon
    pack: Pack
    conditions: tuple[Condition, ...]
    types: Mapping[int, str]
    outlet: frozenset[tuple[str, str]] = frozenset()

    def doubt(self, named: Named, holder: Statement | None, *, cued: bool) -> Doubt | None:
        """Why an event is not asserted by the words around it; ``None`` where nothing says so.

        ``cued``: the trigger is the cue of a statement: what it performs is said, whatever governs it.
        """
        site = named.site
        if site.group is not None and site.group.negated and self._closed(site.group.first, site.token):
            return self._doubt("denied", "negation", site.token)
        nobody = self._nobody(site.token)
        if nobody >= 0:
            return self._doubt("denied", "determiner", nobody)
        inside = next((c for c in self.conditions if c.holds(site.token) and not c.past), None)
        if inside is not None and not self._presupposed(site.token, inside):
            return Doubt("hypothetical", Evidence("factuality.condition", (inside.span,)))
        own = self._own(site.token, holder)
        if own is not None or cued:
            return own or self._lent(named, holder)
        return self._above(named, holder) or (self._told(named) if holder is not None else None)

    def _nobody(self, verb: int) -> int:
        """The subject that denies a verb (*personne n'a tiré*); -1 for none."""
        openers = self.pack.grammar.negation_openers
        if not any(self.parsed.word[c] in openers for c in self.parsed.children[verb]):
            return -1
        subjects = (c for c in self.parsed.children[verb] if self.parsed.dep[c].startswith("nsubj"))
        return next((c for c in subjects if self._says(c, "determiner") == "denied"), -1)

    def _presupposed(self, token: int, condition: Condition) -> bool:
        """Whether a condition takes a noun for granted: *si les attentats ont été commis par …*."""
        return condition.kind == "if" and self.parsed.dep[token] in {"nsubj", "nsubj:pass", "nmod"} and self.known(token)

    def _closed(self, first: int, token: int) -> bool:
        """Whether a negation is more than the *ne* of *avant qu'il ne parte* or *ne … que*."""
        last = min(max(self.parsed.right[token], token + 2), token + FARTHEST, len(self.parsed) - 1)
        closers = self.pack.grammar.negation_closers
        return any(
            self.parsed.word[t] in closers or self._says(t, "determiner") == "denied" for t in range(first, last + 1)
        )

    def known(self, token: int) -> bool:
        """Whether a noun speaks of something known: a definite article, a demonstrative, a possessive; *lors de*."""
        for child in self.parsed.children[token]:
            features = self.parsed.features[child]
            if self.parsed.dep[child] == "det" and child < token:
                if features.get("Definite") == "Def" or features.get("PronType") == "Dem" or features.get("Poss") == "Yes":
                    return True
            if self.parsed.dep[child] == "case" and self.parsed.word[child] in self._singular:
                return True
        first = max(self.parsed.left[token] - 1, 0)  # the parser may hang *lors de* on the verb
        return any(self.parsed.word[t] in self.lexicon.words.presupposing for t in range(first, token))

    @property
    def _singular(self) -> frozenset[str]:
        """Prepositions fused with a definite article; the plural one is an article too (*annoncer des frappes*)."""
        return self.pack.grammar.fused - self.pack.grammar.plural_articles

    def _own(self, token: int, holder: Statement | None) -> Doubt | None:
        """The word's own determiner and adjectives, and its tense."""
        for child in self.parsed.children[token]:
            for part in _PARTS.get(self.parsed.dep[child], ()):
                made = self._says(child, part)
                if made:
                    return self._doubt(made, part, child)
        return self._tense(token, holder)

    def _tense(self, token: int, holder: Statement | None) -> Doubt | None:
        """Future and conditional of a verb or of its auxiliary; in reported speech a conditional is a future of the past."""
        if self.parsed.pos[token] not in VERBAL:
            return None
        helpers = outlook.group(self.parsed, token)[:-1]
        for verb in (*helpers, token):
            features = self.parsed.features[verb]
            if features.get("Tense") == "Fut":
                return self._doubt("planned", "future", verb)
            if features.get("Mood") == "Cnd":
                past = len(helpers) > 0 and self.parsed.dep[helpers[0]] == "aux:tense"
                announced = holder is not None and holder.form == "clause" and not holder.unconfirmed
                return self._doubt("claimed" if past else "planned" if announced else "hypothetical", "conditional", verb)
        return None

    def _above(self, named: Named, holder: Statement | None) -> Doubt | None:
        """A word that governs the event, up to the cue of the statement that holds it."""
        token = last = named.site.token
        for above in list(path(self.parsed, token))[1 : FARTHEST + 1]:
            if self._negates(above, last, named):
                return self._doubt("denied", "negation", above)
            relation = self.parsed.dep[last]
            mark = self._mark(last, above)
            if mark is not None or relation not in _COMPLEMENTS or self._stands_apart(last, named):
                return mark
            governor = self._adjective(above, last)
            made = self._governs(governor, last, named, holder) if relation not in {"conj", "nsubj"} else None
            if made is not None:
                return made
            if holder is not None and self._is_cue(above, holder) or not self._goes_on(above, last, named):
                return None
            tensed = self._tense(above, holder) if self._lends(above, named) or relation in _MAIN and not self.known(token) else None
            if tensed is not None:
                return tensed
            last = above
        return self._mark(last, last)

    def _lent(self, named: Named, holder: Statement | None) -> Doubt | None:
        """What the cue of a statement makes of its object: *a promis une aide*."""
        verbal = self.lexicon.ontology.types[named.predicate.type].verbal
        return None if named.lent is None or verbal else self._governs(named.lent.token, named.site.token, named, holder)

    def _lends(self, above: int, named: Named) -> bool:
        return named.lent is not None and above == named.lent.token

    def _negates(self, above: int, last: int, named: Named) -> bool:
        """*n'a pas mené de frappes*: a verb's negation denies its object, not one that is known."""
        token = named.site.token
        denied = self._lends(above, named) or last == token and self.parsed.dep[last] == "obj" and not self.known(token)
        return denied and self._negated(above)

    def _stands_apart(self, last: int, named: Named) -> bool:
        """Whether what governs a word says nothing of the event in it: a known circumstance, a participle, a past clause.

        *appelle au calme après les combats*, *les habitants détenus*, *peut confirmer que X a tiré*, *veut venger les frappes*.
        """
        token, relation = named.site.token, self.parsed.dep[last]
        done = self.parsed.pos[token] in VERBAL and outlook.is_done(self.parsed, token)
        if relation in _CIRCUMSTANCES and (self.known(token) or done):
            return True
        if self.parsed.pos[last] not in VERBAL:
            return False
        participle = last == token and relation == "acl" and not self._is_infinitive(last)
        taken = last != token and named.lent is None and (self.known(token) and not self._owned(token) or done)
        return participle or taken

    def _owned(self, noun: int) -> bool:
        """Whether a noun has a possessive: *doubler ses patrouilles* speaks of new ones."""
        return any(self.parsed.features[c].get("Poss") == "Yes" for c in self.parsed.children[noun])

    def _goes_on(self, above: int, last: int, named: Named) -> bool:
        """Whether a word further up can still govern the event: not past a noun that it only describes.

        A day (*a annoncé lundi des sanctions*) and the object of a threat or a demand (*menace Bissau de sanctions*, *exige la tenue d'un sommet*) are no such nouns.
        """
        if self.parsed.dep[last] != "nmod":
            return self.parsed.pos[above] in VERBAL or self.parsed.dep[last] in {"conj", "acl"}
        if outlook.is_bare(self.parsed, above):
            return True
        verb = self.parsed.head[above]
        threatened = self.parsed.dep[above] in {"obj", "nmod"} and self.types.get(verb) in {"THREATEN", "REQUEST"}
        return threatened and last == named.site.token and not self.known(last)

    def _governs(self, token: int, last: int, named: Named, holder: Statement | None) -> Doubt | None:
        """What a word makes of what it governs: by the pack, or as a demand, a threat or a promise."""
        part = "verb" if self.parsed.pos[token] in VERBAL else "mark" if self.parsed.pos[token] == "ADV" else "noun"
        said = self._said(token, last, part, holder)
        if said is not None and self.types.get(token) == "REJECT" and self.lexicon.ontology.types[named.predicate.type].verbal:
            return None if named.predicate.part == "noun" else self._doubt(said, part, token)  # *a rejeté la demande*
        blamed = self.types.get(token) == "ACCUSE" and self.parsed.pos[last] in VERBAL
        made = said or ("claimed" if blamed else _BY_TYPE.get(self.types.get(token, "")))
        if said is not None and said in _NEGATED and self._negated(token):
            return self._doubt(_NEGATED[said], "negation", token)
        return self._doubt(made, part, token) if made else None

    def _adjective(self, verb: int, last: int) -> int:
        """The adjective between a verb and its complement that governs it (*s'est montré incapable de*), else the verb."""
        between = (c for c in self.parsed.children[verb] if verb < c < last and self.parsed.pos[c] == "ADJ")
        return next((c for c in between if self._says(c, "adjective")), verb)

    def _said(self, token: int, last: int, part: str, holder: Statement | None) -> Factuality | None:
        """What the pack says of a governing word; modals govern infinitives only, and a duty in the outlet's voice is a plan."""
        past = any(self.parsed.dep[c] == "aux:tense" for c in self.parsed.children[token])
        modal = self._says(token, "modal") if self._is_infinitive(last) and not past else None
        said = modal or self._says(token, part) or self._says(token, "adjective")
        duty = modal == "planned" and holder is not None and holder.kind == "speech" and self._obliges(token)
        return "hypothetical" if duty else said

    def _obliges(self, token: int) -> bool:
        forms = self.lexicon.forms.get(self.parsed.word[token], ())
        return any(form.lemma in self.lexicon.words.obligations for form in forms)

    def _is_infinitive(self, token: int) -> bool:
        return any(self.parsed.features[t].get("VerbForm") == "Inf" for t in outlook.group(self.parsed, token))

    def _mark(self, token: int, above: int) -> Doubt | None:
        """The mark that opens a word's clause (*pour*, *sans*); *pour avoir frappé* tells what happened.

        *d'accord pour frapper* is a promise: what governs it decides.
        """
        if self.parsed.pos[token] not in VERBAL or any(self.parsed.dep[c] == "aux:tense" for c in self.parsed.children[token]):
            return None
        promised = self.types.get(above) == "AGREE" or any(self.types.get(c) == "AGREE" for c in self.parsed.children[above])
        for child in self.parsed.children[token]:
            if child < token and self.parsed.dep[child] in {"mark", "case"}:
                made = self._says(child, "mark")
                if made:
                    return self._doubt("planned" if promised and made == "hypothetical" else made, "mark", child)
        return None

    def _told(self, named: Named) -> Doubt | None:
        """What a speaker tells: past acts of words are claimed, an infinitive of a deed has not happened.

        What stands behind *après* is taken for granted.
        """
        token, group = named.site.token, named.site.group
        verb = outlook.predicate(self.parsed, token)
        if group is None and not self.outlet.isdisjoint(keys(named)):
            return self._doubt("asserted", "told", token)
        if group is None or self.parsed.dep[verb] == "acl:relcl":
            return None
        mark = next((c for c in self.parsed.children[verb] if self.parsed.word[c] in self.lexicon.words.presupposing and c < verb), -1)
        if mark >= 0 and self.parsed.dep[mark] in {"mark", "case"}:
            return self._doubt("asserted", "presupposed", mark)
        if outlook.is_done(self.parsed, verb):
            return self._doubt("claimed", "past", token)
        verbal = self.lexicon.ontology.types[named.predicate.type].verbal
        return self._doubt("hypothetical", "infinitive", token) if group.shape == "infinitive" and not verbal else None

    def _negated(self, verb: int) -> bool:
        openers = self.pack.grammar.negation_openers
        first = next((c for c in self.parsed.children[verb] if c < verb and self.parsed.word[c] in openers), -1)
        return first >= 0 and self._closed(first, verb)

    def _is_cue(self, token: int, holder: Statement) -> bool:
        return holder.cue is not None and holder.cue.start <= self.parsed.start[token] < holder.cue.end

    def _says(self, token: int, part: str) -> Factuality | None:
        return self.lexicon.facts.get((self.parsed.word[token], part))
    def _doubt(self, makes: Factuality, rule: str, token: int) -> Doubt:
        span: Span = self.parsed.span(token, token)
        return Doubt(makes, Evidence(f"factuality.{rule}", (span,)))
