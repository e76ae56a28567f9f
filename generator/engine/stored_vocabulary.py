"""The words of a corpus by their numbers, kept between runs.

Rows that have numbers for words are read back as arrays, and summed and compared at once. A word
keeps its number as long as it stands in any document; then it is forgotten, as people may have
taken back the only document that had it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from generator.engine.database import Database
from generator.engine.entries import decoder, encode
from generator.text import Vocabulary

_SHELF = "lexicons"

_FORGOTTEN = "\0"
"""Stands in no word."""


class StoredVocabulary:
    """The words of one shelf of rows."""

    def __init__(self, database: Database, table: str) -> None:
        self._kept, self._shelf = database, table
        found = database.get(_SHELF, table)
        self._numbering = Vocabulary(decoder(tuple[str, ...]).decode(found) if found else ())
        self.numbers = self._numbering.ids

    @property
    def words(self) -> tuple[str, ...]:
        """All words, in the order of their numbers; where one was forgotten, what is no word."""
        return self._numbering.words

    def save(self) -> None:
        """Keep all words; to be called before rows are kept that have their numbers."""
        self._kept.put(_SHELF, [(self._shelf, encode(self.words))])

    def retain(self, used: npt.NDArray[np.integer]) -> None:
        """Forget the words that no row has any more; `used` are the numbers in rows."""
        left = list(self.words)
        for number in np.setdiff1d(np.arange(len(left)), used).tolist():
            left[number] = f"{_FORGOTTEN}{number}"
        if tuple(left) != self.words:
            self._kept.put(_SHELF, [(self._shelf, encode(left))])
