"""A network of people who are mentioned together, laid out when the page is generated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.writing.markup import escape_html

WIDTH, HEIGHT = 720, 560
_MARGIN = 60
"""Pixels for the circle and the name of a node at the edge."""
_ROUNDS = 300
"""Steps of the layout; after them none of 40 nodes moves by a pixel any more."""

_LETTER_WIDTH = 6.5
"""Width of a letter of the names, in pixels."""
_NODE_HEIGHT = 54
"""Height of the largest circle with the name below it, in pixels."""
_SIDEWAYS = 2.0
"""Two names are separated sideways unless that is this many times farther than up and down: the
drawing is wider than high, and a full column has no other way. In 60 random networks a third as
many names touch as by the shorter way in a drawing of 480 pixels."""

_Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: its name, its page, its number of documents, and its kind as a CSS class."""

    name: str
    link: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes by their indexes, and the number of documents that mention both."""

    first: int
    second: int
    documents: int


def network(nodes: Sequence[Node], edges: Sequence[Edge], label: str) -> str:
    """Draw the network; meant for up to 40 nodes, because the cost grows with their square.

    The same nodes and edges in the same order give the same drawing. It has no text equivalent of
    its own, so the caller should put a table of the same pairs below it.
    """
    positions = _separate(_lay_out(len(nodes), edges), [len(node.name) for node in nodes])
    max_documents = max((edge.documents for edge in edges), default=1)
    lines = (_line(positions, edge, max_documents) for edge in edges)
    max_count = max((node.count for node in nodes), default=1)
    circles = (
        _node(node, position, max_count) for node, position in zip(nodes, positions, strict=True)
    )
    opening = (
        f'<div class="sb-network" role="region" tabindex="0" aria-label="{escape_html(label)}">\n'
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    return "\n".join([opening, *lines, *circles, "</svg>", "</div>"])


def _line(positions: _Points, edge: Edge, max_documents: int) -> str:
    (x1, y1), (x2, y2) = positions[edge.first], positions[edge.second]
    width = 0.75 + 3.25 * edge.documents / max_documents
    return (
        f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
        f' stroke-width="{width:.1f}" aria-hidden="true"/>'
    )


def _node(node: Node, position: npt.NDArray[np.float64], max_count: int) -> str:
    x, y = position
    radius = 12 + 6 * (node.count / max_count) ** 0.5
    return (
        f'<a href="{escape_html(node.link)}" class="sb-{escape_html(node.kind)}">'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<text x="{x:.0f}" y="{y + radius + 14:.0f}">{escape_html(node.name)}</text></a>'
    )


def _lay_out(count: int, edges: Sequence[Edge]) -> _Points:
    """Return positions by the forces of Fruchterman and Reingold (1991), starting from a spiral.

    Nodes repel each other, edges attract, and every round moves less than the one before. The
    start is a sunflower spiral: without symmetry, no two nodes can block each other.
    """
    order = np.arange(count)
    angles, radii = order * np.pi * (3 - 5**0.5), ((order + 0.5) / max(count, 1)) ** 0.5
    positions: _Points = np.stack((np.cos(angles) * radii, np.sin(angles) * radii), axis=1)
    attractions = np.zeros((count, count))
    for edge in edges:
        attractions[edge.first, edge.second] = attractions[edge.second, edge.first] = 1
    ideal = 1 / max(count, 1) ** 0.5
    for round_ in range(_ROUNDS):
        positions = positions + _moves(positions, attractions, ideal) * 0.1 * (1 - round_ / _ROUNDS)
    return _fit(positions)


def _separate(positions: _Points, letters: Sequence[int]) -> _Points:
    """Move nodes apart, in the easier direction, until no name covers another one.

    In a crowded drawing some names may still touch after `_ROUNDS` rounds.
    """
    widths = np.maximum(np.array(letters, dtype=np.float64) * _LETTER_WIDTH, 36) + 8
    min_distance = np.stack(
        ((widths[:, None] + widths[None, :]) / 2, np.full((len(widths),) * 2, _NODE_HEIGHT)),
        axis=-1,
    )
    # The whole width of a name stays within the drawing.
    side = np.maximum(widths / 2, _MARGIN)
    edge = np.stack((side, np.full(len(widths), _MARGIN)), axis=-1)
    far_edge = np.array([WIDTH, HEIGHT]) - edge
    positions = np.clip(positions, edge, far_edge)
    for _ in range(_ROUNDS):
        difference = positions[:, None] - positions[None, :]
        overlap = min_distance - np.abs(difference)
        touching = (overlap > 0).all(axis=-1) & ~np.eye(len(positions), dtype=bool)
        if not touching.any():
            break
        sideways = touching & (overlap[..., 0] < overlap[..., 1] * _SIDEWAYS)
        direction = np.stack((sideways, touching & ~sideways), axis=-1)
        push = np.where(direction, np.where(difference >= 0, overlap, -overlap), 0)
        # Of two nodes at one position, one moves.
        order = np.tril(np.ones(direction.shape[:2]))[..., None]
        push = np.where((difference == 0) & direction, overlap * (2 * order - 1), push)
        positions = np.clip(positions + push.sum(axis=1) * 0.25, edge, far_edge)
    rounded: _Points = np.round(positions)
    return rounded


def _moves(positions: _Points, attractions: _Points, ideal: float) -> _Points:
    """Return the move of each node, with a length of at most one."""
    difference = positions[:, None] - positions[None, :]
    distance = np.maximum(np.hypot(difference[..., 0], difference[..., 1]), 0.01)
    force = ideal**2 / distance - attractions * distance**2 / ideal
    moves: _Points = (difference / distance[..., None] * force[..., None]).sum(axis=1)
    moves -= positions * ideal  # a weak pull to the middle keeps unconnected parts close
    length = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1)
    shortened: _Points = moves / length[:, None]
    return shortened


def _fit(positions: _Points) -> _Points:
    """Return the positions stretched over the drawing."""
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    size = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    spread = np.where(high - low > 0, high - low, 1)
    fitted: _Points = np.round((positions - low) / spread * size + _MARGIN)
    return fitted
