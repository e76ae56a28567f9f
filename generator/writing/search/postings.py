"""Which word stands in which entry, and how much it says there.

The one thing that grows with the corpus while an index is made. A word's list is packed while it
grows, so that it needs about two bytes for each document with the word: some 3 kB a document of
1,500 words, 0.3 GB for 100,000 of them (measured).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from generator.writing.search import numbers

BITS = 4
"""Of a posting's lowest bits, which say how much the word says there: 0 to 15."""
_MOST = (1 << BITS) - 1
_FULL = 255
"""Occurrences in one text beyond which more say nothing more."""

_K1 = 1.2
_B = 0.75
"""The usual constants of BM25: how soon more occurrences say little, and what a long text costs."""


@dataclass(slots=True)
class Postings:
    """Lists that grow: for each word the entries in rising order, as distance and weight."""

    lists: dict[str, bytearray] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _latest: array[int] = field(default_factory=lambda: array("L"))

    def add(self, number: int, weights: Iterable[tuple[str, int]]) -> None:
        """Note the words of one entry, whose number is higher than those before."""
        lists, places, latest = self.lists, self._places, self._latest
        for word, weight in weights:
            place = places.get(word)
            if place is None:
                places[word] = len(latest)
                latest.append(number)
                lists[word] = bytearray(numbers.packed([number << BITS | weight]))
                continue
            posting = (number - latest[place] - 1) << BITS | weight
            latest[place] = number
            if posting < 0x80:  # the short cases by hand: this runs 70 million times
                lists[word].append(posting)
            elif posting < 0x4000:
                lists[word] += bytes((posting & 0x7F | 0x80, posting >> 7))
            else:
                numbers.append(lists[word], posting)


def of_text(counts: Mapping[str, int], row: bytes) -> Iterator[tuple[str, int]]:
    """Give each word of a text with its weight there."""
    for word, times in counts.items():
        yield word, row[times] if times < _FULL else row[_FULL]


def of_names(names: Iterable[Iterable[str]], common: Set[str]) -> Iterator[tuple[str, int]]:
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


def row(length: int, average: float) -> bytes:
    """Give the weights of a word that stands once, twice, ... in a text of some length (BM25)."""
    norm = _K1 * (1 - _B + _B * length / average) if average else _K1
    weights = (int((_MOST + 1) * times / (times + norm)) for times in range(_FULL + 1))
    return bytes(min(_MOST, weight) for weight in weights)
