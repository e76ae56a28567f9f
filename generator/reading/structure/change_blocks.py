"""Blocks after a change to their text, with emphasis and marks where they belong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from generator.model import Block, Change, Mark, Span
from generator.model.blocks import BLOCK_GAP, POINTS
from generator.model.ledger import apply


def change_blocks(blocks: Sequence[Block], changes: Sequence[Change]) -> tuple[Block, ...]:
    """Return blocks after changes to the text of the document.

    A block of which nothing is left is left out; its points stand at the beginning of the next
    block. Changes may remove a block with a gap beside it, lines of a block, and characters; a gap
    alone they do not change.
    """
    return tuple(_changed(blocks, changes))


def _changed(blocks: Sequence[Block], changes: Sequence[Change]) -> Iterator[Block]:
    start = index = 0
    points: tuple[Mark, ...] = ()
    for block in blocks:
        end = start + len(block.text)
        inside: list[Change] = []
        while index < len(changes) and changes[index].start <= end:
            inside.append(_clipped(changes[index], start, end))
            if changes[index].start + len(changes[index].before) > end:
                break  # it goes on in the next block
            index += 1
        changed = _Changes(tuple(inside)).block(block) if inside else block
        if changed.text:
            yield replace(changed, marks=(*points, *changed.marks)) if points else changed
            points = ()
        else:
            points += tuple(replace(mark, start=0, end=0) for mark in changed.marks)
        start = end + BLOCK_GAP


def _clipped(change: Change, start: int, end: int) -> Change:
    """Return the part of a change inside a block, in positions of the block's text.

    What a longer change puts in place is the gap between two blocks.
    """
    first, last = max(change.start, start), min(change.start + len(change.before), end)
    before = change.before[first - change.start : last - change.start]
    return Change(first - start, before, change.after if before == change.before else "")


class _Changes:
    """The changes of one block, in positions of its text."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self.changes = changes
        self.ends = [change.start + len(change.before) for change in changes]
        growths = (len(change.after) - len(change.before) for change in changes)
        self.shifts = [0, *accumulate(growths)]

    def block(self, block: Block) -> Block:
        """Return the block after the changes."""
        text = apply(block.text, self.changes)
        marks = (
            replace(mark, start=self.place(mark.start), end=self.place(mark.end))
            for mark in block.marks
        )
        emphasis = (Span(self.place(span.start), self.place(span.end)) for span in block.emphasis)
        return replace(
            block,
            text=text,
            marks=tuple(mark for mark in marks if mark.kind in POINTS or mark.end > mark.start),
            emphasis=tuple(span for span in emphasis if span.end > span.start),
            indents=tuple(self._indents(block)),
        )

    def place(self, position: int) -> int:
        """Return a position after the changes; one inside removed text is that of the removal."""
        index = bisect_right(self.ends, position)
        if index < len(self.ends):
            position = min(position, self.changes[index].start)
        return position + self.shifts[index]

    def _indents(self, block: Block) -> Iterator[int]:
        """Yield the indents of the lines of which something is left."""
        start = 0
        for line, indent in zip(block.text.split("\n"), block.indents, strict=False):
            end = start + len(line)
            if self.place(end) > self.place(start):
                yield indent
            start = end + 1
