"""Lines of running prose: a break inside one ends no name."""

from __future__ import annotations

import re
from itertools import pairwise

_INITIAL_LAST = re.compile(r"(?<![^\W_])[^\W\d_]\.$")

_MIN_WORDS = 5
_MIN_LOWER = 2
"""Words in a line of prose, and those of them in lower case; an address has fewer."""

_VERSES = 3
"""Lines that all begin with a capital letter are verses."""


def join_prose(text: str) -> str:
    """Return a text of the same length with spaces for line breaks inside of sentences.

    A break between two capitalized words stays, as a line of a list may end there, unless the first
    is an initial.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    if len(lines) >= _VERSES and all(line[:1].isupper() for line in lines):
        return text
    breaks = [" " if _goes_on(line, following) else "\n" for line, following in pairwise(lines)]
    return "".join(map("".join, zip(lines, [*breaks, ""], strict=True)))


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence of prose goes on after a line."""
    words = line.split()
    if len(words) < _MIN_WORDS or sum(word[0].islower() for word in words) < _MIN_LOWER:
        return False
    ends_in_word = words[-1].isalpha() and words[-1].islower()
    return ends_in_word or following[:1].islower() or _INITIAL_LAST.search(line) is not None
