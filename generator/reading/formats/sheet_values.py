"""Cells of spreadsheets: what a reader of the table sees, where the file has numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of Excel's own formats that show a date or a time."""

_DATE_PATTERN = re.compile(r"[dmyhs]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*+\]|_.|\*.')

_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of Excel, which counts a 29 February 1900 that never was."""

_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_MAX_DAYS = 2_958_465
"""The last day of the year 9999."""


def is_date_format(number: int, pattern: str) -> bool:
    """Whether a number format shows a date: one of Excel's own, or a pattern with days."""
    if number in _DATE_FORMATS:
        return True
    return _DATE_PATTERN.search(_LITERAL.sub("", pattern)) is not None


def shown_number(words: str) -> str:
    """Return a number as tables show it: whole ones without a point."""
    try:
        value = float(words)
    except ValueError:
        return words
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def shown_date(words: str, *, is_1904: bool = False) -> str:
    """Return a day that a number counts in ISO form, with the time if it has one."""
    try:
        days = float(words)
    except ValueError:
        return words
    if not 0 <= days <= _MAX_DAYS:
        return words
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=days)
    if days < 1:
        return moment.strftime("%H:%M")
    has_time = abs(days - round(days)) > 1e-9
    return f"{moment:%Y-%m-%d %H:%M}" if has_time else f"{moment:%Y-%m-%d}"
