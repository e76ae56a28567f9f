"""Emphasis that plain text writes with asterisks: `*so*` becomes *so*, nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model import Block, BlockKind, Change, Span

_EMPHASIS = re.compile(
    r"(?<![\w*\\/])\*(?=[^\s*])([^*\n]{0,200}[^\W\d_][^*\n]{0,200})(?<=[^\s*])\*(?![\w*])"
)


def strip_emphasis(text: str) -> Iterator[Change]:
    """The asterisks around emphasised words go; lone ones and those of formulas stay."""
    for match in _EMPHASIS.finditer(text):
        yield Change(match.start(), "*", "")
        yield Change(match.end() - 1, "*", "")


def emphasis_spans(changes: Iterable[Change]) -> list[Span]:
    """Tell which stretches of the text, as these changes left it, were between asterisks."""
    places = [change.start - gone for gone, change in enumerate(changes)]
    return [Span(start, end) for start, end in zip(places[::2], places[1::2], strict=True)]


def split_blocks(text: str, spans: list[Span], kinds: Iterable[BlockKind]) -> Iterator[Block]:
    """Divide a text at its empty lines, giving each block its kind and its share of the spans."""
    start, index = 0, 0
    for paragraph, kind in zip(text.split("\n\n"), kinds, strict=True):
        end = start + len(paragraph)
        first = index
        while index < len(spans) and spans[index].end <= end:
            index += 1
        inside = tuple(Span(span.start - start, span.end - start) for span in spans[first:index])
        yield Block(kind, paragraph, inside)
        start = end + 2
