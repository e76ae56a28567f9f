"""What each block of a document is, with the rule that decided it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from generator.model import Document
from generator.model.blocks import BLOCK_GAP
from generator.model.ledger import source_positions, undo
from generator.text.paragraph_ids import paragraph_ids

_MAX_QUOTED = 48
"""Characters of a block that are quoted."""


def explain_blocks(document: Document) -> list[dict[str, Any]]:
    """Return kind, rule, first line in the source, id and first words of each block."""
    source = undo(document.text, document.ledger)
    ends = list(accumulate(map(len, source.splitlines(keepends=True))))
    lengths = (len(block.text) + BLOCK_GAP for block in document.blocks)
    starts = list(accumulate(lengths, initial=0))[:-1]
    positions = source_positions(document.ledger, starts)
    ids = paragraph_ids(block.text for block in document.blocks)
    return [
        {
            "line": bisect_right(ends, position) + 1,
            "kind": block.kind,
            "rule": block.rule,
            "paragraph_id": paragraph,
            "words": " ".join(block.text.split())[:_MAX_QUOTED],
        }
        for block, position, paragraph in zip(document.blocks, positions, ids, strict=True)
    ]


def block_in_words(block: dict[str, Any]) -> str:
    """Return what a block is as a line for users."""
    rule = f" ({block['rule']})" if block["rule"] else ""
    where = f"line {block['line']}, {block['paragraph_id']}"
    return f"  {where}: {block['kind']}{rule}: {block['words']}"
