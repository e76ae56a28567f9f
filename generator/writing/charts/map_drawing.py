"""Maps as SVG: land as one path, places as dots with their names beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

import msgspec

from generator.writing.charts.outlines import Extent, Point, land_in
from generator.writing.markup import escape_html

_LETTER_WIDTH = 7.5
_LINE_HEIGHT = 15
"""Units of the drawing that a letter of a name and a line of text take."""
_MIN_STEP = 3
"""Units of the drawing between two points of an outline: a map of the world has 14 kB."""
_MIN_COSINE = 0.3
"""Meridians are drawn parallel: nearer to the poles than 72 degrees, a map would be a strip."""


class Dot(NamedTuple):
    """A place on a map: its name, its position in degrees, the radius, and its CSS class."""

    name: str
    longitude: float
    latitude: float
    radius: int
    css_class: str = "dot"


class Frame(msgspec.Struct, frozen=True):
    """A drawing of an extent: degrees to units of the drawing."""

    extent: Extent
    width: int
    height: int

    def x(self, longitude: float) -> float:
        """Return how far a longitude is from the left edge."""
        extent = self.extent
        return (longitude - extent.west) / (extent.east - extent.west) * self.width

    def y(self, latitude: float) -> float:
        """Return how far a latitude is from the upper edge."""
        extent = self.extent
        return (extent.north - latitude) / (extent.north - extent.south) * self.height


def frame_around(points: Sequence[Point], width: int, height: int, min_degrees: float) -> Frame:
    """Return the frame that shows all points with room around them.

    It is at least `min_degrees` high, and it has the same scale in both directions.
    """
    longitudes, latitudes = [point.longitude for point in points], [p.latitude for p in points]
    middle_x, middle_y = (min(side) + max(side) for side in (longitudes, latitudes))
    middle = Point(middle_x / 2, middle_y / 2)
    cosine = max(cos(radians(middle.latitude)), _MIN_COSINE)
    wide, high = max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)
    half = max(high * 1.3, wide * 1.3 * cosine * height / width, min_degrees) / 2
    half = min(half, 180 * cosine * height / width)
    half_wide = half / cosine * width / height
    extent = Extent(
        middle.longitude - half_wide,
        middle.latitude - half,
        middle.longitude + half_wide,
        middle.latitude + half,
    )
    return Frame(extent, width, height)


def map_figure(frame: Frame, dots: Sequence[Dot], caption: str, css_class: str) -> str:
    """Draw a map; `caption` says in words what it shows, and a list beside it has the places.

    Dots that come first are named first; a name that would cover another one is left out.
    """
    labels = "".join(_labels(frame, dots))
    circles = "".join(_circle(frame, dot) for dot in reversed(dots))
    return (
        f'<figure class="{css_class}"><svg viewBox="0 0 {frame.width} {frame.height}"'
        f' aria-hidden="true"><path class="land" d="{_land(frame)}"/>{circles}{labels}</svg>\n'
        f"<figcaption>{escape_html(caption)}</figcaption></figure>"
    )


def _land(frame: Frame) -> str:
    return "".join(map(_ring, _rounded(frame, land_in(frame.extent))))


class _Pixel(NamedTuple):
    x: int
    y: int


def _rounded(frame: Frame, rings: Iterable[Iterable[Point]]) -> Iterator[list[_Pixel]]:
    """Yield outlines in whole units of the drawing, without what is smaller than a step."""
    for ring in rings:
        line: list[_Pixel] = []
        for longitude, latitude in ring:
            pixel = _Pixel(round(frame.x(longitude)), round(frame.y(latitude)))
            if not line or max(abs(pixel.x - line[-1].x), abs(pixel.y - line[-1].y)) >= _MIN_STEP:
                line.append(pixel)
        if len(line) > 2:
            yield line


def _ring(points: Sequence[_Pixel]) -> str:
    """Return a closed line with steps from point to point, which are short."""
    steps = (
        f"{point.x - before.x}{' ' if point.y >= before.y else ''}{point.y - before.y}"
        for before, point in pairwise(points)
    )
    return f"M{points[0].x} {points[0].y}l{' '.join(steps)}z"


def _circle(frame: Frame, dot: Dot) -> str:
    x, y = frame.x(dot.longitude), frame.y(dot.latitude)
    return f'<circle class="{dot.css_class}" cx="{x:.0f}" cy="{y:.0f}" r="{dot.radius}"/>'


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _labels(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    """Yield the names that have room, right of their dots, or left where that is outside."""
    taken = [_dot_box(frame, dot) for dot in dots]
    for dot in dots:
        length = len(dot.name) * _LETTER_WIDTH
        x, y, gap = frame.x(dot.longitude), frame.y(dot.latitude), dot.radius + 4
        for left, anchor in ((x + gap, ""), (x - gap - length, ' text-anchor="end"')):
            box = _Box(left, y - _LINE_HEIGHT / 2, left + length, y + _LINE_HEIGHT / 2)
            if box.left >= 0 and box.right <= frame.width and not any(map(box.covers, taken)):
                taken.append(box)
                start = x - gap if anchor else x + gap
                words = escape_html(dot.name)
                yield f'<text x="{start:.0f}" y="{y + 5:.0f}"{anchor}>{words}</text>'
                break


def _dot_box(frame: Frame, dot: Dot) -> _Box:
    x, y, radius = frame.x(dot.longitude), frame.y(dot.latitude), dot.radius
    return _Box(x - radius, y - radius, x + radius, y + radius)
