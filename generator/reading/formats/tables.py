"""A table as one block: a line for each row, a tab between its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from generator.model.blocks import Mark, Span
from generator.model.documents import Change
from generator.model.readings import ReadBlock
from generator.reading.formats.edit_blocks import apply_changes
from generator.reading.formats.inline_text import InlineText

_SPACES = re.compile(r"\A\s+|\s+\Z|\s{2,}|[^\S ]")


def table_block(rows: Sequence[Sequence[InlineText]], heading_rows: int = 0) -> ReadBlock | None:
    """Return the block of a table without its empty rows; None if nothing is left.

    White space inside a cell becomes one space, because tabs and line feeds separate cells.
    """
    shown = [[_cell(text) for text in row] for row in rows]
    shown = [row for row in shown if any(cell.text or cell.marks for cell in row)]
    if not any(cell.text for row in shown for cell in row):
        return None
    text, emphasis, marks = "", list[Span](), list[Mark]()
    pieces: list[str] = []
    length = 0
    for row in shown:
        for number, cell in enumerate(row):
            separator = "\t" if number else "\n" if pieces else ""
            pieces.append(separator)
            length += len(separator)
            emphasis += (Span(length + s.start, length + s.end) for s in cell.emphasis)
            marks += (
                structs.replace(mark, start=length + mark.start, end=length + mark.end)
                for mark in cell.marks
            )
            pieces.append(cell.text)
            length += len(cell.text)
    text = "".join(pieces)
    return ReadBlock("table", text, tuple(emphasis), tuple(marks), level=heading_rows)


def plain_table(rows: Sequence[Sequence[str]]) -> ReadBlock | None:
    """Return the block of a table whose cells are plain words, the first row a heading."""
    return table_block([[_text(cell) for cell in row] for row in rows], 1)


def _text(words: str) -> InlineText:
    text = InlineText()
    text.add(words)
    return text


def _cell(text: InlineText) -> ReadBlock:
    """Return a cell; one with nothing but pictures has their marks and no words."""
    block = text.block("table")
    if block is None:
        marks = tuple(structs.replace(mark, start=0, end=0) for mark in text.pictures)
        return ReadBlock("table", "", marks=marks)
    changes = [
        Change(match.start(), match[0], " " if 0 < match.start() < len(block.text) else "")
        for match in _SPACES.finditer(block.text)
        if match[0] != " "
    ]
    return apply_changes(block, changes)
