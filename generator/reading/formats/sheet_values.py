"""Cells of spreadsheets: what a reader of the table sees, where the file has numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import msgspec

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of Excel's own formats that show a date or a time."""

_PERCENT = re.compile(r"[#0?,]*(?:\.([0#?]*))?%")
_OWN_PERCENT = {9: "0%", 10: "0.00%"}
_NOTHING = re.compile(r";{2,3}")
"""The pattern of cells whose value is not shown."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FICTIVE_LEAP_DAY = 60
"""Days counted from the beginning of 1900; those before it are one more than in the calendar."""

_DATE_PATTERN = re.compile(r"[dmyhs]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*+\]|_.|\*.')

_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of Excel, which counts a 29 February 1900 that never was."""

_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_MAX_DAYS = 2_958_465
"""The last day of the year 9999."""


class CellFormat(msgspec.Struct, frozen=True):
    """How a cell shows a number."""

    number: int = 0
    """The number of the format: one of Excel's own, or of the file."""
    pattern: str | None = None
    """The pattern of a format of the file; None for one of Excel's own."""

    @property
    def shows_dates(self) -> bool:
        """Whether it is one of Excel's own for dates, or a pattern with days."""
        if self.number in _DATE_FORMATS:
            return True
        return _DATE_PATTERN.search(_LITERAL.sub("", self.pattern or "")) is not None


def shown_value(words: str, form: CellFormat, *, is_1904: bool) -> str:
    """Return a number as a reader of the table sees it: a date, in percent, or as it is."""
    if form.shows_dates:
        return _shown_date(words, is_1904=is_1904)
    return _shown_percent(words, form) or _shown_number(words)


def _shown_number(words: str) -> str:
    """Return a number as tables show it: whole ones without a point."""
    try:
        value = float(words)
    except ValueError:
        return words
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def shows_nothing(pattern: str | None) -> bool:
    """Whether a number format hides the value of its cell."""
    return _NOTHING.fullmatch((pattern or "").strip()) is not None


def _shown_percent(words: str, form: CellFormat) -> str | None:
    """Return a number as its format shows it, if that is in percent."""
    match = _PERCENT.fullmatch(_OWN_PERCENT.get(form.number, form.pattern or ""))
    try:
        return f"{100 * float(words):.{len(match[1] or '')}f}%" if match else None
    except ValueError:
        return None


def unescaped(words: str) -> str:
    """Return the words of a cell with the characters that XML cannot hold, such as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words).replace("\r\n", "\n")


def _shown_date(words: str, *, is_1904: bool) -> str:
    """Return a day that a number counts in ISO form, with the time if it has one."""
    try:
        days = float(words)
    except ValueError:
        return words
    if not 0 <= days <= _MAX_DAYS:
        return words
    if not is_1904 and 1 <= days < _FICTIVE_LEAP_DAY:
        days += 1
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=days)
    if days < 1:
        return moment.strftime("%H:%M")
    has_time = abs(days - round(days)) > 1e-9
    return f"{moment:%Y-%m-%d %H:%M}" if has_time else f"{moment:%Y-%m-%d}"
