"""Vocabulary: an integer id for each word, so that a corpus can be processed as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

IdArray = npt.NDArray[np.uint32]


class Vocabulary:
    """Assigns ids to words, from 0 on, in the order in which they are first looked up."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._ids = _NextId((word, index) for index, word in enumerate(words))

    def ids(self, words: Sequence[str]) -> IdArray:
        """Return the ids of words; new words get the next ids."""
        return np.fromiter(map(self._ids.__getitem__, words), np.uint32, len(words))

    @property
    def words(self) -> tuple[str, ...]:
        """All words so far, in the order of their ids."""
        return tuple(self._ids)


class _NextId(dict[str, int]):
    """Assigns the next id to a word on its first lookup."""

    def __missing__(self, word: str) -> int:
        self[word] = new_id = len(self)
        return new_id
