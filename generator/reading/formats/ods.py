"""LibreOffice tables (.ods): a table for each sheet.

Hidden rows, columns and sheets are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.model.readings import Reading
from generator.reading.formats import refusals
from generator.reading.formats.odf_looks import ELSEWHERE, PAPER, OdfLook
from generator.reading.formats.odf_styles import CELL, TABLE, OdfStyles
from generator.reading.formats.odt import require_readable, table_rows
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
from generator.reading.formats.sheets import Sheet, sheets_reading

READER = "ods 2"

_MAX_REPEATED = 50
"""Times that a row or a cell is repeated as it says; more is the empty rest of a sheet."""

_MAX_COLUMNS = 1_100
"""Columns of which it matters whether they are hidden; LibreOffice had 1,024 for long."""

_HIDDEN = frozenset({"collapse", "filter"})


def read_ods(data: bytes) -> Reading:
    """Return the reading of a LibreOffice table."""
    package = Package(data)
    require_readable(package)
    content = package.xml("content.xml")
    if content is None:
        raise refusals.is_damaged("it has no content")
    found = package.xml("styles.xml")
    styles = OdfStyles.parse([content] if found is None else [content, found])
    omissions = Omissions()
    sheets: list[Sheet] = []
    for table in children(child(content, "body", "spreadsheet"), "table"):
        rows = list(_rows(table, styles, omissions))
        if _is_hidden(table, styles):
            words = " ".join(" ".join(row) for row in rows)
            omissions.add_words("words on hidden sheets", words)
        else:
            sheets.append(Sheet(attribute(table, "name") or "", rows))
    return sheets_reading(READER, sheets, omissions)


def _is_hidden(table: Element, styles: OdfStyles) -> bool:
    style = styles.style(TABLE, attribute(table, "style-name") or "")
    return attribute(child(style, "table-properties"), "display") == "false"


def _rows(table: Element, styles: OdfStyles, omissions: Omissions) -> Iterator[list[str]]:
    hidden = {number for number, is_hidden in enumerate(_columns(table)) if is_hidden}
    has_rules = child(table, "conditional-formats") is not None
    paper = ELSEWHERE if has_rules else PAPER
    for row, _ in table_rows(table):
        cells = list(_cells(row, styles, paper, omissions))
        for column in hidden & {*range(len(cells))}:
            omissions.add_words("words in hidden rows", cells[column])
            cells[column] = ""
        while cells and not cells[-1]:
            cells.pop()
        if attribute(row, "visibility") in _HIDDEN:
            omissions.add_words("words in hidden rows", " ".join(cells))
            continue
        for _ in range(_times(row, "number-rows-repeated") if cells else 1):
            yield [words for column, words in enumerate(cells) if column not in hidden]


def _columns(table: Element) -> Iterator[bool]:
    """Yield for each column whether it is hidden."""
    for element in children(table):
        name = local_name(element)
        if name == "table-column":
            is_hidden = attribute(element, "visibility") in _HIDDEN
            times = small_number(attribute(element, "number-columns-repeated"), 1)
            yield from [is_hidden] * min(times, _MAX_COLUMNS)
        elif name.startswith(("table-column", "table-header-columns")):
            yield from _columns(element)


def _cells(row: Element, styles: OdfStyles, paper: OdfLook, omissions: Omissions) -> Iterator[str]:
    for cell in children(row, "table-cell", "covered-table-cell"):
        for annotation in children(cell, "annotation"):
            words = " ".join("".join(p.itertext()) for p in descendants(annotation, "p"))
            omissions.add_words("words in comments", words)
        words = " ".join("".join(p.itertext()) for p in children(cell, "p"))
        look = styles.look(CELL, attribute(cell, "style-name") or "").on(paper)
        is_covered = local_name(cell) != "table-cell"  # by a wider or higher one
        why = "hidden words" if is_covered else look.why_unseen()
        if why:
            omissions.add_words(why, words)
            words = ""
        times = _times(cell, "number-columns-repeated")
        yield from [words] * times


def _times(element: Element, name: str) -> int:
    times = small_number(attribute(element, name), 1)
    return times if times <= _MAX_REPEATED else 1
