"""Repairs of single characters: line ends, control characters, spaces, empty lines.

Each function yields the changes of one repair, in the order of the text. After all of them, lines
have no spaces at their edges, every character is visible in a browser, and form feeds occur only
between paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.model import Change

_NONCHARACTERS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
"""The last two code points of every plane, which Unicode assigns to no character."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")
# Terminal sequences; C0 and C1 without line feed, tab and form feed; marks of writing direction,
# which can reorder what a reader sees; lone surrogates; noncharacters.
_CONTROL = re.compile(
    r"(?:\x1b\[[0-9;]*[A-Za-z]"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
    r"|[\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb" + _NONCHARACTERS + "])+"
)
# Backtracking over a megabyte of spaces or line feeds would take quadratic time, so that these
# patterns are possessive and match one run at a time.
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SOFT_HYPHEN = re.compile(r"\u00ad+(?:[^\S\n]*\n[^\S\n]*(?=[^\W\d_]))?")
_SPACES = re.compile(r"[^\S\n\f]{2,}+|\t|(?<![^\n\f])[^\S\n\f]|[^\S\n\f](?![^\n\f])")
_TABS_AND_SPACES = re.compile(r"[ \t]+")
_BREAKS = re.compile(r"[\n\f]{2,}+|\f")
_EDGES = re.compile(r"\A[\n\f]++|(?<![\n\f])[\n\f]++\Z|\n{3,}+")


def line_ends(text: str) -> Iterator[Change]:
    """Replace every kind of line end by a line feed."""
    return _replace(_LINE_END, "\n", text)


def control_characters(text: str) -> Iterator[Change]:
    """Remove characters that are invisible or that reorder the visible ones."""
    return _replace(_CONTROL, "", text)


def without_controls(words: str) -> str:
    """Return words without the characters that `control_characters` removes."""
    return _CONTROL.sub("", words)


def ligatures(text: str) -> Iterator[Change]:
    """Replace ligatures, as in "ﬁnd", by their letters."""
    for match in _LIGATURES.finditer(text):
        yield Change(match.start(), match[0], unicodedata.normalize("NFKC", match[0]))


def soft_hyphens(text: str) -> Iterator[Change]:
    """Remove soft hyphens, together with the line end where a word was divided."""
    return _replace(_SOFT_HYPHEN, "", text)


def spaces(text: str) -> Iterator[Change]:
    """Remove spaces at the edges of lines; replace tabs and several spaces by one space."""
    for match in _SPACES.finditer(text):
        at_edge = _is_edge(text, match.start() - 1) or _is_edge(text, match.end())
        after = "" if at_edge else _TABS_AND_SPACES.sub(" ", match[0])
        if after != match[0]:
            yield Change(match.start(), match[0], after)


def page_breaks(text: str) -> Iterator[Change]:
    """Put every form feed, the mark of a new page, alone between two line feeds."""
    for match in _BREAKS.finditer(text):
        if "\f" in match[0] and match[0] != "\n\f\n":
            yield Change(match.start(), match[0], "\n\f\n")


def empty_lines(text: str) -> Iterator[Change]:
    """Leave one empty line between paragraphs, none before the first and none after the last."""
    for match in _EDGES.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        yield Change(match.start(), match[0], "\n\n" if inside else "")


def _is_edge(text: str, position: int) -> bool:
    return not 0 <= position < len(text) or text[position] in "\n\f"


def _replace(pattern: re.Pattern[str], after: str, text: str) -> Iterator[Change]:
    for match in pattern.finditer(text):
        if match[0] != after:
            yield Change(match.start(), match[0], after)
