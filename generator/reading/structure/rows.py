"""The lines of the text without those of the page: what the layout says between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.reading.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text, and how it is separated from the line of the text before it."""

    line: Line
    gap: int
    """The number of empty lines before it; 0 where a page break hides whether there were any."""
    after_page: bool = False
    """Whether a page break is between it and the row before."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.line.text

    @property
    def indent(self) -> int:
        """Columns of white space before it."""
        return self.line.indent

    @property
    def right(self) -> int:
        """The column where it ends."""
        return self.line.indent + len(self.line.text)

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
        yield Row(line, 0 if after_page or is_first else line.empty_before, after_page)
        is_first, after_page = False, False
