"""Which word stands in which name, entry by entry."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from generator.writing.search import numbers

BITS = 4
"""Of a posting's lowest bits, which say how much the word says there: 0 to 15."""
_MOST = (1 << BITS) - 1


@dataclass(slots=True)
class Postings:
    """Lists that grow: for each word the entries in rising order, as distance and weight."""

    lists: dict[str, bytearray] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _latest: array[int] = field(default_factory=lambda: array("L"))

    def add(self, number: int, weights: Iterable[tuple[str, int]]) -> None:
        """Note the words of one entry, whose number is higher than those before."""
        for word, weight in weights:
            place = self._places.setdefault(word, len(self._latest))
            if place == len(self._latest):
                self._latest.append(number)
                self.lists[word] = bytearray(numbers.packed([number << BITS | weight]))
                continue
            distance = number - self._latest[place] - 1
            self._latest[place] = number
            numbers.append(self.lists[word], distance << BITS | weight)


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
