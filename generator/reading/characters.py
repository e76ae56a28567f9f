"""Repairs of single characters: line ends, control characters, spaces, empty lines.

Each finder yields the changes that one rule makes in a text, in the order of the text. What they
leave behind is *settled* text: lines without spaces at their edges, no character that cannot be
seen in a browser, form feeds only between paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Change

_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
# The wide classes: terminal sequences, C0 and C1 without line feed, tab and form feed, marks of
# writing direction that can reorder what a reader sees, lone surrogates, and what is no character.
_CONTROL = re.compile(
    r"(?:\x1b\[[0-9;]*[A-Za-z]"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
    r"|[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufff9-\ufffb])+"
)
_SPACES = re.compile(r"(?:(?<=[\n\f])|\A)[^\S\n\f]+|[^\S\n\f]+(?=[\n\f]|\Z)|[ \t]{2,}|\t")
_PAGE_BREAK = re.compile(r"\n*\f[\n\f]*")
_EMPTY_LINES = re.compile(r"\A[\n\f]+|[\n\f]+\Z|\n{3,}")


def line_ends(text: str) -> Iterator[Change]:
    """Every kind of line end becomes a line feed."""
    return _replace(_LINE_END, "\n", text)


def control_characters(text: str) -> Iterator[Change]:
    """Characters that nobody can see, or that reorder what is seen, go."""
    return _replace(_CONTROL, "", text)


def spaces(text: str) -> Iterator[Change]:
    """Spaces at the edges of lines go; several in a row, and tabs, become one."""
    for match in _SPACES.finditer(text):
        edge = _at_edge(text, match.start() - 1) or _at_edge(text, match.end())
        yield Change(match.start(), match[0], "" if edge else " ")


def page_breaks(text: str) -> Iterator[Change]:
    """A form feed stands alone between two line feeds: the mark of a new page."""
    return _replace(_PAGE_BREAK, "\n\f\n", text)


def empty_lines(text: str) -> Iterator[Change]:
    """One empty line divides paragraphs; none stands before the first or behind the last."""
    for match in _EMPTY_LINES.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        yield Change(match.start(), match[0], "\n\n" if inside else "")


def _at_edge(text: str, position: int) -> bool:
    return not 0 <= position < len(text) or text[position] in "\n\f"


def _replace(pattern: re.Pattern[str], after: str, text: str) -> Iterator[Change]:
    for match in pattern.finditer(text):
        if match[0] != after:
            yield Change(match.start(), match[0], after)
