"""The cells of a table of plain text: where each ends, and which are empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.reading.structure.lines import Line

_MIN_FULL_ROWS = 2
"""Rows without an empty cell that show where the columns are."""


class CellGap(NamedTuple):
    """The white space before a cell, in positions of the text."""

    start: int
    end: int
    tabs: int
    """How many cells it ends: each empty one adds one. 0 before the first cell of most rows."""


class _Range(NamedTuple):
    """Columns of characters, the last one exclusive."""

    left: int
    right: int

    def meets(self, other: _Range) -> bool:
        """Whether they share a column."""
        return self.left < other.right and other.left < self.right


def cell_gaps(lines: Sequence[Line], pattern: re.Pattern[str]) -> tuple[CellGap, ...]:
    """Return the gaps between the cells of rows; a row with fewer cells has empty ones.

    Which ones is known by the cells of other rows above and below, or by the number of tabs.
    `pattern` matches the white space between two cells.
    """
    rows = [list(pattern.finditer(line.text)) for line in lines]
    numbers = _numbers_by_tabs(lines, rows) or _numbers_by_columns(lines, rows)
    return tuple(
        gap
        for line, gaps, columns in zip(lines, rows, numbers, strict=True)
        for gap in _gaps_of_row(line, gaps, columns)
    )


def _gaps_of_row(
    line: Line, gaps: Sequence[re.Match[str]], columns: Sequence[int]
) -> Iterator[CellGap]:
    """Yield the gaps of a row whose cells are in these columns."""
    if columns[0]:
        yield CellGap(line.start, line.start, columns[0])
    for gap, (before, after) in zip(gaps, pairwise(columns), strict=True):
        yield CellGap(line.start + gap.start(), line.start + gap.end(), after - before)


def _numbers_by_tabs(
    lines: Sequence[Line], rows: Sequence[Sequence[re.Match[str]]]
) -> list[list[int]] | None:
    """Return the column of each cell by the tabs before it, if all rows have as many tabs.

    Programs write empty cells so. A row that begins with an empty cell begins with a tab, which
    is no part of a line, so its row has fewer; then other rows must tell.
    """
    counts = {line.text.count("\t") for line in lines}
    if len(counts) != 1 or counts == {0}:
        return None
    numbers = [_columns_of(line.text.split("\t")) for line in lines]
    is_all = all(len(row) == len(gaps) + 1 for row, gaps in zip(numbers, rows, strict=True))
    return numbers if is_all else None


def _columns_of(cells: Sequence[str]) -> list[int]:
    return [index for index, cell in enumerate(cells) if cell.strip()]


def _numbers_by_columns(
    lines: Sequence[Line], rows: Sequence[Sequence[re.Match[str]]]
) -> list[list[int]]:
    """Return the column of each cell: in rows with fewer cells than others, by its position."""
    width = max(map(len, rows), default=0) + 1
    places = [_places(line, gaps) for line, gaps in zip(lines, rows, strict=True)]
    full = [row for row in places if len(row) == width]
    columns = [
        _Range(min(cell.left for cell in column), max(cell.right for cell in column))
        for column in zip(*full, strict=True)
    ]
    has_columns = len(full) >= _MIN_FULL_ROWS and not any("\t" in line.text for line in lines)
    if not has_columns or any(before.meets(after) for before, after in pairwise(columns)):
        columns = []
    return [_columns_below(row, columns) or list(range(len(row))) for row in places]


def _places(line: Line, gaps: Sequence[re.Match[str]]) -> list[_Range]:
    """Return the columns of characters of each cell of a row."""
    edges = [0, *(edge for gap in gaps for edge in gap.span()), len(line.text)]
    return [
        _Range(line.indent + left, line.indent + right)
        for left, right in zip(edges[::2], edges[1::2], strict=True)
    ]


def _columns_below(row: Sequence[_Range], columns: Sequence[_Range]) -> list[int] | None:
    """Return the column of each cell; None if one stands in none, or over several."""
    found: list[int] = []
    for cell in row:
        met = [index for index, column in enumerate(columns) if column.meets(cell)]
        if len(met) != 1 or met[0] in found:
            return None
        found.append(met[0])
    return found
