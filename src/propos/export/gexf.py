"""GEXF 1.3, dynamic and directed, for Gephi, Gephi Lite and Retina.

Written here and not by networkx, which stamps the day of the export into the file, cannot write ``kind`` (without it
Gephi takes parallel edges for one) and has a wrong namespace for the schema's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, BinaryIO

from lxml import etree

from propos.export.characters import for_xml
from propos.export.contract import Options
from propos.export.days import Days, merged
from propos.export.network import Edge, Network, Node
from propos.store.entry import Entry

NAMESPACE = "http://gexf.net/1.3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
NODE_COLUMNS = {"kind": "string", "country": "string", "sector": "string", "events": "integer"}
EDGE_COLUMNS = {
    "event": "string",
    "factuality": "string",
    "quad": "integer",
    "intensity": "double",
    "n": "integer",
    "undated": "integer",
    "first": "string",
    "last": "string",
}


def write(entries: Iterable[Entry], stream: BinaryIO, options: Options) -> int:  # noqa: ARG001 (all formats are called alike)
    """Write the network of the entries' events; the number of edges."""
    network = Network(entries)
    root = _element(None, "gexf", version="1.3")
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {NAMESPACE}/gexf.xsd")
    _element(_element(root, "meta"), "creator").text = "Propos"
    graph = _element(root, "graph", mode="dynamic", defaultedgetype="directed", idtype="string")
    graph.set("timeformat", "date")
    graph.set("timerepresentation", "interval")
    _columns(graph, "node", NODE_COLUMNS)
    _columns(graph, "edge", EDGE_COLUMNS)
    nodes, edges = _element(graph, "nodes"), _element(graph, "edges")
    for node in network.nodes:
        _node(nodes, node)
    for edge in network.edges:
        _edge(edges, edge)
    etree.indent(root)
    stream.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n")
    return len(network.edges)


def edge_values(edge: Edge) -> dict[str, str | int | float | None]:
    """What is told of an edge, by column."""
    told = (edge.type, edge.factuality, edge.quad, edge.intensity, edge.n, edge.undated, edge.first, edge.last)
    return dict(zip(EDGE_COLUMNS, told, strict=True))


def node_values(node: Node) -> dict[str, str | int | float | None]:
    """What is told of a node, by column."""
    party = node.party
    return dict(zip(NODE_COLUMNS, (party.kind, party.country, party.sector, node.events), strict=True))


# lxml publishes no types: its elements are Any.
def _element(parent: Any, name: str, **attributes: str) -> Any:  # noqa: ANN401
    safe = {key: for_xml(value) for key, value in attributes.items()}
    if parent is None:
        return etree.Element(f"{{{NAMESPACE}}}{name}", safe, nsmap={None: NAMESPACE, "xsi": _XSI})
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", safe)


def _columns(graph: Any, kind: str, columns: Mapping[str, str]) -> None:  # noqa: ANN401
    listed = _element(graph, "attributes", **{"class": kind, "mode": "static"})
    for title, type_ in columns.items():
        _element(listed, "attribute", id=title, title=title, type=type_)


def _node(nodes: Any, node: Node) -> None:  # noqa: ANN401
    element = _element(nodes, "node", id=node.id, label=node.party.name)
    _values(element, node_values(node))
    _spells(element, node.times)


def _edge(edges: Any, edge: Edge) -> None:  # noqa: ANN401
    element = _element(
        edges, "edge", id=edge.id, source=edge.source, target=edge.target, label=edge.kind, kind=edge.kind
    )
    element.set("weight", str(float(edge.n)))
    _values(element, edge_values(edge))
    _spells(element, edge.times)


def _values(element: Any, values: Mapping[str, str | int | float | None]) -> None:  # noqa: ANN401
    listed = _element(element, "attvalues")
    for column, value in values.items():
        if value is not None:
            _element(listed, "attvalue", **{"for": column, "value": str(value)})


def _spells(element: Any, times: Iterable[Days]) -> None:  # noqa: ANN401
    """One interval as the element's own, several as spells; none where nothing is dated: it is there all the time."""
    found = merged(times)
    if len(found) == 1:
        _interval(element, *found[0])
    elif found:
        listed = _element(element, "spells")
        for start, end in found:
            _interval(_element(listed, "spell"), start, end)


def _interval(element: Any, start: date, end: date) -> None:  # noqa: ANN401
    element.set("start", start.isoformat())
    element.set("end", end.isoformat())
