"""GraphML, for yEd, igraph, Cytoscape, networkx and Gephi: the same network as in GEXF, dates as plain columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from propos.export.characters import for_xml
from propos.export.contract import Options
from propos.export.gexf import edge_values, node_values
from propos.export.network import Network
from propos.store.entry import Entry


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write the network of the entries' events; the number of edges."""
    import networkx as nx

    network = Network(entries)
    graph = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(node.id, label=for_xml(node.party.name), **_known(node_values(node)))
    for edge in network.edges:
        known = _known(edge_values(edge))
        graph.add_edge(edge.source, edge.target, key=edge.id, label=for_xml(edge.kind), weight=float(edge.n), **known)
    nx.write_graphml(graph, stream, named_key_ids=True)
    return len(network.edges)


def _known(values: Mapping[str, str | int | float | None]) -> dict[str, str | int | float]:
    """The columns that have a value, without what XML forbids."""
    known = {column: value for column, value in values.items() if value is not None}
    return {column: for_xml(value) if isinstance(value, str) else value for column, value in known.items()}
