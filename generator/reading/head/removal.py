"""Removal of the lines of the head from the text: the page shows them above the article."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Change
from generator.reading.head.lines import Head, HeadLine


def remove_head(text: str, head: Head) -> Iterator[Change]:
    """Yield the changes that remove the lines of `head` of which the page shows every word."""
    for first, last in _runs(text, sorted(head.removable, key=lambda line: line.start)):
        start = len(text[: first.start].rstrip("\n"))
        end = len(text) - len(text[last.end :].lstrip("\n"))
        removed = text[start:end]
        # What was before and after the lines stays as far apart as they were from it.
        gap = "\n\n" if "\n\n" in removed else "\n"
        yield Change(start, removed, gap if start and end < len(text) else "")


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
