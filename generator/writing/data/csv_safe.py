"""CSV files that spreadsheets open without running formulas, and programs read back unchanged.

RFC 4180 in UTF-8; see `text/formulas.py` for what keeps spreadsheets from running formulas. A file
begins with a byte order mark: Excel takes a file without one for Windows-1252 ("LÃ¼ders"), while
LibreOffice, pandas, R and `utf-8-sig` of Python skip it.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.model import OutputFile, PagePath
from generator.model.numbered_files import divide, paths_in_files
from generator.text.formulas import Cell, escape_formula

_escaped = lru_cache(maxsize=4096, typed=True)(escape_formula)
"""The rows of a document have most cells in common."""


def csv_table(columns: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with its header."""
    return csv_rows([columns, *cells])


def csv_file(columns: Sequence[str], cells: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with its header, as a file."""
    return BOM_UTF8 + csv_table(columns, cells)


def csv_rows(cells: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows of a table."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(map(_escaped, row) for row in cells)
    return target.getvalue().encode()


def csv_cell(cell: Cell) -> str:
    """Return a cell as it is in a row with other cells."""
    return csv_rows([[cell, ""]]).decode().removesuffix(",\r\n")


def divided_table(table: OutputFile, limit: int | None) -> list[OutputFile]:
    """Divide a table that is too large for one file; each file has the header."""
    if limit is None or len(table.data) <= limit:
        return [table]
    header, *rows = _rows(table.data)
    files = [b"".join((header, *part)) for part in divide(rows, len, limit - len(header))]
    paths = paths_in_files(table.path, len(files))
    return [OutputFile(PagePath(path), data) for path, data in zip(paths, files, strict=True)]


def _rows(table: bytes) -> Iterator[bytes]:
    """Yield the rows of a table, of which a cell in quotation marks may contain line ends."""
    row: list[bytes] = []
    quotes = 0
    for line in table.splitlines(keepends=True):
        row.append(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            yield b"".join(row)
            row.clear()
