"""Emphasis that plain text marks with asterisks or low lines: `*so*` and `_so_` become *so*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model import Change, Span

_MARK = re.compile("[*_]")
_SAME_BLOCK = r"\n(?!\s*\n)"
_EMPHASIS = re.compile(
    rf"(?<![\w*\\/])\*(?=[^\s*])[^*\n]{{0,200}}+(?:{_SAME_BLOCK}[^*\n]{{0,200}}+){{0,4}}+(?<=[^\s*])\*(?![\w*])"
    r"|(?:(?<![\w*\\/])|(?<=\s\d)|(?<=\s\d\d))"  # of an ordinal: "4_th_"
    rf"_(?=[^\s_])[^_\n]{{0,900}}+(?:{_SAME_BLOCK}[^_\n]{{0,900}}+){{0,14}}+(?<=[^\s_])_(?!\w)"
)
"""Two marks with words between them, on one line or on neighbouring lines."""


def strip_emphasis(text: str) -> Iterator[Change]:
    """Remove the marks around emphasised words; single ones and those of formulas stay."""
    for match in _find_emphasis(text):
        if any(map(str.isalpha, match[0])):
            yield Change(match.start(), match[0][0], "")
            yield Change(match.end() - 1, match[0][-1], "")


def _find_emphasis(text: str) -> Iterator[re.Match[str]]:
    """Yield what the pattern finds; it is tried only where a mark is, as most letters are none."""
    end = 0
    has_marks = "*" in text or "_" in text
    for mark in _MARK.finditer(text) if has_marks else ():
        match = _EMPHASIS.match(text, mark.start()) if mark.start() >= end else None
        if match:
            yield match
            end = match.end()


def emphasis_spans(changes: Iterable[Change]) -> list[Span]:
    """Return the emphasised spans of the text after the changes, each of which removed a mark."""
    positions = [change.start - removed for removed, change in enumerate(changes)]
    return [Span(start, end) for start, end in zip(positions[::2], positions[1::2], strict=True)]
