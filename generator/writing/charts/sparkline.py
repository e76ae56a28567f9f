"""A line of small bars, a year each, that fits beside a word."""

from __future__ import annotations

from collections.abc import Mapping

from generator.writing.markup import escape_html

HEIGHT = 24
_WIDEST = 240
"""CSS pixels for the whole line; many years make thin bars."""


def sparkline(years: Mapping[int, int], words: str) -> str:
    """Draw counts by year from the first to the last; `words` say what is to be seen.

    Empty for fewer than two years: a single bar shows nothing.
    """
    if len(years) < 2:
        return ""
    first, last, tallest = min(years), max(years), max(years.values())
    step = min(8.0, _WIDEST / (last - first + 1))
    rects = "".join(
        _rect((year - first) * step, step, max(1.0, count / tallest * HEIGHT))
        for year, count in sorted(years.items())
        if count
    )
    width = _number((last - first + 1) * step)
    return (
        f'<svg class="sb-spark" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
        f' role="img" aria-label="{escape_html(words)}"><title>{escape_html(words)}</title>{rects}</svg>'
    )


def _rect(left: float, step: float, height: float) -> str:
    return (
        f'<rect x="{_number(left)}" y="{_number(HEIGHT - height)}"'
        f' width="{_number(step * 0.8)}" height="{_number(height)}"/>'
    )


def _number(value: float) -> str:
    """A length with two decimals at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
