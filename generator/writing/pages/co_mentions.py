"""Who is named with whom: the people of most documents as a picture, and the same as a table."""

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
"""People in the picture: their names can still be told apart on its sheet."""
_EDGES = 60
"""Pairs, those of most documents first."""
_FEWEST = 3
"""People who are named with another one; fewer make no network."""


def co_mention_chart(
    people: Sequence[Entity], corpus: Corpus, labels: Labels, index: str = ""
) -> list[str]:
    """Draw who is named with whom, for the list of people; nothing where too few are.

    `index` is what addresses have after their folders.
    """
    pairs = _pairs(_most_named(people), corpus)
    nodes = sorted({one for pair, _ in pairs for one in pair})
    if len(nodes) < _FEWEST:
        return []
    known = {entity.id: entity for entity in people}
    at = {entity_id: place for place, entity_id in enumerate(nodes)}
    drawn = network(
        [_node(known[entity_id], index) for entity_id in nodes],
        [Edge(at[one], at[other], count) for (one, other), count in pairs],
        labels("company"),
    )
    rows = (_row((known[one], known[other]), count, index) for (one, other), count in pairs)
    table = "".join(["<table>", *rows, "</table>"])
    summary = f"<summary>{escape_html(labels('as_table'))}</summary>"
    details = f'<details class="sb-fold">{summary}{table}</details>'
    return [markup.heading(2, labels("company")), drawn, details]


def _most_named(people: Sequence[Entity]) -> frozenset[EntityId]:
    ordered = sorted(people, key=lambda one: (-one.documents, -one.mentions, one.id))
    return frozenset(entity.id for entity in ordered[:_PEOPLE])


def _pairs(
    chosen: frozenset[EntityId], corpus: Corpus
) -> list[tuple[tuple[EntityId, EntityId], int]]:
    """The pairs that stand in most documents, with how many.

    Who stands together in one document only is not tied by that: it may name fifty people.
    """
    counts: Counter[tuple[EntityId, EntityId]] = Counter()
    for mentions in corpus.mentions.values():
        here = chosen.intersection(mentions.entities)
        counts.update(combinations(sorted(here), 2))
    tied = (pair for pair in counts.items() if pair[1] > 1)
    return sorted(tied, key=lambda pair: (-pair[1], pair[0]))[:_EDGES]


def _node(entity: Entity, index: str) -> Node:
    return Node(entity.name, _link(entity, index), entity.documents, entity.kind)


def _link(entity: Entity, index: str) -> str:
    """From the list of people, in whose folder every person's page lies."""
    return f"{entity.id.partition('/')[2]}/{index}"


def _row(pair: tuple[Entity, Entity], count: int, index: str) -> str:
    first, second = (
        f'<td><a href="{escape_html(_link(person, index))}">{escape_html(person.name)}</a></td>'
        for person in pair
    )
    return f"<tr>{first}{second}<td>{count}</td></tr>"
