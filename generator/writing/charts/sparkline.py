"""A row of small bars, one for each year, that fits into a line of text."""

from __future__ import annotations

from collections.abc import Mapping

from generator.writing.markup import escape_html

HEIGHT = 24
_MAX_WIDTH = 240
"""CSS pixels of the whole row; of many years each bar is thinner."""


def sparkline(years: Mapping[int, int], words: str) -> str:
    """Draw counts by year from the first to the last; `words` describe the chart.

    Return an empty string for fewer than two years: a single bar shows nothing.
    """
    if len(years) < 2:
        return ""
    first, last, tallest = min(years), max(years), max(years.values())
    step = min(8.0, _MAX_WIDTH / (last - first + 1))
    rects = "".join(
        _rect((year - first) * step, step, max(1.0, count / tallest * HEIGHT))
        for year, count in sorted(years.items())
        if count
    )
    label = escape_html(words)
    width = _number((last - first + 1) * step)
    return (
        f'<svg class="sb-spark" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
        f' role="img" aria-label="{label}"><title>{label}</title>{rects}</svg>'
    )


def _rect(left: float, step: float, height: float) -> str:
    return (
        f'<rect x="{_number(left)}" y="{_number(HEIGHT - height)}"'
        f' width="{_number(step * 0.8)}" height="{_number(height)}"/>'
    )


def _number(value: float) -> str:
    """Return a length with two decimals at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
