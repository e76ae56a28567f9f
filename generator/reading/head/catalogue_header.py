"""The header of a collection of electronic books: labelled lines above a text, and a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from generator.reading.head.bylines import parse_byline
from generator.reading.head.labels import parse_title_label
from generator.reading.head.lines import Head, HeadField, HeadLine, with_removable

_MARK = re.compile(
    r"^[^\w\n]*+START OF (?:THE|THIS) [^\n]{0,40}\bE-?(?:BOOK|TEXT)\b", re.MULTILINE | re.IGNORECASE
)
"""The mark below the header: "*** START OF THIS ... EBOOK ... ***"."""
_BEGINNING_OF_MARK = "start of "

_LONGEST_HEADER = 8_000
"""Characters of a header; real ones have some 1,000."""

_LABEL = re.compile(r"[^\W\d_][\w ]{1,20}:\s")


def with_catalogue_header(head: Head, text: str) -> Head:
    """Add title and author from the labels above the mark, which the text below need not repeat."""
    can_begin = _BEGINNING_OF_MARK in text[:_LONGEST_HEADER].casefold()  # a first look
    mark = _MARK.search(text, 0, _LONGEST_HEADER) if can_begin else None
    if mark is None:
        return head
    lines = list(_lines(text[: mark.start()]))
    for index, line in enumerate(lines):
        title = parse_title_label(line.text)
        byline = parse_byline(line.text) if _LABEL.match(line.text) else None
        if title and head.title is None:
            more = _continued(lines[index + 1 : index + 3])
            words = " ".join((title, *(item.text for item in more)))
            field = HeadField(line, words, "title named in the header of the collection")
            head = with_removable(replace(head, title=field, title_lines=more), line, *more)
        elif byline and head.names is None:
            head = replace(head, names=byline, byline=line)
            head = with_removable(head, line) if byline.is_complete else head
    return head


def _lines(header: str) -> Iterator[HeadLine]:
    position = 0
    is_apart = True
    for line in header.split("\n"):
        if line:
            yield HeadLine(position, line, None, is_apart)
        is_apart = not line
        position += len(line) + 1


def _continued(lines: list[HeadLine]) -> tuple[HeadLine, ...]:
    """Return the lines that go on with a title: without a gap and a label."""
    more: list[HeadLine] = []
    for line in lines:
        if line.is_apart or _LABEL.match(line.text):
            break
        more.append(line)
    return tuple(more)
