"""A network of names that are mentioned together, laid out when the page is generated."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.writing.markup import escape_html

WIDTH, HEIGHT = 1100, 640
_MARGIN = 70
"""Pixels for the circle and the name of a node at the edge."""
_ROUNDS = 300
"""Steps of the layout; after them none of 40 nodes moves by a pixel any more."""

_LETTER_WIDTH = 8.2
"""Width of a letter of the names, in pixels."""
_NODE_HEIGHT = 96
"""Height of the largest circle with the name below it, and of a gap, in pixels."""
_PULL = 3.0
"""How strong the pull to the middle is; with 1, two groups stand in opposite corners."""
_STRETCH = 1.5
"""How many times more it may be stretched in one direction than in the other."""
_GAP = 30
"""Pixels between two names, so that the lines between their circles can be seen."""
_SIDEWAYS = 2.0
"""Two names are separated sideways unless that is this many times farther than up and down: the
drawing is wider than high, and a full column has no other way. In 60 random networks a third as
many names touch as by the shorter way in a drawing of 480 pixels."""

_Points = npt.NDArray[np.float64]


class Node(msgspec.Struct, frozen=True):
    """An entity: its name, its page, its number of documents, and its kind."""

    name: str
    link: str
    count: int
    kind: str


class Edge(msgspec.Struct, frozen=True):
    """Two nodes by their indexes, and the number of documents that mention both."""

    first: int
    second: int
    documents: int


KINDS = ("person", "organization", "place")
"""The kinds with a shape of their own; all others share one."""


def network(nodes: Sequence[Node], edges: Sequence[Edge], key: str) -> str:
    """Draw the network; meant for up to 40 nodes, because the cost grows with their square.

    The same nodes and edges in the same order give the same drawing. It has no text equivalent of
    its own, so the caller should put a table of the same pairs below it. `key` says what sizes
    mean.
    """
    positions = _separate(_lay_out(len(nodes), edges), [len(_label(node)) for node in nodes])
    max_documents = max((edge.documents for edge in edges), default=1)
    max_count = max((node.count for node in nodes), default=1)
    lines = (_line(positions, edge, max_documents) for edge in edges)
    links = (
        _node(node, positions[index], max_count, _own_lines(index, positions, edges))
        for index, node in enumerate(nodes)
    )
    opening = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}">'
    return "\n".join(
        ['<figure class="sb-network">', key, opening, *lines, *links, "</svg></figure>"]
    )


def shape(kind: str, x: float, y: float, radius: float) -> str:
    """Return the shape of a kind around a point: kinds differ in shape and in colour."""
    name = kind if kind in KINDS else "other"
    css_class = f'class="sb-{name}-shape"'
    left, right, top, bottom = (
        f"{value:.0f}" for value in (x - radius, x + radius, y - radius, y + radius)
    )
    if name == "person":
        return f'<circle {css_class} cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
    if name == "organization":
        side = f"{2 * radius:.0f}"
        return f'<rect {css_class} x="{left}" y="{top}" width="{side}" height="{side}"/>'
    if name == "place":
        corners = f"{x:.0f} {top} {right} {y:.0f} {x:.0f} {bottom} {left} {y:.0f}"
    else:
        corners = f"{x:.0f} {top} {right} {bottom} {left} {bottom}"
    return f'<polygon {css_class} points="{corners}"/>'


def _label(node: Node) -> str:
    return f"{node.name} {node.count}"


def _line(positions: _Points, edge: Edge, max_documents: int) -> str:
    width = 1.5 + 6 * edge.documents / max_documents
    path = _path(edge, positions)
    return f'<path class="edge" d="{path}" stroke-width="{width:.1f}" aria-hidden="true"/>'


def _path(edge: Edge, positions: _Points) -> str:
    (x1, y1), (x2, y2) = positions[edge.first], positions[edge.second]
    return f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"


def _own_lines(index: int, positions: _Points, edges: Sequence[Edge]) -> str:
    """Return the lines of a node once more, for the time of its focus."""
    own = (edge for edge in edges if index in (edge.first, edge.second))
    return "".join(_path(edge, positions) for edge in own)


def _node(node: Node, position: npt.NDArray[np.float64], max_count: int, lines: str) -> str:
    x, y = position
    radius = 12 + 9 * (node.count / max_count) ** 0.5
    return (
        f'<path class="mine" d="{lines}"/><a href="{escape_html(node.link)}">'
        f"{shape(node.kind, x, y, radius)}"
        f'<text x="{x:.0f}" y="{y + radius + 16:.0f}">{escape_html(_label(node))}</text></a>'
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
    widths = np.maximum(np.array(letters, dtype=np.float64) * _LETTER_WIDTH, 36) + _GAP
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
    # A pull to the middle keeps unconnected parts close: far apart, each would be small and dense.
    moves -= positions * ideal * _PULL
    length = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1)
    shortened: _Points = moves / length[:, None]
    return shortened


def _fit(positions: _Points) -> _Points:
    """Return the positions spread over the drawing, at most `_STRETCH` times more in one direction.

    Without this limit, two who belong together would be as far from each other as all others.
    """
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    size = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    scales = size / np.where(high - low > 0, high - low, 1)
    scales = np.minimum(scales, scales.min() * _STRETCH)
    middle = np.array([WIDTH, HEIGHT]) / 2
    fitted: _Points = np.round((positions - (low + high) / 2) * scales + middle)
    return fitted
