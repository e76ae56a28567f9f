"""What becomes of a break inside a block: a space, nothing, or nothing with its hyphen."""

from __future__ import annotations

import re
import unicodedata

from generator.reading.hyphens import joins_without_hyphen
from generator.reading.structure.geometry import HYPHENS
from generator.reading.structure.regions import Join

# Starts only at the beginning of a chain of words, so that each letter is read once.
_HEAD = re.compile(
    r"(?<![^\W\d_])(?<![^\W\d_]-)((?:[^\W\d_]++-(?!\Z))*+[^\W\d_]++)[-\u2010\u00ac\u00ad]\Z"
)
_TAIL = re.compile(r"([^\W\d_]+)")

_AFTER_SUSPENDED = frozenset(
    "and or to nor und oder bis noch sowie beziehungsweise bzw en of et ou y o e a og eller och"
    " eller i lub oraz ed od".split()
)
"""Words before which a part of a compound is suspended: "pre- and post-war", "Ein- und Ausfuhr"."""

_ALWAYS_DIVIDES = "\u00ac\u00ad"


def join_of(before: str, after: str, vocabulary: frozenset[str]) -> Join:
    """Return what becomes of the break between two lines of running text."""
    if before[-1:] in HYPHENS and before[-2:-1].isalnum():
        return _join_of_hyphen(before, after, vocabulary)
    if _is_ideographic(before[-1:]) and _is_ideographic(after[:1]):
        return "none"
    return (
        "none"
        if before[-1:] in "—/"
        and before[-2:-1].isalpha()
        and after[:1].isalpha()
        and before[-1] == "—"
        else "space"
    )


def _join_of_hyphen(before: str, after: str, vocabulary: frozenset[str]) -> Join:
    if before[-1] in _ALWAYS_DIVIDES:
        return "hyphen"
    tail = _TAIL.match(after)
    if tail is None:
        return "none"
    if tail[1].lower() in _AFTER_SUSPENDED and _is_suspended(before, tail[1], vocabulary):
        return "space"
    head = _HEAD.search(before[-80:])
    if head and joins_without_hyphen(head[1], tail[1], vocabulary):
        return "hyphen"
    return "none"


def _is_suspended(before: str, word: str, vocabulary: frozenset[str]) -> bool:
    """Whether a conjunction follows a part of a compound, and no syllable that looks like it."""
    head = _HEAD.search(before[-80:])
    return head is None or f"{head[1]}{word}".lower() not in vocabulary


def _is_ideographic(character: str) -> bool:
    """Whether a character belongs to a script that has no spaces between words."""
    if not character or character.isascii():
        return False
    name = unicodedata.name(character, "")
    return name.startswith(
        (
            "CJK",
            "HIRAGANA",
            "KATAKANA",
            "IDEOGRAPHIC",
            "FULLWIDTH",
            "THAI",
            "LAO",
            "KHMER",
            "MYANMAR",
        )
    )
