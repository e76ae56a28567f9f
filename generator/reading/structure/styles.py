"""Which rows are filled like running text, and which breaks are the author's, as in verse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.reading.structure.context import Style
from generator.reading.structure.geometry import Geometry, divides_word
from generator.reading.structure.rows import Row

_MIN_BROKEN = 0.25
"""The share of breaks that were not forced from which a run of rows is no running text."""


def chunk_stops(rows: Sequence[Row]) -> list[int]:
    """Return for each row the index after the last row before the next empty line."""
    stops = [len(rows)] * len(rows)
    stop = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        stops[index] = stop
        if rows[index].gap:
            stop = index
    return stops


def row_styles(
    rows: Sequence[Row], geometry: Geometry, stops: Sequence[int], begins: Sequence[bool]
) -> list[Style]:
    """Return the style of each row; `begins` says which rows begin with a label or a marker."""
    styles: list[Style] = ["unknown"] * len(rows)
    for start, stop in _runs(rows, geometry, stops, begins):
        style = _run_style(rows[start:stop], geometry)
        for index in range(start, stop):
            styles[index] = style
    return styles


def _runs(
    rows: Sequence[Row], geometry: Geometry, stops: Sequence[int], begins: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Yield the bounds of runs of rows that share a margin, without labels inside them."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and stops[index - 1] != index and not begins[index]:
            if _zone(rows[index], geometry) == _zone(rows[index - 1], geometry):
                continue
            if geometry.paragraph_indent is None and _alternates(rows, index, stops):
                continue
        yield start, index
        start = index


def _zone(row: Row, geometry: Geometry) -> int:
    """Return 0 for rows of running text, with or without a paragraph's indentation, else 1."""
    step = row.indent - geometry.margin
    return 0 if step <= (geometry.paragraph_indent or 0) else 1


def _alternates(rows: Sequence[Row], index: int, stops: Sequence[int]) -> bool:
    """Whether a row is indented a little more or less than the one before, as lines of verse."""
    return abs(rows[index].indent - rows[index - 1].indent) <= 8 and stops[index - 1] > index


def _run_style(rows: Sequence[Row], geometry: Geometry) -> Style:
    forced = free = 0
    for row, following in pairwise(rows):
        if geometry.begins_paragraph(row, following):
            continue
        if geometry.is_full(row, following) or divides_word(row.text, following.text):
            forced += 1
        else:
            free += 1
    if free >= 2 and free >= _MIN_BROKEN * (free + forced):
        return "broken"
    return "filled" if forced >= 5 and forced >= 8 * free else "unknown"


