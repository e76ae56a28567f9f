"""The numbers by which references and notes find each other on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from generator.model import Block, Mark


def with_note_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks whose references have the number of their note, counted in the document.

    A reference to a note that is not there becomes a word like any other.
    """
    notes = [block for block in blocks if block.kind == "note"]
    numbers: dict[str, str] = {}
    for number, note in enumerate(notes, 1):
        numbers.setdefault(_label(note) or str(number), str(number))
    return tuple(
        structs.replace(block, marks=tuple(_renumbered(block.marks, numbers)))
        if block.marks
        else block
        for block in blocks
    )


def _label(note: Block) -> str:
    """Return the label by which a reader knows a note; empty if it counted the notes."""
    return next((mark.value for mark in note.marks if mark.kind == "marker"), "")


def _renumbered(marks: Sequence[Mark], numbers: dict[str, str]) -> Iterator[Mark]:
    for mark in marks:
        if mark.kind != "noteref":
            yield mark
        elif mark.value in numbers:
            yield structs.replace(mark, value=numbers[mark.value])
