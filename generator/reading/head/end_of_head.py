"""Where the head of a document ends and its text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.reading.head.bylines import (
    Byline,
    parse_byline,
    starts_like_byline,
    words_of_names,
)
from generator.reading.head.lines import HeadLine
from generator.reading.head.lines_with_dates import (
    before_date,
    is_labelled,
    is_whole_date,
    looks_like_diary,
)
from generator.reading.head.standfirst import is_standfirst
from generator.reading.head.title_rules import is_legal_caption, is_year
from generator.text.dates import find_dates
from generator.text.sentences import looks_like_prose, sentence_end

_PROSE_LENGTH = 400
"""A line with this many words or characters is body text, however it ends."""

_LONGEST_BYLINE = 2_000
"""Characters, about a hundred names; a longer line is body text and is not searched for dates."""

LONGEST_TITLE = 200
"""Characters; the longest of 43 real headlines has 124."""

# A title may end with "!" or "?", seldom with a full stop.
_STATEMENT_END = re.compile(sentence_end(".!?", "'\"”’)]", following=r"(?<![!?])$"))
_WORD = re.compile(r"\w+")
TEXT_KINDS = frozenset({"speech", "stage", "stanza", "item", "table", "columns", "note"})
"""Kinds of blocks that belong to the text, however short they are."""


def body_index(lines: Sequence[HeadLine], text: str) -> int:
    """Return the index of the text's first line.

    A standfirst above a byline comes before it, and so does a title that is a sentence.
    """
    of_title_page = set(_lines_of_title_page(lines))
    prose = [
        index for index, line in enumerate(lines) if index not in of_title_page and _is_body(line)
    ]
    if not prose:
        return len(lines)
    first, second = prose[0], prose[1] if len(prose) > 1 else len(lines)
    below = lines[first + 1 : second]
    if first == 0:
        return second if _is_signed_title(lines[0], below, text) else first
    is_signed = first < second - 1 and _is_signature(below, text)
    return second if is_signed and is_standfirst(lines[first].text) else first


def belongs_to_title_page(line: HeadLine) -> bool:
    """Whether a line is a byline, a name, a date or a year: these follow the title of a book."""
    words = line.words
    if len(words) > LONGEST_TITLE:
        return False
    is_dated = is_year(words) or is_whole_date(words)
    return is_dated or is_known_name(line) or (starts_like_byline(words) and _is_byline(words))


def is_known_name(line: HeadLine) -> bool:
    """Whether a line is nothing but names, each with a given name of the table."""
    return line.names is not None and line.names.has_known_names


def is_prose(line: str) -> bool:
    """Whether a line is long, or is a sentence of some length."""
    return len(line) >= _PROSE_LENGTH or looks_like_prose(line, _STATEMENT_END)


def never_in_lower_case(byline: Byline, text: str) -> bool:
    """Whether the text has none of the words of the names in lower case.

    A text in capitals does not show how it would spell them.
    """
    words = {word.lower() for word in words_of_names(byline)}
    if not words or text[:_SAMPLE].isupper():
        return False
    may_occur = any(word in text for word in words)
    return not may_occur or words.isdisjoint(_WORD.findall(text))


_SAMPLE = 2_000
"""Characters of a text that show whether it is in capitals."""


def _lines_of_title_page(lines: Sequence[HeadLine]) -> Iterator[int]:
    """Yield the indexes of the lines in short blocks that have a byline or a date.

    By their form they could be verse or the words of a speaker.
    """
    start = 0
    for index in range(1, len(lines) + 1):
        line = lines[index] if index < len(lines) else None
        if line and not line.is_apart and line.kind == lines[start].kind:
            continue
        group = lines[start:index]
        if _is_title_page(group) or (not start and _is_above_prose(group, lines[index:])):
            yield from range(start, index)
        start = index


def _is_title_page(group: Sequence[HeadLine]) -> bool:
    if len(group) > _LINES_OF_TITLE_PAGE or any(is_prose(line.text) for line in group):
        return False
    return any(belongs_to_title_page(line) or is_legal_caption(line.words) for line in group)


_LINES_OF_TITLE_PAGE = 6


def _is_above_prose(group: Sequence[HeadLine], below: Sequence[HeadLine]) -> bool:
    """Whether the text begins with a line or two, and goes on in prose: they are no stanza."""
    is_short = len(group) <= _LINES_ABOVE_PROSE and all(
        len(line.text) < LONGEST_TITLE for line in group
    )
    return is_short and group[0].kind == "stanza" and bool(below) and is_prose(below[0].text)


_LINES_ABOVE_PROSE = 2


def _is_body(line: HeadLine) -> bool:
    if line.kind in TEXT_KINDS:
        is_caption = is_legal_caption(line.words) and not is_prose(line.text)
        return not (belongs_to_title_page(line) or is_caption)
    is_heading = line.kind in {"heading", "dateline"} or line.text.isupper()
    if is_heading and len(line.text) <= LONGEST_TITLE:
        return False
    is_byline = len(line.text) <= _LONGEST_BYLINE and _is_signed_by(line)
    return is_prose(line.text) and not is_byline


def _is_signed_by(line: HeadLine) -> bool:
    return starts_like_byline(line.words) and _is_byline(line.words)


def _is_byline(line: str) -> bool:
    """Whether a line is a byline, alone or before a date."""
    undated = (before_date(line, date) for date in find_dates(line[:_PROSE_LENGTH])[:1])
    return any(map(parse_byline, (line, *undated)))


def _is_signed_title(line: HeadLine, below: Sequence[HeadLine], text: str) -> bool:
    """Whether a sentence on the first line is a title: above names, and these above a date."""
    if len(line.text) > LONGEST_TITLE or not below or not _is_signature(below, text):
        return False
    return len(below) > 1 and is_whole_date(below[1].text) and not is_whole_date(below[0].text)


def _is_signature(lines: Sequence[HeadLine], text: str) -> bool:
    """Whether the first of `lines` is a byline, a labelled date, or names above a date."""
    byline = parse_byline(lines[0].words)
    if byline is not None:
        return byline.has_known_names or never_in_lower_case(byline, text)
    if is_whole_date(lines[0].text):
        return is_labelled(lines[0].text) or not looks_like_diary(text)
    names = lines[0].names
    return (
        names is not None
        and names.has_known_names
        and len(lines) > 1
        and bool(find_dates(lines[1].text))
    )
