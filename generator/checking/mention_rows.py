"""The rows of the table of mentions in blocks, so that only those that changed are read again."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.files import iterate_parts
from generator.model import SeedPath
from generator.text.formulas import unescape_formula

_CUT = b",p-000"
"""Where blocks are cut: the row of one paragraph in some thousand has this, wherever it stands, so
that an edit leaves the other blocks as they are."""


class MentionRows(msgspec.Struct, frozen=True, array_like=True):
    """What a block of rows says."""

    documents: list[SeedPath]
    mentions: dict[str, int]
    """How often each entity is mentioned; that of a name without an entity is empty."""


def mention_blocks(path: Path) -> Iterator[bytes]:
    """Yield a table of mentions in blocks of rows, each with the line of the columns before it."""
    return row_blocks(path, _CUT)


def row_blocks(path: Path, cut: bytes) -> Iterator[bytes]:
    """Yield a table in such blocks; one ends after each row that has `cut`."""
    columns = rest = b""
    for piece in iterate_parts(path, cut):
        rest += piece
        end = rest.rfind(b"\n") + 1
        # After an odd number of quotation marks, a line feed is inside a cell.
        if end and rest.count(b'"', 0, end) % 2 == 0:
            yield columns + rest[:end]
            columns = columns or rest[: rest.index(b"\n") + 1]
            rest = rest[end:]
    if rest:
        yield columns + rest


def parse_mentions(block: bytes) -> MentionRows:
    """Return what a block of rows says; raise an error if it is damaged or lacks a column."""
    rows = csv.reader(io.StringIO(block.decode("utf-8-sig"), newline=""), strict=True)
    columns = next(rows)
    document, entity = columns.index("document"), columns.index("entity")
    documents: dict[str, None] = {}
    mentions: Counter[str] = Counter()
    for row in rows:
        documents[row[document]] = None
        mentions[row[entity]] += 1
    return MentionRows([SeedPath(unescape_formula(cell)) for cell in documents], dict(mentions))
