"""Changes to the blocks of a reading: emphasis and marks move with their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from generator.model.blocks import Span
from generator.model.documents import Change, Ledger, Step
from generator.model.ledger import apply
from generator.model.readings import ReadBlock, join_blocks

_EMPTY_LINES = re.compile(r"\A\s++|(?<!\s)\s++\Z|\n[^\S\n]*+(?=\n)")

FindChanges = Callable[[ReadBlock], Iterable[Change]]
"""Returns the changes that a block needs, with positions in its text."""


class BlockDraft(msgspec.Struct, frozen=True):
    """Blocks between two steps, with the ledger of the steps so far."""

    blocks: tuple[ReadBlock, ...]
    ledger: Ledger = ()

    @property
    def text(self) -> str:
        """The blocks, joined by empty lines."""
        return join_blocks(self.blocks)

    def with_step(self, rule: str, find: FindChanges) -> BlockDraft:
        """Return the draft after a step; a block without a visible character left is dropped."""
        found = [tuple(find(block)) for block in self.blocks]
        if not any(found):
            return self
        pairs = zip(self.blocks, found, strict=True)
        edited = [apply_changes(block, changes) for block, changes in pairs]
        changes = tuple(_changes_of_text(self.blocks, found, edited))
        blocks = tuple(block for block in edited if block.text)
        return BlockDraft(blocks, (*self.ledger, Step(rule, changes)))

    def without(self, rule: str, is_removed: Callable[[ReadBlock], bool]) -> BlockDraft:
        """Return the draft without some blocks."""
        return self.with_step(
            rule, lambda block: (Change(0, block.text, ""),) if is_removed(block) else ()
        )


def apply_changes(block: ReadBlock, changes: Sequence[Change]) -> ReadBlock:
    """Return a block after changes, which must be sorted and must not overlap."""
    if not changes:
        return block
    text = apply(block.text, changes)
    place = _Positions(changes)
    return replace(
        block,
        text=text,
        emphasis=tuple(_whole_spans(text, (_moved(span, place) for span in block.emphasis))),
        marks=tuple(
            replace(mark, start=place(mark.start), end=place(mark.end)) for mark in block.marks
        ),
        cuts=tuple(replace(cut, start=place(cut.start), end=place(cut.end)) for cut in block.cuts),
    )


def tidied(block: ReadBlock) -> ReadBlock:
    """Return a block without white space at its edges and without empty lines.

    Empty lines separate blocks, so that one inside of a block would make two of it.
    """
    changes = tuple(
        Change(match.start(), match[0], "") for match in _EMPTY_LINES.finditer(block.text)
    )
    emphasis = tuple(_whole_spans(block.text, block.emphasis))
    return apply_changes(replace(block, emphasis=emphasis), changes)


class _Positions:
    """Where positions of a text are after changes; one in replaced words moves to their start."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._starts = [change.start for change in changes]
        self._changes = changes
        self._shifts = [0]
        for change in changes:
            self._shifts.append(self._shifts[-1] + len(change.after) - len(change.before))

    def __call__(self, position: int) -> int:
        index = bisect_right(self._starts, position)
        if index:
            change = self._changes[index - 1]
            inside = position - change.start
            if inside < len(change.before):
                return change.start + self._shifts[index - 1] + min(inside, len(change.after))
        return position + self._shifts[index]


def _moved(span: Span, place: _Positions) -> Span:
    return Span(place(span.start), place(span.end))


def _whole_spans(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield emphasised spans in order, joined where they touch, each within a line."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    for span in merged:
        yield from _within_lines(text, span)


def _within_lines(text: str, span: Span) -> Iterator[Span]:
    position = span.start
    for line in text[span.start : span.end].split("\n"):
        words = line.strip()
        if words:
            start = position + len(line) - len(line.lstrip())
            yield Span(start, start + len(words))
        position += len(line) + 1


def _changes_of_text(
    blocks: Sequence[ReadBlock], found: Sequence[Sequence[Change]], edited: Sequence[ReadBlock]
) -> Iterator[Change]:
    """Yield the changes with positions in the joined text.

    A dropped block takes an empty line with it: the one before it, or the one after it as long as
    no block is left before it.
    """
    start, has_begun = 0, False
    for index, (block, changes) in enumerate(zip(blocks, found, strict=True)):
        if edited[index].text:
            for change in changes:
                yield Change(start + change.start, change.before, change.after)
            has_begun = True
        elif has_begun:
            yield Change(start - 2, f"\n\n{block.text}", "")
        else:
            yield Change(start, block.text + "\n\n" * (index < len(blocks) - 1), "")
        start += len(block.text) + 2
