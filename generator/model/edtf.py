"""Dates as archives write them: EDTF level 1 (ISO 8601-2), as far as documents need it.

A year, a month or a day, each with `~` (about), `?` (perhaps) or `%` (both) after it, or two of
them with `/` between. Years run from 0001 to 9999.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOMENT = r"(?a:(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?))"
_EDTF = re.compile(rf"{_MOMENT}(?:/{_MOMENT})?")
_BEFORE_YEAR_ONE = re.compile(r"(?a:(?:[-−]\d{1,4}|0000)(?:-\d\d){0,2}[~?%]?(?:/.*)?)")
_LONG_MONTHS = frozenset({1, 3, 5, 7, 8, 10, 12})


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month or a day; what is unknown of it is empty."""

    year: str
    month: str = ""
    day: str = ""
    qualifier: str = ""
    """`~`, `?` or `%`, where it is not sure."""

    @property
    def iso(self) -> str:
        """Return it as ISO 8601 writes it, without its mark."""
        return "-".join(filter(None, (self.year, self.month, self.day)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return year, month and day, as far as they are known."""
        return tuple(map(int, self.iso.split("-")))


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date, read: one moment, or the first and the last of a span."""

    first: Moment
    last: Moment | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Return its one moment, or its two."""
        return (self.first,) if self.last is None else (self.first, self.last)

    @property
    def is_exact(self) -> bool:
        """Whether it is one moment, and sure."""
        return self.last is None and not self.first.qualifier

    @property
    def is_certain(self) -> bool:
        """Whether no moment of it has a mark."""
        return not any(moment.qualifier for moment in self.moments)

    @property
    def is_in_order(self) -> bool:
        """Whether it does not end before it begins."""
        if self.last is None:
            return True
        first, last = self.first.iso, self.last.iso
        return first[: len(last)] <= last[: len(first)]


def parse_edtf(text: str) -> Edtf | None:
    """Read an EDTF date; None where it has another form, or the calendar has no such day."""
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    groups = [group or "" for group in match.groups()]
    moments = [Moment(*groups[at : at + 4]) for at in (0, 4) if groups[at]]
    return Edtf(*moments) if all(map(_is_in_calendar, moments)) else None


def is_before_year_one(text: str) -> bool:
    """Whether a text is a date as EDTF and people write years before 1: `-0043`, `0000`."""
    return _BEFORE_YEAR_ONE.fullmatch(text) is not None


def _is_in_calendar(moment: Moment) -> bool:
    year, month, day = (*moment.numbers, 1, 1)[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    february = 29 if leap else 28
    return year > 0 and day <= (31 if month in _LONG_MONTHS else february if month == 2 else 30)
