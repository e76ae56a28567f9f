"""Which rows are filled like running text, and which breaks are the author's, as in verse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from generator.reading.structure.context import Style
from generator.reading.structure.geometry import Geometry, divides_word, ends_sentence
from generator.reading.structure.rows import Row

_MIN_BROKEN = 0.25
"""The share of breaks that were not forced from which a run of rows is no running text."""


_MIN_SMALL_ROWS = 4
"""In prose, at least every fourth row begins with a small letter."""

NARROW = 53
"""Columns; prose is rarely set so narrow in plain text."""

_MIN_SET_OFF = 4
"""Rows of a run that are enough to show a width of their own."""


def chunk_stops(rows: Sequence[Row]) -> list[int]:
    """Return for each row the index after the last row before the next empty line."""
    stops = [len(rows)] * len(rows)
    stop = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        stops[index] = stop
        if rows[index].gap:
            stop = index
    return stops


class Setting(msgspec.Struct, frozen=True, gc=False):
    """How a row is set: whether its breaks are wraps, and the width of its column."""

    style: Style
    width: int | None
    """The column where filled rows of its run end, if it is not that of the text."""


def row_settings(
    rows: Sequence[Row], geometry: Geometry, stops: Sequence[int], begins: Sequence[bool]
) -> list[Setting]:
    """Return the setting of each row; `begins` says which rows begin with a label or a marker."""
    settings: list[Setting] = []
    for start, stop in _runs(rows, geometry, stops, begins):
        settings += [_run_setting(rows[start:stop], geometry)] * (stop - start)
    return settings


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


def _run_setting(rows: Sequence[Row], geometry: Geometry) -> Setting:
    """Return the setting of a run; rows that are set off can have a width of their own."""
    style = _style(rows, geometry, None)
    is_set_off = _zone(rows[0], geometry) == 1 and geometry.width is not None
    if is_set_off and style != "filled" and len(rows) >= _MIN_SET_OFF:
        width = sorted(row.right for row in rows)[int(0.9 * (len(rows) - 1))]
        if width >= 0.5 * (geometry.width or 0) and _style(rows, geometry, width) == "filled":
            return Setting("filled", width)
    return Setting(style, None)


def _style(rows: Sequence[Row], geometry: Geometry, width: int | None) -> Style:
    forced = free = full = small = ends = 0
    begins_small = sum(row.text[0].islower() for row in rows)
    margin = min(row.indent for row in rows)
    for row, following in pairwise(rows):
        if geometry.begins_paragraph(row, following) or following.indent > row.indent == margin:
            continue
        fullness = geometry.fullness(row, following, width)
        if fullness != "short" or divides_word(row.text, following.text):
            forced += 1
            full += fullness == "full"
            small += following.text[0].islower()
        elif ends_sentence(row.text):
            ends += 1
        else:
            free += 1
    # The last row of a paragraph is short too; in prose, many rows begin with small letters.
    free += 0 if _MIN_SMALL_ROWS * begins_small >= len(rows) else ends
    if free >= 2 and free >= _MIN_BROKEN * (free + forced):
        return "broken"
    if width and forced >= 2 and full == forced and not free and 2 * small >= forced:
        return "filled"
    return "filled" if forced >= 5 and forced >= 8 * free and 4 * full >= 3 * forced else "unknown"


def verse_styles(rows: Sequence[Row], styles: Sequence[Style], geometry: Geometry) -> list[Style]:
    """Return the styles in a text of verse, where even rows are filled only by chance.

    Runs of filled rows stay so if as many of them begin with small letters as in prose.
    """
    result = [*styles]
    is_narrow = geometry.width is not None and geometry.width < NARROW
    for style, indexes in groupby(range(len(rows)), key=styles.__getitem__):
        run = [*indexes]
        small = sum(rows[index].text[:1].islower() for index in run)
        if style == "filled" and (is_narrow or 4 * small < len(run)):
            for index in run:
                result[index] = "unknown"
    return result
