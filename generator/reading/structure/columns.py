"""Tables: rows with wide gaps between their cells; `columns` where cells do not line up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.structure.cells import CellGap, cell_gaps
from generator.reading.structure.context import Context
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch

_GAP = re.compile(r"(?<=\S)(?: {2,}|\t+ *)(?=\S)")
_WIDE_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+ *)(?=\S)")
_AFTER_SENTENCE = re.compile(r"(?<=[^\W\d_])[.!?:;][\"'”’)]*  (?=[^\s\d])")
_MIN_TEXT = 18
_MIN_TEXT_ROWS = 5
"""Characters of both cells, and rows, from which two columns are running text side by side."""

_MIN_SMALL = 0.3
"""The share of cells that begin with a small letter, in each of two columns of running text."""

SIDE_BY_SIDE = "table: columns of a page side by side"

_MIN_NARROW = 3
"""Rows that are enough to make narrow gaps a column."""

_MAX_ROW = 160
"""Characters of a row; longer lines with wide gaps are paragraphs."""


def find_table(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find two rows or more with wide gaps, or one with several, or narrow gaps that line up."""
    if not _has_gap(context.rows[index].text):
        return None
    stop = index
    while stop < context.stops[index] and (
        _has_cells(context.rows[stop].text)
        or (stop > index and _goes_on_column(context, stop))
        or (stop > index and _goes_on_cell(context, index, stop))
    ):
        if _is_label_column(context, stop):
            break
        stop += 1
    rows = context.rows[index:stop]
    if len(rows) == 1 and len(_WIDE_GAP.findall(rows[0].text)) < 2:
        rows = ()
    if not rows and not _is_label_column(context, index):
        stop = _narrow_stop(context, index)
        rows = context.rows[index:stop]
    if not rows or _is_numbered_list(rows):
        return None
    if _are_texts(rows):
        rule = SIDE_BY_SIDE if _run_on(rows) else "table: two long cells"
        return RuleMatch("columns", index, stop, rule, "stay")
    if not _line_up(rows):
        return RuleMatch("columns", index, stop, "table: gaps", "stay")
    gaps = cell_gaps([row.line for row in rows], _GAP)
    if not _places_all(rows, gaps):
        return RuleMatch("columns", index, stop, "table: cells of several lines", "stay")
    level = _heading_rows(rows, gaps)
    rule = "table: columns that line up"
    return RuleMatch("table", index, stop, rule, "stay", gaps=gaps, level=level)


def _goes_on_cell(context: Context, index: int, stop: int) -> bool:
    """Whether a row without a gap begins below a cell of the row above, which goes on in it."""
    row = context.rows[stop]
    if _has_gap(row.text) or row.indent <= context.rows[index].indent or len(row.text) > _MAX_ROW:
        return False
    begins = {
        above.indent + gap.end()
        for above in context.rows[max(index, stop - _MOST_LINES) : stop]
        for gap in _GAP.finditer(above.text)
    }
    return row.indent in begins


_MOST_LINES = 5
"""Rows above, in which the cell begins that goes on."""


def _places_all(rows: Sequence[Row], gaps: Sequence[CellGap]) -> bool:
    """Whether the column of each cell that goes on from the row above is known."""
    placed = {gap.start for gap in gaps}
    return all(
        row.line.start in placed
        for row in rows[1:]
        if not _has_gap(row.text) and row.indent > rows[0].indent
    )


