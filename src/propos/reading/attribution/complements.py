"""What a verb cue takes, by the first of its frames that fits: the only place where their order is written."""

from __future__ import annotations

from propos.lang.loader import Pack
from propos.reading.attribution import clauses, infinitives, phrases, predicates
from propos.reading.attribution.borders import Borders
from propos.reading.attribution.complement import Complement
from propos.reading.attribution.cues import Cue
from propos.reading.parse import Parsed


def find(parsed: Parsed, cue: Cue, pack: Pack, stops: Borders) -> Complement | None:
    """The complement of a verb cue that stands to its right, by the first of its frames that fits."""
    clause = clauses.clause(parsed, cue, pack, stops)
    infinitive = infinitives.infinitive(parsed, cue, pack, stops)
    if clause is not None and parsed.word[clause.parts[0][0] - 2] == ",":
        # *a réclamé la fermeture du bureau, qu'elle qualifie …*: the clause belongs to the noun.
        noun = phrases.noun(parsed, cue, pack, stops)
        if noun is not None and not noun.frame.mark and noun.parts[0][0] < clause.parts[0][0]:
            return noun
    if clause is not None and (infinitive is None or clause.parts[0][0] < infinitive.parts[0][0]):
        return clause
    if infinitive is not None:
        return infinitive
    for finder in (clauses.question, predicates.predicate, phrases.noun):
        found = finder(parsed, cue, pack, stops)
        if found is not None:
            return found
    return None
