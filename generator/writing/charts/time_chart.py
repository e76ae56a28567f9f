"""A chart of documents by time that fits any span and any width: one path, and links below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.writing.charts.bins import Tick, TimeAxis
from generator.writing.labels import Labels
from generator.writing.markup import escape_html

_HEIGHT = 100
_PERIOD = 10
"""Units of the drawing for a period; the browser stretches them."""
_MAX_BAR = 8.0
"""Units of a bar, and fewer where a chart has few periods: there it would be a block."""
_FEW = 0.22
"""Units of a bar for each period of a chart with few; on a wide screen that is 24 pixels."""


def time_chart(
    axis: TimeAxis, labels: Labels, undated: int = 0, link: Callable[[Tick], str] | None = None
) -> str:
    """Draw documents by time; return an empty text for fewer than two periods with documents.

    The sentence above says the same in words. `link` returns the target of a mark on the axis.
    """
    if len(axis.filled) < 2:
        return ""
    width = _PERIOD * len(axis.bars)
    drawing = (
        f'<svg viewBox="0 0 {width} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="{_path(axis)}"/></svg>'
    )
    marks = "".join(f"<li>{_mark(tick, labels, link)}</li>" for tick in axis.ticks)
    caption = escape_html(_words(axis, labels, undated))
    return (
        f'<figure class="sb-chart"><figcaption>{caption}</figcaption>\n{drawing}\n'
        f'<ol class="sb-ticks">{marks}</ol></figure>'
    )


def _path(axis: TimeAxis) -> str:
    """Return all bars as one path; one document is visible beside a thousand, too."""
    tallest = max(bar.count for bar in axis.bars)
    width = f"{min(_MAX_BAR, max(1, len(axis.bars) * _FEW)):.1f}".removesuffix(".0")
    heights = (max(2, round(bar.count / tallest * _HEIGHT)) * bool(bar.count) for bar in axis.bars)
    return "".join(
        f"M{number * _PERIOD + 1} {_HEIGHT}v-{height}h{width}v{height}z"
        for number, height in enumerate(heights)
        if height
    )


def _words(axis: TimeAxis, labels: Labels, undated: int) -> str:
    """Describe the chart: its periods and span, the period with most documents, the undated."""
    filled = axis.filled
    first, last = filled[0].span.partition("/")[0], filled[-1].span.rpartition("/")[2]
    span = labels("range", first=labels.date(first), last=labels.date(last))
    most = max(filled, key=lambda bar: bar.count)
    sentences = [labels(f"chart_{axis.unit}s", span=span)]
    if most.count > 1:
        when = labels.date(most.span)
        sentences.append(labels("chart_most", when=when, n=labels.number(most.count)))
    if undated:
        sentences.append(labels.count(undated, "without_date"))
    return " ".join(sentences)


def _mark(tick: Tick, labels: Labels, link: Callable[[Tick], str] | None) -> str:
    words = escape_html(_tick_words(tick.first, labels.table["months_short"]))
    target = link(tick) if link and any(bar.count for bar in tick.bars) else ""
    return f'<a href="{escape_html(target)}">{words}</a>' if target else f"<span>{words}</span>"


def _tick_words(first: str, months: Sequence[str]) -> str:
    """Return a year, or the short name of a month with its year."""
    year, _, month = first.partition("-")
    return f"{months[int(month) - 1]} {year}" if month else year
