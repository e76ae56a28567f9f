"""The first lines of a text, and the roles that they get in the head of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from generator.model import BlockKind
from generator.reading.bylines import Byline
from generator.reading.dates import DateMatch

_LINES = 12
"""Non-empty lines that can belong to the head."""

_MARKS_BEFORE = re.compile(r"(?:#{1,6} +)?[*_]*(?=[^\s*_])")
_MARKS_AFTER = re.compile(r"(?<=[^\s*_])[*_]*(?: +#+)?$")
_LEFT_WITH_MARK = re.compile(r"[^\W_]\*$")
"""An asterisk behind a word, without another before it, refers to a note."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head, with its position in the text."""

    start: int
    text: str
    kind: BlockKind | None = None
    """The kind of its block; None if it is not known."""

    @property
    def end(self) -> int:
        """The position after the last character of the line, before its line feed."""
        return self.start + len(self.text)

    @property
    def words(self) -> str:
        """The text without the marks of Markdown for a heading and for emphasis."""
        before = _MARKS_BEFORE.match(self.text)
        start = before.end() if before else 0
        if not start and _LEFT_WITH_MARK.search(self.text):
            return self.text
        after = _MARKS_AFTER.search(self.text, start) if start else None
        return self.text[start : after.start() if after else len(self.text)].strip() or self.text


@dataclass(frozen=True, slots=True)
class HeadField:
    """A value from a line of the head, with the rule that took it."""

    line: HeadLine
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Head:
    """The recognised lines, each under its role."""

    title: HeadField | None = None
    title_lines: tuple[HeadLine, ...] = ()
    """The lines of the title after its first."""
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


def first_lines(
    text: str, kinds: Mapping[int, BlockKind] = MappingProxyType({})
) -> Iterator[HeadLine]:
    """Yield the first lines with words; `kinds` has the kind of a line's block by its position."""
    position = count = 0
    while position < len(text) and count < _LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if end > position:
            count += 1
            yield HeadLine(position, text[position:end], kinds.get(position))
        position = end + 1


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
    return second.start - first.end == 1
