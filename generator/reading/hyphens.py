"""A word that the end of a line divided: whether its hyphen was there before the break.

The document's own words come first, then a table of English halves and wholes. What nothing
speaks for is made solid: of the words that typesetters divide, nine in ten are.
"""

from __future__ import annotations

import re
from functools import cache

from generator.text import tables

# It begins where a chain of words begins, and reads each letter once.
_DIVIDED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?:[^\W\d_]++-)++\n[^\W\d_]++")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_ENGLISH = frozenset("the and of to in".split())
"""A text that has three of these is English."""

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
"""French, Portuguese, Spanish: words that show the language, heads and tails of its compounds.

German needs none: what it joins with a hyphen goes on with a capital.
"""


def whole_words(text: str) -> frozenset[str]:
    """Give the words of a text in small letters, without those that an end of a line divides."""
    return frozenset(_WORD.findall(_DIVIDED.sub(" ", text).lower()))


def joins_without_hyphen(head: str, tail: str, known: frozenset[str]) -> bool:
    """Tell whether the hyphen between head and tail was only put there by the break.

    `known` is the document's vocabulary. "anti-" before a capital keeps its hyphen, as does a
    chain such as "state-of-the-".
    """
    if "-" in head or (tail[:1].isupper() and not (head + tail).isupper()):
        return False
    one, other = head.lower(), tail.lower()
    if f"{one}-{other}" in known:
        return False
    return one + other in known or not _is_compound(one, other, known)


def _is_compound(one: str, other: str, known: frozenset[str]) -> bool:
    if len(_ENGLISH & known) >= 3:
        halves, wholes = _tables()
        return one in halves and other in halves and one + other not in wholes
    return any(
        (one in heads or other in tails) and len(function_words & known) >= 3
        for function_words, heads, tails in _ROMANCE
    )


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    """Words that can be halves of a compound, and solid words that can be divided into halves."""
    halves, _, wholes = tables.load_text("words.txt").partition("\n\n")
    return frozenset(halves.split()), frozenset(wholes.split())
