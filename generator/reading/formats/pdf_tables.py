"""Tables of a PDF without tags: lines that are divided at the same places.

Nobody says what the columns are, so all signs must agree: three lines or more one after the other,
each with two cells or more, every cell beginning or ending where one of the first line does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import structs
from msgspec.structs import replace

from generator.reading.formats.pdf_layout import Line, item_marker
from generator.reading.formats.pdf_page import Run

_MIN_ROWS = 3
_MIN_CELLS = 2
_GAP = 1.0
"""Heights of a capital between cells; in justified lines spaces may be as wide, but not three times
at the same place."""

_ALIGNED = 0.3
"""Heights of a capital by which the edges of a column may differ."""

_LONGEST_CELL = 80
"""Characters of a cell on average; longer ones are columns of a text."""


class Rows(msgspec.Struct, frozen=True):
    """Lines one after the other, and their cells if they are a table."""

    lines: list[Line]
    cells: list[list[list[Line]]] | None = None


class _Cell(msgspec.Struct, frozen=True):
    """A part of a line between wide spaces."""

    line: Line
    runs: list[Run]

    @property
    def part(self) -> Line:
        """The part as a line."""
        source = replace(self.line.source, runs=list(self.runs))
        text = source.text.strip()
        return structs.replace(self.line, source=source, text=text, x0=self.x0, x1=self.x1)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(run.x1 for run in self.runs)


def rows_of_lines(lines: Sequence[Line]) -> Iterator[Rows]:
    """Yield the lines of a page in their order, tables apart from other lines."""
    others: list[Line] = []
    index = 0
    while index < len(lines):
        table = _table_at(lines, index)
        if len(table) < _MIN_ROWS or not _is_table(table):
            others.append(lines[index])
            index += 1
            continue
        if others:
            yield Rows(others)
        yield Rows(list(lines[index : index + len(table)]), _placed(table))
        others = []
        index += len(table)
    if others:
        yield Rows(others)


def _table_at(lines: Sequence[Line], start: int) -> list[list[_Cell]]:
    """Return the cells of the lines from one on, as long as they fit the columns of the first."""
    rows: list[list[_Cell]] = []
    for line in lines[start:]:
        cells = list(_cells(line))
        if len(cells) < _MIN_CELLS or (rows and not _fits(cells, rows, line)):
            break
        rows.append(cells)
    return rows


def _cells(line: Line) -> Iterator[_Cell]:
    runs: list[Run] = []
    for run in line.source.runs:
        if not run.text.strip():
            continue
        if runs and run.x0 - runs[-1].x1 >= _GAP * line.size:
            yield _Cell(line, runs)
            runs = []
        runs.append(run)
    if runs:
        yield _Cell(line, runs)


def _fits(cells: Sequence[_Cell], rows: Sequence[Sequence[_Cell]], line: Line) -> bool:
    """Whether a line stands below the last row, and its cells in the columns of the rows before.

    Cells of the first row may be centred over their columns.
    """
    if rows[-1][0].line.y <= line.y:
        return False
    if len(rows) == 1 and _is_head(rows[0], cells):
        return True
    columns = [_column(cell, _heads(rows)) for cell in cells]
    return None not in columns and len(set(columns)) == len(columns)


def _is_head(first: Sequence[_Cell], second: Sequence[_Cell]) -> bool:
    """Whether each cell of a row stands over one of the next row."""
    pairs = zip(first, second, strict=False)
    are_over = all(head.x0 < cell.x1 and cell.x0 < head.x1 for head, cell in pairs)
    return len(first) == len(second) and are_over


def _heads(rows: Sequence[Sequence[_Cell]]) -> Sequence[_Cell]:
    """Return the cells that say where the columns are: those of the second row, if it is whole."""
    return rows[1] if len(rows) > 1 and len(rows[1]) == len(rows[0]) else rows[0]


def _column(cell: _Cell, heads: Sequence[_Cell]) -> int | None:
    """Return the column in which a cell stands; None if it fits none."""
    tolerance = _ALIGNED * cell.line.size
    for number, head in enumerate(heads):
        middle = abs(cell.x0 + cell.x1 - head.x0 - head.x1) / 2
        edges = (abs(cell.x0 - head.x0), abs(cell.x1 - head.x1), middle)
        if min(edges) <= tolerance:
            return number
    return None


def _is_table(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether rows are no list with labels, and no columns of a text."""
    texts = [cell.part.text for row in rows for cell in row]
    is_list = all(item_marker(f"{row[0].part.text} x") for row in rows)
    is_wide = len(rows[0]) > _MIN_CELLS or all(row[0].line.has_gap for row in rows)
    return not is_list and is_wide and sum(map(len, texts)) <= _LONGEST_CELL * len(texts)


def _placed(rows: Sequence[Sequence[_Cell]]) -> list[list[list[Line]]]:
    """Return the lines of each cell, row by row; a cell that is not there is empty."""
    heads = _heads(rows)
    placed = [[[cell.part] for cell in rows[0]]]
    for row in rows[1:]:
        by_column = {_column(cell, heads): [cell.part] for cell in row}
        placed.append([by_column.get(number, []) for number in range(len(heads))])
    return placed
