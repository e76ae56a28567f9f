"""A vocabulary that is saved between builds: the ids of words.

Values with ids for words are read back as arrays, which are summed and compared at once. A word
keeps its id as long as any document contains it. Then it is deleted, because the only document that
contained it may have been withdrawn.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.text.vocabulary import Vocabulary

_TABLE = "vocabularies"

_DELETED = "\0"
"""Prefix that no word has."""


def stored_words(database: Database, table: str) -> tuple[str, ...]:
    """Return the words of a table in the order of their ids.

    A deleted one is replaced by an impossible word.
    """
    data = database.get(_TABLE, table)
    words: tuple[str, ...] = decoder(tuple[str, ...]).decode(data) if data else ()
    return words


class StoredVocabulary:
    """The words of one table of values."""

    def __init__(self, database: Database, table: str) -> None:
        self._database, self._table = database, table
        self._vocabulary = Vocabulary(stored_words(database, table))
        self.ids = self._vocabulary.ids

    @property
    def words(self) -> tuple[str, ...]:
        """All words, in the order of their ids; a deleted one is replaced by an impossible word."""
        return self._vocabulary.words

    def save(self) -> None:
        """Save all words; call this before values with their ids are saved."""
        self._database.put(_TABLE, [(self._table, encode(self.words))])

    def retain(self, used: npt.NDArray[np.integer]) -> None:
        """Delete the words whose ids are not in `used`."""
        words = list(self.words)
        is_unused = np.ones(len(words), bool)
        is_unused[used] = False
        for word_id in np.flatnonzero(is_unused).tolist():
            words[word_id] = f"{_DELETED}{word_id}"
        if tuple(words) != self.words:
            self._database.put(_TABLE, [(self._table, encode(words))])
