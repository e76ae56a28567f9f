"""The lines of the head, taken out of the text: the page shows them above the article."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Change
from generator.reading.head import Head, HeadLine


def remove_head(text: str, head: Head) -> Iterator[Change]:
    """Take the recognised lines out of the text: the page's head shows them."""
    for first, last in _runs(text, sorted(head.lifted, key=lambda line: line.start)):
        before = len(text[: first.start]) - len(text[: first.start].rstrip("\n"))
        after = len(text[last.end :]) - len(text[last.end :].lstrip("\n"))
        # The longer of the two gaps stays, or a line would melt into the next paragraph.
        start, end = first.start, last.end + after
        if first.start and (after >= before or last.end == len(text)):
            start, end = first.start - before, last.end
        yield Change(start, text[start:end], "")


def _runs(text: str, lines: list[HeadLine]) -> Iterator[tuple[HeadLine, HeadLine]]:
    """Group lines with nothing but line feeds between them: first and last of each group."""
    group: list[HeadLine] = []
    for line in lines:
        if group and text[group[-1].end : line.start].strip("\n"):
            yield group[0], group[-1]
            group = []
        group.append(line)
    if group:
        yield group[0], group[-1]
