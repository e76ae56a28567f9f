"""Make generator/writing/charts/land.json: the outlines of land for maps of places.

Source: Natural Earth 1:50m (public domain) in the npm package world-atlas 2.0.2 (ISC). Run
`npm pack world-atlas@2.0.2`, unpack it, and give the path of package/land-50m.json as the argument.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any, NamedTuple

TARGET = Path(__file__).parents[1] / "generator" / "writing" / "charts" / "land.json"

TOLERANCE = 0.06
"""Degrees by which a line may move: two pixels on the map of a place."""
MIN_SIZE = 0.15
"""Degrees of the longer side of an island; a smaller one is left out."""
UNIT = 50
"""Steps in a degree: coordinates are whole numbers."""


class Point(NamedTuple):
    """A point in degrees."""

    longitude: float
    latitude: float


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the outlines of a TopoJSON file, holes too, to be filled by the even-odd rule."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            yield from (_unwound(_joined(ring, arcs)) for ring in polygon)


def _arc(steps: Iterable[Sequence[int]], transform: dict[str, list[float]]) -> list[Point]:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in steps:
        x, y = x + step_x, y + step_y
        points.append(Point(x * scale_x + left, y * scale_y + bottom))
    return points


def _joined(ring: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        points += arcs[index] if index >= 0 else arcs[~index][::-1]
    return points


def _unwound(ring: Sequence[Point]) -> list[Point]:
    """Return a ring without jumps where longitudes end; one around a pole goes over the pole."""
    points = [ring[0]]
    turns = 0
    for before, point in pairwise(ring):
        step = point.longitude - before.longitude
        turns += (step < -180) - (step > 180)
        points.append(Point(point.longitude + 360 * turns, point.latitude))
    if turns:
        pole = 90 if points[0].latitude > 0 else -90
        corners = (Point(end.longitude, pole) for end in (points[-1], points[0]))
        points += [*corners, points[0]]
    return points


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return a line with fewer points (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return list(points)
    first, last = points[0], points[-1]
    distances = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= TOLERANCE:
        return [first, last]
    middle = farthest + 1
    return simplified(points[: middle + 1])[:-1] + simplified(points[middle:])


def _distance(point: Point, first: Point, last: Point) -> float:
    """Return how far a point is from the line between two others."""
    x, y = last.longitude - first.longitude, last.latitude - first.latitude
    length = hypot(x, y)
    dx, dy = point.longitude - first.longitude, point.latitude - first.latitude
    return abs(x * dy - y * dx) / length if length else hypot(dx, dy)


def outlines(topology: dict[str, Any]) -> list[list[int]]:
    """Return each outline as longitude and latitude in turn, in steps of 1/50 of a degree.

    From the second point on they are differences from the point before.
    """
    made = []
    for ring in rings(topology):
        middle = len(ring) // 2
        line = simplified(ring[: middle + 1])[:-1] + simplified(ring[middle:])
        sides = ([point[axis] for point in line] for axis in (0, 1))
        if len(line) > 3 and max(max(side) - min(side) for side in sides) >= MIN_SIZE:
            made.append(list(_differences(line[:-1])))
    return made


def _differences(line: Iterable[Point]) -> Iterator[int]:
    x = y = 0
    for point in line:
        next_x, next_y = round(point.longitude * UNIT), round(point.latitude * UNIT)
        yield from (next_x - x, next_y - y)
        x, y = next_x, next_y


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    TARGET.write_text(json.dumps(outlines(source), separators=(",", ":")) + "\n", "utf-8")
