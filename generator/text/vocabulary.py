"""Numbers for words: arrays of numbers are summed and compared at once, words one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

IdArray = npt.NDArray[np.uint32]


class Vocabulary:
    """Gives every word a number of its own, from 0 on, in the order in which they are asked for."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._places = _NextId((word, place) for place, word in enumerate(words))

    def ids(self, words: Sequence[str]) -> IdArray:
        """Give the numbers of words, new ones to those that have none."""
        return np.fromiter(map(self._places.__getitem__, words), np.uint32, len(words))

    @property
    def words(self) -> tuple[str, ...]:
        """All words so far, in the order of their numbers."""
        return tuple(self._places)


class _NextId(dict[str, int]):
    """Gives a word the next number when it is asked for the first time."""

    def __missing__(self, word: str) -> int:
        self[word] = place = len(self)
        return place
