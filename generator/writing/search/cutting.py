"""Long lists cut in two: the entries that a first answer shows, and all the others.

Who asks for a frequent word reads the best of its entries, in a file with hundreds of other words;
who asks for it together with something else needs the rest, in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.writing.search import numbers
from generator.writing.search.lists import Lists
from generator.writing.search.postings import BITS

_LONG = 2_048
"""Entries of a list that stays whole: some 3 kB."""
_BEST = 1_024
"""Entries that are kept of a longer one: more than anybody looks through."""

_WEIGHT = np.uint64((1 << BITS) - 1)
_MOST = np.uint64(2 << BITS)
"""More than any entry is worth."""
_Unsigned = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Cut:
    """Lists as they lie in files."""

    lists: Mapping[str, bytes | bytearray]
    """Of every word: the whole list, or the best of it."""
    rests: Mapping[str, bytes]
    """What is not among the best, of the words whose list was cut."""


def cut(texts: Lists, titles: Mapping[str, bytearray]) -> Cut:
    """Cut the long ones: first the entries with the word in their title, then by weight."""
    long = [word for word, many in texts.entries.items() if many > _LONG]
    parted = {word: _parted(texts.lists[word], titles.get(word, b"")) for word in long}
    best = {word: first for word, (first, _) in parted.items()}
    return Cut({**texts.lists, **best}, {word: rest for word, (_, rest) in parted.items()})


def _parted(text: bytes | bytearray, title: bytes | bytearray) -> tuple[bytes, bytes]:
    entries, weights = _read(text)
    named, _ = _read(title)
    worth = weights + np.isin(entries, named) * (_WEIGHT + np.uint64(1))
    turns = (_MOST - worth) << np.uint64(32) | entries
    chosen = np.zeros(len(entries), dtype=bool)
    chosen[np.argpartition(turns, _BEST)[:_BEST]] = True
    return _written(entries[chosen], weights[chosen]), _written(entries[~chosen], weights[~chosen])


def _read(data: bytes | bytearray) -> tuple[_Unsigned, _Unsigned]:
    postings = numbers.unpacked(data)
    entries = np.cumsum((postings >> np.uint64(BITS)) + np.uint64(1), dtype=np.uint64)
    return entries - np.uint64(1), postings & _WEIGHT


def _written(entries: _Unsigned, weights: _Unsigned) -> bytes:
    distances = np.diff(entries, prepend=np.uint64(0)) - (np.arange(len(entries)) > 0)
    return numbers.varints(distances.astype(np.uint64) << np.uint64(BITS) | weights)[0]
