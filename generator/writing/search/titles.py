"""Which word stands in which name, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import numpy as np

from generator.words import words
from generator.writing.search import lists
from generator.writing.search.entries import Entry

_MOST = (1 << lists.BITS) - 1
_ENTRY_BITS = 32
"""Of a sorted number: which entry; above it is the word, below it what is said."""

Names = tuple[tuple[str, ...], ...]
"""The words of the names of an entry."""


def names_of(entries: Iterable[Entry], known: dict[str, str]) -> list[Names]:
    """Cut the names of entries into words; each word is held once, by those that are known."""
    return [
        tuple(
            tuple(known.setdefault(word, word) for word in words(name))
            for name in (entry.title, *entry.names)
        )
        for entry in entries
    ]


def listed(names: Sequence[Names], common: Set[str], order: Mapping[str, int]) -> lists.Lists:
    """List the words of all names; what a posting says is the length of the name."""
    found = (
        (order[word] << _ENTRY_BITS | number) << lists.BITS | length
        for number, own in enumerate(names)
        for word, length in of_names(own, common)
    )
    keys = np.sort(np.fromiter(found, np.int64))
    entries = keys >> lists.BITS & (1 << _ENTRY_BITS) - 1
    said = (keys & _MOST).astype(np.uint64)
    latest = np.full(len(order), -1, dtype=np.int64)
    ranks = np.zeros(len(names), dtype=np.int64)
    words = keys >> _ENTRY_BITS + lists.BITS
    return lists.together([lists.packed(words, entries, said, latest, ranks)], len(order))


def of_names(names: Iterable[Sequence[str]], common: Set[str]) -> Iterator[tuple[str, int]]:
    """Give each word of some names with the length of the shortest name that it is in, up to 15.

    So whoever asks for all words of a name is known to have asked for the whole of it. Words that
    are everywhere do not count, as no query looks for them, unless a name has no others.
    """
    shortest: Counter[str] = Counter()
    for name in names:
        different = dict.fromkeys(name)
        length = min(len(different.keys() - common) or len(different), _MOST)
        for word in different:
            shortest[word] = min(shortest[word] or _MOST, length)
    return iter(shortest.items())
