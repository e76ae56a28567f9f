"""Whether a text is a letter as a whole, and where parts of its head and closing begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.head.bylines import parse_byline, starts_like_byline
from generator.reading.structure.geometry import Geometry
from generator.reading.structure.letter_words import (
    is_date_row,
    is_diary_date,
    is_name,
    is_salutation_row,
    is_valediction_row,
)
from generator.reading.structure.rows import Row

_HEAD_ROWS = 16
_TAIL_ROWS = 30
"""Rows at the beginning and the end among which the parts of a letter are looked for."""

_AT_RIGHT = 18
"""Columns from which a short row of a letter is set to the right."""

_LAST_ROWS, _FAR_RIGHT = 5, 30
"""Rows at the end, and columns, where a name is a signature if the text begins with a date."""

_LONGEST_NAME = 40
"""Characters of a row with a name."""

_MAX_WISH, _LONGEST_CLOSING = 10, 75
"""Words and characters of a row with closing words."""


def looks_like_letter(rows: Sequence[Row]) -> bool:
    """Whether a text begins with a salutation, or ends as letters do."""
    head = _head(rows)
    greetings = (row.text for row in head if is_salutation_row(row.text))
    if any(not _FROM_PULPIT.search(text) for text in greetings):
        return True
    tail = rows[-_TAIL_ROWS:]
    if _closes_at_right(tail):
        return True
    if _is_signed_above_date(_below_text(rows)[-_TAIL_ROWS:]) and not _has_days(rows):
        return True
    return any(is_date_row(row.text, strict=True) for row in head[:4]) and _is_signed(rows)


def _closes_at_right(rows: Sequence[Row]) -> bool:
    """Whether a short row at the right stands right below closing words, or has them."""
    return any(
        row.indent >= _AT_RIGHT
        and len(row.line.words) <= 8
        and any(map(_is_closing, rows[max(0, index - 2) : index + 1]))
        for index, row in enumerate(rows)
    )


def _is_closing(row: Row) -> bool:
    return len(row.text) < _LONGEST_CLOSING and is_valediction_row(row.text)


def _below_text(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows below the first row of prose; a byline above a date stands over it."""
    prose = (index for index, row in enumerate(rows[1:], 1) if len(row.text) >= _SHORTEST_PROSE)
    return rows[next(prose, len(rows)) :]


_FROM_PULPIT = re.compile(
    r"\b(?:brethren|frères|hermanos|irmãos|fratelli|auditeurs|hearers|christian)\b", re.IGNORECASE
)
"""Whom a sermon addresses, and no letter."""


def _has_days(rows: Sequence[Row]) -> bool:
    """Whether days stand alone above several parts of a text, as in a diary."""
    days = (index for index, row in enumerate(rows) if row.gap or not index)
    alone = (index for index in days if index + 1 < len(rows) and rows[index + 1].gap)
    return sum(is_date_row(rows[index].text, strict=True) for index in alone) >= _LEAST_DAYS


def _is_signed_above_date(rows: Sequence[Row]) -> bool:
    """Whether a name stands alone above a place with a date."""
    return any(
        len(row.text) < _LONGEST_NAME and is_name(row.text) and is_date_row(below.text, strict=True)
        for row, below in pairwise(rows)
        if (row.is_detached or row.indent >= _AT_RIGHT) and ":" not in below.text
    )


def _is_signed(rows: Sequence[Row]) -> bool:
    """Whether a name stands alone: at right, or on the last row.

    There it is in capitals, below a comma, or that of a text which is called a letter.
    """
    names = (row for row in rows[-_LAST_ROWS:] if row.indent >= _FAR_RIGHT and row.text[-1] != ",")
    if any(len(row.text) < _LONGEST_NAME and is_name(row.text) for row in names):
        return True
    tail = [row for row in rows[-_LAST_ROWS:] if any(map(str.isalnum, row.text))]  # no rules
    if len(rows) < 3 or len(tail) < 2 or not tail[-1].gap:
        return False
    last = tail[-1].text
    is_open = tail[-2].text.endswith(",") or (last.isupper() and len(tail[-1].line.words) <= 3)
    is_letter = any(_LETTER.search(row.text) for row in rows[:2])
    return (is_open or is_letter) and len(last) < _LONGEST_NAME and is_name(last)


_LETTER = re.compile(
    r"\b(?:letter|telegram|cable|brief|telegramm|lettre|télégramme|carta|telegrama)\b",
    re.IGNORECASE,
)
"""What a title calls a letter."""


