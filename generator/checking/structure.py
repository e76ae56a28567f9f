"""Check that an article shows the structure of its document, and no other.

What a page shows is compared with the record in `ledger.json`, and the indents of verse with the
spaces of the source. Words, line ends and cells are compared with the source elsewhere: they are
part of the text that page and ledger rebuild.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, zip_longest

import msgspec
from msgspec import structs

from generator.model import Block, Ledger, Mark
from generator.model.blocks import BLOCK_GAP
from generator.model.ledger import source_positions

_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_MIN_INDENT = 2
"""Columns of white space that are an indent."""

_TAB_WIDTH = 8
"""Columns, as in terminals and plain-text editors."""


def structure_differences(shown: Sequence[Block], recorded: Sequence[Block]) -> Iterator[str]:
    """Yield how what a page shows differs from the record of the document's blocks."""
    for number, (block, record) in enumerate(zip_longest(shown, recorded), 1):
        if block is None or record is None:
            yield f"{len(shown)} blocks instead of {len(recorded)}"
            return
        plain = structs.replace(block, text="", rule="")
        expected = structs.replace(record, rule="", marks=tuple(_as_linked(block, record)))
        if plain != expected:
            yield f'block {number} as {_difference(plain, expected)}: "{_beginning(block)}"'


def _as_linked(block: Block, record: Block) -> Iterator[Mark]:
    """Yield the marks of a record; a page need not lead to that of the original."""
    for shown, mark in zip_longest(block.marks, record.marks):
        if mark is not None:
            yield structs.replace(mark, sheet=0) if shown and not shown.sheet else mark


def lost_indents(shown: Sequence[Block], ledger: Ledger, source: str) -> Iterator[str]:
    """Yield the lines of verse that are indented in the source, and on the page not at all."""
    lines = list(_verse_lines(shown))
    positions = source_positions(ledger, [line.position for line in lines])
    indented = [_column(source, position) for position in positions]
    for _, stanza in groupby(zip(lines, indented, strict=True), key=lambda pair: pair[0].block):
        known = [(line, column) for line, column in stanza if column is not None]
        margin = min((column for _, column in known), default=0)
        for line, column in known:
            if column >= margin + _MIN_INDENT and not line.indent:
                yield line.text


class _VerseLine(msgspec.Struct, frozen=True):
    """A line of verse as the page shows it."""

    block: int
    """The index of its stanza."""
    position: int
    """Where it begins in the text of the page."""
    text: str
    indent: int


def _verse_lines(shown: Sequence[Block]) -> Iterator[_VerseLine]:
    position = 0
    for index, block in enumerate(shown):
        lines = block.text.split("\n") if block.kind == "stanza" else []
        starts = accumulate((len(line) + 1 for line in lines), initial=position)
        indents = block.indents or (0,) * len(lines)
        for start, line, indent in zip(starts, lines, indents, strict=False):
            yield _VerseLine(index, start, line, indent)
        position += len(block.text) + BLOCK_GAP


def _column(source: str, position: int) -> int | None:
    """Return the column in which a line begins; None if words stand before it in the source."""
    start = max(source.rfind(end, 0, position) for end in _LINE_ENDS) + 1
    before = source[start:position]
    return None if before.strip() else len(before.expandtabs(_TAB_WIDTH))


def _difference(block: Block, expected: Block) -> str:
    """Return the first thing in which a block differs, with what it should be."""
    if block.kind != expected.kind:
        return f"{block.kind} instead of {expected.kind}"
    if block.quoted != expected.quoted:
        return "quotation" if block.quoted else "no quotation"
    if block.level != expected.level:
        return f"level {block.level} instead of {expected.level}"
    return f"{block.kind} with other {'indents' if block.indents != expected.indents else 'marks'}"


def _beginning(block: Block) -> str:
    return " ".join(block.text.split())[:40]
