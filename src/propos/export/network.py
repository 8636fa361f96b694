"""The network of a dossier: who did what to whom, for GEXF and GraphML.

An edge gathers the events of one type and factuality from one actor to another: a denied attack is not an attack, so
they stay apart. Its weight is the number of events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from propos.export.characters import for_xml
from propos.export.days import Days, days
from propos.export.parties import Party, pairs, parties
from propos.model import Event
from propos.store.entry import Entry


@dataclass(slots=True)
class Node:
    """An actor who is a party to an event. ``id`` is its key, made fit for XML and still its own."""

    id: str
    party: Party
    events: int = 0
    times: set[Days] = field(default_factory=set)


@dataclass(slots=True)
class Edge:
    """Events of one type and factuality between two actors.

    ``undated``: of the ``n`` events, those whose own date is unknown and for which the article's stands in.
    ``intensities`` are PLOVER's, -10 to +10.
    """

    id: str
    source: str
    target: str
    type: str
    factuality: str
    quad: int | None
    n: int = 0
    undated: int = 0
    intensities: list[float] = field(default_factory=list)
    times: set[Days] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """What Gephi tells parallel edges apart by: the type, and the factuality unless it is asserted."""
        return self.type if self.factuality == "asserted" else f"{self.type} {self.factuality}"

    @property
    def intensity(self) -> float | None:
        """Mean intensity to three places; ``None`` where no event has one."""
        return round(sum(self.intensities) / len(self.intensities), 3) if self.intensities else None

    @property
    def first(self) -> str | None:
        """ISO date of the first day of the first event."""
        return min(time.start for time in self.times).isoformat() if self.times else None

    @property
    def last(self) -> str | None:
        """ISO date of the last day of the last event."""
        return max(time.end for time in self.times).isoformat() if self.times else None


class Network:
    """Nodes and edges in the order in which the entries bring them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str, str, str], Edge] = {}
        self._ids: set[str] = set()
        for entry in entries:
            self._add(entry)

    @property
    def nodes(self) -> list[Node]:
        """Everybody who is a party to an event."""
        return list(self._nodes.values())

    @property
    def edges(self) -> list[Edge]:
        """What they did to one another."""
        return list(self._edges.values())

    def _add(self, entry: Entry) -> None:
        known = parties(entry)
        published = days(entry.record.published)
        for event in entry.events:
            own = days(event.date)
            time = own or published
            present = [known[id_] for id_ in dict.fromkeys((*event.actors, *event.recipients)) if id_ in known]
            for node in {party.key: self._node(party) for party in present}.values():
                node.events += 1
                node.times |= {time} if time else set()
            for source, target in pairs(event, known):
                self._count(self._edge(source, target, event), event, time, dated=own is not None)

    def _node(self, party: Party) -> Node:
        if party.key not in self._nodes:
            self._nodes[party.key] = Node(self._id(party.key), party)
        return self._nodes[party.key]

    def _id(self, key: str) -> str:
        """The key without what XML forbids and without spaces at its ends, which readers drop."""
        plain = " ".join(for_xml(key).split()) or "actor"
        unique, number = plain, 1
        while unique in self._ids:
            number += 1
            unique = f"{plain}~{number}"
        self._ids.add(unique)
        return unique

    def _edge(self, source: str, target: str, event: Event) -> Edge:
        ends = (self._nodes[source].id, self._nodes[target].id)
        place = (*ends, event.type, event.factuality)
        if place not in self._edges:
            self._edges[place] = Edge(f"e{len(self._edges)}", *ends, event.type, event.factuality, event.quad)
        return self._edges[place]

    @staticmethod
    def _count(edge: Edge, event: Event, time: Days | None, *, dated: bool) -> None:
        edge.n += 1
        edge.undated += not dated
        if event.intensity is not None:
            edge.intensities.append(event.intensity)
        if time:
            edge.times.add(time)
