"""CSV: no cell is a formula with any separator, and every value is read back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.formulas import escape_formula, unescape_formula
from generator.writing.data.csv_safe import csv_table

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
