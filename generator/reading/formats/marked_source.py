"""Blocks cut out of a text that has marks of its own: the ledger can put every mark back.

A block is a sequence of pieces: parts of the source that stay, and words that stand in the place of
others. All that no piece covers is taken out by one step of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from generator.model.blocks import BlockKind, Mark, Span
from generator.model.documents import Change, Step
from generator.model.readings import ReadBlock


class Kept(msgspec.Struct, frozen=True):
    """A part of the source that stays as it is."""

    start: int
    end: int


Piece = Kept | str
"""A part of the source, or words that take the place of what stands between two parts."""


class MarkedBlock(msgspec.Struct):
    """A block while it is put together."""

    kind: BlockKind
    level: int = 0
    quoted: bool = False
    pieces: list[Piece] = msgspec.field(default_factory=list)
    emphasis: list[Span] = msgspec.field(default_factory=list)
    marks: list[Mark] = msgspec.field(default_factory=list)
    length: int = 0

    def keep(self, start: int, end: int) -> Span:
        """Add a part of the source; return where it is in the block."""
        if end > start:
            self.pieces.append(Kept(start, end))
        return self._grown(end - start)

    def insert(self, words: str) -> Span:
        """Add words in the place of the source between the parts around them."""
        if words:
            self.pieces.append(words)
        return self._grown(len(words))

    def _grown(self, size: int) -> Span:
        start = self.length
        self.length += size
        return Span(start, self.length)


class Marked(msgspec.Struct, frozen=True):
    """The blocks of a source, and the step that leads from it to them."""

    blocks: tuple[ReadBlock, ...]
    steps: tuple[Step, ...]


def cut_out(source: str, blocks: Sequence[MarkedBlock], rule: str) -> Marked:
    """Return the blocks, and the step that takes all else out of the source."""
    changes = tuple(_changes(source, blocks))
    steps = (Step(rule, changes),) if changes else ()
    return Marked(tuple(_block(source, block) for block in blocks), steps)


def _block(source: str, block: MarkedBlock) -> ReadBlock:
    words = (source[p.start : p.end] if isinstance(p, Kept) else p for p in block.pieces)
    return ReadBlock(
        block.kind,
        "".join(words),
        tuple(block.emphasis),
        tuple(block.marks),
        level=block.level,
        quoted=block.quoted,
    )


def _changes(source: str, blocks: Sequence[MarkedBlock]) -> Iterator[Change]:
    position, inserted = 0, ""
    for number, block in enumerate(blocks):
        inserted += "\n\n" if number else ""
        for piece in block.pieces:
            if isinstance(piece, str):
                inserted += piece
                continue
            before = source[position : piece.start]
            if before != inserted:
                yield Change(position, before, inserted)
            position, inserted = piece.end, ""
    if source[position:] != inserted:
        yield Change(position, source[position:], inserted)
