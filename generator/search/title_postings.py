"""Which word stands in which name, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.search import postings
from generator.search.entries import SearchEntry
from generator.text import split_words

_MOST = (1 << postings.IMPACT_BITS) - 1
_BITS = 32
"""Of a number that is sorted by two things: those of the second."""

_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TitleTerms:
    """The names of all entries, cut into words, one behind the other."""

    words: list[str]
    sizes: list[int]
    """Of each name, in words."""
    entries: list[int]
    """Whose name it is."""
    entry_count: int
    """How many entries there are."""


def split_titles(entries: Iterable[SearchEntry], known: dict[str, str]) -> TitleTerms:
    """Cut the names of entries into words; each word is held once, by those that are known."""
    found = TitleTerms([], [], [], len(held := list(entries)))
    for number, entry in enumerate(held):
        for name in (entry.title, *entry.names):
            own = split_words(name)
            found.words.extend([known.setdefault(word, word) for word in own])
            found.sizes.append(len(own))
            found.entries.append(number)
    return found


def build_title_postings(
    names: TitleTerms, common: Set[str], order: Mapping[str, int]
) -> postings.Postings:
    """List the words of all names.

    A posting says how many different words the shortest name has that the word is in, up to 15.
    So whoever asks for all words of a name is known to have asked for the whole of it. Words that
    are everywhere do not count, as no query looks for them, unless a name has no others.
    """
    sizes = np.array(names.sizes, dtype=np.int64)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    places = np.fromiter(map(order.__getitem__, names.words), np.int64, len(names.words))
    once = np.unique(owners << _BITS | places)
    owners, places = once >> _BITS, once & (1 << _BITS) - 1
    lengths = _lengths(owners, places, [order[word] for word in common], len(sizes))
    entries = np.array(names.entries, dtype=np.int64)[owners]
    keys = np.sort((places << _BITS | entries) << postings.IMPACT_BITS | lengths[owners])
    both = keys >> postings.IMPACT_BITS
    shortest = np.flatnonzero(np.diff(both, prepend=-1))
    words_, entries = both[shortest] >> _BITS, both[shortest] & (1 << _BITS) - 1
    said = (keys[shortest] & _MOST).astype(np.uint64)
    latest = np.full(len(order), -1, dtype=np.int64)
    ranks = np.zeros(names.entry_count, dtype=np.int64)
    return postings.merge_batches(
        [postings.encode_batch(words_, entries, said, latest, ranks)], len(order)
    )


def _lengths(owners: _Numbers, places: _Numbers, common: list[int], count: int) -> _Numbers:
    """How many different words each name has that say something."""
    telling = np.bincount(owners[~np.isin(places, common)], minlength=count)
    all_ = np.bincount(owners, minlength=count)
    return np.minimum(np.where(telling > 0, telling, all_), _MOST)
