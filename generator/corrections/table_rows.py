"""Rows of the tables that people edit in a spreadsheet: their cells by the names of the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from generator.corrections.csv_records import Record
from generator.model import did_you_mean
from generator.text.formulas import unescape_formula


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a row or a column, and what to do."""

    message: str
    hint: str


def column_of(cell: str) -> str:
    """Return the column that a cell of the header names."""
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())


def cells_of(record: Record, columns: Sequence[str]) -> Mapping[str, str] | Fault:
    """Return the cells of a row by column; of two columns with one name, the first one counts."""
    if not record.cells:
        message = "a quotation mark is missing or the line is too long; the row is left out"
        return Fault(
            message, 'Put quotes around a text with a separator, and write a quote in it as ""'
        )
    if any(map(str.strip, record.cells[len(columns) :])):
        message = f"this row has {len(record.cells)} values for {len(columns)} columns"
        hint = "Put quotes around a value that contains the separator"
        return Fault(f"{message}; the row is left out", hint)
    cells: dict[str, str] = {}
    for column, cell in zip(columns, record.cells, strict=False):
        cells.setdefault(column, plain_cell(cell.strip()))
    return cells


def column_faults(header: Record, known: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each column that looks like a slip; others are notes of a person."""
    columns = [column_of(cell) for cell in header.cells]
    for cell, column in zip(header.cells, columns, strict=True):
        hint = did_you_mean(column, known, "")
        if column and column not in known and hint:
            yield Fault(f'the column "{cell.strip()[:100]}" is not known; it is left out', hint)
    for column, count in Counter(columns).items():
        if column in known and count > 1:
            message = f"there are {count} columns `{column}`; the first one is used"
            yield Fault(message, "Rename the others")


def plain_cell(cell: str) -> str:
    """Return a cell without the apostrophes that keep spreadsheets from running formulas.

    The apostrophe of a name such as `'t Hooft` stays.
    """
    if not cell or re.match(r"'\w", cell):
        return cell
    return unescape_formula(cell).strip()
