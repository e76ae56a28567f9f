"""Who is named together with whom: circles and lines, laid out once, at generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.writing.markup import escape_html

WIDTH, HEIGHT = 720, 560
_MARGIN = 60
"""Room for the circle and the name of a node that stands at the edge."""
_ROUNDS = 300
"""Steps of the layout; after them nothing moves by a pixel any more with 40 nodes."""

_LETTER = 6.5
"""Width of a letter of the names, in pixels."""
_TALL = 54
"""Height of the largest circle with the name below it, in pixels."""
_SIDEWAYS = 2.0
"""Two names go apart sideways unless it is this many times farther than up and down: the sheet is
wider than high, and a full column has no other way. Of 60 networks made at random a third as many
names touch as by the shorter way on a sheet of 480 pixels."""

_Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Node:
    """A name with its page, how often it is named, and its kind as a class for the stylesheet."""

    name: str
    link: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes by their places in the list, and how many documents name both."""

    first: int
    second: int
    documents: int


def network(nodes: Sequence[Node], edges: Sequence[Edge], label: str) -> str:
    """Draw the network; meant for up to 40 nodes, since the cost grows with their square.

    The same nodes and edges in the same order make the same picture. It has no text equivalent
    of its own: a table of the same pairs belongs below it.
    """
    places = _apart(_laid_out(len(nodes), edges), [len(node.name) for node in nodes])
    most = max((edge.documents for edge in edges), default=1)
    lines = (_line(places, edge, most) for edge in edges)
    loudest = max((node.count for node in nodes), default=1)
    circles = (_node(node, place, loudest) for node, place in zip(nodes, places, strict=True))
    opening = (
        f'<div class="sb-network" role="region" tabindex="0" aria-label="{escape_html(label)}">\n'
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    return "\n".join([opening, *lines, *circles, "</svg>", "</div>"])


def _line(places: _Points, edge: Edge, most: int) -> str:
    (x1, y1), (x2, y2) = places[edge.first], places[edge.second]
    width = 0.75 + 3.25 * edge.documents / most
    return (
        f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
        f' stroke-width="{width:.1f}" aria-hidden="true"/>'
    )


def _node(node: Node, place: npt.NDArray[np.float64], loudest: int) -> str:
    x, y = place
    radius = 12 + 6 * (node.count / loudest) ** 0.5
    return (
        f'<a href="{escape_html(node.link)}" class="sb-{escape_html(node.kind)}">'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<text x="{x:.0f}" y="{y + radius + 14:.0f}">{escape_html(node.name)}</text></a>'
    )


def _laid_out(count: int, edges: Sequence[Edge]) -> _Points:
    """Places by the forces of Fruchterman and Reingold (1991), from a sunflower as their start.

    Nodes push each other away, edges pull, and every round moves less than the one before. A
    sunflower has no symmetry in which two nodes could hold each other where they do not belong.
    """
    order = np.arange(count)
    turns, reach = order * np.pi * (3 - 5**0.5), ((order + 0.5) / max(count, 1)) ** 0.5
    places: _Points = np.stack((np.cos(turns) * reach, np.sin(turns) * reach), axis=1)
    pulls = np.zeros((count, count))
    for edge in edges:
        pulls[edge.first, edge.second] = pulls[edge.second, edge.first] = 1
    ideal = 1 / max(count, 1) ** 0.5
    for round_ in range(_ROUNDS):
        places = places + _moves(places, pulls, ideal) * 0.1 * (1 - round_ / _ROUNDS)
    return _fitted(places)


def _apart(places: _Points, letters: Sequence[int]) -> _Points:
    """Push nodes apart, on the easier way, until no name covers another one.

    A crowded sheet may keep some that touch: after as many rounds as the layout has, it is left.
    """
    wide = np.maximum(np.array(letters, dtype=np.float64) * _LETTER, 36) + 8
    least = np.stack(
        ((wide[:, None] + wide[None, :]) / 2, np.full((len(wide),) * 2, _TALL)), axis=-1
    )
    # A name stays on the sheet with its whole width.
    side = np.maximum(wide / 2, _MARGIN)
    edge = np.stack((side, np.full(len(wide), _MARGIN)), axis=-1)
    places = np.clip(places, edge, np.array([WIDTH, HEIGHT]) - edge)
    for _ in range(_ROUNDS):
        apart = places[:, None] - places[None, :]
        over = least - np.abs(apart)
        touching = (over > 0).all(axis=-1) & ~np.eye(len(places), dtype=bool)
        if not touching.any():
            break
        sideways = touching & (over[..., 0] < over[..., 1] * _SIDEWAYS)
        along = np.stack((sideways, touching & ~sideways), axis=-1)
        push = np.where(along, np.where(apart >= 0, over, -over), 0)
        order = np.tril(np.ones(along.shape[:2]))[..., None]  # of two at one place, one gives way
        push = np.where((apart == 0) & along, over * (2 * order - 1), push)
        places = np.clip(places + push.sum(axis=1) * 0.25, edge, np.array([WIDTH, HEIGHT]) - edge)
    rounded: _Points = np.round(places)
    return rounded


def _moves(places: _Points, pulls: _Points, ideal: float) -> _Points:
    """Where each node wants to go, as a direction of at most length one."""
    apart = places[:, None] - places[None, :]
    distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 0.01)
    force = ideal**2 / distance - pulls * distance**2 / ideal
    moves: _Points = (apart / distance[..., None] * force[..., None]).sum(axis=1)
    moves -= places * ideal  # a weak pull to the middle keeps parts without edges on the sheet
    length = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1)
    shortened: _Points = moves / length[:, None]
    return shortened


def _fitted(places: _Points) -> _Points:
    """The same places, stretched over the sheet."""
    if not len(places):
        return places
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    spread = np.where(high - low > 0, high - low, 1)
    fitted: _Points = np.round((places - low) / spread * room + _MARGIN)
    return fitted
