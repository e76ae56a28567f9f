"""The words of a text, counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """What search and comparison need to know of one text; compact, so that a cache can keep it."""

    words: str
    """Its different words in the order in which they first stand there, a space between two: in
    lower case and composed, with their accents."""
    counts: bytes
    """How often each stands in the text, a byte for each; 255 is that often or more."""
    sketch: bytes
    """The smallest digests of the text's runs of four words, rising, eight bytes each, the lowest
    first."""
    digest: str
    """Of the words in their order: equal for texts that differ in spaces, signs and case only.
    Empty for a text without a word."""
    length: int
    """Of the text, in characters."""
