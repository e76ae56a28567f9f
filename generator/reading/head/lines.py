"""The first lines of a text, and the roles that they get in the head of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from generator.model import BlockKind, TitleNote
from generator.model.blocks import BLOCK_GAP
from generator.reading.head.bylines import Byline, parse_bare_names
from generator.text.dates import DateMatch

_LINES = 12
"""Non-empty lines that can belong to the head."""

_MARKS_BEFORE = re.compile(r"(?:#{1,6} +)?[*_]*(?=[^\s*_])")
_MARKS_AFTER = re.compile(r"(?<=[^\s*_])[*_]*(?: +#+)?$")
_LEFT_WITH_MARK = re.compile(r"[^\W_]\*$")
"""An asterisk after a word, without another before it, refers to a note."""


class HeadLine(msgspec.Struct, frozen=True, dict=True):
    """One line of the head, with its position in the text."""

    start: int
    text: str
    kind: BlockKind | None = None
    """The kind of its block; None if it is not known."""
    is_apart: bool = True
    """Whether the source has an empty line before it."""

    @property
    def end(self) -> int:
        """The position after the last character of the line, before its line feed."""
        return self.start + len(self.text)

    @cached_property
    def words(self) -> str:
        """The text without the marks of Markdown for a heading and for emphasis."""
        before = _MARKS_BEFORE.match(self.text)
        start = before.end() if before else 0
        if not start and self.text.endswith("*") and _LEFT_WITH_MARK.search(self.text):
            return self.text
        after = _MARKS_AFTER.search(self.text, start) if start else None
        return self.text[start : after.start() if after else len(self.text)].strip() or self.text

    @cached_property
    def names(self) -> Byline | None:
        """The names of which the line consists; None if it has other words."""
        return parse_bare_names(self.words)


class HeadField(msgspec.Struct, frozen=True, gc=False):
    """A value from a line of the head, with the rule that took it."""

    line: HeadLine
    value: str
    rule: str


class Head(msgspec.Struct, frozen=True):
    """The recognised lines, each under its role."""

    title: HeadField | None = None
    title_lines: tuple[HeadLine, ...] = ()
    """The lines of the title after its first."""
    title_note: TitleNote | None = None
    byline: HeadLine | None = None
    names: Byline | None = None
    date_line: HeadLine | None = None
    date: DateMatch | None = None
    section: HeadField | None = None
    publication: HeadField | None = None
    standfirst: HeadField | None = None
    dateline: HeadField | None = None
    genre: HeadField | None = None
    sender: HeadField | None = None
    recipient: HeadField | None = None
    place: HeadField | None = None
    removable: tuple[HeadLine, ...] = ()
    """Lines of which the head of the page shows every word, so that the article can omit them."""


class BlockLayout(msgspec.Struct, frozen=True, gc=False):
    """What the head finder needs to know of a block."""

    kind: BlockKind | None
    is_apart: bool
    """Whether the source has an empty line or the end of a page before it."""


_UNKNOWN = BlockLayout(None, is_apart=True)


def first_lines(text: str, layout: Iterable[BlockLayout] = ()) -> Iterator[HeadLine]:
    """Yield the first lines with words.

    `layout` has the blocks in the order of the text, in which empty lines are between them; blocks
    without layout are taken to be of no known kind, and apart.
    """
    position = count = 0
    layouts = iter(layout)
    while position < len(text) and count < _LINES:
        end = text.find("\n\n", position)
        end = len(text) if end < 0 else end
        block = next(layouts, _UNKNOWN)
        is_apart = block.is_apart
        if block.kind == "note" or text.startswith("[Footnote ", position):
            position = end + 2
            continue
        for line in text[position:end].split("\n")[: _LINES - count]:
            if line:
                yield HeadLine(position, line, block.kind, is_apart)
                is_apart = False
                count += 1
            position += len(line) + 1
        position = end + 2


_FOOT_LINES = 12


def last_lines(text: str, layout: Sequence[BlockLayout]) -> Iterator[HeadLine]:
    """Yield the last lines with words, from the last on; `layout` is that of all blocks."""
    end, count = len(text), 0
    layouts = iter(reversed(layout))
    while end > 0 and count < _FOOT_LINES:
        start = text.rfind("\n\n", 0, end) + 2 if "\n\n" in text[:end] else 0
        block = next(layouts, _UNKNOWN)
        last = end
        for line in reversed(text[start:end].split("\n")):
            if line and count < _FOOT_LINES:
                count += 1
                position = last - len(line)
                yield HeadLine(position, line, block.kind, position == start)
            last -= len(line) + 1
        end = start - 2


def role_lines(head: Head) -> set[HeadLine]:
    """Return the lines that have a role, so that they cannot get another one."""
    fields = (head.title, head.section, head.publication, head.standfirst)
    lines = (head.byline, head.date_line, *(field.line for field in fields if field))
    return {line for line in (*lines, *head.title_lines) if line}


def with_removable(head: Head, *lines: HeadLine) -> Head:
    """Return the head with lines of which the page's head shows every word."""
    return replace(head, removable=(*head.removable, *lines))


def is_adjacent(first: HeadLine, second: HeadLine) -> bool:
    """Whether nothing stands between two lines, not even an empty line."""
    return second.start - first.end <= BLOCK_GAP and not second.is_apart
