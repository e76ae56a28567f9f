"""Words by their numbers, between runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from generator.engine.database_file import open_database
from generator.engine.stored_vocabulary import StoredVocabulary


def test_a_word_keeps_its_number_and_is_forgotten_with_its_last_document(tmp_path: Path) -> None:
    """What people took back stays in no list of words."""
    with open_database(tmp_path / "cache.sqlite") as database:
        first = StoredVocabulary(database, "a table")
        assert first.ids(["one", "secret", "two"]).tolist() == [0, 1, 2]
        first.save()
        second = StoredVocabulary(database, "a table")
        second.retain(np.array([0, 2]))
        third = StoredVocabulary(database, "a table")
        assert "secret" not in third.words
        assert third.ids(["two", "three", "one"]).tolist() == [2, 3, 0]
    assert b"secret" not in (tmp_path / "cache.sqlite").read_bytes()
