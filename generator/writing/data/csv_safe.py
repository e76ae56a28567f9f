"""CSV files that spreadsheets open without running anything, and programs read back to the letter.

RFC 4180 in UTF-8. A spreadsheet takes text for a formula at the beginning of a cell; and which
character ends a cell is a setting of the computer: in half of Europe a semicolon does. So there is
an apostrophe before every place at which a formula could begin, whatever ends the cells: at the
beginning of the text, and after a semicolon, tab, vertical bar or line end in it. Where apostrophes
stand there already, there is one more. Whoever reads a file takes one away in each such place.

The search page of a site writes CSV by the same rules (theme/assets/search-csv.js), with the same
characters (theme/assets/search-format.js, generated from this module).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int

FORMULA_CHARACTERS = "=+@|＝＋－＠﹦﹢﹣﹫-"
"""What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, "CSV injection"), in the
width of Latin and of Chinese letters. The hyphen is the last, as in a class of characters."""

IGNORED_BEFORE_FORMULA = r'[\s\x00-\x20\x7f-\xa0\ufeff"]'
"""What may stand before it: spaces, what nobody sees, and the marks around cells."""

# Linear: a run of what is skipped is taken in one piece.
_BEGINS = re.compile(rf"\A(?:['\t\r\n]|{IGNORED_BEFORE_FORMULA}*+[{FORMULA_CHARACTERS}])")
_INSIDE = re.compile(rf"([;\t\r\n|]{IGNORED_BEFORE_FORMULA}*+)(?='*+([{FORMULA_CHARACTERS}])?)")
_GUARDED = re.compile(rf"([;\t\r\n|]{IGNORED_BEFORE_FORMULA}*+)(?:'(?='*+[{FORMULA_CHARACTERS}]))?")


def csv_table(columns: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table with its header."""
    return csv_rows([columns, *cells])


def csv_rows(cells: Iterable[Sequence[Cell]]) -> bytes:
    """Write a part of a table."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([escape_formula(cell) for cell in row] for row in cells)
    return target.getvalue().encode()


def escape_formula(cell: Cell) -> Cell:
    """Put an apostrophe wherever a formula could begin; `bare` takes it away."""
    if not isinstance(cell, str):
        return cell
    inside = _INSIDE.sub(lambda place: f"{place[1]}'" if place[2] else place[1], cell)
    return f"'{inside}" if _BEGINS.match(cell) else inside


def unescape_formula(cell: str) -> str:
    """Give the text as it was before `guarded`."""
    return _GUARDED.sub(r"\1", cell.removeprefix("'"))
