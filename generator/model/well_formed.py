"""Blocks as a page can show them: levels without gaps, marks that do not overlap.

The page, its record in `ledger.json` and the check all start from these blocks, so that a reader's
odd level or mark cannot make them differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.model.blocks import POINTS, Block, Mark

DEEPEST_HEADING = 5
"""HTML has six levels, and the page's title is the first."""


def well_formed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with levels, indents and marks that a page can show."""
    blocks = tuple(blocks)
    notes = sum(block.kind == "note" for block in blocks)
    depths = _item_depths(blocks)
    headings = _heading_levels(blocks)
    return tuple(
        _well_formed(
            block,
            next(headings) if block.kind == "heading" else _level(block, depth),
            notes,
        )
        for block, depth in zip(blocks, depths, strict=True)
    )


def _well_formed(block: Block, level: int, notes: int) -> Block:
    if level == block.level and not (block.marks or block.indents):
        return block  # nearly always
    indents, marks = _indents(block), tuple(_marks(block, notes))
    if (level, indents, marks) == (block.level, block.indents, block.marks):
        return block  # a new one costs more than all else here
    return replace(block, level=level, indents=indents, marks=marks)


def is_verse(block: Block) -> bool:
    """Whether each line of a block is a line of verse."""
    is_verse_speech = block.kind == "speech" and ("\n" in block.text or bool(block.indents))
    return block.kind == "stanza" or is_verse_speech


def end_of_label(block: Block) -> int:
    """Return where the label at the beginning of a speech ends; 0 if there is none."""
    marks = block.marks if block.kind == "speech" else ()
    return next((mark.end for mark in marks if mark.kind == "speaker" and mark.start == 0), 0)


def _level(block: Block, depth: int) -> int:
    if block.kind == "table":
        return min(max(block.level, 0), block.text.count("\n") + 1)
    return depth


def _heading_levels(blocks: Iterable[Block]) -> Iterator[int]:
    """Yield the level of each heading, from 1; one is at most a level below that before it.

    People who listen to a page move from level to level; a gap sounds like a missing heading.
    """
    open_levels: list[int] = []
    for block in blocks:
        if block.kind != "heading":
            continue
        while open_levels and open_levels[-1] >= block.level:
            open_levels.pop()
        open_levels.append(block.level)
        yield min(len(open_levels), DEEPEST_HEADING)


def _item_depths(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the depth of each item in its list; an item is at most one deeper than the one before.

    Other blocks have depth 0, and end the list.
    """
    open_levels: list[int] = []
    is_quoted = False
    for block in blocks:
        if block.kind != "item" or block.quoted != is_quoted:
            open_levels = []
        is_quoted = block.quoted
        if block.kind != "item":
            yield 0
            continue
        while open_levels and open_levels[-1] >= block.level:
            open_levels.pop()
        open_levels.append(block.level)
        yield len(open_levels) - 1


def _indents(block: Block) -> tuple[int, ...]:
    """Return an indent for each line of verse; empty if none is indented."""
    lines = block.text.count("\n") + 1
    if not is_verse(block) or len(block.indents) != lines:
        return ()
    first, *others = (max(indent, 0) for indent in block.indents)
    is_label_alone = len(block.text.split("\n", 1)[0]) == end_of_label(block) > 0
    indents = (0 if is_label_alone else first, *others)
    return indents if any(indents) else ()


def _marks(block: Block, notes: int) -> Iterator[Mark]:
    """Yield the marks in the order of the text, without those that cannot be shown.

    A mark that is not a point has words in one line and one cell, and no other mark has these
    words; a reference leads to a note of the document.
    """
    end = 0
    for mark in sorted(block.marks, key=_order):
        if mark.kind in POINTS:
            if mark.start <= len(block.text) and mark.value.strip():
                yield replace(mark, end=mark.start, value=" ".join(mark.value.split()))
            continue
        words = block.text[mark.start : mark.end]
        is_apart = end <= mark.start < mark.end <= len(block.text)
        if is_apart and words.strip() == words and not {"\n", "\t"} & set(words):
            if mark.kind == "noteref" and not _leads_to_note(mark, notes):
                continue
            end = mark.end
            yield mark if mark.kind in {"noteref", "link"} else replace(mark, value="")


def _order(mark: Mark) -> tuple[int, int, bool]:
    """Return the position of a mark; a picture stands before the page that begins with it."""
    return mark.start, mark.end, mark.kind == "page"


def _leads_to_note(mark: Mark, notes: int) -> bool:
    return mark.value.isdecimal() and mark.value.isascii() and 1 <= int(mark.value) <= notes
