"""The note on a title: its reference mark is no part of the title, and leads to the note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from generator.model import Block, TitleNote
from generator.model.blocks import BLOCK_GAP
from generator.reading.head.lines import Head


class _Reference(msgspec.Struct, frozen=True):
    """The reference to a note at the end of a line."""

    sign: str
    number: str


def with_title_note(head: Head, blocks: Iterable[Block]) -> Head:
    """Return the head with the reference mark of a note taken from the end of its title.

    Only the reference to a note that the text has is one: "Report 1" without notes stays as it is.
    """
    if head.title is None:
        return head
    end = (head.title.line, *head.title_lines)[-1].end
    reference = next(_references_at(end, blocks), None)
    if reference is None or not head.title.value.endswith(reference.sign):
        return head
    title = head.title.value.removesuffix(reference.sign).rstrip()
    if not title:
        return head
    note = TitleNote(head.title.value[len(title) :], reference.number)
    return replace(head, title=replace(head.title, value=title), title_note=note)


def _references_at(end: int, blocks: Iterable[Block]) -> Iterator[_Reference]:
    """Yield the references that end at a position of the text of all blocks."""
    start = 0
    for block in blocks:
        if start > end:
            return
        for mark in block.marks:
            if mark.kind == "noteref" and start + mark.end == end:
                yield _Reference(block.text[mark.start : mark.end], mark.value)
        start += len(block.text) + BLOCK_GAP
