"""Entries on rows of their own: chronicles, logs, numbered verses, fields of a mail or memo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.structure.rows import Row
from generator.text.dates import is_month, is_weekday

_MIN_ENTRIES = 3
"""Rows with the same kind of beginning that make each of them an entry."""

_BEGINNINGS = (
    ("year", re.compile(r"1[0-9]\d\d(?:[-–/]\d{2,4})?[.:]?\s")),
    (
        "year in words",
        re.compile(
            r"(?:l['’]an(?:née)?|anno(?: domini)?|a\.d\.|im jahre?|en el año|in the year)"
            r"\s\d{3,4}\b",
            re.IGNORECASE,
        ),
    ),
    ("verse", re.compile(r"\d{1,3}(?::\d{1,3}|,\d{1,2})[.:]?\s")),
    (
        "time",
        re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?\s?m\.?|p\.?\s?m\.?|h\.?|uhr)\s", re.IGNORECASE),
    ),
    ("clock", re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s")),
    (
        "field",
        re.compile(
            r"(?:from|to|cc|bcc|date|sent|subject|re|reply-to|von|an|betreff|datum|de|à|objet|para"
            r"|asunto|fecha|assunto|data)\s?:\s",
            re.IGNORECASE,
        ),
    ),
)
"""The beginnings of entries, each with its name."""


def is_field(text: str) -> bool:
    """Whether a line is a field of a mail's header."""
    return _kind(text) == "field"


def find_entries(rows: Sequence[Row], stops: Sequence[int]) -> list[bool]:
    """Return for each row whether it begins an entry, as several rows of its chunk do."""
    entries = [False] * len(rows)
    start = 0
    while start < len(rows):
        stop = stops[start]
        kinds = _kinds(rows[start:stop], start) if stop >= start + _MIN_ENTRIES else []
        for name in _NAMES if any(kinds) else ():
            if kinds.count(name) >= _MIN_ENTRIES:
                for index, kind in enumerate(kinds, start):
                    entries[index] = entries[index] or kind == name
        start = stop
    return entries


def _kinds(rows: Sequence[Row], start: int) -> list[str | None]:
    """Return the kind of beginning of each row; a day in mid-sentence begins no entry.

    `start` is the index of the first row; below the first one of a text, the title, one can begin.
    """
    kinds = [_kind(row.text) for row in rows]
    if _count_up(rows):
        return [_NUMBER for _ in rows]
    for index, row in enumerate(rows):
        is_first = not index or (start + index == 1 and _is_title(rows[0]))
        can_begin = is_first or kinds[index - 1] == _DAY or rows[index - 1].text[-1] in _ENDS
        if can_begin and _DIGIT.search(row.text, 0, _LONGEST_DAY) and _begins_with_day(row.text):
            kinds[index] = _DAY
    return kinds


def _count_up(rows: Sequence[Row]) -> bool:
    """Whether each row begins with a number, the one after that of the row above it."""
    numbers = [row.line.words[0] for row in rows if row.line.words[0].isdecimal()]
    if len(numbers) < max(len(rows), _LEAST_COUNTED):
        return False
    return all(int(below) == int(number) + 1 for number, below in pairwise(numbers))


_LEAST_COUNTED = 4
"""Rows with numbers that count up by no chance."""


def _is_title(row: Row) -> bool:
    """Whether a row has no sign at its end, and a year or nothing but words with capitals."""
    words = row.line.words
    is_named = all(word[0].isupper() or len(word) <= _SMALL for word in words)
    return row.text[-1].isalnum() and (is_named or (words[-1].isdigit() and len(words[-1]) == 4))


_SMALL = 3
"""Characters of a word of a title that can begin with a small letter: "of", "the"."""

_ENDS = frozenset('.!?:;)]"”»’')
"""The last characters of a row after which an entry can begin."""

_DAY = "day"
_NUMBER = "number"
_NAMES = (*(name for name, _ in _BEGINNINGS), _DAY, _NUMBER)
_DIGIT = re.compile(r"\d")
_LONGEST_DAY = 16
"""Characters in which the number of a day stands."""

_DAY_BEFORE_WORDS = re.compile(
    r"(?:(?P<alone>[^\W\d_]{2,10})\.?,? +\d{1,2}(?:st|nd|rd|th|d)?(?=[.,:]|  |\t)"
    r"|(?:1\d{3}[.,:]? +)?(?:(?P<weekday>[^\W\d_]{3,9})[.,]* +)??"
    r"(?:\d{1,2}(?:st|nd|rd|th|d|\.)? +(?P<month>[^\W\d_]{3,9})\b\.?"
    r"|(?P<first>[^\W\d_]{3,9})\.? +\d{1,2}(?:st|nd|rd|th|d)?\b))"
    r"(?:[.,:;]|(?<=\.)| {2}|\t| ?[–—-])+ *(?=\w)"
)


def _begins_with_day(text: str) -> bool:
    """Whether a row begins with a day, a sign or a gap, and words: "Jan. 5. Mary daughter of"."""
    match = _DAY_BEFORE_WORDS.match(text)
    if match is None:
        return False
    if match["alone"]:
        return is_weekday(match["alone"]) or is_month(match["alone"])
    if not is_month(match["month"] or match["first"]):
        return False
    return match["weekday"] is None or is_weekday(match["weekday"])


_YEARS = frozenset(("l'", "l’", "an", "a.", "im", "en", "in"))
_LONGEST_YEAR = 16
"""The first two characters of "year in words", and the characters in which its number begins."""


def _kind(text: str) -> str | None:
    is_year = text[:2].casefold() in _YEARS and _DIGIT.search(text, 0, _LONGEST_YEAR)
    if not (text[0].isdigit() or text[0] in "[(" or ":" in text[:12] or is_year):
        return None
    return next((name for name, pattern in _BEGINNINGS if pattern.match(text)), None)
