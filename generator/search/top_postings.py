"""Long lists cut in two: the entries that a first answer shows, and all the others.

Who asks for a frequent word reads the best of its entries, in a file with hundreds of other words;
who asks for it together with something else needs the rest, in a file of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.search import codec
from generator.search.postings import IMPACT_BITS, Postings

_LONG = 2_048
"""Entries of a list that stays whole: some 3 kB."""
_BEST = 512
"""Entries that are kept of a longer one: more than anybody looks through."""

_WEIGHT = np.uint64((1 << IMPACT_BITS) - 1)
_MOST = np.uint64(2 << IMPACT_BITS)
"""More than any entry is worth."""
_Unsigned = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class SplitPostings:
    """The lists that were cut, by their words' places in the order of all words."""

    top: dict[int, bytes]
    remainders: dict[int, bytes]


def split_long_postings(texts: Postings, titles: Postings) -> SplitPostings:
    """Cut the long ones: first the entries with the word in their title, then by weight."""
    long = np.flatnonzero(texts.entry_counts > _LONG).tolist()
    parted = {word: _parted(texts.of_term(word), titles.of_term(word)) for word in long}
    return SplitPostings(
        {word: best for word, (best, _) in parted.items()},
        {word: rest for word, (_, rest) in parted.items()},
    )


def _parted(text: bytes, title: bytes) -> tuple[bytes, bytes]:
    entries, weights = _read(text)
    turns = (_MOST - weights) << np.uint64(32) | entries
    if title:
        named, _ = _read(title)
        at = np.minimum(np.searchsorted(entries, named), len(entries) - 1)
        turns[at[entries[at] == named]] -= (_WEIGHT + np.uint64(1)) << np.uint64(32)
    chosen = np.zeros(len(entries), dtype=bool)
    chosen[np.argpartition(turns, _BEST)[:_BEST]] = True
    return _written(entries[chosen], weights[chosen]), _written(entries[~chosen], weights[~chosen])


def _read(data: bytes) -> tuple[_Unsigned, _Unsigned]:
    postings = codec.decode_varints(data)
    entries = np.cumsum((postings >> np.uint64(IMPACT_BITS)) + np.uint64(1), dtype=np.uint64)
    return entries - np.uint64(1), postings & _WEIGHT


def _written(entries: _Unsigned, weights: _Unsigned) -> bytes:
    distances = np.diff(entries, prepend=np.uint64(0)) - (np.arange(len(entries)) > 0)
    return codec.encode_many(distances.astype(np.uint64) << np.uint64(IMPACT_BITS) | weights)[0]
