"""Repairs of single characters: line ends, control characters, ligatures, soft hyphens.

Each function yields the changes of one repair, in the order of the text. After all of them, every
character is visible in a browser; the layout is as it was.
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
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SOFT_HYPHEN = re.compile(r"\u00ad+(?:[^\S\n]*\n[^\S\n]*(?=[^\W\d_]))?")


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
    for match in _LIGATURES.finditer(text) if not text.isascii() else ():
        yield Change(match.start(), match[0], unicodedata.normalize("NFKC", match[0]))


def soft_hyphens(text: str) -> Iterator[Change]:
    """Remove soft hyphens, together with the line end where a word was divided."""
    return _replace(_SOFT_HYPHEN, "", text)


def is_printable(text: str) -> bool:
    """Whether a text has no characters but visible ones, spaces, line feeds, tabs, form feeds."""
    if text.isascii():  # twice as fast
        return not text.encode().translate(None, _PRINTABLE_ASCII)
    return text.replace("\n", "").replace("\t", "").replace("\f", "").isprintable()


_PRINTABLE_ASCII = bytes(code for code in range(128) if chr(code).isprintable()) + b"\n\t\f"


def _replace(pattern: re.Pattern[str], after: str, text: str) -> Iterator[Change]:
    for match in pattern.finditer(text):
        if match[0] != after:
            yield Change(match.start(), match[0], after)


def count_letters(words: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(map(str.isalnum, words))
