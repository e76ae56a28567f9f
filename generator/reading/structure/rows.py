"""The lines of the text without those of the page: what the layout says between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from generator.reading.structure.lines import Line


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line of the text, and how it is separated from the line of the text before it.

    Rules ask for these values many times a line, so they are computed once.
    """

    line: Line
    gap: int
    """The number of empty lines before it; 0 where a page break hides whether there were any."""
    after_page: bool
    """Whether a page break is between it and the row before."""
    text: str
    """Its words."""
    indent: int
    """Columns of white space before it."""
    right: int
    """The column where it ends."""
    first: int
    """Characters of its first word."""

    @property
    def is_detached(self) -> bool:
        """Whether an empty line or a page break is before it."""
        return self.gap > 0 or self.after_page


def make_rows(lines: Iterable[Line], left_out: frozenset[int]) -> tuple[Row, ...]:
    """Return the rows of a text without the lines whose numbers are left out."""
    return tuple(_rows(lines, left_out))


def _rows(lines: Iterable[Line], left_out: frozenset[int]) -> Iterator[Row]:
    is_first, after_page = True, False
    for line in lines:
        if line.number in left_out:
            after_page = not is_first
            continue
        after_page = not is_first and (after_page or line.begins_page)
        gap = 0 if after_page or is_first else line.empty_before
        right = line.indent + len(line.text)
        first = len(line.words[0])
        yield Row(line, gap, after_page, line.text, line.indent, right, first)
        is_first, after_page = False, False
