"""CSV files that spreadsheets open without running formulas, and programs read back unchanged.

RFC 4180 in UTF-8; see `text/formulas.py` for what keeps spreadsheets from running formulas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from generator.text.formulas import Cell, escape_formula


def csv_table(columns: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with its header."""
    return csv_rows([columns, *cells])


def csv_rows(cells: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows of a table."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([escape_formula(cell) for cell in row] for row in cells)
    return target.getvalue().encode()
