"""Words divided at the end of a line: whether the hyphen belongs to the word.

The document's own words decide first, then a table of English halves and wholes. Without evidence
the hyphen is dropped, because nine in ten of the words that typesetters divide have none.
"""

from __future__ import annotations

import re
from functools import cache

from generator.text import tables

# Starts only at the beginning of a chain of words, so that each letter is read once.
_DIVIDED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?:[^\W\d_]++-)++\n[^\W\d_]++")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_ENGLISH = frozenset("the and of to in".split())
"""A text with three of these words is English."""

_ROMANCE = tuple(
    (frozenset(function_words.split()), frozenset(heads.split()), frozenset(tails.split()))
    for function_words, heads, tails in (
        (
            "les des dans une est",
            "après celle celles celui ceux demi peut quelques vice",
            "être moi même mêmes nous toi vous lui elles",
        ),
        (
            "não uma são dos pelo",
            "bem latino norte pós pré quarta quinta recém segunda sexta terça vice",
            "feira lhe lhes",
        ),
        ("los las una del por", "franco hispano ibero", ""),
    )
)
"""French, Portuguese, Spanish: words that show the language, first and last parts of compounds.

German needs no list: the second part of a German compound with a hyphen begins with a capital.
"""


def whole_words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, without those that the end of a line divides."""
    whole = _DIVIDED.sub(" ", text) if "-\n" in text else text
    return frozenset(_WORD.findall(whole.lower()))


def joins_without_hyphen(head: str, tail: str, vocabulary: frozenset[str]) -> bool:
    """Whether the hyphen between `head` and `tail` is there only because of the line break.

    `vocabulary` has the whole words of the document. "anti-" before a capital keeps its hyphen, as
    does a chain such as "state-of-the-".
    """
    if "-" in head or (tail[:1].isupper() and not (head + tail).isupper()):
        return False
    head, tail = head.lower(), tail.lower()
    if f"{head}-{tail}" in vocabulary:
        return False
    return head + tail in vocabulary or not _is_compound(head, tail, vocabulary)


def _is_compound(head: str, tail: str, vocabulary: frozenset[str]) -> bool:
    if len(_ENGLISH & vocabulary) >= 3:
        halves, wholes = _load_english()
        return head in halves and tail in halves and head + tail not in wholes
    return any(
        (head in heads or tail in tails) and len(function_words & vocabulary) >= 3
        for function_words, heads, tails in _ROMANCE
    )


@cache
def _load_english() -> tuple[frozenset[str], frozenset[str]]:
    """Return words that can be halves of a compound, and words made of two halves, no hyphen."""
    halves, _, wholes = tables.load_text("words.txt").partition("\n\n")
    return frozenset(halves.split()), frozenset(wholes.split())
