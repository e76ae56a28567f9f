"""Notes of web pages and books: which blocks they are, and where the text cites them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.model.blocks import Mark
from generator.model.readings import ReadBlock
from generator.reading.formats.html_walk import HtmlBlock

_STATED = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})

_RUNNING = frozenset({"paragraph", "item"})
"""Kinds of blocks that can be notes."""


def with_notes(blocks: Sequence[HtmlBlock]) -> Iterator[HtmlBlock]:
    """Yield blocks in which references have the number of their note, and notes are notes.

    A link that looks like a reference counts only if what it leads to is short and comes later;
    others, such as "1" in a list of pages, are words like any other.
    """
    cited = {
        mark.value: index
        for index, found in reversed(list(enumerate(blocks)))
        for mark in found.block.marks
        if mark.kind == "noteref"
    }
    numbers: dict[str, str] = {}
    notes: set[int] = set()
    for index, found in enumerate(blocks):
        note_id = next((c.note_id for c in reversed(found.path) if c.note_id in cited), None)
        is_stated = any(not _STATED.isdisjoint(c.label.split()) for c in found.path)
        is_cited = note_id is not None and index > cited[note_id]
        if (is_stated or is_cited) and found.block.kind in _RUNNING:
            notes.add(index)
            if note_id is not None:
                numbers.setdefault(note_id, str(len(notes)))
    for index, found in enumerate(blocks):
        yield replace(found, block=_numbered(found.block, numbers, is_note=index in notes))


def _numbered(block: ReadBlock, numbers: dict[str, str], *, is_note: bool) -> ReadBlock:
    marks: list[Mark] = []
    for mark in block.marks:
        if mark.kind != "noteref":
            marks.append(mark)
        elif is_note and mark.start == 0:
            marks.append(replace(mark, kind="marker", value=""))
        elif mark.value in numbers and not is_note:
            marks.append(replace(mark, value=numbers[mark.value]))
    return replace(block, marks=tuple(marks), kind="note" if is_note else block.kind)
