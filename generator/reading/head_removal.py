"""Removal of the lines of the head from the text: the page shows them above the article."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Change
from generator.reading.head import Head, HeadLine


def remove_head(text: str, head: Head) -> Iterator[Change]:
    """Yield the changes that remove the lines of `head` of which the page shows every word."""
    for first, last in _runs(text, sorted(head.removable, key=lambda line: line.start)):
        gap_before = len(text[: first.start]) - len(text[: first.start].rstrip("\n"))
        gap_after = len(text[last.end :]) - len(text[last.end :].lstrip("\n"))
        # With the shorter gap, a line would become part of the next paragraph: the longer stays.
        start, end = first.start, last.end + gap_after
        if first.start and (gap_after >= gap_before or last.end == len(text)):
            start, end = first.start - gap_before, last.end
        yield Change(start, text[start:end], "")


def _runs(text: str, lines: list[HeadLine]) -> Iterator[tuple[HeadLine, HeadLine]]:
    """Yield the first and the last line of each group with only line feeds between its lines."""
    group: list[HeadLine] = []
    for line in lines:
        if group and text[group[-1].end : line.start].strip("\n"):
            yield group[0], group[-1]
            group = []
        group.append(line)
    if group:
        yield group[0], group[-1]
