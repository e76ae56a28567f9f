"""Documents counted by months, years or decades, and the marks of an axis below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

MONTH = len("1984-05")
"""Characters of a date that say its year and month."""

_MAX_MONTHS = 24
"""Months up to which a corpus is shown by months."""
_MAX_YEARS = 500
"""Years up to which a corpus is shown by years: a bar of a longer one is thinner than a pixel."""
_MAX_TICKS = 12
"""Marks on the axis: on a telephone each is 27 pixels wide, and a target has 24 (WCAG 2.5.8)."""
_STEPS = {
    "month": (1, 2, 3, 6, 12),
    "year": (1, 2, 5, 10, 25, 50, 100),
    "decade": (5, 10, 25, 50, 100, 250),
}
"""How many bars there may be between two marks."""

Unit = Literal["month", "year", "decade"]


class Bar(msgspec.Struct, frozen=True, gc=False):
    """A period (`1984`, `1984-05` or `1980/1989`) and the number of its documents."""

    span: str
    count: int


class Tick(NamedTuple):
    """A mark on the axis, for all periods from its first to the one before the next mark."""

    bars: Sequence[Bar]

    @property
    def first(self) -> str:
        """The first year or month."""
        return self.bars[0].span.partition("/")[0]


class TimeAxis(msgspec.Struct, frozen=True):
    """Consecutive periods, divided evenly by marks."""

    unit: Unit
    ticks: tuple[Tick, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All periods, also those without documents."""
        return tuple(bar for tick in self.ticks for bar in tick.bars)

    @property
    def filled(self) -> tuple[Bar, ...]:
        """The periods with documents."""
        return tuple(bar for bar in self.bars if bar.count)


def time_axis(dates: Iterable[str]) -> TimeAxis | None:
    """Count documents by months, years or decades, depending on their span; None without dates.

    The first year and month of each EDTF date counts. A corpus whose dates are not all known to
    the month is never shown by months. The axis begins and ends at a mark.
    """
    return axis_of_counts(Counter(date[:MONTH] for date in dates))


def axis_of_counts(dates: Mapping[str, int]) -> TimeAxis | None:
    """Return the same for the numbers of documents by the year and month of their dates."""
    valid = sorted(date for date in dates if date[:4].isdigit())
    if not valid:
        return None
    unit = _unit(valid)
    counts = Counter[int]()
    for date in valid:
        counts[_number(date, unit)] += dates[date]
    first, last = min(counts), max(counts)
    step = _step(first, last, unit)
    bars = [
        Bar(_span(number, unit), counts[number])
        for number in range(first // step * step, (last // step + 1) * step)
    ]
    ticks = (Tick(tuple(bars[start : start + step])) for start in range(0, len(bars), step))
    return TimeAxis(unit, tuple(ticks))


def _unit(dates: Sequence[str]) -> Unit:
    """Return the periods for sorted dates."""
    first, last = dates[0], dates[-1]
    has_months = all(date[4:5] == "-" for date in dates)
    if has_months and _number(last, "month") - _number(first, "month") < _MAX_MONTHS:
        return "month"
    return "year" if int(last[:4]) - int(first[:4]) < _MAX_YEARS else "decade"


def _step(first: int, last: int, unit: Unit) -> int:
    """Return the smallest number of periods between two marks that gives few marks."""
    steps = _STEPS[unit]
    return next(step for step in steps if last // step - first // step < _MAX_TICKS)


def _number(date: str, unit: Unit) -> int:
    """Return the number of months, years or decades from the year 0 to a date."""
    year = int(date[:4])
    if unit == "month":
        return year * 12 + int(date[5:7]) - 1
    return year if unit == "year" else year // 10


def _span(number: int, unit: Unit) -> str:
    if unit == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return f"{number:04}" if unit == "year" else f"{number:03}0/{number:03}9"
