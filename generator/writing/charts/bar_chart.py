"""A bar for each stretch of time, each a link: a chart that is a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.writing.markup import escape_html

HEIGHT = 96
"""Of the tallest bar, in CSS pixels."""
_WIDTH = 24
"""Of each bar: the smallest target that WCAG 2.2 allows (2.5.8)."""
_NAMED = 8
"""Years up to which each has its name below its bar."""
_MOST_MONTHS = 24
"""A corpus that spans no more months than this is shown by months."""
_MOST_YEARS = 60
"""A corpus that spans more years than this is shown by decades."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: `1984`, `1984-05` or `1980/1989`, and how many documents fall into it."""

    span: str
    count: int

    @property
    def first(self) -> str:
        """The first year or month, as which timelines name their sections."""
        return self.span.split("/", maxsplit=1)[0]


def bin_dates(dates: Iterable[str]) -> tuple[Bar, ...]:
    """Count documents by months, years or decades, whichever their span asks for.

    Takes EDTF dates, of which the first year and month count. Gaps in the span are bars of
    nothing. A corpus whose dates are not all known to the month is never shown by months.
    """
    known = sorted(date for date in dates if date[:4].isdigit())
    if not known:
        return ()
    first, last = known[0], known[-1]
    if all(date[4:5] == "-" for date in known) and _month(last) - _month(first) < _MOST_MONTHS:
        months = Counter(map(_month, known))
        return tuple(
            Bar(_named(index), months[index]) for index in range(_month(first), _month(last) + 1)
        )
    years = Counter(int(date[:4]) for date in known)
    if int(last[:4]) - int(first[:4]) < _MOST_YEARS:
        span = range(int(first[:4]), int(last[:4]) + 1)
        return tuple(Bar(f"{year:04}", years[year]) for year in span)
    return _decades(years)


def _month(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7]) - 1


def _named(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _decades(years: Counter[int]) -> tuple[Bar, ...]:
    decades: Counter[int] = Counter()
    for year, count in years.items():
        decades[year // 10 * 10] += count
    span = range(min(decades), max(decades) + 10, 10)
    return tuple(Bar(f"{ten:04}/{ten + 9:04}", decades[ten]) for ten in span)


def axis_labels(bars: Sequence[Bar], months: Sequence[str]) -> list[str]:
    """Give what stands below each bar, with a second line for the year of months.

    Of many years only some are named, so that none touches the next: every fifth, and the ends;
    of many decades every second one.
    """
    first, last = bars[0].span, bars[-1].span
    if len(first) == len("1984-05"):
        named = (months[int(bar.span[5:]) - 1] for bar in bars)
        years = (bar.span[:4] if bar.span == first or bar.span[5:] == "01" else "" for bar in bars)
        return [f"{month}\n{year}".strip() for month, year in zip(named, years, strict=True)]
    if len(bars) <= _NAMED:
        return [bar.first for bar in bars]
    if "/" in first:
        return [bar.first if int(bar.first) % 20 == 0 else "" for bar in bars]
    ends = {first} if int(first) % 5 != 4 else set()
    ends |= {last} if int(last) % 5 != 1 else set()
    return [bar.span if int(bar.span) % 5 == 0 or bar.span in ends else "" for bar in bars]


def bar_chart(
    bars: Sequence[Bar],
    links: Sequence[str],
    descriptions: Sequence[str],
    label: str,
    axis: Sequence[str],
) -> str:
    """Draw bars side by side, each with its link and its words: "June 2021: 3 documents".

    An empty link leaves the bar without one, as a bar of nothing should be. The list can be
    scrolled sideways with the keyboard where it is wider than the page.
    """
    tallest = max(bar.count for bar in bars)
    rows = zip(bars, links, descriptions, axis, strict=True)
    items = (_item(bar, link, said, mark, tallest) for bar, link, said, mark in rows)
    opening = f'<div class="sb-bars" role="region" tabindex="0" aria-label="{escape_html(label)}">'
    return "\n".join([opening, "<ol>", *items, "</ol>", "</div>"])


def _item(bar: Bar, link: str, words: str, mark: str, tallest: int) -> str:
    lines = "".join(f"<span>{escape_html(line)}</span>" for line in mark.splitlines())
    drawn = f"{_drawing(bar.count, tallest)}{lines}"
    said = f'title="{escape_html(words)}"'
    if not link:
        return f"<li><div {said}>{drawn}</div></li>"
    return f'<li><a href="{escape_html(link)}" aria-label="{escape_html(words)}" {said}>{drawn}</a></li>'


def _drawing(count: int, tallest: int) -> str:
    """A bar on the common ground line; one document is seen beside a thousand, too."""
    height = max(2, round(count / tallest * HEIGHT)) if count else 0
    rect = f'<rect x="3" y="{HEIGHT - height}" width="{_WIDTH - 6}" height="{height}"/>'
    return (
        f'<svg width="{_WIDTH}" height="{HEIGHT}" viewBox="0 0 {_WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{rect}</svg>'
    )
