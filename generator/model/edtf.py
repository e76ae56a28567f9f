"""Dates in the Extended Date/Time Format (EDTF), level 1 of ISO 8601-2, as documents need it.

A date is a year, a month or a day, optionally followed by `~` (approximate), `?` (uncertain) or
`%` (both), or an interval of two with `/` between them. Years run from 0001 to 9999.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

_MOMENT = r"(?a:(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%])?)"
_EDTF = re.compile(rf"{_MOMENT}(?:/{_MOMENT})?")
_BEFORE_YEAR_ONE = re.compile(r"(?a:(?:[-−]\d{1,4}|0000)(?:-\d\d){0,2}[~?%]?(?:/.*)?)")
_CACHED_DATES = 32_768
"""Dates of documents that stay parsed: a corpus has few days, and asks for each again and again."""

_PLAIN = re.compile(r"(?a:\d{4}(-\d{2}){0,2})")
"""What sitemaps accept as a date too (W3C date and time formats)."""

_LONG_MONTHS = frozenset({1, 3, 5, 7, 8, 10, 12})


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A year, a month or a day; None for what is unknown."""

    year: str
    month: str | None = None
    day: str | None = None
    qualifier: str | None = None
    """`~`, `?` or `%`; None if the date is certain."""

    @property
    def iso(self) -> str:
        """The date in ISO 8601, without the qualifier."""
        return "-".join(filter(None, (self.year, self.month, self.day)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Year, month and day, as far as they are known."""
        return tuple(map(int, self.iso.split("-")))


class Edtf(msgspec.Struct, frozen=True, gc=False):
    """A parsed date: one moment, or the first and the last of an interval."""

    first: Moment
    last: Moment | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moment, or both moments of the interval."""
        return (self.first,) if self.last is None else (self.first, self.last)

    @property
    def is_exact(self) -> bool:
        """Whether the date is one moment without a qualifier."""
        return self.last is None and not self.first.qualifier

    @property
    def is_certain(self) -> bool:
        """Whether no moment has a qualifier."""
        return not any(moment.qualifier for moment in self.moments)

    @property
    def is_in_order(self) -> bool:
        """Whether the interval does not end before it begins."""
        if self.last is None:
            return True
        first, last = self.first.iso, self.last.iso
        return first[: len(last)] <= last[: len(first)]


@lru_cache(_CACHED_DATES)
def parse_edtf(text: str) -> Edtf | None:
    """Return a parsed EDTF date; None if the text is not one or the calendar has no such day."""
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    groups = match.groups()
    moments = [Moment(*groups[index : index + 4]) for index in (0, 4) if groups[index]]
    return Edtf(*moments) if all(map(_is_in_calendar, moments)) else None


def is_before_year_one(text: str) -> bool:
    """Whether a text is a date before the year 1, such as `-0043` or `0000`."""
    return _BEFORE_YEAR_ONE.fullmatch(text) is not None


def _is_in_calendar(moment: Moment) -> bool:
    year, month, day = (*moment.numbers, 1, 1)[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    february = 29 if leap else 28
    return year > 0 and day <= (31 if month in _LONG_MONTHS else february if month == 2 else 30)


def latest_plain(*dates: str | None) -> str:
    """Return the last of those dates that are a year, a month or a day and nothing else.

    An empty text if there is none.
    """
    return max([date for date in dates if date and _PLAIN.fullmatch(date)], default="")
