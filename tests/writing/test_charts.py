"""Charts: well-formed for any words, true to the numbers, and the same every time."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.writing.charts.bar_chart import Bar, axis_labels, bar_chart, bin_dates
from generator.writing.charts.network import HEIGHT, WIDTH, Edge, Node, network
from generator.writing.charts.sparkline import sparkline

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)
dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.integers(1000, 2100).map(str),
    st.just("1984~"),
)


@given(st.lists(dates, min_size=1, max_size=40))
def test_every_document_is_in_one_bar_and_bars_have_no_gap(given_dates: list[str]) -> None:
    """Months, years or decades: the counts add up, and no period is missing."""
    bars = bin_dates(given_dates)
    assert sum(bar.count for bar in bars) == len(given_dates)
    assert bars[0].count > 0 < bars[-1].count
    assert list(bars) == sorted(bars, key=lambda bar: bar.span)
    assert len({len(bar.span) for bar in bars}) == 1


@pytest.mark.parametrize(
    ("given_dates", "first", "last"),
    [
        (["2021-06-28", "2021-12"], Bar("2021-06", 1), Bar("2021-12", 1)),
        (["2021-06-28", "2021"], Bar("2021", 2), Bar("2021", 2)),
        (["1984~", "1999-01-02"], Bar("1984", 1), Bar("1999", 1)),
        (["1789-04-30", "2021-01-20"], Bar("1780/1789", 1), Bar("2020/2029", 1)),
        (["1984/1986", "1985"], Bar("1984", 1), Bar("1985", 1)),
    ],
)
def test_the_span_decides_the_period(given_dates: list[str], first: Bar, last: Bar) -> None:
    """Months for a short span, decades for a long one; no months if a date is only a year."""
    bars = bin_dates(given_dates)
    assert (bars[0], bars[-1]) == (first, last)


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@pytest.mark.parametrize(
    ("given_dates", "below"),
    [
        (["2020-11", "2021-02"], ["Nov\n2020", "Dec", "Jan\n2021", "Feb"]),
        (["1984", "1986"], ["1984", "1985", "1986"]),
        (["1983", "1992"], ["1983", "", "1985", "", "", "", "", "1990", "", "1992"]),
        (["1984", "1994"], ["", "1985", *[""] * 4, "1990", *[""] * 3, "1994"]),
        (["1984", "1996"], ["", "1985", *[""] * 4, "1990", *[""] * 4, "1995", ""]),
        (["1901", "1979"], [str(ten) for ten in range(1900, 1980, 10)]),
        (["1901", "1999"], ["1900", "", "1920", "", "1940", "", "1960", "", "1980", ""]),
    ],
)
def test_no_label_touches_the_next(given_dates: list[str], below: list[str]) -> None:
    """A bar is half as wide as the digits of a year."""
    assert axis_labels(bin_dates(given_dates), MONTHS) == below


def test_without_dates_there_is_no_chart() -> None:
    """An empty list has no bars."""
    assert bin_dates([]) == bin_dates([""]) == ()
    assert sparkline({}, "") == sparkline({1984: 3}, "") == ""


@given(st.lists(st.tuples(names, st.integers(0, 10**6)), min_size=1, max_size=20), names)
def test_bars_are_well_formed_and_as_tall_as_their_counts(
    rows: list[tuple[str, int]], label: str
) -> None:
    """Any characters in the words are text."""
    rows[0] = (rows[0][0], rows[0][1] + 1)
    bars = [Bar("1984", count) for _, count in rows]
    drawn = ElementTree.fromstring(  # noqa: S314  our own words
        bar_chart(
            bars,
            [f"#{n}" for n in range(len(rows))],
            [words for words, _ in rows],
            label,
            [""] * len(rows),
        )
    )
    heights = [int(rect.attrib["height"]) for rect in drawn.iter("rect")]
    assert drawn.attrib["aria-label"] == label
    assert [link.attrib["aria-label"] for link in drawn.iter("a")] == [words for words, _ in rows]
    assert all(
        (height > 0) == (count > 0) for height, (_, count) in zip(heights, rows, strict=True)
    )
    assert max(heights) == heights[max(range(len(rows)), key=lambda index: rows[index][1])]


@given(st.dictionaries(st.integers(1000, 2100), st.integers(1, 999), min_size=2), names)
def test_a_sparkline_is_described_in_words(years: dict[int, int], words: str) -> None:
    """One bar for each year with documents, inside the drawing."""
    drawn = ElementTree.fromstring(sparkline(years, words))  # noqa: S314
    assert drawn.attrib["aria-label"] == words
    rects = list(drawn.iter("rect"))
    assert len(rects) == len(years)
    width = float(drawn.attrib["width"])
    assert all(float(r.attrib["x"]) + float(r.attrib["width"]) <= width + 0.02 for r in rects)


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
    drawn = network(nodes, edges, "Named together")
    assert drawn == network(nodes, edges, "Named together")
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert ["".join(link.itertext()) for link in root.iter("a")] == [node.name for node in nodes]
    assert len(list(root.iter("line"))) == len(edges)
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
    nodes = [Node("a", "x", 1, "person"), Node("c", "y", 2, "place")]
    for drawn in (
        bar_chart([Bar("1984", 2)], ["#y1984"], ["1984: 2"], "By year", ["1984"]),
        sparkline({1984: 2, 1990: 3}, "2 in 1984"),
        network(nodes, [Edge(0, 1, 1)], ""),
    ):
        assert "\n\n" not in drawn
        assert "style=" not in drawn
