"""Records of a CSV file as spreadsheets save it, each with its line; a damaged one is left out.

The `csv` module takes everything after an opening quotation mark that is not closed for one cell.
Here only the line with that mark is damaged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

_SEPARATORS = ",;\t"

_MAX_LINES = 20
"""Most lines of one record: a note may have line ends in it."""

_MAX_LENGTH = 20_000
"""Most characters of one record."""


class Record(msgspec.Struct, frozen=True):
    """The cells of a record, and the line in which it begins; no cells if it is damaged."""

    line: int
    cells: tuple[str, ...]
    line_count: int = 1


def read_records(text: str) -> Iterator[Record]:
    """Yield the records of a text, the header first, without empty ones.

    A comma, a semicolon or a tab separates the cells: the one that the header has most, or the one
    that Excel's line `sep=;` names. Cost is linear in the text.
    """
    lines = _lines(text)
    start = 1 if lines and lines[0].lower().startswith("sep=") else 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start == len(lines):
        return
    separator = separator_of(text)
    width = len(_cells(lines[start], separator) or ())
    while start < len(lines):
        count, cells = _record(lines, start, separator, width)
        if cells is None or any(map(str.strip, cells)):
            yield Record(start + 1, cells or (), count)
        start += count


def _lines(text: str) -> list[str]:
    """Return the lines of a text; only CR and LF end a line, as editors count them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def separator_of(text: str) -> str:
    """Return the character that separates the cells of a text."""
    first, *others = _lines(text)
    if first.lower().startswith("sep="):
        if first[4:5]:
            return first[4] if first[4] in _SEPARATORS else ","
        first = ""
    header = next(filter(str.strip, (first, *others)), "")
    return max(_SEPARATORS, key=header.count)


class _Scanned(NamedTuple):
    """The extent of a record, and its cells."""

    line_count: int
    cells: tuple[str, ...] | None
    """None if the record is damaged."""


def _record(lines: Sequence[str], start: int, separator: str, width: int) -> _Scanned:
    """Read the record that begins in a line."""
    joined = lines[start]
    quotes = joined.count('"')
    count = 1
    while quotes % 2 and count < _MAX_LINES and start + count < len(lines):
        joined = f"{joined}\n{lines[start + count]}"
        quotes += lines[start + count].count('"')
        count += 1
    cells = _cells(joined, separator)
    if cells is None or quotes % 2 or (count > 1 and len(cells) > width):
        return _Scanned(1, None)
    return _Scanned(count, cells)


def _cells(record: str, separator: str) -> tuple[str, ...] | None:
    if len(record) > _MAX_LENGTH:
        return None
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    if not rows:
        return ()
    return tuple(rows[0]) if len(rows) == 1 else None
