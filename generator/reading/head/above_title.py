"""Lines above the title that stay in the article: mastheads, notices, remarks on the copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator.model import Block
from generator.model.blocks import BLOCK_GAP
from generator.reading.head.lines import Head

_BY_SHAPE = frozenset({"heading: title", "heading: short line alone", "heading: capitals"})
"""Rules that go by the shape of a line alone; the number of a chapter stands above its title."""


def without_headings_above(blocks: Iterable[Block], head: Head) -> Iterator[Block]:
    """Yield blocks; a line above the title heads no part of the text, whatever its shape."""
    start = 0
    title_start = head.title.line.start if head.title else 0
    for block in blocks:
        end = start + len(block.text)
        if block.rule in _BY_SHAPE and end < title_start:
            yield replace(block, kind="paragraph", level=0, rule="paragraph: above the title")
        elif block.rule in _BY_SHAPE and start < title_start < end:
            yield replace(block, kind="lines", level=0, rule="lines: with the title")
        elif start == title_start and _goes_on_small(block, head):
            yield replace(block, kind="paragraph", level=0, rule="paragraph: below the title")
        else:
            yield block
        start = end + BLOCK_GAP


def _goes_on_small(block: Block, head: Head) -> bool:
    """Whether the title is the first line of a block, and the next ones begin in small letters.

    They say of what, or when: "held at the mill on 4 June".
    """
    if block.rule != "heading: title" or head.title is None:
        return False
    below = block.text.split("\n")[1:]
    return any(line not in head.title.value for line in below) and below[0][:1].islower()
