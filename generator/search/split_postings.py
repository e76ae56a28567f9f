"""Split long postings lists: the top results are stored apart, so a first answer loads little.

A query for one frequent word reads the list's best entries, in a file with hundreds of other words.
A query that combines the word with another one needs the remainder too, which has its own file.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.search import file_encoding as codec
from generator.search.postings import IMPACT_BITS, Postings
from generator.search.saved_parts import SavedParts, SplitList, digest

_MAX_WHOLE = 2_048
"""Entries up to which a list is not split: some 3 kB."""
_TOP = 512
"""Entries in the top part of a longer list: more than a reader looks through."""

_IMPACT_MASK = np.uint64((1 << IMPACT_BITS) - 1)
_ABOVE_ALL = np.uint64(2 << IMPACT_BITS)
"""Higher than the rank of any entry."""
_Unsigned = npt.NDArray[np.uint64]


class _Halves(NamedTuple):
    """The two parts of a list."""

    top: bytes
    remainder: bytes


class SplitPostings(msgspec.Struct, frozen=True):
    """The long lists, by the positions of their words in the order of all words."""

    texts: Postings
    titles: Postings
    inputs: dict[int, bytes] = msgspec.field(default_factory=dict)
    """A digest of what each is made of."""
    lists: dict[int, SplitList] = msgspec.field(default_factory=dict)
    _halves: dict[int, _Halves] = msgspec.field(default_factory=dict)
    """The lists that were split in this run."""

    def remainder(self, word: int) -> bytes:
        """Return the remainder of the list of a word."""
        return self._split(word).remainder

    def add(self, word: int, inputs: bytes, known: SplitList | None) -> SplitList:
        """Add the list of a word, and return it; it is not split if it is known."""
        self.inputs[word] = inputs
        if known is None:
            top, remainder = self._split(word)
            known = SplitList(top, len(remainder))
        self.lists[word] = known
        return known

    def _split(self, word: int) -> _Halves:
        if word not in self._halves:
            self._halves[word] = _split(self.texts.of_term(word), self.titles.of_term(word))
        return self._halves[word]


def split_long_postings(
    texts: Postings, titles: Postings, last: SavedParts, parts: SavedParts
) -> SplitPostings:
    """Split the long lists; entries with the word in their title come first, then by impact.

    Lists of the `last` index are not split again. Those of this one are added to `parts`.
    """
    split = SplitPostings(texts, titles)
    for word in np.flatnonzero(texts.entry_counts > _MAX_WHOLE).tolist():
        inputs = digest(texts.of_term(word), titles.of_term(word))
        parts.lists[inputs] = split.add(word, inputs, last.lists.get(inputs))
    return split


def _split(text: bytes, title: bytes) -> _Halves:
    entries, impacts = _decode(text)
    ranks = (_ABOVE_ALL - impacts) << np.uint64(32) | entries
    if title:
        in_titles, _ = _decode(title)
        indexes = np.minimum(np.searchsorted(entries, in_titles), len(entries) - 1)
        in_both = indexes[entries[indexes] == in_titles]
        ranks[in_both] -= (_IMPACT_MASK + np.uint64(1)) << np.uint64(32)
    is_top = np.zeros(len(entries), dtype=bool)
    is_top[np.argpartition(ranks, _TOP)[:_TOP]] = True
    return _Halves(
        _encode(entries[is_top], impacts[is_top]),
        _encode(entries[~is_top], impacts[~is_top]),
    )


def _decode(data: bytes) -> tuple[_Unsigned, _Unsigned]:
    """Return the entries and the impacts of an encoded list."""
    postings = codec.decode_varints(data)
    entries = np.cumsum((postings >> np.uint64(IMPACT_BITS)) + np.uint64(1), dtype=np.uint64)
    return entries - np.uint64(1), postings & _IMPACT_MASK


def _encode(entries: _Unsigned, impacts: _Unsigned) -> bytes:
    distances = entries.copy()
    distances[1:] -= entries[:-1] + np.uint64(1)
    return codec.encode_many(distances << np.uint64(IMPACT_BITS) | impacts).data
