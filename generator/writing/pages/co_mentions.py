"""Which people are mentioned together: a chart and a table of those in most documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from generator.model import Corpus, Entity, EntityId
from generator.writing import markup
from generator.writing.charts.network import Edge, Node, network
from generator.writing.labels import Labels
from generator.writing.markup import escape_html

_PEOPLE = 30
"""People in the chart; the names of more would overlap."""
_EDGES = 60
"""Pairs in the chart, those of most documents first."""
_MIN_PEOPLE = 3
"""People mentioned with another one; fewer are not a network."""


def co_mention_chart(
    people: Sequence[Entity], corpus: Corpus, labels: Labels, index: str = ""
) -> list[str]:
    """Return a chart of co-mentions for the list of people, or nothing for too few people.

    `index` is what addresses have after the folder of a page.
    """
    pairs = _pairs(_most_mentioned(people), corpus)
    nodes = sorted({entity_id for pair, _ in pairs for entity_id in pair})
    if len(nodes) < _MIN_PEOPLE:
        return []
    by_id = {person.id: person for person in people}
    indexes = {entity_id: number for number, entity_id in enumerate(nodes)}
    chart = network(
        [_node(by_id[entity_id], index) for entity_id in nodes],
        [Edge(indexes[first], indexes[second], count) for (first, second), count in pairs],
        labels("company"),
    )
    rows = (_row((by_id[first], by_id[second]), count, index) for (first, second), count in pairs)
    table = "".join(["<table>", *rows, "</table>"])
    summary = f"<summary>{escape_html(labels('as_table'))}</summary>"
    details = f'<details class="sb-fold">{summary}{table}</details>'
    return [markup.heading(2, labels("company")), chart, details]


def _most_mentioned(people: Sequence[Entity]) -> frozenset[EntityId]:
    ordered = sorted(people, key=lambda person: (-person.documents, -person.mentions, person.id))
    return frozenset(entity.id for entity in ordered[:_PEOPLE])


def _pairs(
    chosen: frozenset[EntityId], corpus: Corpus
) -> list[tuple[tuple[EntityId, EntityId], int]]:
    """Return the pairs in most documents, with the number of these.

    Pairs in one document only are left out: it may mention fifty people.
    """
    counts: Counter[tuple[EntityId, EntityId]] = Counter()
    for mentions in corpus.mentions.values():
        mentioned = chosen.intersection(mentions.entities)
        counts.update(combinations(sorted(mentioned), 2))
    repeated = (pair for pair in counts.items() if pair[1] > 1)
    return sorted(repeated, key=lambda pair: (-pair[1], pair[0]))[:_EDGES]


def _node(entity: Entity, index: str) -> Node:
    return Node(entity.name, _link(entity, index), entity.documents, entity.kind)


def _link(entity: Entity, index: str) -> str:
    """Return the link from the list of people; every person's page is below its folder."""
    return f"{entity.id.partition('/')[2]}/{index}"


def _row(pair: tuple[Entity, Entity], count: int, index: str) -> str:
    first, second = (
        f'<td><a href="{escape_html(_link(person, index))}">{escape_html(person.name)}</a></td>'
        for person in pair
    )
    return f"<tr>{first}{second}<td>{count}</td></tr>"
