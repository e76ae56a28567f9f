"""The standfirst: running words between a title and what signs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.reading.head.bylines import starts_like_byline
from generator.reading.head.lines import Head, HeadField, HeadLine, role_lines, with_removable
from generator.reading.head.title_rules import is_no_heading

_STANDFIRST_WORDS = range(4, 61)
_CAPTION = re.compile(
    r"\b(?:image|photo|picture|foto|credit|bild)s?\b\s*[:;]|^[(\[©]", re.IGNORECASE
)


def with_standfirst(head: Head, lines: Sequence[HeadLine]) -> Head:
    """Add the single line of running words between the title and the byline or date below it."""
    signatures = [line for line in (head.byline, head.date_line) if line and line in lines]
    if head.title is None or not signatures:
        return head
    end = min(line.start for line in signatures)
    between = [line for line in lines if head.title.line.start < line.start < end]
    between = [line for line in between if line not in role_lines(head)]
    if len(between) != 1 or not is_standfirst(between[0].text):
        return head
    field = HeadField(between[0], between[0].text, "between the title and what signs it")
    return with_removable(replace(head, standfirst=field), between[0])


def is_standfirst(line: str) -> bool:
    """Whether a line has the form of a standfirst: some running words, and no caption."""
    words = line.split()
    running = sum(word[:1].islower() and len(word) > 2 for word in words)
    return (
        len(words) in _STANDFIRST_WORDS
        and running >= 2
        and not _CAPTION.search(line)
        and not starts_like_byline(line)
        and not is_no_heading(line)
    )
