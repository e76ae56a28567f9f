"""Whether a text goes on after a gap, by its words alone."""

from __future__ import annotations

HYPHENS = "-\u2010\u2011\u00ac\u00ad"
"""Characters after which a word goes on in the next line."""

LONG = 120
"""Characters of running text that are more than a heading or caption has."""


def goes_on(before: str, after: str) -> bool:
    """Whether the words after a gap belong to the sentence before it.

    They begin with a small letter, or the line before is too long for a heading or caption and
    stops without the end of a sentence. Of `before`, only the end of its last line counts.
    """
    line = before[-LONG:]
    is_long = len(line) == LONG and "\n" not in line
    stops = before[-1:].isalnum() or before[-1:] in {",", ";"}
    return after[:1].islower() or (is_long and stops)
