"""Words divided at the end of a line: whether the hyphen belongs to the word.

The document's own words decide first, then a table of English halves and wholes. Without evidence
the hyphen is dropped, because nine in ten of the words that typesetters divide have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.text import tables

_END_OF_LINE = re.compile(r"-\n[^\W\d_]++")
# Starts only at the beginning of a chain of words, so that each letter is read once.
_CHAIN = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?:[^\W\d_]++-)*+[^\W\d_]++\Z")
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
    pieces = frozenset(" ".join(_without_divided_words(text)).lower().split())
    plain = frozenset(filter(str.isalpha, pieces))
    return plain.union(_WORD.findall(" ".join(pieces - plain)))


def _without_divided_words(text: str) -> Iterator[str]:
    """Yield what is between the words that the end of a line divides."""
    position = 0
    for end in _END_OF_LINE.finditer(text):
        before = max(text.rfind(space, position, end.start()) for space in " \n") + 1
        chain = _CHAIN.search(text, max(before, position), end.start())
        if chain:
            yield text[position : chain.start()]
            position = end.end()
    yield text[position:]


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
