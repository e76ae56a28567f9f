"""Emphasis that plain text marks with asterisks: only `*so*` becomes *so*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.model import Block, Change, Span

_EMPHASIS = re.compile(
    r"(?<![\w*\\/])\*(?=[^\s*])([^*\n]{0,200}[^\W\d_][^*\n]{0,200})(?<=[^\s*])\*(?![\w*])"
)


def strip_emphasis(text: str) -> Iterator[Change]:
    """Remove the asterisks around emphasised words; single ones and those of formulas stay."""
    for match in _EMPHASIS.finditer(text) if "*" in text else ():
        yield Change(match.start(), "*", "")
        yield Change(match.end() - 1, "*", "")


def emphasis_spans(changes: Iterable[Change]) -> list[Span]:
    """Return the emphasised spans of the text after the changes, each of which removed a mark."""
    positions = [change.start - removed for removed, change in enumerate(changes)]
    return [Span(start, end) for start, end in zip(positions[::2], positions[1::2], strict=True)]


def with_emphasis(blocks: Iterable[Block], spans: list[Span]) -> tuple[Block, ...]:
    """Return blocks with the spans of their text that are emphasised."""
    return tuple(_with_emphasis(blocks, spans) if spans else blocks)


def _with_emphasis(blocks: Iterable[Block], spans: list[Span]) -> Iterator[Block]:
    start = index = 0
    for block in blocks:
        end = start + len(block.text)
        first = index
        while index < len(spans) and spans[index].end <= end:
            index += 1
        inside = tuple(Span(span.start - start, span.end - start) for span in spans[first:index])
        yield replace(block, emphasis=inside) if inside else block
        start = end + 2