def _head(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the short rows before the first long one, which is no title."""
    start = next((index for index, row in enumerate(rows[1:5], 1) if row.gap), 0)
    long = (
        index
        for index in range(start, min(_HEAD_ROWS, len(rows)))
        if len(rows[index].line.words) > 11 and not rows[index].text.isupper()
    )
    return rows[: next(long, _HEAD_ROWS)]


def byline_parts(rows: Sequence[Row]) -> frozenset[int]:
    """Return the index of a row near the top that is no more than a byline, and of prose below."""
    for index, row in enumerate(rows[:_BYLINE_ROWS]):
        is_short = len(row.text) <= _LONGEST_BYLINE
        if is_short and starts_like_byline(row.text) and parse_byline(row.text):
            below = rows[index + 1 : index + 2]
            is_prose = any(len(row.text) >= _SHORTEST_PROSE for row in below)
            return frozenset({index, index + 1} if is_prose else {index})
    return frozenset()


def dated_parts(rows: Sequence[Row], geometry: Geometry) -> frozenset[int]:
    """Return the indexes of days on rows of their own, between paragraphs that are indented.

    They are those of the entries of a diary: three or more.
    """
    if geometry.paragraph_indent is None:
        return frozenset()
    days = [index for index in range(len(rows) - 1) if _is_day_between(rows, index, geometry)]
    return frozenset(days) if len(days) >= _LEAST_DAYS else frozenset()


def _is_day_between(rows: Sequence[Row], index: int, geometry: Geometry) -> bool:
    row, below = rows[index], rows[index + 1]
    is_short = row.indent == geometry.margin and len(row.text) <= _LONGEST_NAME
    is_above = is_short and geometry.begins_paragraph(row, below)
    if not is_above or not (index == 0 or _ends(rows[index - 1])):
        return False
    return is_date_row(row.text, strict=True) or is_diary_date(row.text)


def telegram_parts(rows: Sequence[Row]) -> frozenset[int]:
    """Return the index of the name on the last row of a telegram, below its message."""
    if len(rows) < _LEAST_OF_TELEGRAM or not any(_TELEGRAM.match(row.text) for row in rows[:3]):
        return frozenset()
    last = rows[-1]
    is_name = last.text.isupper() and last.text.replace(" ", "").isalpha()
    is_message = last.line.words[-1] in {"STOP", "END"} or len(last.line.words) > _WORDS_OF_SIGNER
    return frozenset({len(rows) - 1} if is_name and not is_message else ())


_LEAST_OF_TELEGRAM, _WORDS_OF_SIGNER = 4, 2
_TELEGRAM = re.compile(
    r"(?:.{0,20}\b)?(?:telegra(?:m|mm|ma|phs?)|cablegram|télégramme|western union)\b.{0,20}$",
    re.IGNORECASE,
)

_LEAST_DAYS = 3

_BYLINE_ROWS, _LONGEST_BYLINE, _SHORTEST_PROSE = 7, 60, 45
"""Rows at the top in which a byline can stand, its characters, and those of prose below it."""


def letter_parts(rows: Sequence[Row]) -> frozenset[int]:
    """Return the indexes of rows at the top and the end that begin a new part of a letter."""
    last = max(len(rows) - _MAX_OFFICES, 0)
    parts: set[int] = set()
    for index, row in enumerate(rows):
        if _HEAD_ROWS <= index < last or not _follows_end(rows, index):
            continue
        is_head = is_salutation_row(row.text) or is_date_row(row.text, strict=True)
        is_closing = len(row.line.words) <= _MAX_WISH and is_valediction_row(row.text)
        if (index < _HEAD_ROWS and is_head) or (index >= last and is_closing):
            parts.add(index)
            parts |= {index + 1} if _ends(row) else set()
    return frozenset(parts)


def _follows_end(rows: Sequence[Row], index: int) -> bool:
    """Whether a row is the first, or the row before it can end a part."""
    return index == 0 or rows[index].is_detached or _ends(rows[index - 1])


def _ends(row: Row) -> bool:
    """Whether a row ends with punctuation, but no number of a day, or is short."""
    is_day = row.text[-2:-1].isdigit() and row.text[-1] in ".,"
    return not is_day and (row.text[-1] in ".,;:!?—-" or len(row.text) <= _LONGEST_NAME)


_MAX_OFFICES = 8
"""Rows of the closing, the name and what stands below it."""
