"""CSV files that spreadsheets open without running anything, and programs read back to the letter.

RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
and so does one that begins with an apostrophe: whoever reads the file takes one apostrophe away
where there is one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int

_FORMULA = tuple("=+-@\t\r\n|'＝＋－＠")
"""What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, "CSV injection"), in the
width of Latin and of Chinese letters; and the apostrophe, by which it is undone."""


def sheet(columns: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table with its header."""
    return rows([columns, *cells])


def rows(cells: Iterable[Sequence[Cell]]) -> bytes:
    """Write a part of a table."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([guarded(cell) for cell in row] for row in cells)
    return target.getvalue().encode()


def guarded(cell: Cell) -> Cell:
    """Put an apostrophe before a text that begins like a formula; `bare` takes it away."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def bare(cell: str) -> str:
    """Give the text as it was before `guarded`."""
    return cell.removeprefix("'")
