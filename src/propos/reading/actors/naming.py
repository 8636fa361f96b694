"""Actors with a proper name, gathered over the whole text, the fullest names first.

So a headline's surname meets the full name that the text gives later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from propos.lang.actors import ActorLexicon, Name
from propos.lang.folding import atoms
from propos.reading.actors.clusters import Cluster
from propos.reading.actors.mention import Mention
from propos.reading.actors.names import plain, same_person
from propos.reading.parse import Parsed

# Actors kept under one word or one office: nobody is looked for among more, whatever the text repeats.
KEPT = 48
# Two letters are too many bodies' initials.
SHORTEST_ACRONYM = 3


@dataclass
class Register:
    """Which mention belongs to which actor, and the ways to find an actor again.

    ``words``: persons by a word of their name; ``bodies``: other actors by the first word of theirs; ``posts``: everybody
    by office or noun; ``initials``: bodies by the first letters of their name; ``known``: people of the user's own file.
    """

    parsed: Parsed
    lexicon: ActorLexicon
    of: dict[int, Cluster] = field(default_factory=dict)
    keyed: dict[tuple[bool, str], Cluster] = field(default_factory=dict)
    words: dict[str, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[str, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, Cluster] = field(default_factory=dict)
    known: dict[str, Cluster] = field(default_factory=dict)

    def join(self, mention: Mention, cluster: Cluster) -> None:
        """Give a mention to an actor."""
        cluster.add(mention)
        self.of[id(mention)] = cluster
        if mention.office:
            _remember(self.posts[mention.post], cluster)

    def appoint(self, cluster: Cluster, office: str) -> None:
        """Give an actor a post that its own words do not name."""
        cluster.offices.add(office)
        _remember(self.posts[office], cluster)

    def merge(self, gone: Cluster, kept: Cluster) -> None:
        """Give all mentions of one actor to another."""
        for mention in list(gone.mentions):
            self.join(mention, kept)
        gone.empty()

    def nearest(self, clusters: Sequence[Cluster], mention: Mention) -> Cluster | None:
        """The actor spoken of nearest to a mention, before it rather than after; ``None`` of none."""
        return min((c for c in clusters if c.mentions), key=lambda c: c.gap(mention.first), default=None)

    def names(self, mentions: Sequence[Mention]) -> None:
        """Register every mention with a proper name."""
        persons = [m for m in mentions if m.kind == "person" and m.name]
        for mention in sorted(persons, key=lambda m: (-len(self._plain(m.name)), m.first)):
            self._person(mention)
        for mention in mentions:
            if mention.kind != "person" and mention.key:
                self.join(mention, self.keyed.setdefault((mention.kind == "state", mention.key), Cluster()))
        self._written_out(mentions)
        named = [m for m in mentions if m.kind != "person" and m.name and not m.key]
        for mention in sorted(named, key=lambda m: (-len(m.name), m.first)):
            self._body(mention)
        self._brackets(mentions)

    def _plain(self, name: tuple[str, ...]) -> tuple[str, ...]:
        return plain(name, self.lexicon.words.name_particles)

    def _person(self, mention: Mention) -> None:
        name = self._plain(mention.name)
        fitting = [
            c for c in self.words.get(name[-1], ()) if same_person(self._plain(c.name), name) and c.agrees(mention)
        ]
        known = self._known(mention.name)
        chosen = self.known.get(known.key) if known is not None else None
        self.join(mention, chosen or self._bearer(fitting, mention) or Cluster())
        cluster = self.of[id(mention)]
        if known is not None:
            self.known[known.key] = cluster
            cluster.told(known)
        for word in set(name):
            _remember(self.words[word], cluster)

    def _known(self, name: tuple[str, ...]) -> Name | None:
        """The person of the user's own file whom a name names on the day of publication."""
        day = self.parsed.document.published
        return next((known for known in self.lexicon.persons.get(name, ()) if known.holds_on(day)), None)

    def _bearer(self, fitting: Sequence[Cluster], mention: Mention) -> Cluster | None:
        """Of several people with one surname, whoever holds a post and is named most: the others are kin."""
        if len(fitting) < 2 or len(self._plain(mention.name)) > 1:
            return self.nearest(fitting, mention)
        kin = self.lexicon.words.kin
        rank = {
            id(c): (not c.offices & kin, bool(c.offices), sum(len(m.name) > 1 for m in c.mentions)) for c in fitting
        }
        best = max(rank.values())
        return self.nearest([c for c in fitting if rank[id(c)] == best], mention)

    def _body(self, mention: Mention) -> None:
        for cluster in self.bodies.get(mention.name[0], ()):
            if cluster.name[: len(mention.name)] == mention.name and cluster.agrees(mention):
                self.join(mention, cluster)
                return
        known = self.initials.get(mention.name[0]) if len(mention.name) == 1 and mention.sort == "acronym" else None
        cluster = Cluster() if known is None else known
        self.join(mention, cluster)
        _remember(self.bodies[mention.name[0]], cluster)
        self._abbreviated(mention.name, cluster)

    def _abbreviated(self, name: tuple[str, ...], cluster: Cluster) -> None:
        """Know an actor by its initials, too; by a number alone where one follows (*M23*, the Mouvement du 23-Mars)."""
        letters = "".join(word if word.isdigit() else word[0] for word in self._plain(name))
        if len(letters) < SHORTEST_ACRONYM:
            return
        self.initials.setdefault(letters, cluster)
        if letters[1].isdigit():
            self.initials.setdefault(letters[: 1 + sum(letter.isdigit() for letter in letters)], cluster)

    def _written_out(self, mentions: Sequence[Mention]) -> None:
        """Bodies whose common noun is written as a name: *le Mouvement du 9-Avril*."""
        written: dict[tuple[str, ...], Cluster] = {}
        for mention in mentions:
            if mention.sort != "name" or mention.kind != "organisation" or mention.name or mention.key:
                continue
            name = atoms(self.parsed.phrase(mention.head, mention.last))
            if len(self._plain(name)) > 1 and any(word[0].isdigit() for word in name):
                self.join(mention, written.setdefault(name, Cluster()))
                written[name].name, written[name].shown = name, self.parsed.phrase(mention.head, mention.last)
                self._abbreviated(name, written[name])

    def _brackets(self, mentions: Sequence[Mention]) -> None:
        """*la Ligue des ports (LDP)*: the acronym in brackets is the name before, here and wherever it stands again."""
        for long, short in pairwise(mentions):
            if short.first != long.last + 2 or self.parsed.word[short.first - 1] != "(" or long.kind == "person":
                continue
            if id(short) not in self.of or short.key or not (long.name or long.office or long.key):
                continue
            if id(long) not in self.of:
                self.join(long, Cluster())
            if self.of[id(long)] is not self.of[id(short)]:
                self.merge(self.of[id(short)], self.of[id(long)])


def _remember(known: list[Cluster], cluster: Cluster) -> None:
    """Keep an actor under a word: the last ones named, each once."""
    if cluster not in known:
        known.append(cluster)
        if len(known) > KEPT:
            del known[0]
