"""Networks of names, and places on maps."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

from msgspec.structs import replace

from generator.model import (
    Address,
    Alias,
    Corpus,
    DocumentRecord,
    Entity,
    EntityId,
    EntityMentions,
    EntityRegistry,
    Extracted,
    Metadata,
    NameFacts,
    SeedPath,
)
from generator.writing.data.network import network_files
from generator.writing.data.places import places_file
from generator.writing.site_info import SiteInfo


def entity(name: str, *, has_page: bool = True) -> Entity:
    """Return a person; the name is also the id."""
    address = Address(f"{name}/") if has_page else None
    return Entity(EntityId(name), "person", name, address, (Alias(name, 1),), 1, 1)


def corpus_of(entities: list[Entity], *mentioned: str) -> Corpus:
    """Return a corpus in which each document mentions the entities with these letters."""
    sources = [SeedPath(f"{number}.txt") for number in range(len(mentioned))]
    title = Metadata(Extracted("T", "first line", quote="T"))
    return Corpus(
        tuple(DocumentRecord(source, "", "utf-8", title) for source in sources),
        {source: Address(f"documents/{source}/") for source in sources},
        entities=EntityRegistry({one.id: one for one in entities}),
        mentions={
            source: EntityMentions(tuple(map(EntityId, ids)), (1,) * len(ids))
            for source, ids in zip(sources, mentioned, strict=True)
        },
    )


def test_an_edge_counts_the_documents_that_mention_both() -> None:
    """A name without a page is in neither file."""
    people = [entity(name) for name in "abc"] + [entity("d", has_page=False)]
    table, graph = network_files(corpus_of(people, "ab", "ba", "bcd", "a"))
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"), newline="")))
    assert [(row["source"], row["target"], row["weight"]) for row in rows] == [
        ("a", "b", "2"),
        ("b", "c", "1"),
    ]
    tree = ET.fromstring(graph.data)  # noqa: S314  (our own bytes)
    tag = tree.tag.removesuffix("graphml")
    assert [node.get("id") for node in tree.iter(f"{tag}node")] == ["a", "b", "c"]
    assert [edge.get("source") for edge in tree.iter(f"{tag}edge")] == ["a", "b"]


def test_a_graph_that_is_too_large_is_divided() -> None:
    """Each file has the nodes of its edges, and all files together every node and edge."""
    corpus = corpus_of([entity(name) for name in "abcdefg"], "abc", "cde", "ad", "g")
    (whole,) = graph_of(corpus, None)
    graphs = graph_of(corpus, 1_500)
    assert len(graphs) > 2
    for graph in graphs:
        assert {end for edge in ends(graph) for end in edge} <= set(nodes(graph))
    assert sorted({node for graph in graphs for node in nodes(graph)}) == nodes(whole)
    assert sorted(edge for graph in graphs for edge in ends(graph)) == sorted(ends(whole))


def graph_of(corpus: Corpus, limit: int | None) -> list[ET.Element]:
    """Return the graphs of a corpus, none of which is larger than the limit."""
    files = [file for file in network_files(corpus, limit) if file.path.endswith(".graphml")]
    assert all(len(file.data) <= (limit or len(file.data)) for file in files)
    return [ET.fromstring(file.data) for file in files]  # noqa: S314  (our own bytes)


def nodes(graph: ET.Element) -> list[str]:
    """Return the ids of the nodes."""
    return [node.attrib["id"] for node in graph.iter("{*}node")]


def ends(graph: ET.Element) -> list[tuple[str, str]]:
    """Return the ends of each edge."""
    return [(edge.attrib["source"], edge.attrib["target"]) for edge in graph.iter("{*}edge")]


def test_a_corpus_without_names_has_a_network_without_edges() -> None:
    """Both files exist, so that links to them lead somewhere."""
    table, graph = network_files(corpus_of([], ""))
    assert table.data.decode("utf-8-sig").count("\n") == 1
    assert len(ET.fromstring(graph.data)) > 0  # noqa: S314  (our own bytes)


def test_places_have_their_longitude_first() -> None:
    """Names without a known position are left out."""
    quay = replace(entity("quay"), facts=NameFacts(latitude=51.5, longitude=-0.1))
    file = places_file(corpus_of([quay, entity("a")], "a"), SiteInfo(url="https://e.org/"))
    (feature,) = json.loads(file.data)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-0.1, 51.5]}
    assert feature["properties"]["url"] == "https://e.org/quay/"
