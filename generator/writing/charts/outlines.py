"""The outlines of land, clipped to a part of the earth.

They come from Natural Earth (public domain) at 1:50,000,000, made by `tools/make_outlines.py`; a
line is off by 0.06 degrees at most.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec

_UNIT = 50
"""Steps in a degree."""
_TURN = 360.0
"""Degrees around the earth: a map may go over the line where longitudes end."""


class Point(NamedTuple):
    """A point in degrees east and north."""

    longitude: float
    latitude: float


class Extent(msgspec.Struct, frozen=True):
    """A part of the earth between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, longitude: float, latitude: float) -> bool:
        """Whether a point is inside or on the edge."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


class _Outline(NamedTuple):
    extent: Extent
    points: tuple[Point, ...]


def land_in(extent: Extent) -> Iterator[list[Point]]:
    """Yield the outlines of land within an extent; holes too, for the even-odd rule."""
    for outline in _outlines():
        for shift in (-_TURN, 0.0, _TURN):
            if _touches(outline.extent, extent, shift):
                moved = [Point(x + shift, y) for x, y in outline.points]
                clipped = _clip(moved, extent)
                if len(clipped) > 2:
                    yield clipped


@cache
def _outlines() -> tuple[_Outline, ...]:
    package_file = resources.files("generator.writing.charts").joinpath("land.json")
    return tuple(_outline(steps) for steps in json.loads(package_file.read_text("utf-8")))


def _outline(steps: Sequence[int]) -> _Outline:
    longitudes = [x / _UNIT for x in accumulate(steps[::2])]
    latitudes = [y / _UNIT for y in accumulate(steps[1::2])]
    extent = Extent(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    return _Outline(extent, tuple(map(Point, longitudes, latitudes)))


def _touches(outline: Extent, extent: Extent, shift: float) -> bool:
    return (
        outline.west + shift <= extent.east
        and outline.east + shift >= extent.west
        and outline.south <= extent.north
        and outline.north >= extent.south
    )


_Cross = Callable[[Point, Point], Point]


class _Edge(NamedTuple):
    """One side of an extent: which points are inside, and where a line crosses it."""

    is_inside: Callable[[Point], bool]
    cross: _Cross


def _clip(points: Sequence[Point], extent: Extent) -> list[Point]:
    """Return the part of a closed line inside an extent (Sutherland and Hodgman 1974)."""
    clipped = list(points)
    for edge in _edges(extent):
        if clipped:
            clipped = list(_clip_at(clipped, edge))
    return clipped


def _edges(extent: Extent) -> Iterator[_Edge]:
    yield _Edge(lambda point: point.longitude >= extent.west, _at_longitude(extent.west))
    yield _Edge(lambda point: point.longitude <= extent.east, _at_longitude(extent.east))
    yield _Edge(lambda point: point.latitude >= extent.south, _at_latitude(extent.south))
    yield _Edge(lambda point: point.latitude <= extent.north, _at_latitude(extent.north))


def _clip_at(points: Sequence[Point], edge: _Edge) -> Iterator[Point]:
    for before, point in pairwise((points[-1], *points)):
        if edge.is_inside(point) != edge.is_inside(before):
            yield edge.cross(before, point)
        if edge.is_inside(point):
            yield point


def _at_longitude(longitude: float) -> _Cross:
    def cross(first: Point, last: Point) -> Point:
        share = (longitude - first.longitude) / (last.longitude - first.longitude)
        return Point(longitude, first.latitude + share * (last.latitude - first.latitude))

    return cross


def _at_latitude(latitude: float) -> _Cross:
    def cross(first: Point, last: Point) -> Point:
        share = (latitude - first.latitude) / (last.latitude - first.latitude)
        return Point(first.longitude + share * (last.longitude - first.longitude), latitude)

    return cross
