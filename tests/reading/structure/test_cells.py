"""Cells of tables of plain text: empty ones are known by the rows above and below."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Seed, SeedPath
from generator.reading.read import read_document
from generator.reading.structure.cells import cell_gaps
from generator.reading.structure.lines import split_lines

_WIDE = re.compile(r"(?<=\S)(?: {2,}|\t+ *)(?=\S)")


def cells(text: str) -> list[list[str]]:
    """Return the cells of each row."""
    lines = split_lines(text)
    gaps = cell_gaps(lines, _WIDE)
    rows = []
    for line in lines:
        row, position = [""], line.start
        for gap in gaps:
            if line.start <= gap.start < line.end:
                row[-1] = text[position : gap.start]
                row += [""] * gap.tabs
                position = gap.end
        row[-1] = text[position : line.end]
        rows.append(row)
    return rows


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        pytest.param(
            "          1890   1900\nMalmö       12     13\nYstad        7      8",
            0,
            ["", "1890", "1900"],
            id="years above numbers",
        ),
        pytest.param(
            "Malmö       12     13\nLund               4\nYstad        7      8",
            1,
            ["Lund", "", "4"],
            id="nothing in the middle",
        ),
        pytest.param(
            "          in the years\nMalmö       12     13\nYstad        7      8",
            0,
            ["in the years"],
            id="one cell over two columns",
        ),
        pytest.param(
            "   1890   1900\nMalmö       12     13",
            0,
            ["1890", "1900"],
            id="one full row shows no columns",
        ),
        pytest.param("Lund\t\t1901\nHale\tAnn\t1902", 0, ["Lund", "", "1901"], id="tabs"),
        pytest.param("Lund\t\t1901\nHallberg\t1902", 0, ["Lund", "1901"], id="tabs that align"),
    ],
)
def test_empty_cells(table: str, row: int, expected: list[str]) -> None:
    """A row whose cells stand in no column of their own has them from the first column on."""
    assert cells(table)[row] == expected


@given(
    st.lists(
        st.lists(st.sampled_from(["", "a", "bb", "12", "9 of 10"]), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    )
)
def test_a_table_that_is_printed_is_read_again(rows: list[list[str]]) -> None:
    """With columns ten wide, and two full rows; empty cells at the end of a row are none."""
    table = [["one", "two", "three"], ["1", "2", "3"], *(row for row in rows if any(row))]
    text = "\n".join("".join(cell.ljust(10) for cell in row).rstrip() for row in table)
    trimmed = [row[: max(i for i, cell in enumerate(row) if cell) + 1] for row in table]
    assert cells(text) == trimmed


def test_the_heading_of_a_table_stands_over_its_columns() -> None:
    """And the page and the ledger restore the spaces."""
    text = (
        "Ships in the harbour\n\nThe following table shows how many came in.\n\n"
        "               1890     1900\nMalmö            12       13\nYstad             7        8\n"
    )
    document = read_document(Seed(SeedPath("a.txt"), text.encode())).value
    assert document is not None
    assert document.blocks[-1].kind == "table"
    assert document.blocks[-1].text == "\t1890\t1900\nMalmö\t12\t13\nYstad\t7\t8"


def test_the_names_of_columns_are_headings() -> None:
    """Where they alone leave the first column empty."""
    years = "          1890   1900\nMalmö       12     13\nYstad        7      8\n"
    sums = "Malmö       12     13\nYstad        7      8\n            19     21\n"
    for table, headings in ((years, 1), (sums, 0)):
        text = f"Ships in the harbour\n\nThe table shows how many came in.\n\n{table}"
        document = read_document(Seed(SeedPath("a.txt"), text.encode())).value
        assert document is not None
        assert (document.blocks[-1].kind, document.blocks[-1].level) == ("table", headings)
