"""Charts: well-formed for any words, true to the numbers, and the same every time."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.writing.charts.bins import Bar, time_axis
from generator.writing.charts.map_drawing import Dot, frame_around, map_figure
from generator.writing.charts.network import HEIGHT, WIDTH, Edge, Node, network
from generator.writing.charts.outlines import Point
from generator.writing.charts.time_chart import time_chart
from generator.writing.labels import labels_for

ENGLISH = labels_for("en")

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)
dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.integers(1000, 2100).map(str),
    st.just("1984~"),
)


@given(st.lists(dates, min_size=1, max_size=40))
def test_every_document_is_in_one_bar_and_bars_have_no_gap(given_dates: list[str]) -> None:
    """Months, years or decades: the counts add up, no period is missing, and marks are few."""
    axis = time_axis(given_dates)
    assert axis is not None
    assert sum(bar.count for bar in axis.bars) == len(given_dates)
    assert list(axis.bars) == sorted(axis.bars, key=lambda bar: bar.span)
    assert len({bar.span for bar in axis.bars}) == len(axis.bars)
    assert len({len(bar.span) for bar in axis.bars}) == 1
    assert len({len(tick.bars) for tick in axis.ticks}) == 1
    assert len(axis.ticks) <= 12
    assert any(bar.count for bar in axis.ticks[0].bars)
    assert any(bar.count for bar in axis.ticks[-1].bars)


@pytest.mark.parametrize(
    ("given_dates", "unit", "filled"),
    [
        (["2021-06-28", "2021-12"], "month", [Bar("2021-06", 1), Bar("2021-12", 1)]),
        (["2021-06-28", "2021"], "year", [Bar("2021", 2)]),
        (["1984~", "1999-01-02"], "year", [Bar("1984", 1), Bar("1999", 1)]),
        (["1789-04-30", "2021-01-20"], "year", [Bar("1789", 1), Bar("2021", 1)]),
        (["1289", "1984"], "decade", [Bar("1280/1289", 1), Bar("1980/1989", 1)]),
        (["0033", "1984"], "decade", [Bar("0030/0039", 1), Bar("1980/1989", 1)]),
        (["1984/1986", "1985"], "year", [Bar("1984", 1), Bar("1985", 1)]),
    ],
)
def test_the_span_decides_the_period(given_dates: list[str], unit: str, filled: list[Bar]) -> None:
    """Months for a short span, decades for a long one; no months if a date is only a year."""
    axis = time_axis(given_dates)
    assert axis is not None
    assert (axis.unit, list(axis.filled)) == (unit, filled)


@pytest.mark.parametrize(
    ("given_dates", "marks"),
    [
        (["2020-11", "2021-02"], ["Nov 2020", "Dec 2020", "Jan 2021", "Feb 2021"]),
        (["1984", "1986"], ["1984", "1985", "1986"]),
        (
            ["1983", "1999"],
            ["1982", "1984", "1986", "1988", "1990", "1992", "1994", "1996", "1998"],
        ),
        (["1901", "1979"], ["1900", "1910", "1920", "1930", "1940", "1950", "1960", "1970"]),
        (["1650", "1960"], ["1650", "1700", "1750", "1800", "1850", "1900", "1950"]),
    ],
)
def test_marks_are_at_round_numbers(given_dates: list[str], marks: list[str]) -> None:
    """As many as a telephone has room for."""
    axis = time_axis(given_dates)
    assert axis is not None
    drawn = time_chart(axis, ENGLISH)
    assert re.findall(r"<li><span>(.*?)</span>", drawn) == marks


def test_without_dates_there_is_no_chart() -> None:
    """A single period shows nothing."""
    assert time_axis([]) is time_axis([""]) is None
    axis = time_axis(["1984", "1984-05"])
    assert axis is not None
    assert time_chart(axis, ENGLISH) == ""


@given(st.lists(dates, min_size=1, max_size=40))
def test_bars_are_as_tall_as_their_counts(given_dates: list[str]) -> None:
    """Each period with documents has one, inside the drawing, and the tallest fills it."""
    axis = time_axis(given_dates)
    assert axis is not None
    drawn = time_chart(axis, ENGLISH)
    if not drawn:
        assert len(axis.filled) == 1
        return
    bars = [(int(x), int(height)) for x, height in re.findall(r"M(\d+) 100v-(\d+)", drawn)]
    assert len(bars) == len(axis.filled)
    assert max(height for _, height in bars) == 100
    assert all(0 < x < 10 * len(axis.bars) for x, _ in bars)
    ElementTree.fromstring(drawn)  # noqa: S314  our own words


@given(names)
def test_marks_with_documents_are_links(target: str) -> None:
    """Any characters in an address are text; a mark without documents is none."""
    axis = time_axis(["1984", "1984", "1986"])
    assert axis is not None
    drawn = time_chart(axis, ENGLISH, 2, lambda _: f"#{target}")
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert [(link.text, link.attrib["href"]) for link in root.iter("a")] == [
        ("1984", f"#{target}"),
        ("1986", f"#{target}"),
    ]
    words = "".join(next(root.iter("figcaption")).itertext())
    assert words == "Documents by year, 1984 to 1986. Most: 1984 (2). 2 have no date."


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """Draw some nodes and some edges between them."""
    nodes = [
        Node(name, f"../{index}/", draw(st.integers(1, 50)), "person")
        for index, name in enumerate(draw(st.lists(names, max_size=12)))
    ]
    pairs = [(left, right) for left in range(len(nodes)) for right in range(left)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return nodes, [Edge(left, right, draw(st.integers(1, 9))) for left, right in chosen]


@given(graphs())
def test_a_network_fits_its_drawing_and_is_the_same_every_time(
    graph: tuple[list[Node], list[Edge]],
) -> None:
    """Every node is a link, every edge a line, and none leaves the drawing."""
    nodes, edges = graph
    drawn = network(nodes, edges, "<figcaption/>")
    assert drawn == network(nodes, edges, "<figcaption/>")
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert ["".join(link.itertext()) for link in root.iter("a")] == [
        f"{node.name} {node.count}" for node in nodes
    ]
    assert drawn.count('class="edge"') == len(edges)
    for circle in root.iter("circle"):
        assert 0 < float(circle.attrib["cx"]) < WIDTH
        assert 0 < float(circle.attrib["cy"]) < HEIGHT


def test_people_mentioned_together_are_nearer() -> None:
    """Two pairs, far from each other."""
    nodes = [Node(name, "", 1, "person") for name in "abcd"]
    drawn = network(nodes, [Edge(0, 2, 1), Edge(1, 3, 1)], "")
    a, b, c, d = (
        complex(*map(float, place)) for place in re.findall(r'cx="(\d+)" cy="(\d+)"', drawn)
    )
    assert max(abs(a - c), abs(b - d)) < min(abs(a - b), abs(a - d), abs(c - b), abs(c - d))


def test_no_name_covers_another_one() -> None:
    """Twelve people who are all mentioned together attract each other to one position."""
    nodes = [Node(f"Person {letter}", "", 1, "person") for letter in "abcdefghijkl"]
    edges = [Edge(left, right, 1) for left in range(12) for right in range(left)]
    drawn = network(nodes, edges, "")
    texts = [(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"', drawn)]
    for index, (x, y) in enumerate(texts):
        for other_x, other_y in texts[:index]:
            assert abs(x - other_x) >= 50 or abs(y - other_y) >= 30


def test_no_chart_has_an_empty_line_or_a_style() -> None:
    """Markdown would end the block there, and a strict policy would drop the style."""
    nodes = [Node("a", "x", 1, "person"), Node("c", "y", 2, "place"), Node("d", "z", 1, "ship")]
    axis = time_axis(["1984", "1990"])
    assert axis is not None
    frame = frame_around([Point(-0.6, 54.5)], 300, 270, 5)
    for drawn in (
        time_chart(axis, ENGLISH),
        network(nodes, [Edge(0, 1, 1), Edge(0, 2, 1)], "<figcaption></figcaption>"),
        map_figure(frame, [Dot("a", -0.6, 54.5, 3)], "A map", "sb-map"),
    ):
        assert "\n\n" not in drawn
        assert "style=" not in drawn
