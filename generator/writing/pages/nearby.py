"""The places near a place, with their distances."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from generator.model import PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.outlines import Point
from generator.writing.entity_views import EntityView, Position
from generator.writing.labels import Labels

_MAX_LISTED = 9
_MAX_KILOMETRES = 150.0
"""From here on a place is not near: it is a journey of more than a day on foot or horse."""
_EARTH = 6371.0
"""The mean radius in kilometres."""


def nearby_places(view: EntityView, path: PagePath, labels: Labels) -> Iterator[str]:
    """Yield the section of a place's page about the places near it, nearest first.

    Only places whose position people wrote down are known to be near.
    """
    facts = view.entity.facts
    if view.entity.kind != "place" or facts.latitude is None or facts.longitude is None:
        return
    own = Point(facts.longitude, facts.latitude)
    distances = sorted(
        (kilometres(own, Point(place.longitude, place.latitude)), place.entity.id, place)
        for place in view.neighbours
    )
    near = [(distance, place) for distance, _, place in distances if distance <= _MAX_KILOMETRES]
    if near:
        lines = (_line(place, distance, path, labels) for distance, place in near[:_MAX_LISTED])
        yield markup.heading(2, labels("near", name=view.entity.name))
        yield markup.block("sb-with sb-near", ["\n".join(lines)])


def kilometres(first: Point, second: Point) -> float:
    """Return the distance of two points on the globe, by the haversine formula."""
    latitudes = radians(first.latitude), radians(second.latitude)
    north = sin((latitudes[1] - latitudes[0]) / 2) ** 2
    east = sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(north + cos(latitudes[0]) * cos(latitudes[1]) * east)))


def _line(place: Position, distance: float, path: PagePath, labels: Labels) -> str:
    target = urls.relative(path, urls.entity_page(place.entity.id))
    words = f"{labels.number(max(1, round(distance)))} km"
    return f"- {markup.link(place.entity.name, target)} {markup.span('sb-count', words)}"
