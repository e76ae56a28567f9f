"""A bar chart of documents by time: a list with a link for each period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.writing.markup import escape_html

HEIGHT = 96
"""Height of the tallest bar in CSS pixels."""
_WIDTH = 24
"""Width of each bar in CSS pixels: the smallest target that WCAG 2.2 allows (2.5.8)."""
_ALL_LABELLED = 8
"""Bars up to which each has a label below it."""
_MAX_MONTHS = 24
"""Months up to which a corpus is shown by months."""
_MAX_YEARS = 60
"""Years up to which a corpus is shown by years; a longer one is shown by decades."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period (`1984`, `1984-05` or `1980/1989`) and the number of its documents."""

    span: str
    count: int

    @property
    def first(self) -> str:
        """The first year or month, by which timelines name their sections."""
        return self.span.split("/", maxsplit=1)[0]


def bin_dates(dates: Iterable[str]) -> tuple[Bar, ...]:
    """Count documents by months, years or decades, depending on their span.

    The first year and month of each EDTF date counts. Periods without a document have empty bars.
    A corpus whose dates are not all known to the month is never shown by months.
    """
    valid = sorted(date for date in dates if date[:4].isdigit())
    if not valid:
        return ()
    first, last = valid[0], valid[-1]
    if all(date[4:5] == "-" for date in valid) and _month(last) - _month(first) < _MAX_MONTHS:
        months = Counter(map(_month, valid))
        return tuple(
            Bar(_month_name(month), months[month])
            for month in range(_month(first), _month(last) + 1)
        )
    years = Counter(int(date[:4]) for date in valid)
    if int(last[:4]) - int(first[:4]) < _MAX_YEARS:
        span = range(int(first[:4]), int(last[:4]) + 1)
        return tuple(Bar(f"{year:04}", years[year]) for year in span)
    return _decades(years)


def _month(date: str) -> int:
    """Return the number of months from the year 0 to a date."""
    return int(date[:4]) * 12 + int(date[5:7]) - 1


def _month_name(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _decades(years: Counter[int]) -> tuple[Bar, ...]:
    decades: Counter[int] = Counter()
    for year, count in years.items():
        decades[year // 10 * 10] += count
    span = range(min(decades), max(decades) + 10, 10)
    return tuple(Bar(f"{year:04}/{year + 9:04}", decades[year]) for year in span)


def axis_labels(bars: Sequence[Bar], months: Sequence[str]) -> list[str]:
    """Return the label below each bar; labels of months may have the year on a second line.

    Of many years every fifth, the first and the last have a label, so that no label touches the
    next; of many decades every second one has.
    """
    first, last = bars[0].span, bars[-1].span
    if len(first) == len("1984-05"):
        names = (months[int(bar.span[5:]) - 1] for bar in bars)
        years = (bar.span[:4] if bar.span == first or bar.span[5:] == "01" else "" for bar in bars)
        return [f"{month}\n{year}".strip() for month, year in zip(names, years, strict=True)]
    if len(bars) <= _ALL_LABELLED:
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
    """Draw bars side by side, each with a link and a description: "June 2021: 3 documents".

    A bar with an empty link has none, as an empty bar should. The list can be scrolled sideways
    with the keyboard where it is wider than the page. `axis` has the labels below the bars.
    """
    tallest = max(bar.count for bar in bars)
    rows = zip(bars, links, descriptions, axis, strict=True)
    items = (_item(*row, tallest) for row in rows)
    opening = f'<div class="sb-bars" role="region" tabindex="0" aria-label="{escape_html(label)}">'
    return "\n".join([opening, "<ol>", *items, "</ol>", "</div>"])


def _item(bar: Bar, link: str, description: str, label: str, tallest: int) -> str:
    lines = "".join(f"<span>{escape_html(line)}</span>" for line in label.splitlines())
    content = f"{_drawing(bar.count, tallest)}{lines}"
    words = escape_html(description)
    if not link:
        return f'<li><div title="{words}">{content}</div></li>'
    attributes = f'href="{escape_html(link)}" aria-label="{words}" title="{words}"'
    return f"<li><a {attributes}>{content}</a></li>"


def _drawing(count: int, tallest: int) -> str:
    """Draw a bar; one document is visible beside a thousand, too."""
    height = max(2, round(count / tallest * HEIGHT)) if count else 0
    rect = f'<rect x="3" y="{HEIGHT - height}" width="{_WIDTH - 6}" height="{height}"/>'
    return (
        f'<svg width="{_WIDTH}" height="{HEIGHT}" viewBox="0 0 {_WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{rect}</svg>'
    )
