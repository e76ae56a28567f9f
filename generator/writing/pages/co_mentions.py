"""Which names are mentioned together: a chart and a table of those in most documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np

from generator.model import Corpus, Entity, EntityId, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.network import Edge, Node, network, shape
from generator.writing.entity_pairs import count_pairs
from generator.writing.labels import Labels
from generator.writing.markup import escape_html
from generator.writing.site_info import SiteInfo

_PEOPLE = 12
_PLACES = 6
_OTHERS = 6
"""Names in the chart: more would overlap, and without a limit for each kind all would be places."""
_EDGES = 48
"""Pairs in the chart, those of most documents first."""
_MIN_NAMES = 3
"""Names mentioned with another one; fewer are not a network."""


class _Pair(NamedTuple):
    """Two names, and the number of documents that mention both."""

    first: EntityId
    second: EntityId
    documents: int


def co_mention_chart(path: PagePath, corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return a chart of co-mentions for a page, or nothing for too few names."""
    entities, labels = corpus.entities.entities, site_info.labels
    pairs = _pairs(_most_mentioned(entities.values()), corpus)
    ids = sorted({entity_id for pair in pairs for entity_id in (pair.first, pair.second)})
    if len(ids) < _MIN_NAMES:
        return []
    links = {entity_id: _link(path, entity_id, site_info) for entity_id in ids}
    nodes = [_node(entities[entity_id], links[entity_id]) for entity_id in ids]
    numbers = {entity_id: number for number, entity_id in enumerate(ids)}
    edges = [Edge(numbers[pair.first], numbers[pair.second], pair.documents) for pair in pairs]
    rows = (_row(pair, entities, links) for pair in pairs)
    table = "".join(["<table>", *rows, "</table>"])
    summary = f"<summary>{escape_html(labels('as_table'))}</summary>"
    return [
        markup.heading(2, labels("company")),
        network(nodes, edges, _key(nodes, labels)),
        f'<details class="sb-fold">{summary}{table}</details>',
    ]


def _most_mentioned(entities: Iterable[Entity]) -> frozenset[EntityId]:
    with_page = (entity for entity in entities if entity.address)
    ordered = sorted(with_page, key=lambda entity: (-entity.documents, -entity.mentions, entity.id))
    limits = {"person": _PEOPLE, "place": _PLACES}
    groups: dict[str, list[EntityId]] = {"person": [], "place": [], "other": []}
    for entity in ordered:
        groups[entity.kind if entity.kind in limits else "other"].append(entity.id)
    chosen = (ids[: limits.get(kind, _OTHERS)] for kind, ids in groups.items())
    return frozenset(chain.from_iterable(chosen))


def _pairs(chosen: frozenset[EntityId], corpus: Corpus) -> list[_Pair]:
    """Return the pairs in most documents, with the number of these.

    Pairs in one document only are left out: it may mention fifty people.
    """
    table = corpus.mention_table
    counted = count_pairs(table, np.flatnonzero(table.mask(chosen)[table.entities]))
    columns = counted.first.tolist(), counted.second.tolist(), counted.documents.tolist()
    repeated = (
        _Pair(table.ids[first], table.ids[second], count)
        for first, second, count in zip(*columns, strict=True)
        if count > 1
    )
    return sorted(repeated, key=lambda pair: (-pair.documents, pair))[:_EDGES]


def _node(entity: Entity, link: str) -> Node:
    return Node(entity.name, link, entity.documents, entity.kind)


def _link(path: PagePath, entity_id: EntityId, site_info: SiteInfo) -> str:
    target = urls.relative(path, urls.entity_page(entity_id))
    return site_info.page(target.removesuffix("index.md"))


def _key(nodes: Iterable[Node], labels: Labels) -> str:
    """Return what shapes and sizes mean, for the kinds in the chart."""
    kinds = dict.fromkeys(node.kind for node in nodes)
    parts = (*_kinds(kinds, labels), escape_html(labels("network_key")))
    spans = "".join(f"<span>{part}</span>" for part in parts)
    return f'<figcaption class="sb-key">{spans}</figcaption>'


def _kinds(kinds: Iterable[str], labels: Labels) -> Iterator[str]:
    for kind in kinds:
        drawing = f'<svg viewBox="0 0 20 20" aria-hidden="true">{shape(kind, 10, 10, 10)}</svg>'
        yield f"{drawing}{escape_html(labels.kind(kind))}"


def _row(pair: _Pair, entities: dict[EntityId, Entity], links: dict[EntityId, str]) -> str:
    first, second = (
        f'<td><a href="{escape_html(links[key])}">{escape_html(entities[key].name)}</a></td>'
        for key in (pair.first, pair.second)
    )
    return f"<tr>{first}{second}<td>{pair.documents}</td></tr>"