def find_bars(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find rows with as many bars between their cells as each other."""
    bars = context.rows[index].text.count("|")
    stop = index
    while stop < context.stops[index] and bars and _has_bars(context.rows[stop].text, bars):
        stop += 1
    return RuleMatch("columns", index, stop, _BARS, "stay") if stop > index + 2 else None


_BARS = "table: bars between cells"


def _has_bars(text: str, count: int) -> bool:
    """Whether a row has so many bars, or is the rule below the names of the columns."""
    is_rule = not any(map(str.isalnum, text)) and len(text) > count
    return len(text) <= _MAX_ROW and (text.count("|") == count or is_rule)


def _has_bar(context: Context) -> bool:
    return "|" in context.text


def find_leaders(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find three rows or more whose cells have dots between them, as in programmes and contents.

    The dots stay in the cell before them. Below such a table, one row is enough, as for a sum.
    """
    stop = index
    while stop < context.stops[index] and (
        _has_leader(context.rows[stop].text) or _is_above_leader(context, stop)
    ):
        stop += 1
    rows = [row for row in context.rows[index:stop] if _has_leader(row.text)]
    has_three_cells = all(len(_AFTER_LEADER.findall(row.text)) > 1 for row in rows)
    is_enough = has_three_cells or _is_below_leaders(context, index, previous)
    least = 1 if is_enough else _MIN_NARROW
    if len(rows) < least or _run_over_leaders(rows):
        return None
    gaps = cell_gaps([row.line for row in context.rows[index:stop]], _AFTER_LEADER)
    return RuleMatch("table", index, stop, _LEADERS, "stay", gaps=gaps)


_LEADERS = "table: dots between cells"


def _is_above_leader(context: Context, index: int) -> bool:
    """Whether a row begins an entry whose dots are on the row below it, which is set in."""
    if context.is_last(index):
        return False
    row, below = context.rows[index], context.rows[index + 1]
    is_short = len(row.text) <= _MAX_ROW and row.right <= below.right
    return is_short and below.indent > row.indent and _has_leader(below.text)


def _is_below_leaders(context: Context, index: int, previous: RuleMatch | None) -> bool:
    """Whether a table with dots stands right above a row, or above the rule over it."""
    if previous is None or previous.kind != "ornament":
        return previous is not None and previous.rule == _LEADERS
    return index > 1 and _has_leader(context.rows[index - 2].text)


_AFTER_LEADER = re.compile(r"(?:(?<= \. \.)|(?<=\.{4}))\s+(?=[^\s.])")


def _has_leaders(context: Context) -> bool:
    return ". . " in context.text or "...." in context.text


def _run_over_leaders(rows: Sequence[Row]) -> bool:
    """Whether sentences go on after most of the dots, so that these stand for words left out."""
    last = [str(_AFTER_LEADER.split(row.text)[-1]) for row in rows]
    return 2 * sum(cell[0].islower() for cell in last) >= len(rows)


def _has_leader(text: str) -> bool:
    if len(text) > _MAX_ROW or not (". ." in text or "...." in text):
        return False
    return _AFTER_LEADER.search(text) is not None


def _is_label_column(context: Context, index: int) -> bool:
    """Whether the only gap of a row is between the label of who speaks and the words."""
    row, length = context.rows[index], context.labels[index]
    rest = row.text[length:].lstrip()
    return 0 < length < len(row.text) and not _GAP.search(_AFTER_SENTENCE.sub(". ", rest))


def _is_numbered_list(rows: Sequence[Row]) -> bool:
    """Whether rows are numbers that count up and words after them, as in a catalogue."""
    cells = [_GAP.split(row.text) for row in rows if _has_gap(row.text)]
    if _are_items(cells):
        return True
    if not all(len(row) == 2 and row[0].isdecimal() and row[1][0].isalpha() for row in cells):
        return False
    numbers = [int(row[0]) for row in cells]
    is_long = any(len(row[1]) > _LONGEST_CELL for row in cells)
    return is_long and all(after == before + 1 for before, after in pairwise(numbers))


def _are_items(rows: Sequence[Sequence[str]]) -> bool:
    """Whether each row is the marker of an item and words, some of them many: "(a)  my clock"."""
    is_marked = all(len(row) == 2 and _MARKER.fullmatch(row[0]) for row in rows)
    return is_marked and any(len(row[1]) > _LONGEST_CELL for row in rows)


_MARKER = re.compile(r"\((?:\d{1,2}|[a-z])\)|(?:\d{1,2}|[a-z])\)")
_LONGEST_CELL = 30
"""Characters of a name in a numbered table; a longer one is a description."""


def _are_texts(rows: Sequence[Row]) -> bool:
    """Whether two cells of most rows are so long that they are lines of two columns of text."""
    long = 0
    for row in rows:
        cells = _WIDE_GAP.split(row.text)
        long += len(cells) == 2 and min(map(len, cells)) >= _MIN_TEXT
    return len(rows) >= _MIN_TEXT_ROWS and 2 * long > len(rows)


def _run_on(rows: Sequence[Row]) -> bool:
    """Whether sentences go on from row to row in both columns, as in no table and no verse."""
    pairs = [cells for row in rows if len(cells := _WIDE_GAP.split(row.text)) == 2]
    return all(
        sum(cells[side][0].islower() for cells in pairs) >= _MIN_SMALL * len(pairs)
        for side in (0, 1)
    )


def _narrow_stop(context: Context, index: int) -> int:
    """Return the index after the rows with one narrow gap each, all at the same place."""
    stop, place, count = index, None, 0
    while stop < context.stops[index]:
        row = context.rows[stop]
        if stop > index and row.indent == place and not _has_gap(row.text):
            stop += 1  # the second cell goes on
            continue
        gaps = [*_GAP.finditer(row.text)] if len(row.text) <= _MAX_ROW else []
        if len(gaps) != 1 or place not in {None, row.indent + gaps[0].end()}:
            break
        stop, place, count = stop + 1, row.indent + gaps[0].end(), count + 1
    return stop if count >= _MIN_NARROW else index


def _has_gap(text: str) -> bool:
    """Whether a line has two spaces or a tab, as every gap has: a first look."""
    return "  " in text or "\t" in text


def _goes_on_column(context: Context, index: int) -> bool:
    """Whether a narrow gap of a row ends where a cell of the row above begins."""
    before, row = context.rows[index - 1], context.rows[index]
    begins = {before.indent + gap.end() for gap in _GAP.finditer(before.text)}
    return any(row.indent + gap.end() in begins for gap in _GAP.finditer(row.text))


def _has_cells(text: str) -> bool:
    """Whether a line has a wide gap, or two narrow ones."""
    if len(text) > _MAX_ROW or not _has_gap(text):
        return False
    cells = _AFTER_SENTENCE.sub(". ", text)
    return _WIDE_GAP.search(cells) is not None or len(_GAP.findall(cells)) >= 2


def _line_up(rows: Sequence[Row]) -> bool:
    """Whether most rows share the beginning or the end of a cell with the row before or after.

    So do rows with as many tabs as each other, whatever their width.
    """
    if len(rows) < 2 or _tabs_of_all(rows):
        return True
    edges = [_edges(row) for row in rows if _has_gap(row.text)]
    near = [_nearly(row) for row in edges]
    shared = sum(
        bool(
            current & (near[index - 1] if index else set())
            or current & (near[index + 1] if index + 1 < len(edges) else set())
        )
        for index, current in enumerate(edges)
    )
    return shared >= 0.8 * len(edges)


def _nearly(edges: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return edges with those one column beside them, which a typist may have missed."""
    return {(side, column + step) for side, column in edges for step in (-1, 0, 1)}


def _heading_rows(rows: Sequence[Row], gaps: Sequence[CellGap]) -> int:
    """Return 1 if the first row alone begins with an empty cell, as the names of columns do."""
    starts = {gap.start for gap in gaps if gap.start == gap.end}
    return int(len(rows) > 1 and starts == {rows[0].line.start})


def _tabs_of_all(rows: Sequence[Row]) -> int:
    """Return how many tabs each row has; 0 if they differ."""
    counts = {row.text.count("\t") for row in rows}
    return counts.pop() if len(counts) == 1 else 0


def _edges(row: Row) -> set[tuple[str, int]]:
    """Return the columns where cells after the first begin, and where cells end."""
    edges: set[tuple[str, int]] = set()
    for gap in _GAP.finditer(row.text):
        edges |= {("end", row.indent + gap.start()), ("start", row.indent + gap.end())}
    return edges | {("end", row.right)}


RULES = (
    Rule(_BARS, find_bars, texts="no plays", can_find=_has_bar, only_short=True),
    Rule(_LEADERS, find_leaders, can_find=_has_leaders, only_short=True),
    Rule("table", find_table, labelled=True, only_short=True),
)
