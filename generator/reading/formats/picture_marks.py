"""Pictures among the blocks of a reading: each has a mark where it stands.

A picture in a paragraph of its own has its mark at the beginning of the block after it, since a
block needs words; one after the last block has it at the end of that.

Somebody may have drawn a black box over a picture. Where the box is on paper only the program of
the file knows, so pictures in the paragraphs beside it are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from msgspec.structs import replace

from generator.model.blocks import Mark
from generator.model.pictures import FoundPicture
from generator.model.readings import ReadBlock, Reading
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions

COVERED = "pictures under drawn shapes"
"""The kind of pictures that are left out because a shape may lie over them."""

LINKED = "pictures in other files"

_REACH = 1
"""Paragraphs from the one with a drawn shape to those whose pictures it may cover."""

_MAX_PICTURES = 2_000
"""Pictures of a document; a catalogue of a museum has some hundreds."""


class PictureMarks(msgspec.Struct):
    """The pictures that a reader has found, and those that stand in no block yet."""

    found: list[FoundPicture] = msgspec.field(default_factory=list)
    paragraph: int = 0
    """The number of the paragraph that is read."""
    _waiting: list[Mark] = msgspec.field(default_factory=list)
    _places: list[int] = msgspec.field(default_factory=list)
    """For each picture the number of its paragraph."""
    _shapes: list[int] = msgspec.field(default_factory=list)
    """The numbers of the paragraphs with drawn shapes."""

    @property
    def is_full(self) -> bool:
        """Whether a document cannot have more pictures."""
        return len(self.found) >= _MAX_PICTURES

    def add(self, picture: FoundPicture, text: InlineText) -> None:
        """Add a picture after the words that a text has."""
        text.mark("picture", value=str(len(self.found)))
        self.found.append(picture)
        self._places.append(self.paragraph)

    def add_shape(self) -> None:
        """Note that something is drawn on the page here."""
        self._shapes.append(self.paragraph)

    def uncovered(self, blocks: Iterable[ReadBlock], omissions: Omissions) -> Iterator[ReadBlock]:
        """Yield blocks without the pictures that a drawn shape may cover, and count these."""
        near = {shape + step for shape in self._shapes for step in range(-_REACH, _REACH + 1)}
        numbers = frozenset(str(n) for n, place in enumerate(self._places) if place in near)
        omissions.count(COVERED, len(numbers))
        yield from without_pictures(blocks, numbers)

    def wait_for(self, numbers: Iterable[str]) -> None:
        """Let pictures wait for the next block."""
        self._waiting += (Mark("picture", 0, 0, number) for number in numbers)

    def wait(self, text: InlineText) -> None:
        """Let the pictures of a text without words wait for the next block."""
        self.wait_for(mark.value for mark in text.pictures)

    def place_before(self, block: ReadBlock) -> ReadBlock:
        """Return a block with the pictures before it."""
        waiting, self._waiting = self._waiting, []
        return replace(block, marks=(*waiting, *block.marks)) if waiting else block

    @contextmanager
    def apart(self, text: InlineText) -> Iterator[None]:
        """Read a cell or a note: what waits outside of it waits on, and what waits in it is its."""
        outside, self._waiting = self._waiting, []
        yield
        self.place_in(text)
        self._waiting = outside

    def place_in(self, text: InlineText) -> None:
        """Add the pictures after the words of a text."""
        for mark in self._waiting:
            text.mark("picture", value=mark.value)
        self._waiting = []

    def place_last(self, blocks: Sequence[ReadBlock]) -> tuple[ReadBlock, ...]:
        """Return all blocks, the last with the pictures after it."""
        waiting, self._waiting = self._waiting, []
        if not waiting or not blocks:
            return tuple(blocks)
        return (*blocks[:-1], with_pictures_behind(blocks[-1], waiting))


def with_pictures_behind(block: ReadBlock, marks: Iterable[Mark]) -> ReadBlock:
    """Return a block with pictures at its end."""
    end = len(block.text)
    return replace(
        block, marks=(*block.marks, *(replace(mark, start=end, end=end) for mark in marks))
    )


def without_pictures(blocks: Iterable[ReadBlock], numbers: frozenset[str]) -> Iterator[ReadBlock]:
    """Yield blocks without the marks of some pictures."""
    for block in blocks:
        marks = tuple(m for m in block.marks if m.kind != "picture" or m.value not in numbers)
        yield block if len(marks) == len(block.marks) else replace(block, marks=marks)


def shown_pictures(reading: Reading) -> dict[str, FoundPicture]:
    """Return the pictures of which a block has the mark, by their numbers."""
    marks = (mark for block in reading.blocks for mark in block.marks)
    numbers = dict.fromkeys(mark.value for mark in marks if mark.kind == "picture")
    return {number: reading.found[int(number)] for number in numbers}
