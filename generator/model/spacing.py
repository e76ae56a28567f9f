"""White space in a text."""

from __future__ import annotations


def is_single_spaced(text: str) -> bool:
    """Whether a text is surely as `split` and `join` would leave it: words with one space between.

    A text with a character that is not printed may be so too, and is not looked into: this takes
    half the time of `split`, and most paragraphs have none.
    """
    # No white space is printable but the space.
    return text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]


def single_spaced(text: str) -> str:
    """Return the words of a text with one space between two."""
    return text if is_single_spaced(text) else " ".join(text.split())


def count_words(text: str) -> int:
    """Return the number of words in a text, separated by white space."""
    return text.count(" ") + 1 if text and is_single_spaced(text) else len(text.split())
