"""Mentions -> actors: names first, over the whole text; then titles, descriptions and pronouns in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from propos.lang.actor_words import ActorWords
from propos.lang.actors import ActorLexicon
from propos.lang.folding import fold
from propos.reading.actors.cast import Cast
from propos.reading.actors.clusters import Cluster
from propos.reading.actors.documents import Paper, papers
from propos.reading.actors.fields import cast_of
from propos.reading.actors.mention import Mention
from propos.reading.actors.naming import Register
from propos.reading.actors.pronouns import antecedent, nearest
from propos.reading.parse import Parsed
from propos.reading.syntax import NOMINAL

# Mentions looked back over for the one that a description repeats; sentences over which a title may stand for a bare name.
MEMORY, NEAR = 60, 4
# Sentences over which a plural pronoun looks back for several who were named side by side.
JOINT = 1
# The headline is the first sentence or two.
HEADLINES = 1
# Sectors whose titles single out one person at a time.
_OFFICIAL = frozenset({"GOV", "LEG", "PTY", "MIL", "IGO", "JUD"})
_LEGISLATORS = frozenset({"LEG", "PTY", "GOV", "UNK"})


def link(mentions: Sequence[Mention], parsed: Parsed, lexicon: ActorLexicon) -> Cast:
    """The actors of a text. ``mentions`` in text order, as ``mentions.find`` gives them."""
    linker = _Linker(Register(parsed, lexicon), parsed, lexicon.words, papers=papers(parsed, lexicon.words))
    linker.register.names([mention for mention in mentions if not mention.pointer])
    pointed: dict[int, Mention] = {}
    joint: dict[int, int] = {}
    for mention in mentions:
        if (several := linker.several(mention)) >= 0:
            joint[mention.head] = several
        if not mention.pointer:
            linker.read(mention)
        elif (meant := linker.meant(mention)) is not None:
            pointed[mention.head] = meant
    return cast_of(linker.clusters(), parsed, lexicon, pointed, joint)


@dataclass
class _Linker:
    register: Register
    parsed: Parsed
    words: ActorWords
    before: list[tuple[Mention, Cluster]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    papers: tuple[Paper, ...] = ()

    def clusters(self) -> list[Cluster]:
        """Every actor, in the order of its first mention."""
        unique = {id(cluster): cluster for cluster in self.register.of.values()}
        return sorted(unique.values(), key=lambda c: min((m.first, -m.last) for m in c.mentions))

    def read(self, mention: Mention) -> None:
        """Link the next mention of the text."""
        cluster = self.register.of.get(id(mention))
        if cluster is None:
            cluster = self._found(mention) or Cluster()
            self.register.join(mention, cluster)
        elif id(cluster) not in self.seen and cluster.kind == "person":
            self._foreshadowed(mention, cluster)
        if mention.noun in self.words.counterparts:
            self._counterpart(cluster)
        self.seen.add(id(cluster))
        self.before.append((mention, cluster))

    def meant(self, pointer: Mention) -> Mention | None:
        """A mention of the actor whom a pronoun that is no mention stands for."""
        cluster = self._found(pointer)
        return cluster.mentions[0] if cluster is not None and cluster.mentions else None

    def several(self, pronoun: Mention) -> int:
        """Head of the first of those named side by side as the last subject, where a plural pronoun stands for them all, or -1."""
        if pronoun.sort != "pronoun" or pronoun.number != "plur" or pronoun.office in self.words.nearest_pronouns:
            return -1
        here = self.parsed.sentence[pronoun.first]
        for mention, _ in self._recent():
            if here - self.parsed.sentence[mention.first] > JOINT or mention.number == "plur" and mention.subject:
                return -1
            first = self._first_of_several(mention) if mention.subject or mention.speaker else -1
            if first >= 0 or mention.sort == "pronoun" and mention.subject:
                return first
        return -1

    def _first_of_several(self, mention: Mention) -> int:
        """The token of a mention to which others are joined; -1 where it stands alone."""
        joined = (
            token
            for token in range(mention.first, mention.last + 1)
            for child in self.parsed.children[token]
            if child > mention.last and self.parsed.dep[child] == "conj" and self.parsed.pos[child] in NOMINAL
        )
        return next(joined, -1)

    def _counterpart(self, cluster: Cluster) -> None:
        """*son homologue letton X* holds the same post as the person spoken of before."""
        for earlier, other in self._recent(NEAR):
            posts = other.offices & self.words.exclusive_offices
            if posts and other is not cluster and other.kind == "person" and (earlier.subject or earlier.speaker):
                for post in sorted(posts):
                    self.register.appoint(cluster, post)
                return

    def _recent(self, sentences: int = 10_000) -> Iterator[tuple[Mention, Cluster]]:
        """Earlier mentions with their actors, the nearest first; actors merged meanwhile under their new name."""
        last = self.parsed.sentence[self.before[-1][0].first] if self.before else 0
        for mention, _ in self.before[: -MEMORY - 1 : -1]:
            if last - self.parsed.sentence[mention.first] > sentences:
                return
            yield mention, self.register.of[id(mention)]

    def _found(self, mention: Mention) -> Cluster | None:
        if mention.silent and mention.sort != "pronoun":
            return self._author(mention)
        if mention.sort == "pronoun":
            past = [(m, self.register.of[id(m)]) for m, _ in self.before[-MEMORY:]]
            if mention.office in self.words.nearest_pronouns:
                return nearest(mention, past)
            return antecedent(mention, past, self.parsed)
        if mention.kind == "person":
            return self._holder(mention)
        if mention.kind == "state" or mention.office in self.words.government_nouns:
            return self._government(mention)
        return self._repeated(mention) or self._called_otherwise(mention)

    # documents ----------------------------------------------------------------------------------------------------

    def _author(self, mention: Mention) -> Cluster | None:
        """Whoever is named inside the document's phrase; else the same document's author; else whoever spoke last."""
        inside = [(m, c) for m, c in self._recent(0) if mention.first <= m.first and m.last <= mention.last]
        for earlier, cluster in reversed(inside):
            if not any(self._clause(token) for token in range(mention.head, earlier.first)):
                return cluster
        if mention.office not in self.words.speech_nouns:
            return None
        own = next((self._maker(paper) for paper in self.papers if paper.token == mention.head), None)
        known = own or self._written(mention.office, mention) or self._taken_up(mention)
        return known or next((c for m, c in self._recent() if m.speaker), None)

    def _clause(self, token: int) -> bool:
        """Whether a clause goes on behind the document's noun: who is named in it did not write (*un texte invitant X à*)."""
        features = self.parsed.features[token]
        present = features.get("VerbForm") == "Part" and features.get("Tense") == "Pres"
        return present and fold(self.parsed.word[token]) not in self.words.issuing or features.get("VerbForm") in {"Inf", "Fin"}

    def _written(self, noun: str, mention: Mention) -> Cluster | None:
        """Whoever spoke through a document of that name before, else whoever made the nearest one."""
        same = [c for c in self.register.posts.get(noun, ()) if c.mentions]
        made = (paper for paper in reversed(self.papers) if paper.token <= mention.head and paper.noun == noun)
        return self.register.nearest(same, mention) or next(filter(None, map(self._maker, made)), None)

    def _taken_up(self, mention: Mention) -> Cluster | None:
        """*le document*, *cette motion*: whoever wrote what document was spoken of before."""
        if not (mention.shown_at or mention.office in self.words.any_document):
            return None
        nouns = dict.fromkeys(paper.noun for paper in reversed(self.papers) if paper.token < mention.head)
        return next(filter(None, (self._written(noun, mention) for noun in nouns)), None)

    def _maker(self, paper: Paper) -> Cluster | None:
        named = (c for m, c in self._recent() if m.first <= paper.maker <= m.last and not m.silent)
        return next(named, None)

    # persons ------------------------------------------------------------------------------------------------------

    def _holder(self, mention: Mention) -> Cluster | None:
        """The person who holds the post that a title names."""
        if mention.fresh:
            return self._announced(mention)
        posted = [c for c in self.register.posts.get(mention.post, ()) if self._same_post(mention, c)]
        if not posted and not mention.owned:
            posted = self._head_of(mention) or self._same_noun(mention)
        known = self.register.nearest(posted, mention)
        if known is None and mention.shown_at and mention.office in self.words.voices:
            return next((c for m, c in self._recent(NEAR) if m.speaker and not c.name), None)
        if mention.owned or known is not None and known.name:
            return known
        person = self._guess(mention)
        if person is None or known is None or person is known:
            return person or known
        self.register.merge(known, person)
        return person

    def _announced(self, mention: Mention) -> Cluster | None:
        """*Un diplomate expulsé* of the headline, said again in the same words."""
        for cluster in self.register.posts.get(mention.post, ()):
            first = cluster.mentions[0] if cluster.mentions else None
            if first is not None and first.fresh and not cluster.name and first.described == mention.described:
                if self.parsed.sentence[first.first] <= HEADLINES and cluster.agrees(mention):
                    return cluster
        return None

    def _same_post(self, mention: Mention, cluster: Cluster) -> bool:
        if cluster.kind != "person" or not cluster.agrees(mention) or mention.owned and not cluster.name:
            return False
        if not cluster.name and mention.described and cluster.described and not mention.described & cluster.described:
            return False
        return not (mention.body and cluster.bodies and mention.body not in cluster.bodies)

    def _head_of(self, mention: Mention) -> list[Cluster]:
        """*le chef de l'ONU* for its secretary-general."""
        lemma = mention.office.split(":")[0]
        if not mention.body or lemma not in self.words.head_nouns:
            return []
        heads = {f"{noun}:{mention.body}" for noun in self.words.head_nouns}
        return [
            c
            for office in sorted(heads)
            for c in self.register.posts.get(office, ())
            if c.agrees(mention) and c.kind == "person"
        ]

    def _same_noun(self, mention: Mention) -> list[Cluster]:
        """*le ministre* for a minister of anything, *le président* for the president of a parliament."""
        first = mention.noun.split(" ")[0]
        if mention.noun != first or mention.body or ":" in mention.office:
            return []
        fitting = (c for _, c in self._recent() if c.kind == "person" and c.agrees(mention))
        return [c for c in fitting if any(noun.split(" ")[0] == first for noun in c.nouns)]

    def _guess(self, mention: Mention) -> Cluster | None:
        """A definite title that nobody is known to hold: the person spoken of just before, where nothing speaks against it."""
        repeats = mention.office in self.words.repeating_nouns or mention.former
        if mention.sector not in _OFFICIAL and not repeats:
            return None
        for earlier, cluster in self._recent(NEAR):
            if (
                cluster.kind != "person"
                or not cluster.name
                or mention.former
                and mention.office in cluster.offices
                or not cluster.agrees(mention)
                or not (earlier.subject or earlier.speaker)
            ):
                continue
            if not self._posts(cluster) or repeats and _sector_fits(mention, cluster):
                return cluster
        return self._protagonist(mention)

    def _posts(self, cluster: Cluster) -> set[str]:
        """The posts of a person, without what anybody may be called (*milliardaire*, *candidat*)."""
        return {office for office in cluster.offices if office not in self.words.repeating_nouns}

    def _protagonist(self, mention: Mention) -> Cluster | None:
        """The person named most so far, where that one has no post yet and the title is one of a kind."""
        former = mention.former
        if mention.office not in self.words.exclusive_offices and not former:
            return None
        named = [
            c
            for m, c in self._recent()
            if c.kind == "person" and c.name and m.sort != "pronoun" and not c.offices & self.words.kin
        ]
        counted = Counter(map(id, named))
        best = max(named, key=lambda c: counted[id(c)], default=None)
        if best is None or counted[id(best)] < 2 or self._posts(best) and not former or not best.agrees(mention):
            return None
        return best

    def _rank(self, mention: Mention) -> bool:
        """Whether the name stands behind a rank (*le colonel X*), which goes with any post."""
        return mention.role is not None and mention.role.start < self.parsed.start[mention.head]

    def _foreshadowed(self, mention: Mention, cluster: Cluster) -> None:
        """*…, a dit le ministre cubain. (…) "…", a dit Luis Ferrer*: a bare name after a title without one."""
        if (
            not cluster.name
            or len(mention.name) < 2
            and not mention.speaker
            or not (mention.subject or mention.speaker)
        ):
            return
        for earlier, other in self._recent(NEAR):
            if (
                other is cluster
                or other.kind != "person"
                or other.name
                or not _agree(other, cluster)
                or earlier.sort == "pronoun"
                or earlier.silent
            ):
                continue
            titles = any(m.sort == "title" and m.sector in _OFFICIAL for m in other.mentions)
            posted = not self._rank(mention) and bool(self._posts(cluster)) and bool(other.offices - cluster.offices)
            if titles and (earlier.subject or earlier.speaker) and not posted:
                self.register.merge(other, cluster)
                return

    # states, bodies, groups ---------------------------------------------------------------------------------------

    def _government(self, mention: Mention) -> Cluster | None:
        """*le gouvernement*, *le régime*, *ce pays* without a country: the state last called so, or last named."""
        for _, cluster in self._recent():
            if (
                cluster.kind in {"state", "organisation"}
                and mention.office in cluster.offices
                and cluster.agrees(mention)
            ):
                return cluster
        if mention.office not in self.words.country_nouns:
            return None
        if mention.number == "plur":
            return None
        owner = self._own_state() if mention.owned else None
        return owner or next((c for _, c in self._recent() if c.kind == "state"), None)

    def _own_state(self) -> Cluster | None:
        """*son pays*: the state of the person spoken of before."""
        acting = (c for m, c in self._recent() if c.kind == "person" and (m.subject or m.speaker))
        owner = next(acting, None)
        return self.register.keyed.get((True, owner.country or "")) if owner is not None else None

    def _repeated(self, mention: Mention) -> Cluster | None:
        """A group or body called again by the same noun."""
        for _, cluster in self._recent():
            if _same_kind(cluster, mention) and cluster.agrees(mention) and self._same_thing(mention, cluster):
                return cluster
        return self._junta(mention)

    def _junta(self, mention: Mention) -> Cluster | None:
        """*les militaires*, *les putschistes* after a junta was named: those who took power."""
        bare = mention.number == "plur" and not mention.fresh and not mention.described - {mention.country}
        if not (bare and mention.office in self.words.soldiers or mention.office in self.words.juntas):
            return None
        rulers = (c for _, c in self._recent() if c.offices & self.words.juntas and c.kind in {"group", "organisation"})
        return next((c for c in rulers if not (c.country and mention.country and c.country != mention.country)), None)

    def _same_thing(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether noun, adjectives and country go together; with an indefinite article all of them must be the same."""
        if not self._same_noun_in(mention, cluster):
            return False
        narrow, wide = mention.described - {mention.country}, cluster.described - {cluster.country}
        if narrow and wide and not narrow & wide or mention.fresh and narrow != wide:
            return False
        return mention.country == cluster.country or not mention.country or mention.country in cluster.described

    def _same_noun_in(self, mention: Mention, cluster: Cluster) -> bool:
        if mention.office in cluster.offices:
            return True
        if mention.sort == "name" and cluster.name and cluster.name[0] == mention.noun and not mention.described:
            return True
        bare = not mention.described - {mention.country} and not mention.fresh and " " not in mention.noun
        return bare and any(noun.split(" ")[0] == mention.noun for noun in cluster.nouns)

    def _called_otherwise(self, mention: Mention) -> Cluster | None:
        """*l'organisation*, *le quotidien*, *le groupe jihadiste*: a body named before."""
        if mention.kind not in {"organisation", "igo"} or mention.fresh or mention.owned or mention.country:
            return None
        if mention.sort == "name" and mention.described:
            return None
        if mention.office not in self.words.repeating_nouns or mention.number != "sing":
            return None
        for _, cluster in self._recent():
            named = cluster.kind in {"organisation", "igo", "group"} and (cluster.name or cluster.key)
            if named and _body_fits(mention, cluster):
                return cluster
        return None


def _same_kind(cluster: Cluster, mention: Mention) -> bool:
    return cluster.kind == mention.kind or {cluster.kind, mention.kind} <= {"organisation", "igo"}


def _body_fits(mention: Mention, cluster: Cluster) -> bool:
    """Whether a body's noun goes with a sector: *le quotidien* only with media, *le groupe* with any other."""
    if mention.sector == cluster.sector:
        return True
    return "UNK" in {mention.sector, cluster.sector} and cluster.sector != "MED"


def _sector_fits(mention: Mention, cluster: Cluster) -> bool:
    if mention.sector == "LEG":
        return cluster.sector in _LEGISLATORS
    return mention.sector != "MIL" or cluster.sector in {"MIL", "REB", "UNK"}


def _agree(one: Cluster, other: Cluster) -> bool:
    """Whether gender and country of two actors do not conflict."""
    return not (one.gender and other.gender and one.gender != other.gender) and not (
        one.country and other.country and one.country != other.country
    )
