"""The table of contents of a document: its headings with their addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.model import Block, Change
from generator.model.ledger import apply
from generator.writing import markup

_MIN_HEADINGS = 3
"""Fewer headings are overlooked without a table."""

_MAX_HEADINGS = 200
"""Headings in a table; of more, the deepest levels are left out."""


def table_of_contents(blocks: Sequence[Block], names: Sequence[str]) -> list[dict[str, str]]:
    """Return the headings of a document, safe in HTML; empty if there are few.

    `blocks` are well-formed, and `names` are their ids. Levels are counted from 1, the highest one
    in the text.
    """
    headings = [
        (block, name) for block, name in zip(blocks, names, strict=True) if block.kind == "heading"
    ]
    depth = _deepest_level([block.level for block, _ in headings])
    shown = [
        {"id": name, "title": markup.html_safe(_title(block)), "level": str(block.level)}
        for block, name in headings
        if block.level <= depth
    ]
    return shown if len(shown) >= _MIN_HEADINGS else []


def _title(block: Block) -> str:
    """Return the words of a heading without references to notes."""
    signs = (mark for mark in block.marks if mark.kind == "noteref")
    changes = tuple(Change(sign.start, block.text[sign.start : sign.end], "") for sign in signs)
    return apply(block.text, changes).strip()


def _deepest_level(levels: Sequence[int]) -> int:
    """Return the deepest level down to which the headings fit into a table."""
    counts = Counter(levels)
    depth, total = 0, 0
    for level in sorted(counts):
        total += counts[level]
        if total > _MAX_HEADINGS:
            break
        depth = level
    return depth
