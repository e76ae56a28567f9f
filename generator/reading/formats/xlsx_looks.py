"""Which cells of an Excel table nobody sees: by their colours, their size, or a cell over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.colours import BLACK, WHITE, Colour, hex_colour
from generator.reading.formats.packages import attribute, child, children, descendants, small_number

MAX_COLUMNS = 1_000
"""Columns of a sheet that are read; more are no table for readers."""

_THEMES = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
"""Colours by the numbers that Excel gives them; others differ from file to file."""

_TINY = 1.5
"""Points; no letter of this size is read, and none is seen in a row that is no higher."""

_NARROW = 0.2
"""Letters; none is seen in a column that is no wider."""

_RANGE = re.compile(r"([A-Z]{1,3})(?a:(\d{1,7})):([A-Z]{1,3})(?a:(\d{1,7}))")


class CellLook(msgspec.Struct, frozen=True):
    """How a style makes the words of a cell look."""

    ink: Colour | None = BLACK
    """None if it is unknown."""
    ground: Colour | None = None
    has_ground: bool = False
    is_tiny: bool = False

    def why_unseen(self, paper: Colour | None) -> str | None:
        """Return why nobody sees words in a cell of a sheet; None if somebody may."""
        if self.is_tiny:
            return "words too small to see"
        ground = self.ground if self.has_ground else paper
        is_lost = self.ink is not None and ground is not None and self.ink.is_like(ground)
        return "words without contrast" if is_lost else None


def cell_looks(styles: Element | None) -> dict[int, CellLook]:
    """Return the looks of the cell styles."""
    fonts = list(children(child(styles, "fonts"), "font"))
    fills = list(children(child(styles, "fills"), "fill"))
    cells = children(child(styles, "cellXfs"), "xf")
    return {
        number: _look(_at(fonts, attribute(cell, "fontId")), _at(fills, attribute(cell, "fillId")))
        for number, cell in enumerate(cells)
    }


def paper_of(sheet: Element) -> Colour | None:
    """Return the colour of a sheet; None if a table or a rule may colour its cells."""
    names = ("tableParts", "conditionalFormatting", "picture")
    return None if any(child(sheet, name) is not None for name in names) else WHITE


def is_flat(row: Element) -> bool:
    """Whether a row is so low that nobody sees its words."""
    return _is_under(attribute(row, "ht"), _TINY)


def is_narrow(column: Element) -> bool:
    """Whether a column is so narrow that nobody sees its words."""
    return _is_under(attribute(column, "width"), _NARROW)


def covered_columns(sheet: Element, numbers: Iterable[int]) -> Iterator[frozenset[int]]:
    """Yield for each row, by its number, the columns that a merged cell covers."""
    waiting = sorted(_merged(sheet), key=lambda area: area.top, reverse=True)
    active: list[_Merged] = []
    for number in numbers:
        while waiting and waiting[-1].top <= number:
            active.append(waiting.pop())
        active = [area for area in active if area.bottom >= number][:MAX_COLUMNS]
        yield frozenset(column for area in active for column in area.covered(number))


def column_number(letters: str) -> int:
    """Return the number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Merged(msgspec.Struct, frozen=True):
    """Cells that are merged into the first one, whose words alone are shown."""

    left: int
    top: int
    right: int
    bottom: int

    def covered(self, row: int) -> range:
        """Return the columns in a row that are covered."""
        first = self.left + (row == self.top)
        return range(first, min(self.right + 1, MAX_COLUMNS))


def _merged(sheet: Element) -> Iterator[_Merged]:
    for cells in descendants(child(sheet, "mergeCells"), "mergeCell"):
        if match := _RANGE.fullmatch(attribute(cells, "ref") or ""):
            columns = column_number(match[1]), column_number(match[3])
            yield _Merged(columns[0], int(match[2]), columns[1], int(match[4]))


def _look(font: Element | None, fill: Element | None) -> CellLook:
    size = attribute(child(font, "sz"), "val")
    colour = child(font, "color")
    ink = BLACK if colour is None or attribute(colour, "auto") else _colour(colour)
    pattern = child(fill, "patternFill")
    kind = attribute(pattern, "patternType") or "none"
    has_ground = kind != "none" or child(fill, "gradientFill") is not None
    ground = _colour(child(pattern, "fgColor")) if kind == "solid" else None
    return CellLook(ink, ground, has_ground, _is_under(size, _TINY))


def _colour(element: Element | None) -> Colour | None:
    if element is None or attribute(element, "tint") not in {None, "0"}:
        return None
    theme = _THEMES.get(attribute(element, "theme") or "")
    indexed = _INDEXED.get(attribute(element, "indexed") or "")
    return hex_colour((attribute(element, "rgb") or "")[-6:]) or theme or indexed


def _is_under(value: str | None, limit: float) -> bool:
    match = re.fullmatch(r"(?a:\d{0,4}\.?\d{0,20})", value or "")
    return bool(match and value and value != "." and float(value) < limit)


def _at(elements: Sequence[Element], number: str | None) -> Element | None:
    index = small_number(number, 0)
    return elements[index] if index < len(elements) else None
