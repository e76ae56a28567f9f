"""Repairs of single characters: line ends, control characters, spaces, empty lines.

Each finder yields the changes that one rule makes in a text, in the order of the text. What they
leave behind is *settled* text: lines without spaces at their edges, no character that cannot be
seen in a browser, form feeds only between paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.model import Change

_NO_CHARACTERS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
"""The last two places of every plane, which Unicode gives to no character."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
# The wide classes: terminal sequences, C0 and C1 without line feed, tab and form feed, marks of
# writing direction that can reorder what a reader sees, lone surrogates, and what is no character.
_CONTROL = re.compile(
    r"(?:\x1b\[[0-9;]*[A-Za-z]"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
    r"|[\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb" + _NO_CHARACTERS + "])+"
)
# Possessive, and one run at a time: a megabyte of spaces or line feeds costs what it weighs.
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SOFT_HYPHEN = re.compile(r"\u00ad+(?:[^\S\n]*\n[^\S\n]*(?=[^\W\d_]))?")
_SPACES = re.compile(r"[^\S\n\f]{2,}+|\t|(?<![^\n\f])[^\S\n\f]|[^\S\n\f](?![^\n\f])")
_TABS_AND_SPACES = re.compile(r"[ \t]+")
_BREAKS = re.compile(r"[\n\f]{2,}+|\f")
_EDGES = re.compile(r"\A[\n\f]++|(?<![\n\f])[\n\f]++\Z|\n{3,}+")


def line_ends(text: str) -> Iterator[Change]:
    """Every kind of line end becomes a line feed."""
    return _replace(_LINE_END, "\n", text)


def control_characters(text: str) -> Iterator[Change]:
    """Characters that nobody can see, or that reorder what is seen, go."""
    return _replace(_CONTROL, "", text)


def without_controls(words: str) -> str:
    """Give words without what `control_characters` would take from a text."""
    return _CONTROL.sub("", words)


def ligatures(text: str) -> Iterator[Change]:
    """Letters that a typesetter cast in one piece, such as those of "ﬁnd", become letters again."""
    for match in _LIGATURES.finditer(text):
        yield Change(match.start(), match[0], unicodedata.normalize("NFKC", match[0]))


def soft_hyphens(text: str) -> Iterator[Change]:
    """Marks of where a word may be divided go, with the end of the line where it was."""
    return _replace(_SOFT_HYPHEN, "", text)


def spaces(text: str) -> Iterator[Change]:
    """Spaces at the edges of lines go; several in a row, and tabs, become one."""
    for match in _SPACES.finditer(text):
        edge = _at_edge(text, match.start() - 1) or _at_edge(text, match.end())
        after = "" if edge else _TABS_AND_SPACES.sub(" ", match[0])
        if after != match[0]:
            yield Change(match.start(), match[0], after)


def page_breaks(text: str) -> Iterator[Change]:
    """A form feed stands alone between two line feeds: the mark of a new page."""
    for match in _BREAKS.finditer(text):
        if "\f" in match[0] and match[0] != "\n\f\n":
            yield Change(match.start(), match[0], "\n\f\n")


def empty_lines(text: str) -> Iterator[Change]:
    """One empty line divides paragraphs; none stands before the first or behind the last."""
    for match in _EDGES.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        yield Change(match.start(), match[0], "\n\n" if inside else "")


def _at_edge(text: str, position: int) -> bool:
    return not 0 <= position < len(text) or text[position] in "\n\f"


def _replace(pattern: re.Pattern[str], after: str, text: str) -> Iterator[Change]:
    for match in pattern.finditer(text):
        if match[0] != after:
            yield Change(match.start(), match[0], after)
