"""The names that documents mention together, as a table and for programs that draw networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from generator.model import Corpus, Entity, OutputFile, PagePath
from generator.model.numbered_files import divide, paths_in_files
from generator.writing.data.csv_safe import csv_cell, csv_file, divided_table
from generator.writing.entity_pairs import count_pairs, most_mentioned
from generator.writing.tei.xml_text import element, quoted, text_element, xml_words

NETWORK_CSV = PagePath("data/network.csv")
NETWORK_GRAPHML = PagePath("data/network.graphml")

NETWORK_COLUMNS = ("source", "target", "type", "weight", "source_name", "target_name")
"""The first four are those that Gephi imports; `weight` is the number of documents."""

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

_NODE_KEYS = (("label", "string"), ("kind", "string"), ("documents", "int"), ("mentions", "int"))


class Edge(NamedTuple):
    """Two entities, and the number of documents that mention both."""

    first: Entity
    second: Entity
    documents: int


def network_files(corpus: Corpus, limit: int | None = None) -> Iterator[OutputFile]:
    """Yield the table of edges, and nodes with edges as GraphML; `limit` is that of a file.

    They have the entities with a page. In a document, those that it mentions most are counted, as
    on the pages of entities. A graph that is too large is divided into several, each with some of
    the edges and their nodes.
    """
    nodes = sorted(
        (entity for entity in corpus.entities.entities.values() if entity.address),
        key=lambda entity: entity.id,
    )
    edges = list(_edges(corpus, nodes))
    table = csv_file(NETWORK_COLUMNS, ()) + "".join(_rows(edges)).encode()
    yield from divided_table(OutputFile(NETWORK_CSV, table), limit)
    graph = "".join(_graphml(nodes, edges)).encode()
    if limit is None or len(graph) <= limit:
        yield OutputFile(NETWORK_GRAPHML, graph)
    else:
        yield from _graphs(nodes, edges, limit)


def _graphs(nodes: list[Entity], edges: list[Edge], limit: int) -> Iterator[OutputFile]:
    """Yield the graph of each file: some edges with their nodes, or nodes without an edge."""
    connected = {entity.id for first, second, _ in edges for entity in (first, second)}
    alone = (entity for entity in nodes if entity.id not in connected)
    room = limit - len("".join(_graphml((), ())).encode())
    whole: list[Entity | Edge] = [*alone, *edges]
    graphs = [list(parts) for parts in divide(whole, _size, room)]
    paths = paths_in_files(NETWORK_GRAPHML, len(graphs))
    for path, parts in zip(paths, graphs, strict=True):
        own_edges = [part for part in parts if isinstance(part, Edge)]
        own_nodes = {entity.id: entity for part in parts for entity in _nodes(part)}
        graph = _graphml((own_nodes[key] for key in sorted(own_nodes)), own_edges)
        yield OutputFile(PagePath(path), "".join(graph).encode())


def _nodes(part: Entity | Edge) -> tuple[Entity, ...]:
    return part[:2] if isinstance(part, Edge) else (part,)


def _size(part: Entity | Edge) -> int:
    """Return the bytes of a node, or of an edge with its nodes, which others may need too."""
    edges = [part] if isinstance(part, Edge) else []
    return len("".join((*map(_node, _nodes(part)), *_edges_xml(edges))).encode())


def _rows(edges: Iterable[Edge]) -> Iterator[str]:
    """Yield the rows of edges; there are many, and each entity is in several of them."""
    cell = cache(csv_cell)
    for first, second, documents in edges:
        ends = f"{cell(first.id)},{cell(second.id)}"
        names = f"{cell(first.name)},{cell(second.name)}"
        yield f"{ends},undirected,{documents},{names}\r\n"


def _edges(corpus: Corpus, nodes: list[Entity]) -> Iterator[Edge]:
    """Yield the edges in the order of their nodes."""
    table, by_id = corpus.mention_table, {entity.id: entity for entity in nodes}
    pairs = count_pairs(table, most_mentioned(table, table.mask(by_id)))
    ends = pairs.first.tolist(), pairs.second.tolist()
    for first, second, count in zip(*ends, pairs.documents.tolist(), strict=True):
        yield Edge(by_id[table.ids[first]], by_id[table.ids[second]], count)


def _graphml(nodes: Iterable[Entity], edges: Iterable[Edge]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}">\n'
    keys = [(name, "node", kind) for name, kind in _NODE_KEYS] + [("weight", "edge", "int")]
    for name, owner, kind in keys:
        attributes = {"id": name, "for": owner, "attr.name": name, "attr.type": kind}
        yield f"{element('key', '', **attributes)}\n"
    yield '<graph edgedefault="undirected">\n'
    yield from map(_node, nodes)
    yield from _edges_xml(edges)
    yield "</graph>\n</graphml>\n"


def _node(entity: Entity) -> str:
    values = (entity.name, entity.kind, str(entity.documents), str(entity.mentions))
    data = (
        text_element("data", value, key=name)
        for (name, _), value in zip(_NODE_KEYS, values, strict=True)
    )
    return f"{element('node', ''.join(data), id=entity.id)}\n"


def _edges_xml(edges: Iterable[Edge]) -> Iterator[str]:
    """Yield the elements of edges."""
    attribute = cache(lambda entity_id: quoted(xml_words(entity_id)))
    for first, second, documents in edges:
        ends = f"source={attribute(first.id)} target={attribute(second.id)}"
        yield f'<edge {ends}><data key="weight">{documents}</data></edge>\n'
