"""Maps: land where it is, dots where the places are, and names that do not cover each other."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.writing.charts.map_drawing import Dot, frame_around, map_figure
from generator.writing.charts.outlines import Extent, Point, land_in
from generator.writing.pages.nearby import kilometres

longitudes, latitudes = st.floats(-180, 180), st.floats(-85, 85)
dots_anywhere = st.builds(
    Dot, st.text("ab <&", max_size=9), longitudes, latitudes, st.just(5), st.just("dot")
)
points = st.builds(Point, longitudes, latitudes)


def area(extent: Extent) -> float:
    """Return the share of an extent that is land."""
    total = 0.0
    for ring in land_in(extent):
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        total += sum(
            one.longitude * two.latitude - two.longitude * one.latitude for one, two in pairs
        )
    return abs(total) / 2 / (extent.east - extent.west) / (extent.north - extent.south)


@pytest.mark.parametrize(
    ("extent", "share"),
    [
        (Extent(-40, 20, -30, 30), 0),  # the Atlantic
        (Extent(20, 20, 30, 25), 1),  # the Sahara
        (Extent(100, 60, 110, 65), 1),  # Siberia
        (Extent(0, -90, 10, -80), 1),  # Antarctica
        (Extent(175, 66, 185, 68), 0.9),  # Chukotka, over the line where longitudes end
        (Extent(-185, 66, -175, 68), 0.9),  # the same
    ],
)
def test_land_is_where_it_is(extent: Extent, share: float) -> None:
    """Also beyond 180 degrees, where a map goes over the line."""
    assert area(extent) == pytest.approx(share, abs=0.12)


@given(st.lists(points, min_size=1, max_size=8), st.floats(0.5, 20))
def test_a_frame_shows_every_point(places: list[Point], min_degrees: float) -> None:
    """With the same scale in both directions; the whole earth is the widest."""
    frame = frame_around(places, 900, 560, min_degrees)
    wide = frame.extent.east - frame.extent.west
    assert wide <= 360.01
    for point in places:
        if wide < 359:
            assert -0.1 <= frame.x(point.longitude) <= 900.1
            assert -0.1 <= frame.y(point.latitude) <= 560.1


@pytest.mark.slow
@given(st.lists(dots_anywhere))
def test_names_do_not_cover_each_other_and_are_text(dots: list[Dot]) -> None:
    """A name without room is left out; its dot is there."""
    frame = frame_around(
        [Point(dot.longitude, dot.latitude) for dot in dots] or [Point(0, 0)], 900, 560, 5
    )
    drawn = map_figure(frame, dots, "All <places>", "sb-map")
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert len(list(root.iter("circle"))) == len(dots)
    shown = [text.text or "" for text in root.iter("text")]
    assert set(shown) <= {dot.name for dot in dots}
    rows = [
        (float(text.attrib["x"]), float(text.attrib["y"]), "text-anchor" in text.attrib)
        for text in root.iter("text")
    ]
    boxes = [
        (x - width * is_left, y, x + width * (not is_left))
        for (x, y, is_left), width in zip(rows, (len(name) * 7.5 for name in shown), strict=True)
    ]
    for index, (left, y, right) in enumerate(boxes):
        for other_left, other_y, other_right in boxes[:index]:
            assert abs(y - other_y) >= 13 or left >= other_right - 2 or other_left >= right - 2


def test_a_map_is_small() -> None:
    """The coast of England is less than a page may have; the world fits into a list page."""
    near = map_figure(frame_around([Point(-0.6, 54.5)], 300, 270, 5), [], "", "sb-map")
    world = frame_around([Point(-71, -33), Point(151, -33), Point(10, 60)], 900, 560, 5)
    assert len(near) < 2_000
    assert len(map_figure(world, [], "", "sb-map")) < 20_000
    assert re.search(r'class="land" d="M', near)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        (Point(-0.62, 54.49), Point(-0.79, 54.56), 13.5),  # Whitby, Staithes
        (Point(2.35, 48.86), Point(-0.13, 51.51), 344),  # Paris, London
        (Point(179.5, 0), Point(-179.5, 0), 111),  # over the line where longitudes end
    ],
)
def test_distances_are_those_of_the_globe(first: Point, second: Point, distance: float) -> None:
    """In whole kilometres, as the page shows them."""
    assert kilometres(first, second) == pytest.approx(distance, rel=0.03)


@given(points, points)
def test_a_distance_is_the_same_both_ways(first: Point, second: Point) -> None:
    """It is never more than half of the way around."""
    assert kilometres(first, second) == pytest.approx(kilometres(second, first))
    assert 0 <= kilometres(first, second) <= 20_016
