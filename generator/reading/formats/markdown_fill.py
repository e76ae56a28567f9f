"""The text of a block of Markdown, without its marks, and where every character of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

import msgspec

from generator.model.blocks import Mark, Span
from generator.model.pictures import FoundPicture
from generator.reading.formats.markdown_inline import Edit, Inline, edits_without_overlap
from generator.reading.formats.marked_source import MarkedBlock
from generator.text.web_links import find_links, stated_target

HARD_BREAK = re.compile(r"(?:(?<! )[ ]{2,}+|\\)\Z")
"""The mark of a line break at the end of a line."""


class Row(msgspec.Struct, frozen=True):
    """A line of the source, without the marks of the lists and quotations around it."""

    start: int
    end: int
    text: str

    def cut(self, count: int) -> Row:
        """Return the line without its first characters."""
        count = min(count, len(self.text))
        return Row(self.start + count, self.end, self.text[count:])

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to see."""
        return not self.text.strip()


def named_pictures(inline: Inline) -> Iterator[FoundPicture]:
    """Return the pictures of a text."""
    return (edit.picture for edit in inline.edits if edit.picture)


def shows_words(text: str, inline: Inline) -> bool:
    """Whether a text is more than pictures."""
    position, words = 0, ""
    for edit in inline.edits:
        if edit.picture:
            words += text[position : edit.start]
            position = edit.end
    return position == 0 or bool((words + text[position:]).strip())


class Filler:
    """Writes the text of some lines into a block, and knows where every character is there."""

    def __init__(
        self, block: MarkedBlock, rows: Sequence[Row], lines: Sequence[Row],
        number: Callable[[FoundPicture], str], *, keeps_lines: bool,
    ) -> None:  # fmt: skip
        self.block = block
        self.number = number
        self.lines = lines
        self.text = text = "\n".join(line.text for line in lines)
        self.breaks = [keeps_lines or bool(HARD_BREAK.search(row.text)) for row in rows]
        self.starts: list[int] = []
        position = 0
        for line in lines:
            self.starts.append(position)
            position += len(line.text) + 1
        self.targets = [0] * (len(text) + 1)

    def fill(self, inline: Inline) -> None:
        """Add all characters but those of marks; add emphasis and references to notes."""
        position = 0
        for edit in edits_without_overlap(inline.edits):
            self._copy(position, edit.start)
            self._replace(edit)
            position = edit.end
        self._copy(position, len(self.text))
        self.targets[len(self.text)] = self.block.length
        spans = [Span(self.targets[span.start], self.targets[span.end]) for span in inline.emphasis]
        self.block.marks += self._links(inline)
        self.block.emphasis += _flat(span for span in spans if span.end > span.start)

    def _links(self, inline: Inline) -> Iterator[Mark]:
        """Yield the links with words in one line and an address that can be followed."""
        for link in inline.links:
            target = stated_target(link.address)
            words = self.text[link.start : link.end]
            if target and "\n" not in words and words.strip() and not any(find_links(words)):
                yield Mark("link", self.targets[link.start], self.targets[link.end], target)

    def _replace(self, edit: Edit) -> None:
        span = self.block.insert(edit.after)
        for position in range(edit.start, edit.end):
            self.targets[position] = span.start
        if edit.picture:
            mark = Mark("picture", span.start, span.start, self.number(edit.picture))
            self.block.marks.append(mark)
        if edit.is_note:
            self.block.marks.append(Mark("noteref", span.start, span.end, edit.after[1:-1]))

    def _copy(self, start: int, end: int) -> None:
        while start < end:
            number = bisect_right(self.starts, start) - 1
            line, offset = self.lines[number], start - self.starts[number]
            if offset == len(line.text):  # the line feed after it
                self.targets[start] = self.block.length
                self.block.insert("\n" if self.breaks[number] else " ")
                start += 1
                continue
            size = min(end - start, len(line.text) - offset)
            for position in range(start, start + size):
                self.targets[position] = self.block.length + position - start
            self.block.keep(line.start + offset, line.start + offset + size)
            start += size


def _flat(spans: Iterator[Span]) -> Iterator[Span]:
    """Yield spans without those inside of others."""
    last = -1
    for span in spans:
        if span.start >= last:
            yield span
            last = span.end
