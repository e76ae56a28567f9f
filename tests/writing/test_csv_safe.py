"""CSV: no cell is a formula with any separator, and every value is read back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import OutputFile, PagePath
from generator.text.formulas import escape_formula, unescape_formula
from generator.writing.data.csv_safe import csv_cell, csv_file, csv_rows, csv_table, divided_table

_PIECES = st.sampled_from(
    [
        *";,\t\n\r|\"' =+-@＝＋－＠﹦",
        "=cmd|' /C calc'!A0",
        "News",
        "x",
        "''",
        '""',
        "\u00a0",
        "\ufeff",
    ]
)
titles = st.lists(st.one_of(_PIECES, st.characters(codec="utf-8")), max_size=12).map("".join)
"""Texts with many separators and characters that begin a formula."""

FORMULA = tuple("=+-@|＝＋－＠﹦﹢﹣﹫")
SEPARATORS = (",", ";", "\t", "|", ",;\t")
"""Separators by the settings of one computer or another; LibreOffice takes several."""


def cells(data: str, separators: str) -> list[str]:
    """Return the cells of a file in a spreadsheet with these separators."""
    if len(separators) == 1:
        rows = csv.reader(io.StringIO(data, newline=""), delimiter=separators)
        return [cell for row in rows for cell in row]
    quoted = (
        rf'(?:^|[\r\n{separators}])(?:"((?:[^"]|"")*)"[^{separators}\r\n]*|([^{separators}\r\n]*))'
    )
    matches = re.finditer(quoted, data, re.MULTILINE)
    return [(match[1] or "").replace('""', '"') + (match[2] or "") for match in matches]


@given(st.lists(st.tuples(titles, titles), max_size=3))
def test_no_cell_begins_as_a_formula_with_any_separator(rows: list[tuple[str, str]]) -> None:
    """Nor after a space, which some programs skip."""
    data = csv_table(("first", "last"), rows).decode()
    for separators in SEPARATORS:
        for cell in cells(data, separators):
            assert not cell.lstrip().startswith(FORMULA), (separators, cell)


@given(titles)
def test_an_escaped_text_is_read_back_unchanged(text: str) -> None:
    """With any number of apostrophes."""
    assert unescape_formula(str(escape_formula(text))) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("News;=cmd|' /C calc'!A0;x", "News;'=cmd|' /C calc'!A0;x"),
        ("News; =1", "News; '=1"),
        ("News\t+1", "News\t'+1"),
        ('News;"=1"', 'News;"\'=1"'),
        ("News;'=1", "News;''=1"),
        ("＝1", "'＝1"),
        (" =1", "' =1"),
        ("'tis", "''tis"),
        ("Oslo, -20 degrees", "Oslo, -20 degrees"),
        ("Who; what - and why", "Who; what - and why"),
        ("It is 'so'; isn't it", "It is 'so'; isn't it"),
    ],
)
def test_only_the_beginning_of_a_formula_is_escaped(text: str, written: str) -> None:
    """A comma does not end a cell, because cells with commas are quoted."""
    assert escape_formula(text) == written


@given(titles, titles)
def test_a_row_is_its_cells(first: str, second: str) -> None:
    """So a cell of many rows can be encoded once."""
    row = f"{csv_cell(first)},{csv_cell(second)},{csv_cell(7)}\r\n"
    assert csv_rows([[first, second, 7]]) == row.encode()


@given(st.lists(st.tuples(titles, titles), max_size=6), st.integers(8, 99))
def test_a_divided_table_has_all_rows_and_a_header_in_each_file(
    rows: list[tuple[str, str]], limit: int
) -> None:
    """No row is cut, even if a cell has line ends and quotation marks."""
    table = OutputFile(PagePath("data/t.csv"), csv_file(("a", "b"), rows))
    files = divided_table(table, limit)
    read = [
        list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline=""))) for file in files
    ]
    assert all(header == ["a", "b"] for header, *_ in read)
    found = [tuple(map(unescape_formula, row)) for _, *others in read for row in others]
    assert found == rows
    sizes = [len(file.data) for file in files]
    assert all(size <= limit or len(lines) <= 2 for size, lines in zip(sizes, read, strict=True))
