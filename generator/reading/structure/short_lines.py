"""Texts of very many very short lines: word lists, columns of figures, files that are no text.

No rule can tell what such a line is, and asking every rule for each of 300,000 lines takes a
minute. They are kept as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Region, Structure
from generator.reading.structure.runs import run_stops

_MIN_LINES = 20_000
"""Lines; a book has fewer that are so short."""

_SHORT = 12
"""Mean characters of a line; in verse they are 30 to 40, in a list of names about 14."""


def is_all_short_lines(lines: Sequence[Line]) -> bool:
    """Whether a text has so many short lines that none is looked at."""
    return len(lines) >= _MIN_LINES and sum(len(line.text) for line in lines) < _SHORT * len(lines)


def as_printed(lines: Sequence[Line]) -> Structure:
    """Return the structure of a text whose lines are all kept, a region for each chunk."""
    return Structure(tuple(_chunks(lines)))


def _chunks(lines: Sequence[Line]) -> Iterator[Region]:
    stops = run_stops([not (line.empty_before or line.begins_page) for line in lines])
    start = 0
    while start < len(lines):
        yield Region("lines", tuple(lines[start : stops[start]]), "lines: too many short lines")
        start = stops[start]
