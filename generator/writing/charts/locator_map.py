"""Where a place is, and where all places of the corpus are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus
from generator.writing.charts.map_drawing import Dot, frame_around, map_figure
from generator.writing.charts.outlines import Point
from generator.writing.entity_views import EntityView, Position, distance, known_positions
from generator.writing.labels import Labels
from generator.writing.views import entity_ref

_NEAREST = 3
"""Other places that the map of a place is large enough to show, if they are not too far."""
_MAX_DEGREES = 12.0
"""Degrees from the place to these other places."""
_MIN_HEIGHT = 5.0
"""Degrees that a map shows at least: the outlines are not exact enough for less."""
_MIN_LARGE = 12.0
"""The same of the map of all places, which is three times as wide."""
_ON_MAP = 200
"""Places on the map of all places, those of most documents first."""


def place_map(view: EntityView, labels: Labels) -> Iterator[str]:
    """Yield the map of a place whose position is known."""
    facts, entity = view.entity.facts, view.entity
    if entity.kind != "place" or facts.latitude is None or facts.longitude is None:
        return
    own = Position(entity_ref(entity), facts.latitude, facts.longitude)
    near = [place for place in view.neighbours[:_NEAREST] if distance(own, place) <= _MAX_DEGREES]
    frame = frame_around([*map(_point, (own, *near))], 300, 270, _MIN_HEIGHT)
    inside = (place for place in view.neighbours if frame.extent.contains(*_point(place)))
    dots = [
        Dot(entity.name, *_point(own), 6, "here"),
        *(Dot(place.entity.name, *_point(place), 3) for place in inside),
    ]
    caption = f"{labels('map_place', name=entity.name)} {labels('outline')}"
    yield map_figure(frame, dots, caption, "sb-map")


def all_places_map(corpus: Corpus, labels: Labels) -> Iterator[str]:
    """Yield the map of all places whose position is known, those of more documents larger."""
    entities = corpus.entities.entities
    documents = {place: entities[place.entity.id].documents for place in known_positions(corpus)}
    places = sorted(documents, key=lambda place: (-documents[place], place.entity.id))[:_ON_MAP]
    if len(places) < 2:
        return
    most = documents[places[0]]
    frame = frame_around(list(map(_point, places)), 900, 560, _MIN_LARGE)
    dots = [
        Dot(place.entity.name, *_point(place), round(5 + 6 * (documents[place] / most) ** 0.5))
        for place in places
    ]
    caption = f"{labels('map_all')} {labels('outline')}"
    yield map_figure(frame, dots, caption, "sb-map sb-map--large")


def _point(place: Position) -> Point:
    return Point(place.longitude, place.latitude)
