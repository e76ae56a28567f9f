"""What `ledger.json` says of each block besides its words, which the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model.blocks import Block


def dump_blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return a record of each well-formed block: its kind with its rule, and what is not usual.

    `model.ledger.load_ledger` reads them as blocks without words.
    """
    return [_record(block) for block in blocks]


def _record(block: Block) -> dict[str, Any]:
    marks = [
        [mark.kind, mark.start, mark.end, mark.value, *([mark.sheet] if mark.sheet else ())]
        for mark in block.marks
    ]
    values = {
        "rule": block.rule,
        "level": block.level,
        "indents": list(block.indents),
        "quoted": block.quoted,
        "marks": marks,
    }
    return {"kind": block.kind, **{name: value for name, value in values.items() if value}}
