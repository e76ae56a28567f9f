"""Excel tables (.xlsx): a table for each sheet; hidden rows, columns and sheets are left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from generator.model.readings import Reading, ReadWarning
from generator.reading.formats import refusals
from generator.reading.formats.colours import WHITE, Colour
from generator.reading.formats.docx_looks import is_on
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    Package,
    attribute,
    child,
    children,
    descendants,
    local_name,
    small_number,
)
from generator.reading.formats.sheet_values import (
    CellFormat,
    shown_value,
    shows_nothing,
    unescaped,
)
from generator.reading.formats.sheets import Sheet, sheets_reading
from generator.reading.formats.xlsx_looks import (
    MAX_COLUMNS,
    CellLook,
    cell_looks,
    column_number,
    covered_columns,
    is_flat,
    is_narrow,
    paper_of,
)

READER = "xlsx 3"

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OTHER_KINDS: dict[str, Callable[[str], str]] = {
    "b": lambda words: "TRUE" if words == "1" else "FALSE",
    "d": lambda words: words[:10],
}
"""How a cell shows values that are neither numbers nor words."""


def read_xlsx(data: bytes) -> Reading:
    """Return the reading of an Excel table."""
    package = Package(data)
    workbook = package.xml("xl/workbook.xml")
    if workbook is None:
        raise refusals.is_damaged("it has no sheets")
    reader = _WorkbookReader(package, workbook)
    sheets = list(reader.sheets())
    return sheets_reading(READER, sheets, reader.omissions, tuple(reader.warnings()))


class _WorkbookReader:
    """Reads the sheets of a workbook."""

    def __init__(self, package: Package, workbook: Element) -> None:
        self.omissions = Omissions()
        self._package = package
        self._workbook = workbook
        self._strings = [_string(item) for item in children(package.xml("xl/sharedStrings.xml"))]
        styles = package.xml("xl/styles.xml")
        self._formats, self._looks = _formats(styles), cell_looks(styles)
        self._paper: Colour | None = WHITE
        properties = child(workbook, "workbookPr")
        self._is_1904 = (attribute(properties, "date1904") or "0") in {"1", "true"}
        self._without_value = 0

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets that readers see; the words of the others are counted."""
        targets = {
            attribute(relation, "Id"): attribute(relation, "Target") or ""
            for relation in children(self._package.xml("xl/_rels/workbook.xml.rels"))
        }
        for sheet in descendants(self._workbook, "sheet"):
            target = targets.get(_relation_id(sheet), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            root = self._package.xml(posixpath.normpath(path))
            if root is None:
                continue
            if (attribute(sheet, "state") or "visible") != "visible":
                words = " ".join(" ".join(row) for row in self._rows(root, Omissions()))
                self.omissions.add_words("words on hidden sheets", words)
            else:
                rows = list(self._rows(root, self.omissions))
                yield Sheet(attribute(sheet, "name") or "", rows)

    def warnings(self) -> Iterator[ReadWarning]:
        """Yield a warning about formulas without a value."""
        if self._without_value:
            cells = (
                "1 cell holds a formula"
                if self._without_value == 1
                else (f"{self._without_value:,} cells hold formulas")
            )
            message = f"{cells} without a saved value; left empty"
            yield ReadWarning("W096", message, "Open the table in its program, and save it")

    def _rows(self, root: Element, omissions: Omissions) -> Iterator[list[str]]:
        hidden = _hidden_columns(root)
        self._paper = paper_of(root)
        rows = list(children(child(root, "sheetData"), "row"))
        numbers = (small_number(attribute(row, "r"), i) for i, row in enumerate(rows, 1))
        for row, covered in zip(rows, covered_columns(root, numbers), strict=True):
            if not len(row):
                yield []
                continue
            cells = dict(self._cells(row, omissions))
            for column in covered & cells.keys():
                omissions.add_words("hidden words", cells.pop(column))
            if attribute(row, "hidden") in {"1", "true"} or is_flat(row):
                omissions.add_words("words in hidden rows", " ".join(cells.values()))
                continue
            for column in hidden & cells.keys():
                omissions.add_words("words in hidden rows", cells.pop(column))
            last = max((column for column, words in cells.items() if words), default=-1)
            shown = (column for column in range(last + 1) if column not in hidden)
            yield [cells.get(column, "") for column in shown]

    def _cells(self, row: Element, omissions: Omissions) -> Iterator[tuple[int, str]]:
        position = 0
        for cell in children(row, "c"):
            match = _REFERENCE.fullmatch(attribute(cell, "r") or "")
            position = column_number(match[1]) if match else position
            if position < MAX_COLUMNS:
                words = self._value(cell)
                why = self._why_unseen(cell)
                if why:
                    omissions.add_words(why, words)
                    words = ""
                yield position, words
            position += 1

    def _why_unseen(self, cell: Element) -> str | None:
        if shows_nothing(self._format(cell).pattern):
            return "hidden words"
        look = self._looks.get(small_number(attribute(cell, "s"), 0), CellLook())
        return look.why_unseen(self._paper)

    def _value(self, cell: Element) -> str:
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            return _string(child(cell, "is"))
        value = child(cell, "v")
        words = (value.text or "") if value is not None else ""
        if not words:
            self._without_value += child(cell, "f") is not None
        elif kind == "s":
            index = small_number(words, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        elif kind == "n":
            return shown_value(words, self._format(cell), is_1904=self._is_1904)
        return _OTHER_KINDS.get(kind, str)(words)

    def _format(self, cell: Element) -> CellFormat:
        return self._formats.get(small_number(attribute(cell, "s"), 0), CellFormat())


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _string(item: Element | None) -> str:
    """Return the words of a string; hints for reading Chinese characters are none of it."""
    pieces: list[str] = []
    for element in children(item):
        name = local_name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name == "r" and not is_on(child(element, "rPr", "vanish")):
            pieces += (text.text or "" for text in children(element, "t"))
    return unescaped("".join(pieces))


def _formats(styles: Element | None) -> dict[int, CellFormat]:
    """Return the number formats of the cell styles."""
    patterns = {
        small_number(attribute(form, "numFmtId"), -1): attribute(form, "formatCode") or ""
        for form in descendants(styles, "numFmt")
    }
    numbers = (
        small_number(attribute(style, "numFmtId"), 0)
        for style in children(child(styles, "cellXfs"), "xf")
    )
    return {index: CellFormat(number, patterns.get(number)) for index, number in enumerate(numbers)}


def _hidden_columns(root: Element) -> set[int]:
    hidden: set[int] = set()
    for column in children(child(root, "cols"), "col"):
        if attribute(column, "hidden") in {"1", "true"} or is_narrow(column):
            first = small_number(attribute(column, "min"), 1)
            last = min(small_number(attribute(column, "max"), first), MAX_COLUMNS)
            hidden.update(range(first - 1, last))
    return hidden
