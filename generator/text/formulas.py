"""Text in cells of CSV files that spreadsheets do not take for formulas.

A spreadsheet takes text at the beginning of a cell for a formula, and the character that ends a
cell is a setting of the computer: in half of Europe it is a semicolon. So an apostrophe precedes
every position at which a formula could begin, whatever ends the cells: at the beginning of the
text, and after a semicolon, tab, vertical bar or line end in it. Where the text has apostrophes
there, one more is added. A program that reads a file removes one at each position.

The search page of a site writes CSV by the same rules (theme/assets/search-csv.js), with the same
characters (theme/assets/search-format.js, generated from this module).
"""

from __future__ import annotations

import re

Cell = str | int | float | None
"""A value in a table; None is written as an empty cell."""

FORMULA_CHARACTERS = "=+@|＝＋－＠﹦﹢﹣﹫-"
"""Characters that begin a formula in Excel, LibreOffice or Google Sheets (OWASP, "CSV injection"),
in Latin and in full width. The hyphen is the last, as a class of characters requires."""

IGNORED_BEFORE_FORMULA = r'[\s\x00-\x20\x7f-\xa0\ufeff"]'
"""What spreadsheets skip before a formula: spaces, invisible characters and quotation marks."""

# Possessive quantifiers keep the time linear.
_AT_START = re.compile(rf"\A(?:['\t\r\n]|{IGNORED_BEFORE_FORMULA}*+[{FORMULA_CHARACTERS}])")
_AFTER_SEPARATOR = re.compile(
    rf"([;\t\r\n|]{IGNORED_BEFORE_FORMULA}*+)(?='*+([{FORMULA_CHARACTERS}])?)"
)
_PLAIN = re.compile(r"[A-Za-z0-9][^;\t\r\n|]*+")
"""Most cells; to look no further takes half the time."""

_ESCAPED = re.compile(rf"([;\t\r\n|]{IGNORED_BEFORE_FORMULA}*+)(?:'(?='*+[{FORMULA_CHARACTERS}]))?")


def escape_formula(cell: Cell) -> Cell:
    """Add an apostrophe wherever a formula could begin; `unescape_formula` removes it."""
    if not isinstance(cell, str) or _PLAIN.fullmatch(cell):
        return cell
    inside = _AFTER_SEPARATOR.sub(lambda match: f"{match[1]}'" if match[2] else match[1], cell)
    return f"'{inside}" if _AT_START.match(cell) else inside


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` was given."""
    if "'" not in cell:
        return cell
    return _ESCAPED.sub(r"\1", cell.removeprefix("'"))
